"""What the ERP's adapter costs over a bare HTTP call, what the simulation bears, and how fast one can buy.

PostgreSQL and the simulated Odoo run as their own processes; the buyers are this process.
"""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from decimal import Decimal
from zoneinfo import ZoneInfo

import aiohttp

from bench.arithmetic import Spread
from bench.cpu import CpuUse
from bench.installation import Installation
from bench.report import Figure
from chatwootai.domain.orders import Item
from chatwootai.hub.purchases import Purchases, Refused
from chatwootai.integrations.odoo.access import OdooAccess
from chatwootai.integrations.odoo.catalog import OdooCatalog
from chatwootai.integrations.odoo.client import OdooClient
from chatwootai.integrations.odoo.orders import OdooOrders
from chatwootai.integrations.odoo.values import created, records
from chatwootai.integrations.odoo.wires import Call, JsonRpc
from chatwootai.integrations.postgres.hold_store import PostgresHoldStore
from chatwootai.integrations.postgres.pool import make_pool
from chatwootai.integrations.postgres.seclusion import Seclusion, make_lock_pool

ZONE = ZoneInfo("America/Sao_Paulo")
SEARCH = Call(
    "product.product",
    "search_read",
    {
        "domain": [["name", "ilike", "shampoo"]],
        "fields": ["display_name", "free_qty"],
        "limit": 10,
        "order": "id",
    },
)
CALLERS = 8
BUYERS = 16
PLENTY = 100_000


class NotBoughtError(TypeError):
    """A purchase was refused: nothing is measured then."""


@dataclass(frozen=True, slots=True)
class Overhead:
    """The same call over and over, in turns: `bare` without the adapter. CPU is this process's, in ms."""

    bare: Spread
    adapter: Spread
    bare_cpu: float
    adapter_cpu: float


@dataclass(frozen=True, slots=True)
class Rate:
    per_second: float
    latency: Spread
    cpu: CpuUse


@dataclass(frozen=True, slots=True)
class Effort:
    """How often, and for how many seconds each load lasts."""

    calls: int
    seconds: float


NORMAL = Effort(calls=600, seconds=8.0)
QUICK = Effort(calls=200, seconds=3.0)


@dataclass(frozen=True, slots=True)
class Shop:
    session: aiohttp.ClientSession
    access: OdooAccess
    client: OdooClient
    purchases: Purchases
    customer: int
    products: tuple[int, ...]


def erp_figures(installation: Installation, effort: Effort) -> list[Figure]:
    """Each figure has one value: past conversations make no difference here."""
    return asyncio.run(_measured(installation, effort))


async def _measured(installation: Installation, effort: Effort) -> list[Figure]:
    async with _shop(installation) as shop:
        over = await _overhead(shop, effort.calls)
        calls = await _rate(installation, effort.seconds, CALLERS, lambda: _search(shop))
        one = await _rate(installation, effort.seconds, BUYERS, lambda: _buy(shop, shop.products[0]))
        turns = itertools.cycle(shop.products)
        many = await _rate(installation, effort.seconds, BUYERS, lambda: _buy(shop, next(turns)))
    return [*_overhead_figures(over), *_rate_figures(calls), *_purchase_figures(one, many)]


async def _overhead(shop: Shop, calls: int) -> Overhead:
    identity = await shop.client.identity()
    context = {"lang": "pt_BR", "tz": "America/Sao_Paulo", "allowed_company_ids": [identity.company]}
    call = Call(SEARCH.model, SEARCH.method, SEARCH.named, context=context)
    request = JsonRpc(shop.access).request(call, identity.uid)

    async def bare() -> None:
        url = shop.access.url + request.path
        async with shop.session.post(url, data=request.body, headers=request.headers) as response:
            await response.read()

    kinds: tuple[Callable[[], Awaitable[None]], ...] = (bare, lambda: _search(shop))
    walls: tuple[list[float], list[float]] = ([], [])
    cpus = [0.0, 0.0]
    for number in range(2 * calls + 20):
        which = number % 2
        cpu, wall = time.process_time(), time.perf_counter()
        await kinds[which]()
        if number >= 20:
            walls[which].append(time.perf_counter() - wall)
            cpus[which] += time.process_time() - cpu
    return Overhead(
        Spread.of(walls[0], 1000), Spread.of(walls[1], 1000), cpus[0] * 1000 / calls, cpus[1] * 1000 / calls
    )


async def _search(shop: Shop) -> None:
    await shop.client.read(SEARCH.model, SEARCH.method, None, context=None, **dict(SEARCH.named))


