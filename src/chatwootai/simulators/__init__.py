"""Programs that stand in for outside systems. They import nothing of the product."""
