"""What changes in the ERP is in the next answer of every worker, with Redis and when it is killed."""

from __future__ import annotations

import asyncio
import os
import re
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

import aiohttp
import orjson
import pytest
import pytest_asyncio
from tests.e2e.dialogues.erp import Erp
from tests.e2e.dialogues.street import Window
from tests.fixtures.ports import free_port
from tests.fixtures.product import REPOSITORY, RunningProduct, running_product
from tests.fixtures.redis import RedisServer, running_redis

from chatwootai.domain.orders import OrderState

pytestmark = [pytest.mark.e2e, pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(240)]

PROMISED = 5.0
"""Seconds after which no answer may tell what the ERP said before."""
WORKER_STARTS_WITHIN = 60.0
BOTH_WITHIN = 40.0
"""Seconds in which each worker, with six customers asking, takes a turn."""
CUSTOMERS = 6
SHAMPOO = "Shampoo Hidratante Coco 300 ml"
QUESTION = f"qto custa o {SHAMPOO}? qtas unidades tem em estoque?"
SETTINGS = {"CHATWOOTAI_QUIET_SECONDS": "0.3", "CHATWOOTAI_PATIENCE_SECONDS": "4"}


@dataclass(frozen=True, slots=True)
class Heard:
    """An answer, and when its question was written, by this process's clock."""

    asked: float
    answer: str


@dataclass(slots=True)
class Crowd:
    """Customers who ask the same without end. `heard` is everything they were answered."""

    windows: list[Window]
    heard: list[Heard] = field(default_factory=list)

    @asynccontextmanager
    async def asking(self) -> AsyncIterator[None]:
        """They ask during the block; afterwards everybody has her last answer."""
        stop = asyncio.Event()
        async with asyncio.TaskGroup() as group:
            for window in self.windows:
                group.create_task(self._ask(window, stop))
            try:
                yield
            finally:
                stop.set()

    async def _ask(self, window: Window, stop: asyncio.Event) -> None:
        while not stop.is_set():
            asked = time.monotonic()
            await window.write(QUESTION)
            self.heard.append(Heard(asked, await window.answer()))


@dataclass(frozen=True, slots=True)
class TwoWorkers:
    """The product, a second worker beside its own, and the Redis that they share."""

    product: RunningProduct
    http: aiohttp.ClientSession
    redis: RedisServer
    erp: Erp
    shampoo: int

    async def crowd(self, area: int) -> Crowd:
        """New customers; `area` keeps their numbers apart from those of other tests."""
        chatwoot = self.product.chatwoot
        opened = (
            Window.opened(self.http, chatwoot, "whatsapp", f"Cliente {n}", f"+55{area}9{96000000 + n}")
            for n in range(CUSTOMERS)
        )
        return Crowd([await each for each in opened])

    async def change(self, **figures: object) -> float:
        """Change the shampoo in the ERP; returns the moment from which it is so."""
        url = f"{self.product.odoo}/simulator/products/{self.shampoo}"
        async with self.http.patch(url, json=figures) as response:
            response.raise_for_status()
        return time.monotonic()

    async def bought(self, phone: str, name: str) -> list[Decimal]:
        """The totals of her confirmed orders."""
        orders = (await self.erp.holdings(None, phone, name)).orders
        return [order.total.amount for order in orders if order.state is OrderState.CONFIRMED]

    def turns(self) -> list[int]:
        """How many turns each worker has answered."""
        logs = (self.product.folder / "logs" / name for name in ("worker.log", "second_worker.log"))
        return [sum(_is_answer(line) for line in log.read_bytes().splitlines()) for log in logs]

    async def both_answer(self) -> None:
        """Wait until each worker has answered once more, and once more again: the figures are at hand."""
        before = self.turns()
        async with asyncio.timeout(BOTH_WITHIN):
            while any(now < then + 2 for now, then in zip(self.turns(), before, strict=True)):
                await asyncio.sleep(0.1)


def _is_answer(line: bytes) -> bool:
    if not line.startswith(b"{"):
        return False
    told = orjson.loads(line)
    return bool(told.get("event") == "turn" and told.get("outcome") == "reply")


