"""Promises P1, P2, P3 and P6 while processes are killed and webhooks are lost (`kill -9`, really).

Every message asks for another product by its full name, so that what the customers see tells everything: each
product asked for was answered exactly once, in the order asked.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

import aiohttp
import pytest
from tests.fixtures.product import Customers, RunningProduct, running_product

pytestmark = [pytest.mark.chaos, pytest.mark.timeout(600)]

CONVERSATIONS = 200
MESSAGES = 5
KILLS = 20
KILL_EVERY = 3.0
SETTLED_WITHIN = 240.0
VICTIMS = ("webhook", "worker", "chatwoot", "postgres")
SETTINGS = {
    "CHATWOOTAI_QUIET_SECONDS": "0.5",
    "CHATWOOTAI_PATIENCE_SECONDS": "2",
    "CHATWOOTAI_SWEEP_SECONDS": "3",
    "CHATWOOTAI_STALLED_SECONDS": "5",
    "CHATWOOTAI_HEARTBEAT_SECONDS": "1",
    "CHATWOOTAI_RETRY_LONGEST_SECONDS": "5",
    "CHATWOOTAI_SECOND_CHANCE_SECONDS": "5",
}
WEBHOOK_FAULTS = {
    "webhook_drop": 0.05,
    "webhook_duplicate": 0.1,
    "webhook_delay": 0.1,
    "webhook_delay_seconds": [0.1, 2.0],
    "webhook_reorder": 0.1,
    "seed": 7,
}


@dataclass
class Talk:
    """One customer: what she asks, and how far she is."""

    thread: int
    products: Sequence[str]
    asked: list[str] = field(default_factory=list)


@pytest.mark.parametrize("lose_answer", [0.0, 0.1], ids=["webhooks fail", "and answers are lost"])
async def test_every_customer_is_answered_once_and_in_order(lose_answer: float) -> None:
    dice = random.Random(11)
    async with running_product(SETTINGS) as product, aiohttp.ClientSession() as session:
        customers = Customers(session, product.chatwoot)
        names = await unambiguous_products(session, product)
        talks = [
            Talk(
                await customers.new_thread(f"Cliente {n}", phone=f"+55119{n:08d}"),
                dice.sample(names, MESSAGES),
            )
            for n in range(CONVERSATIONS)
        ]
        await customers.faults(**WEBHOOK_FAULTS, lose_answer=lose_answer, only_paths="messages")
        async with asyncio.TaskGroup() as group:
            group.create_task(kill_at_random(product, dice))
            for talk in talks:
                group.create_task(converse(customers, talk, random.Random(talk.thread)))
        await heal_surely(customers)
        wrong = await until_answered(customers, talks)
        assert not wrong, f"{len(wrong)} conversations went wrong:\n" + "\n".join(wrong[:10]) + product.logs()


async def unambiguous_products(session: aiohttp.ClientSession, product: RunningProduct) -> list[str]:
    """Names none of which is part of another. What is sold out is left out: alternatives would be named."""
    catalog = product.catalog(session)
    offers = await catalog.offers([p.id for p in await catalog.products()])
    names = [offer.product.name for offer in offers if offer.available is None or offer.available > 0]
    return [name for name in names if not any(name != other and name in other for other in names)]


async def kill_at_random(product: RunningProduct, dice: random.Random) -> None:
    kills = 0
    while kills < KILLS:
        await asyncio.sleep(KILL_EVERY * dice.uniform(0.5, 1.5))
        kills += product.kill(dice.choice(VICTIMS))


async def converse(customers: Customers, talk: Talk, dice: random.Random) -> None:
    """Writes five messages over about a minute, some of them in a burst."""
    await asyncio.sleep(dice.uniform(0, 15))
    for name in talk.products:
        await write_surely(customers, talk, f"qual o preço do {name}?")
        talk.asked.append(name)
        await asyncio.sleep(dice.choice([0.2, 0.4, 10, 15]))


async def write_surely(customers: Customers, talk: Talk, text: str) -> None:
    """A phone tries until its message is stored, and looks first whether it is."""
    while True:
        try:
            if text not in [m["content"] for m in await customers.read(talk.thread)]:
                await customers.write(talk.thread, text)
            return
        except (aiohttp.ClientError, TimeoutError):
            await asyncio.sleep(0.5)


async def heal_surely(customers: Customers) -> None:
    """The stand-in may be just being started again after the last kill."""
    async with asyncio.timeout(30):
        while True:
            try:
                return await customers.heal()
            except (aiohttp.ClientError, TimeoutError):
                await asyncio.sleep(0.5)


async def until_answered(customers: Customers, talks: Sequence[Talk]) -> list[str]:
    """What is wrong in the end; empty as soon as every conversation is right and stays so."""
    deadline = time.monotonic() + SETTLED_WITHIN
    wrong: list[str] = []
    while time.monotonic() < deadline:
        await asyncio.sleep(3)
        wrong = [w for talk in talks if (w := await what_is_wrong(customers, talk))]
        if not wrong:
            await asyncio.sleep(8)  # a second answer, if there is one, comes now
            return [w for talk in talks if (w := await what_is_wrong(customers, talk))]
    return wrong


async def what_is_wrong(customers: Customers, talk: Talk) -> str:
    answers = [str(m["content"]) for m in await customers.read(talk.thread) if m["from"] == "shop"]
    said = "\n".join(answers)
    apologies = sum(answer.startswith("Desculpa") for answer in answers)
    places = [said.find(name) for name in talk.asked]
    times = [said.count(name) for name in talk.asked]
    if apologies == 0 and all(count == 1 for count in times) and places == sorted(places):
        return ""
    return f"thread {talk.thread}: asked {talk.asked}, answered {answers}"
