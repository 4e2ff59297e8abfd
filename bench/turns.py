"""How long a customer waits after the quiet period, how many turns a second are possible, and their CPU.

All parts run. Every turn is a message on WhatsApp at the stand-in, its webhooks, the worker's turn with its
questions to Chatwoot and Odoo, and the posted answer; its receipts make three webhooks more.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import psycopg

from bench.arithmetic import Spread, arrivals, middle_rate
from bench.cpu import CpuReading, CpuUse
from bench.customers import Customers, Exchange, customers_of
from bench.installation import Installation
from bench.load import open_loop

QUIET = 0.2
SETTINGS: Mapping[str, str] = {
    "CHATWOOTAI_SWEEP_SECONDS": "3600",  # it reads the just answered again, in whichever phase it falls
    "CHATWOOTAI_QUIET_SECONDS": str(QUIET),
    "CHATWOOTAI_LOG_FORMAT": "json",
}
RATE = 8.0
"""Messages a second of the even load, each of another customer."""
TURNS_EACH = 5
"""Messages that a customer writes in a conversation under the even load, when it lasts long enough."""
FEWEST = 20
"""Customers of the even load: each is answered long before it is her turn to write again."""
CROWD = 60
"""Customers who write at once for saturation, each as soon as she was answered."""
SETTLE_SECONDS = 1.5
"""Until the receipts of the last answers have arrived."""
TEXTS = (
    "Oi, bom dia!",
    "vocês têm batom vermelho?",
    "quanto custa o shampoo?",
    "qual o horário de vocês?",
    "qual o preço do hidratante karité 400 ml?",
    "tem em estoque?",
)
RECEIVED = """
select message_id, extract(epoch from received_at)::float8 from deliveries
where message_id = any(%s) and event = 'message_created'
"""


@dataclass(frozen=True, slots=True)
class EvenLoad:
    """`latency` in ms: the answer's time less the message's less the quiet period, by the stand-in's clock.

    `webhook` is the part of it until the webhook server began to store the delivery. `idle` is CPU seconds a
    second of each process while nothing happened.
    """

    latency: Spread
    webhook: Spread
    cpu: CpuUse
    idle: Mapping[str, float]
    turns: int

    def cpu_milliseconds(self, process: str) -> float:
        """Of one turn, the idle cost subtracted."""
        return self.cpu.milliseconds_each(process, self.turns, self.idle[process])


@dataclass(frozen=True, slots=True)
class Saturation:
    per_second: float
    cpu: CpuUse
    turns: int


@dataclass(frozen=True, slots=True)
class TurnFigures:
    """`warm_up` turns came before, and are in no other figure."""

    even: EvenLoad
    saturation: Saturation
    warm_up: int


def measure(installation: Installation, even_seconds: float, full_seconds: float) -> TurnFigures:
    """An even load of `RATE` turns a second, then as many as `CROWD` customers bring about."""
    return asyncio.run(_measure(installation, even_seconds, full_seconds))


async def _measure(installation: Installation, even_seconds: float, full_seconds: float) -> TurnFigures:
    async with customers_of(installation) as customers:
        warm_up = await _warm_up(customers)
        idle = await _idle(installation, even_seconds / 3)
        even = await _even(installation, customers, even_seconds, idle)
        return TurnFigures(even, await _saturation(installation, customers, full_seconds), warm_up)


async def _warm_up(customers: Customers) -> int:
    """What is read or built once (names of the products, calendars, connections) is no part of a turn."""
    await customers.join(2)
    for text in TEXTS:
        await asyncio.gather(*(customers.ask(thread, text) for thread in customers.threads))
    await asyncio.sleep(SETTLE_SECONDS)
    return len(TEXTS) * len(customers.threads)


async def _idle(installation: Installation, seconds: float) -> Mapping[str, float]:
    before = installation.meter.read()
    await asyncio.sleep(seconds)
    use = installation.meter.since(before)
    return {name: use.share(name) for name in use.seconds}


async def _even(
    installation: Installation, customers: Customers, seconds: float, idle: Mapping[str, float]
) -> EvenLoad:
    due = arrivals(RATE, seconds, seed=2)
    await customers.join(max(len(due) // TURNS_EACH, FEWEST))
    await asyncio.sleep(0.5)
    mark, before = customers.mark(), installation.meter.read()

    async def send(number: int) -> None:
        thread = customers.threads[number % len(customers.threads)]
        await customers.ask(thread, TEXTS[number // len(customers.threads) % len(TEXTS)])

    await open_loop(due, send)
    exchanges, cpu = await _settled(installation, customers, mark, before)
    return EvenLoad(
        Spread.of([each.answered_at - each.asked_at - QUIET for each in exchanges], 1000),
        Spread.of(_until_received(installation, exchanges), 1000),
        cpu,
        idle,
        len(exchanges),
    )


async def _saturation(installation: Installation, customers: Customers, seconds: float) -> Saturation:
    await customers.join(CROWD)
    mark, before = customers.mark(), installation.meter.read()
    loop = asyncio.get_running_loop()
    end = loop.time() + seconds

    async def talk(thread: int) -> None:
        number = thread
        while loop.time() < end:
            await customers.ask(thread, TEXTS[number % len(TEXTS)])
            number += 1

    await asyncio.gather(*(talk(thread) for thread in customers.threads))
    cpu = installation.meter.since(before)
    exchanges = customers.exchanges(mark)
    return Saturation(middle_rate([each.answered_at for each in exchanges]), cpu, len(exchanges))


async def _settled(
    installation: Installation, customers: Customers, mark: int, before: CpuReading
) -> tuple[Sequence[Exchange], CpuUse]:
    await asyncio.sleep(SETTLE_SECONDS)
    return customers.exchanges(mark), installation.meter.since(before)


def _until_received(installation: Installation, exchanges: Sequence[Exchange]) -> Sequence[float]:
    asked = {each.message_id: each.asked_at for each in exchanges}
    with psycopg.connect(installation.database_url) as connection:
        return [at - asked[message] for message, at in connection.execute(RECEIVED, (list(asked),))]
