"""What a turn costs by its kind: CPU, calls to Odoo and Qdrant, and how long the customer waits.

All parts run, the embedded Qdrant among them; the load is low, so that nobody waits for another. The change
feed and the sweep are off: what they cost is no part of a turn.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.arithmetic import Spread, arrivals
from bench.customers import Customers, customers_of
from bench.growth import CPU_OF_A_TURN
from bench.installation import EVERYTHING, Installation, running
from bench.kinds import Kind, kinds_of
from bench.report import Figure
from bench.taps import Tap, tapped
from bench.turns import QUIET, SETTINGS, SETTLE_SECONDS
from chatwootai.entrypoints.one_machine.ports import Ports

PARTS = (*EVERYTHING, "qdrant")
RATE = 4.0
"""Messages a second, each of another customer."""
IDLE_SECONDS = 5.0
NORMAL, QUICK = 40, 15
"""Customers, each with one turn of every kind."""
MOST_OTHERS = 0.1
"""Part of a kind's turns that may have had another answer, as where a product's name misleads."""
ACCOUNT = "CHATWOOTAI_ACCOUNTS__LOJA__"


class OtherAnswerError(AssertionError):
    """A turn was not of the kind that was to be measured."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one turn of a kind; CPU in ms, the idle cost subtracted, `latency` in ms after the quiet period."""

    kind: Kind
    worker: float
    postgres: float
    odoo_calls: float
    qdrant_calls: float
    latency: Spread


def kind_figures(customers: int) -> list[Figure]:
    """One group for each kind."""
    with tapped_installation() as (installation, odoo, qdrant):
        costs = asyncio.run(_measured(installation, odoo, qdrant, customers))
    return [figure for cost in costs for figure in _figures(cost)]


@contextmanager
def tapped_installation(worker_profile: Path | None = None) -> Iterator[tuple[Installation, Tap, Tap]]:
    """Everything, with the calls of the worker to Odoo and to Qdrant counted on their way."""
    with ExitStack() as ending:
        taps: list[Tap] = []

        def tap(ports: Ports) -> Mapping[str, str]:
            taps.extend(ending.enter_context(tapped(ports.odoo, ports.qdrant)))
            odoo, qdrant = taps
            return {f"{ACCOUNT}ODOO__URL": odoo.url, "QDRANT_URL": qdrant.url}

        settings = {**SETTINGS, "CHATWOOTAI_FEED_SECONDS": "3600"}
        installation = ending.enter_context(running(PARTS, settings, worker_profile, tap))
        odoo, qdrant = taps
        yield installation, odoo, qdrant


async def _measured(installation: Installation, odoo: Tap, qdrant: Tap, count: int) -> Sequence[Cost]:
    async with customers_of(installation) as customers:
        await _warm_up(customers)
        before = installation.meter.read()
        await asyncio.sleep(IDLE_SECONDS)
        use = installation.meter.since(before)
        idle = {name: use.share(name) for name in use.seconds}
        kinds = await asyncio.to_thread(kinds_of, installation, count)
        costs = []
        for kind in kinds:
            if not kind.goes_on:
                await customers.join(count)
            costs.append(await _cost(installation, customers, kind, (odoo, qdrant), idle))
        return costs


async def _warm_up(customers: Customers) -> None:
    """What is read or built once is no part of a turn."""
    await customers.join(1)
    for text in ("Oi, bom dia!", "quanto custa o shampoo?", "qual o prazo de entrega?", "blorf gnarfz?"):
        await customers.ask(customers.threads[0], text)
    await asyncio.sleep(SETTLE_SECONDS)


async def _cost(
    installation: Installation,
    customers: Customers,
    kind: Kind,
    taps: tuple[Tap, Tap],
    idle: Mapping[str, float],
) -> Cost:
    count = len(kind.texts)
    mark, calls = customers.mark(), [tap.calls for tap in taps]
    before = installation.meter.read()
    loop = asyncio.get_running_loop()
    start = loop.time()

    async def one(number: int, due: float) -> None:
        await asyncio.sleep(start + due - loop.time())
        await customers.ask(customers.threads[number], kind.texts[number])

    due = arrivals(RATE, count / RATE, seed=3)
    await asyncio.gather(*(one(number, at) for number, at in enumerate(due)))
    await asyncio.sleep(SETTLE_SECONDS)
    use = installation.meter.since(before)
    answers = customers.answers(mark)
    _require_kind(kind, [answers[thread] for thread in customers.threads])
    exchanges = customers.exchanges(mark)
    odoo, qdrant = ((tap.calls - then) / count for tap, then in zip(taps, calls, strict=True))
    return Cost(
        kind,
        use.milliseconds_each("worker", count, idle["worker"]),
        use.milliseconds_each("postgres", count, idle["postgres"]),
        odoo,
        qdrant,
        Spread.of([each.answered_at - each.asked_at - QUIET for each in exchanges], 1000),
    )


def _require_kind(kind: Kind, answers: Sequence[str]) -> None:
    others = [
        f"{text!r}: {answer!r}"
        for text, answer in zip(kind.texts, answers, strict=True)
        if not re.search(kind.expects, answer)
    ]
    if len(others) > MOST_OTHERS * len(answers):
        raise OtherAnswerError(
            f"{kind.name}: {len(others)} of {len(answers)} are others:\n" + "\n".join(others)
        )


def _figures(cost: Cost) -> Sequence[Figure]:
    group, most = f"Turn: {cost.kind.name}", CPU_OF_A_TURN if cost.kind.simple else None
    return [
        Figure(group, "CPU of worker for a turn", "ms", [cost.worker], most=most),
        Figure(group, "CPU of postgres, the stand-in's too", "ms", [cost.postgres]),
        Figure(group, "calls to Odoo", "", [cost.odoo_calls]),
        Figure(group, "calls to Qdrant", "", [cost.qdrant_calls]),
        Figure(group, "quiet → answer posted, p50", "ms", [cost.latency.p50]),
    ]
