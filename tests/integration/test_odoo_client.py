"""How the adapter meets an Odoo that fails: repeated where safe, named rightly, and silent about secrets."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo

import aiohttp
import psycopg
import pytest
import pytest_asyncio
from aiohttp import web
from tests.fixtures.odoo import BELA, BOTH, VERDE, RunningOdoo, running_odoo, set_faults
from tests.fixtures.ports import free_port

from chatwootai.domain.errors import OutcomeUnknown, RequestRefused, ServiceUnavailable
from chatwootai.integrations.odoo.access import OdooAccess
from chatwootai.integrations.odoo.catalog import OdooCatalog
from chatwootai.integrations.odoo.checkup import lacks
from chatwootai.integrations.odoo.client import OdooClient
from chatwootai.integrations.odoo.errors import (
    DatabaseMissing,
    KeyRefused,
    ModuleMissing,
    NotOdoo,
    RecordMissing,
    RightMissing,
)
from chatwootai.integrations.odoo.working_hours import Timetables
from chatwootai.simulators.odoo.settings import Login

pytestmark = [pytest.mark.integration, pytest.mark.asyncio(loop_scope="module")]

ZONE = ZoneInfo("America/Sao_Paulo")
PLAIN = Login("interna@bela.example", "chave-interna", (1,), groups=("internal",))
EXPIRED = Login("vencida@bela.example", "chave-vencida", (1,), key_expires_on=date(2020, 1, 1))
LOGINS = (BELA, VERDE, BOTH, PLAIN, EXPIRED)
COUNT = ("product.product", "search_count")


@pytest_asyncio.fixture(scope="module", loop_scope="module", params=[16, 18, 19], ids="series {}".format)
async def served(request: pytest.FixtureRequest, shared_odoo_database: str) -> AsyncIterator[RunningOdoo]:
    async with running_odoo(shared_odoo_database, series=request.param, logins=LOGINS) as running:
        yield running


@pytest_asyncio.fixture(loop_scope="module")
async def odoo(served: RunningOdoo, session: aiohttp.ClientSession) -> AsyncIterator[RunningOdoo]:
    """Served once for all tests, and healed after each."""
    yield served
    await set_faults(session, served)


@pytest_asyncio.fixture(loop_scope="module", params=[16, 18, 19], ids="series {}".format)
async def unshared(request: pytest.FixtureRequest, odoo_database: str) -> AsyncIterator[RunningOdoo]:
    """For a test that changes what the samples hold, in `odoo_database`."""
    async with running_odoo(odoo_database, series=request.param, logins=LOGINS) as running:
        yield running


@pytest_asyncio.fixture(loop_scope="module")
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as opened:
        yield opened


def client_of(session: aiohttp.ClientSession, access: OdooAccess) -> OdooClient:
    return OdooClient(session, access)


def catalog_of(session: aiohttp.ClientSession, access: OdooAccess) -> OdooCatalog:
    return OdooCatalog(client_of(session, access), zone=ZONE)


async def test_two_accounts_of_one_database_see_only_their_own(
    odoo: RunningOdoo, session: aiohttp.ClientSession
) -> None:
    bela, verde = catalog_of(session, odoo.access(BELA)), catalog_of(session, odoo.access(VERDE))
    hers = {product.id for product in await bela.products()}
    his = {product.id for product in await verde.products()}
    assert hers
    assert his
    assert hers.isdisjoint(his)
    assert list(await bela.offers(sorted(his))) == []


async def test_a_user_of_several_companies_acts_for_the_one_that_is_configured(
    odoo: RunningOdoo, session: aiohttp.ClientSession
) -> None:
    second = catalog_of(session, replace(odoo.access(BOTH), company=2))
    verde = catalog_of(session, odoo.access(VERDE))
    assert await second.products() == await verde.products()


async def test_a_company_that_is_not_the_users_is_refused(
    odoo: RunningOdoo, session: aiohttp.ClientSession
) -> None:
    with pytest.raises(RequestRefused, match="may not act for company 2"):
        await client_of(session, replace(odoo.access(BELA), company=2)).identity()


@pytest.mark.parametrize("login", [replace(BELA, key="errada"), EXPIRED], ids=["wrong", "expired"])
async def test_a_key_that_is_wrong_or_expired_is_refused_without_being_told(
    odoo: RunningOdoo, session: aiohttp.ClientSession, login: Login
) -> None:
    with pytest.raises(KeyRefused) as refused:
        await client_of(session, odoo.access(login)).identity()
    assert login.key not in str(refused.value)


async def test_a_database_that_the_server_does_not_have_is_told(
    odoo: RunningOdoo, session: aiohttp.ClientSession
) -> None:
    with pytest.raises((DatabaseMissing, NotOdoo)):
        await client_of(session, replace(odoo.access(), database="outro")).identity()


async def test_a_missing_right_names_its_model(odoo: RunningOdoo, session: aiohttp.ClientSession) -> None:
    client = client_of(session, odoo.access(PLAIN))
    with pytest.raises(RightMissing) as refused:
        await client.read("sale.order", "search_read", domain=[], fields=["name"])
    assert refused.value.model == "sale.order"


async def test_a_model_that_is_not_installed_names_itself(
    odoo: RunningOdoo, session: aiohttp.ClientSession
) -> None:
    with pytest.raises(ModuleMissing) as refused:
        await client_of(session, odoo.access()).read("helpdesk.ticket", "search_count", domain=[])
    assert refused.value.model == "helpdesk.ticket"


async def test_a_record_that_is_gone_is_told(odoo: RunningOdoo, session: aiohttp.ClientSession) -> None:
    with pytest.raises(RecordMissing):
        await client_of(session, odoo.access()).write("sale.order", "action_confirm", [1_999_999_999])


async def test_a_seller_lacks_nothing_and_a_plain_user_lacks_what_she_may_not(
    odoo: RunningOdoo, session: aiohttp.ClientSession
) -> None:
    assert await lacks(client_of(session, odoo.access())) == ()
    missing = await lacks(client_of(session, odoo.access(PLAIN)))
    assert ("sale.order", "create") in {(lack.need.model, lack.need.operation) for lack in missing}
    assert not any(lack.needs_module for lack in missing)


async def test_a_server_error_is_unavailable_and_heals(
    odoo: RunningOdoo, session: aiohttp.ClientSession
) -> None:
    catalog = catalog_of(session, odoo.access())
    await set_faults(session, odoo, status_500=1.0)
    with pytest.raises(ServiceUnavailable):
        await catalog.products()
    await set_faults(session, odoo)
    assert await catalog.products()


async def test_a_database_that_is_down_is_unavailable(
    odoo: RunningOdoo, session: aiohttp.ClientSession
) -> None:
    catalog = catalog_of(session, odoo.access())
    await catalog.products()
    await set_faults(session, odoo, database_down=True)
    with pytest.raises(ServiceUnavailable, match="OperationalError"):
        await catalog.offers([1])


async def test_a_read_without_answer_is_unavailable_and_a_write_is_unknown(
    odoo: RunningOdoo, session: aiohttp.ClientSession
) -> None:
    client = client_of(session, replace(odoo.access(timeout=0.5), write_timeout=0.5))
    await client.identity()
    await set_faults(session, odoo, timeout=1.0, timeout_seconds=1.0)
    with pytest.raises(ServiceUnavailable):
        await client.read(*COUNT, domain=[])
    with pytest.raises(OutcomeUnknown):
        await client.write("res.partner", "create", vals_list={"name": "Ana"})


async def test_a_port_where_nobody_listens_is_unavailable(session: aiohttp.ClientSession) -> None:
    access = OdooAccess(f"http://127.0.0.1:{free_port()}", "odoo", "a", "b")
    with pytest.raises(ServiceUnavailable, match="not reached"):
        await client_of(session, access).identity()


@asynccontextmanager
async def listening(answer: Callable[[web.Request], Awaitable[web.Response]]) -> AsyncIterator[OdooAccess]:
    """Something that answers every request so, where an Odoo is said to be."""
    application = web.Application()
    application.router.add_route("*", "/{path:.*}", answer)
    runner = web.AppRunner(application)
    await runner.setup()
    port = free_port()
    try:
        await web.TCPSite(runner, "127.0.0.1", port).start()
        yield OdooAccess(f"http://127.0.0.1:{port}", "odoo", "a", "b")
    finally:
        await runner.cleanup()


@pytest.mark.parametrize("status", [200, 404, 302])
async def test_a_web_page_is_no_odoo(session: aiohttp.ClientSession, status: int) -> None:
    async def page(request: web.Request) -> web.Response:
        del request
        return web.Response(
            text="<html>Bem-vindo</html>",
            content_type="text/html",
            status=status,
            headers={"Location": "/entrar"} if status == 302 else {},
        )

    async with listening(page) as access:
        with pytest.raises(NotOdoo, match="is no Odoo"):
            await client_of(session, access).identity()


@pytest.mark.parametrize(
    ("status", "reading", "writing"),
    [
        (200, ServiceUnavailable, OutcomeUnknown),
        (303, ServiceUnavailable, ServiceUnavailable),
        (404, ServiceUnavailable, ServiceUnavailable),
        (408, ServiceUnavailable, OutcomeUnknown),
        (413, RequestRefused, RequestRefused),
        (429, ServiceUnavailable, ServiceUnavailable),
        (502, ServiceUnavailable, OutcomeUnknown),
        (520, ServiceUnavailable, OutcomeUnknown),
    ],
)
async def test_a_page_in_the_place_of_an_odoo_that_was_there_is_no_answer_and_passes(
    session: aiohttp.ClientSession, status: int, reading: type[Exception], writing: type[Exception]
) -> None:
    is_gone = False

    async def proxy(request: web.Request) -> web.Response:
        if is_gone:
            return web.Response(text="<html>", status=status, headers={"Location": "/entrar"})
        params = (await request.json())["params"]
        user = {"id": 7, "company_id": [1, "Bela"], "company_ids": [1], "partner_id": [3, "Bot"]}
        told = {"version": {"server_version_info": [18, 0]}, "login": 7, "execute_kw": [user]}
        return web.json_response({"jsonrpc": "2.0", "id": 1, "result": told[params["method"]]})

    async with listening(proxy) as access:
        client = client_of(session, access)
        assert (await client.identity()).uid == 7
        is_gone = True
        with pytest.raises(reading):
            await client.read(*COUNT, domain=[])
        with pytest.raises(writing) as refused:
            await client.write("res.partner", "create", vals_list={"name": "Ana"})
        assert type(refused.value) is writing


async def test_who_waits_for_a_sign_in_that_fails_does_not_repeat_it_one_after_the_other(
    session: aiohttp.ClientSession,
) -> None:
    """Else a crowd before an Odoo that is away takes as many times its time-out."""
    asked = 0

    async def away(request: web.Request) -> web.Response:
        nonlocal asked
        asked += 1
        await asyncio.sleep(0.05)
        return web.Response(status=503)

    async with listening(away) as access:
        client = client_of(session, access)
        outcomes = await asyncio.gather(
            *(client.read(*COUNT, domain=[]) for _ in range(20)), return_exceptions=True
        )
        assert all(isinstance(outcome, ServiceUnavailable) for outcome in outcomes)
        assert asked == 1
        with pytest.raises(ServiceUnavailable):
            await client.identity()
        assert asked == 2


@pytest.mark.parametrize(("before", "after"), [(18, 19), (19, 18)])
async def test_a_server_that_became_another_series_is_met_as_what_it_is(
    odoo_database: str, session: aiohttp.ClientSession, before: int, after: int
) -> None:
    now = 0.0
    async with running_odoo(odoo_database, series=before) as first:
        client = OdooClient(session, first.access(), clock=lambda: now)
        assert (await client.series()).number == before
        port = int(first.url.rpartition(":")[2])
    now = 3600.0
    async with running_odoo(odoo_database, series=after, port=port):
        with pytest.raises(ServiceUnavailable, match=f"series {after}"):
            await client.read("res.partner", "search_read", domain=[], fields=["mobile"])
        assert (await client.series()).number == after
        assert isinstance(await client.read(*COUNT, domain=[]), int)


async def test_a_catalogue_and_a_calendar_outlive_an_upgrade_after_one_outage(
    odoo_database: str, session: aiohttp.ClientSession
) -> None:
    now = 0.0
    async with running_odoo(odoo_database, series=16) as first:
        client = OdooClient(session, first.access(), clock=lambda: now)
        catalog, timetables = OdooCatalog(client, zone=ZONE), Timetables(client, ZONE)
        before = await catalog.stock([1])
        hours = await timetables.hours([1])
        port = int(first.url.rpartition(":")[2])
    now = 3600.0
    async with running_odoo(odoo_database, series=18, port=port):
        with pytest.raises(ServiceUnavailable, match="series 18"):
            await catalog.stock([1])
        assert await catalog.stock([1]) == before
        assert await timetables.hours([1]) == hours


async def test_a_call_that_is_wrong_in_every_series_has_nobody_sign_in_again_and_again(
    odoo: RunningOdoo, session: aiohttp.ClientSession
) -> None:
    now = 0.0
    client = OdooClient(session, odoo.access(), clock=lambda: now)

    async def identity_after_a_mistake() -> object:
        with pytest.raises(RequestRefused, match="ValueError"):
            await client.read(*COUNT, domain=[["colour", "=", 1]])
        return await client.identity()

    first = await client.identity()
    assert await identity_after_a_mistake() is first
    now = 3600.0
    second = await identity_after_a_mistake()
    assert second is not first
    assert await identity_after_a_mistake() is second


async def test_a_refusal_names_its_class_and_keeps_odoos_words_to_the_cause(
    odoo: RunningOdoo, session: aiohttp.ClientSession
) -> None:
    with pytest.raises(RequestRefused) as refused:
        await client_of(session, odoo.access()).read(*COUNT, domain=[["colour", "=", 1]])
    assert str(refused.value) == "odoo: product.product.search_count: builtins.ValueError"
    assert "colour" in str(refused.value.__cause__)
    assert "Traceback" not in str(refused.value.__cause__)


async def test_a_user_that_got_another_id_is_signed_in_again(
    odoo_database: str, session: aiohttp.ClientSession
) -> None:
    async with running_odoo(odoo_database) as first:
        client = client_of(session, first.access())
        before = await client.identity()
        port = int(first.url.rpartition(":")[2])
    with psycopg.connect(odoo_database) as connection:
        connection.execute(
            "UPDATE erp.users SET login = 'antes@bela.example' WHERE login = %s", (BELA.login,)
        )
    async with running_odoo(odoo_database, port=port):
        assert isinstance(await client.read(*COUNT, domain=[]), int)
        after = await client.identity()
    assert before.uid != after.uid


async def test_an_order_that_would_be_in_another_currency_is_refused(
    odoo_database: str, unshared: RunningOdoo, session: aiohttp.ClientSession
) -> None:
    with psycopg.connect(odoo_database) as connection:
        connection.execute("UPDATE public.price_lists SET currency = 'USD' WHERE company_id = 1")
    with pytest.raises(RequestRefused, match="not in BRL"):
        await catalog_of(session, unshared.access()).offers([1])


async def test_reserved_stock_cannot_be_promised_and_what_is_oversold_is_told(
    odoo_database: str, unshared: RunningOdoo, session: aiohttp.ClientSession
) -> None:
    with psycopg.connect(odoo_database) as connection:
        connection.execute("UPDATE public.stock SET quantity = 12, reserved = 5 WHERE product_id = 1")
        connection.execute("UPDATE public.stock SET quantity = 5, reserved = 500 WHERE product_id = 2")
    offers = await catalog_of(session, unshared.access()).offers([1, 2])
    assert offers[0].available is not None
    assert offers[0].available <= Decimal(7)
    assert offers[1].available == 0
    assert offers[1].shortfall >= Decimal(495)


async def test_figures_are_read_anew_each_time_and_names_after_a_minute(
    unshared: RunningOdoo, session: aiohttp.ClientSession, odoo_database: str
) -> None:
    now = 0.0
    catalog = OdooCatalog(client_of(session, unshared.access()), zone=ZONE, clock=lambda: now)
    names = await catalog.products()
    with psycopg.connect(odoo_database) as connection:
        connection.execute("UPDATE public.products SET name = 'Novo', list_price = 1 WHERE id = 1")
    assert (await catalog.offers([1]))[0].price.amount == Decimal("1.00")
    assert await catalog.products() is names
    now = 61.0
    assert "Novo" in {product.name for product in await catalog.products()}