@asynccontextmanager
async def second_worker(product: RunningProduct, redis_url: str) -> AsyncIterator[None]:
    """As `up` starts its own; only the port of the metrics differs."""
    kept = orjson.loads((product.folder / "environment.json").read_bytes())
    own = {"CHATWOOTAI_METRICS_PORT": str(free_port()), "REDIS_URL": redis_url}
    log = product.folder / "logs" / "second_worker.log"
    with log.open("wb") as output:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "chatwootai.entrypoints.cli", "worker",
            cwd=REPOSITORY, env={**os.environ, **SETTINGS, **kept, **own}, stdout=output, stderr=output,
        )  # fmt: skip
    try:
        async with asyncio.timeout(WORKER_STARTS_WITHIN):
            while b"worker_started" not in log.read_bytes():
                assert process.returncode is None, log.read_text("utf-8", "replace")
                await asyncio.sleep(0.1)
        yield
    finally:
        if process.returncode is None:
            process.terminate()
        await asyncio.wait_for(process.wait(), timeout=40)


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def workers(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[TwoWorkers]:
    folder: Path = tmp_path_factory.mktemp("redis")
    with running_redis(folder) as redis:
        settings = {**SETTINGS, "REDIS_URL": redis.url}
        async with (
            running_product(settings) as product,
            second_worker(product, redis.url),
            aiohttp.ClientSession() as http,
        ):
            erp = Erp(product, http, "cosmeticos")
            await erp.learn()
            shampoo = next(each.id for each in await erp.catalog.products() if each.name == SHAMPOO)
            yield TwoWorkers(product, http, redis, erp, shampoo)


@pytest_asyncio.fixture(loop_scope="module")
async def redis_again(workers: TwoWorkers) -> AsyncIterator[None]:
    """Redis runs after the test, whatever becomes of it in the test."""
    yield
    workers.redis.stop()
    workers.redis.start()


def tells(price: str, units: int, heard: Heard) -> bool:
    return f"R$ {price}" in heard.answer and f"{units} unidades" in heard.answer


def wrong(crowd: Crowd, figures: list[tuple[float, str, int]]) -> list[str]:
    """Answers that tell neither what is so when they were asked nor, within the promise, what was before.

    `figures` are moments of change with the price and stock from then on, the oldest first.
    """
    found = []
    for heard in crowd.heard:
        counting = [
            (price, units)
            for place, (_, price, units) in enumerate(figures)
            if place + 1 == len(figures) or heard.asked < figures[place + 1][0] + PROMISED
        ]
        if not any(tells(price, units, heard) for price, units in counting):
            late = heard.asked - figures[-1][0]
            found.append(f"asked {late:+.1f} s after the last change: {heard.answer!r}")
    return found


async def test_a_price_and_a_stock_changed_are_in_every_workers_answers_within_five_seconds(
    workers: TwoWorkers,
) -> None:
    figures = [(await workers.change(list_price=41.35, stock_quantity=70), "41,35", 70)]
    await asyncio.sleep(PROMISED)
    crowd = await workers.crowd(11)
    async with crowd.asking():
        await workers.both_answer()
        figures.append((await workers.change(list_price=44.9), "44,90", 70))
        await asyncio.sleep(PROMISED)
        await workers.both_answer()
        figures.append((await workers.change(stock_quantity=58), "44,90", 58))
        await asyncio.sleep(PROMISED)
        await workers.both_answer()
    assert not wrong(crowd, figures)


async def test_redis_killed_amid_questions_fails_no_answer_and_delays_no_change(
    workers: TwoWorkers, redis_again: None
) -> None:
    figures = [(await workers.change(list_price=39.5, stock_quantity=64), "39,50", 64)]
    await asyncio.sleep(PROMISED)
    crowd = await workers.crowd(21)
    async with crowd.asking():
        await workers.both_answer()
        workers.redis.kill()
        await workers.both_answer()
        figures.append((await workers.change(list_price=37.25), "37,25", 64))
        await asyncio.sleep(PROMISED)
        await workers.both_answer()
        figures.append((await workers.change(stock_quantity=49), "37,25", 49))
        await asyncio.sleep(PROMISED)
        await workers.both_answer()
        workers.redis.start()
        figures.append((await workers.change(list_price=36.8), "36,80", 49))
        await asyncio.sleep(PROMISED)
        await workers.both_answer()
    assert not wrong(crowd, figures)


async def test_p7_p8_a_yes_to_a_price_that_is_no_more_buys_nothing_and_is_told_the_new_one(
    workers: TwoWorkers,
) -> None:
    await workers.change(list_price=35.1, stock_quantity=60)
    await asyncio.sleep(PROMISED)
    name, phone = "Rosana Meireles", "+5531996000999"
    window = await Window.opened(workers.http, workers.product.chatwoot, "whatsapp", name, phone)
    await window.write(f"quero 2 {SHAMPOO}, retiro na loja e pago no pix")
    assert re.search(r"R\$ 70,20", await window.answer()), window.transcript

    await workers.change(list_price=38.6)
    await window.write("sim, pode confirmar")
    refused = await window.answer()
    assert "R$ 77,20" in refused or "R$ 38,60" in refused, window.transcript
    assert not await workers.bought(phone, name), window.transcript

    await window.write("sim")
    await window.answer()
    assert await workers.bought(phone, name) == [Decimal("77.20")], window.transcript
