"""Every figure again with more and more past conversations, and the goal of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bench import turns, webhook
from bench.cpu import CpuUse
from bench.installation import Installation
from bench.past import Past, fill_product, fill_stand_in
from bench.report import Figure

ACKNOWLEDGED_WITHIN = 50.0
"""Milliseconds, for 99 of 100 deliveries."""
CPU_OF_A_TURN = 25.0
"""Milliseconds of the worker, for a turn without a model."""


@dataclass(frozen=True, slots=True)
class Effort:
    """How long each load lasts, in seconds, for each number of past conversations."""

    sizes: tuple[int, ...]
    acknowledge: float
    deliver: float
    even: float
    crowd: float


NORMAL = Effort((100, 1_000, 10_000), acknowledge=12.0, deliver=5.0, even=15.0, crowd=8.0)
QUICK = Effort((100, 10_000), acknowledge=4.0, deliver=2.0, even=6.0, crowd=3.0)


def webhook_figures(installation: Installation, effort: Effort) -> list[Figure]:
    """PostgreSQL and the webhook server alone; only the product knows of past conversations."""
    even: list[webhook.Acknowledgements] = []
    full: list[webhook.Saturation] = []
    before = 0
    for size in effort.sizes:
        fill_product(installation.database_url, Past(size - before, before + 1, 4 * before + 1))
        before = size
        even.append(webhook.acknowledge(installation, effort.acknowledge))
        full.append(webhook.saturate(installation, effort.deliver))
    return [*_acknowledged(even), *_delivered(full)]


def turn_figures(installation: Installation, effort: Effort) -> list[Figure]:
    """All parts; the stand-in for Chatwoot has the same past conversations as the product."""
    found: list[turns.TurnFigures] = []
    before = 0
    for size in effort.sizes:
        fill_product(installation.database_url, fill_stand_in(installation.chatwoot_store, size - before))
        before = size
        found.append(turns.measure(installation, effort.even, effort.crowd))
    return [*_answered([each.even for each in found]), *_crowded([each.saturation for each in found])]


def _acknowledged(runs: Sequence[webhook.Acknowledgements]) -> list[Figure]:
    group = f"Webhook, open loop: {webhook.RATE:.0f} deliveries a second, counted from their scheduled time"
    p99 = [run.latency.p99 for run in runs]
    return [
        Figure(group, "acknowledged (committed), p50", "ms", [run.latency.p50 for run in runs], noise=3),
        Figure(group, "acknowledged, p99", "ms", p99, most=ACKNOWLEDGED_WITHIN, noise=10),
        Figure(group, "acknowledged, longest", "ms", [run.latency.longest for run in runs]),
        Figure(group, "of it lateness of the generator, p99", "ms", [run.lateness.p99 for run in runs]),
        *(
            Figure(
                group,
                f"CPU of {name} for a delivery",
                "ms",
                [run.cpu.milliseconds_each(name, run.count) for run in runs],
                noise=0.2,
            )
            for name in ("webhook", "postgres")
        ),
        *_shares(group, ("bench",), [run.cpu for run in runs]),
    ]


def _delivered(runs: Sequence[webhook.Saturation]) -> list[Figure]:
    group = f"Webhook, saturated: {webhook.SENDERS} senders without a pause"
    return [
        Figure(group, "deliveries", "/s", [run.per_second for run in runs]),
        *_shares(group, ("webhook", "postgres", "bench"), [run.cpu for run in runs]),
    ]


def _answered(runs: Sequence[turns.EvenLoad]) -> list[Figure]:
    group = f"Turns, open loop: {turns.RATE:.0f} customers' messages a second"
    cpu = {
        name: [run.cpu_milliseconds(name) for run in runs]
        for name in ("worker", "webhook", "postgres", "odoo", "chatwoot")
    }
    idle = [run.idle["worker"] * 100 for run in runs]
    return [
        Figure(group, "quiet → answer posted, p50", "ms", [run.latency.p50 for run in runs], noise=8),
        Figure(group, "quiet → answer posted, p99", "ms", [run.latency.p99 for run in runs], noise=60),
        Figure(group, "of it written → webhook, p50", "ms", [run.webhook.p50 for run in runs]),
        Figure(group, "CPU of worker for a turn", "ms", cpu["worker"], most=CPU_OF_A_TURN, noise=1.5),
        Figure(group, "CPU of webhook for a turn's 7 deliveries", "ms", cpu["webhook"]),
        Figure(group, "CPU of postgres for a turn", "ms", cpu["postgres"], noise=1.5),
        Figure(group, "CPU of both stand-ins for a turn", "ms", _sums(cpu["odoo"], cpu["chatwoot"])),
        Figure(group, "CPU of idle worker, subtracted above", "% of a core", idle),
    ]


def _crowded(runs: Sequence[turns.Saturation]) -> list[Figure]:
    group = f"Turns, saturated: {turns.CROWD} customers who write as soon as they are answered"
    worker = [run.cpu.milliseconds_each("worker", run.turns) for run in runs]
    return [
        Figure(group, "turns", "/s", [run.per_second for run in runs]),
        Figure(group, "CPU of worker for a turn", "ms", worker, most=CPU_OF_A_TURN, noise=1.5),
        *_shares(
            group, ("worker", "webhook", "postgres", "chatwoot", "odoo", "bench"), [r.cpu for r in runs]
        ),
    ]


def _shares(group: str, names: Sequence[str], uses: Sequence[CpuUse]) -> list[Figure]:
    """Who kept the machine busy; what is no part of the product takes its CPU from it all the same."""
    labels = {
        "bench": "the generator",
        "chatwoot": "the stand-in for Chatwoot",
        "odoo": "the stand-in for Odoo",
    }
    return [
        Figure(
            group,
            f"CPU of {labels.get(name, name)}",
            "% of a core",
            [use.share(name) * 100 for use in uses],
        )
        for name in names
    ]


def _sums(first: Sequence[float], second: Sequence[float]) -> list[float]:
    return [a + b for a, b in zip(first, second, strict=True)]