async def _rate(
    installation: Installation, seconds: float, callers: int, act: Callable[[], Awaitable[object]]
) -> Rate:
    times: list[float] = []

    async def timed() -> None:
        begun = time.perf_counter()
        await act()
        times.append(time.perf_counter() - begun)

    await asyncio.gather(*(timed() for _ in range(callers)))
    times.clear()
    before = installation.meter.read()
    deadline = time.perf_counter() + seconds

    async def caller() -> None:
        while time.perf_counter() < deadline:
            await timed()

    await asyncio.gather(*(caller() for _ in range(callers)))
    cpu = installation.meter.since(before)
    return Rate(len(times) / cpu.elapsed, Spread.of(times, 1000), cpu)


_NUMBERS = itertools.count(1)


async def _buy(shop: Shop, product: int) -> None:
    key, items = f"bench-{next(_NUMBERS)}", [Item(product, Decimal(1))]
    reserved = await shop.purchases.reserve(key, shop.customer, items)
    if isinstance(reserved, Refused):
        raise NotBoughtError(reserved.reason)
    placed = await shop.purchases.confirm(key, shop.customer, items, reserved.total)
    if isinstance(placed, Refused):
        raise NotBoughtError(placed.reason)


@asynccontextmanager
async def _shop(installation: Installation) -> AsyncIterator[Shop]:
    stack_ = installation.stack
    access = OdooAccess(
        f"http://127.0.0.1:{stack_.ports.odoo}", "odoo", "agente@bela.example", stack_.secrets.odoo_api_key
    )
    async with AsyncExitStack() as stack:
        session = await stack.enter_async_context(aiohttp.ClientSession())
        pool = await stack.enter_async_context(
            make_pool(installation.database_url, size=8, timeout=30.0, name="bench")
        )
        locks = await stack.enter_async_context(
            make_lock_pool(installation.database_url, size=16, timeout=30.0)
        )
        client = OdooClient(session, access)
        catalog = OdooCatalog(client, zone=ZONE)
        holds = PostgresHoldStore(pool, Seclusion(locks))
        customer = created(await client.write("res.partner", "create", vals_list={"name": "Cliente"}))
        products = await _stocked(client)
        yield Shop(
            session, access, client, Purchases("bela", OdooOrders(client), catalog, holds), customer, products
        )


async def _stocked(client: OdooClient) -> tuple[int, ...]:
    """Products of which there is plenty, so that every purchase succeeds."""
    quants = records(
        await client.read(
            "stock.quant", "search_read", domain=[], fields=["product_id"], order="id", limit=BUYERS
        )
    )
    chosen: list[int] = []
    for quant in quants:
        id_, product = quant["id"], quant["product_id"]
        if not isinstance(id_, int) or not isinstance(product, list):
            raise TypeError("a quant without product")
        await client.write("stock.quant", "write", [id_], vals={"inventory_quantity": PLENTY})
        await client.write("stock.quant", "action_apply_inventory", [id_])
        chosen.append(product[0])
    return tuple(chosen)


def _overhead_figures(over: Overhead) -> list[Figure]:
    group = "Adapter, one call after the other: search 10 products"
    return [
        Figure(group, "bare HTTP call, p50", "ms", [over.bare.p50]),
        Figure(group, "call of the adapter, p50", "ms", [over.adapter.p50]),
        Figure(group, "overhead of the adapter, p50", "ms", [over.adapter.p50 - over.bare.p50]),
        Figure(group, "CPU of the bare call", "ms", [over.bare_cpu]),
        Figure(group, "CPU of the adapter's call", "ms", [over.adapter_cpu]),
    ]


def _rate_figures(calls: Rate) -> list[Figure]:
    group = f"Simulation of Odoo, {CALLERS} callers without a pause: search 10 products"
    return [
        Figure(group, "calls", "/s", [calls.per_second]),
        Figure(group, "call, p50", "ms", [calls.latency.p50]),
        Figure(group, "CPU of the simulation", "% of a core", [calls.cpu.share("odoo") * 100]),
    ]


def _purchase_figures(one: Rate, many: Rate) -> list[Figure]:
    group = f"Quote, hold, confirm: {BUYERS} buyers without a pause"
    return [
        Figure(group, "all of one product", "/s", [one.per_second]),
        Figure(group, "all of one product, p50", "ms", [one.latency.p50]),
        Figure(group, "all of one product, p99", "ms", [one.latency.p99]),
        Figure(group, f"of {BUYERS} products", "/s", [many.per_second]),
        Figure(group, f"of {BUYERS} products, p50", "ms", [many.latency.p50]),
        Figure(group, f"of {BUYERS} products, p99", "ms", [many.latency.p99]),
        Figure(group, "CPU of the simulation meanwhile", "% of a core", [many.cpu.share("odoo") * 100]),
        Figure(group, "CPU of PostgreSQL meanwhile", "% of a core", [many.cpu.share("postgres") * 100]),
        Figure(group, "CPU of the buyers meanwhile", "% of a core", [many.cpu.share("bench") * 100]),
    ]
