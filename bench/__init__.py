"""Load benchmarks on one machine: the product's own processes, really started, over the loopback."""
