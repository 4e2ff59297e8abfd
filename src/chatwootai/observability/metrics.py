"""Prometheus metrics. Labels hold accounts and closed sets of words, never anything of a customer."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.gc_collector import GCCollector
from prometheus_client.process_collector import ProcessCollector

REGISTRY = CollectorRegistry()
ProcessCollector(registry=REGISTRY)
GCCollector(registry=REGISTRY)

deliveries = Counter(
    "chatwootai_deliveries_total",
    "Webhook deliveries by result: new, repeated, rejected, unavailable",
    ["account", "event", "result"],
    registry=REGISTRY,
)
acknowledgement = Histogram(
    "chatwootai_acknowledgement_seconds",
    "From the arrival of a delivery to its committed acknowledgement",
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5),
    registry=REGISTRY,
)
turns = Counter(
    "chatwootai_turns_total",
    "Turns by outcome, reason and crews",
    ["account", "outcome", "reason", "crews"],
    registry=REGISTRY,
)
turn_duration = Histogram(
    "chatwootai_turn_seconds",
    "From the start of a turn, quiet period included, to its outcome",
    ["account", "outcome"],
    buckets=(0.05, 0.1, 0.25, 0.5, 1, 2, 3, 4, 5, 7.5, 10, 15, 30, 60),
    registry=REGISTRY,
)
turn_retries = Counter(
    "chatwootai_turn_retries_total",
    "Turns to be tried again, by what failed",
    ["account", "service"],
    registry=REGISTRY,
)
turns_failed = Counter(
    "chatwootai_turns_failed_total", "Turns given up without even an apology", ["account"], registry=REGISTRY
)
turns_running = Gauge("chatwootai_turns_running", "Turns under way in this process", registry=REGISTRY)
sweep_finds = Counter(
    "chatwootai_sweep_finds_total",
    "Conversations that the sweep woke because no webhook had",
    ["account"],
    registry=REGISTRY,
)
feed_changes = Counter(
    "chatwootai_feed_changes_total",
    "Changes of the ERP that were told to caches and indexes",
    ["account"],
    registry=REGISTRY,
)
queue_jobs = Gauge("chatwootai_queue_jobs", "Wake-ups by state", ["state"], registry=REGISTRY)
queue_age = Gauge("chatwootai_queue_age_seconds", "Age of the oldest waiting delivery", registry=REGISTRY)
cache_reads = Counter(
    "chatwootai_cache_reads_total",
    "Reads through the cache by where the value was: memory, shared, loaded",
    ["account", "kind", "found"],
    registry=REGISTRY,
)
cache_invalidations = Counter(
    "chatwootai_cache_invalidations_total",
    "Invalidations that this process began",
    ["account", "kind"],
    registry=REGISTRY,
)
cache_errors = Counter(
    "chatwootai_cache_errors_total",
    "Failures that answers went on without, by what failed: shared, listening, entry",
    ["what"],
    registry=REGISTRY,
)
cache_listening = Gauge(
    "chatwootai_cache_listening", "1 while invalidations by other processes are heard", registry=REGISTRY
)
