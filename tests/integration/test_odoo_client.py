"""How the adapter meets an Odoo that fails: repeated where safe, named rightly, and silent about secrets."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from decimal import Decimal

import aiohttp
import psycopg
import pytest
from tests.fixtures.odoo import BELA, VERDE, RunningOdoo, running_odoo, set_faults
from tests.fixtures.ports import free_port

from chatwootai.domain.errors import OutcomeUnknown, RequestRefused, ServiceUnavailable
from chatwootai.integrations.odoo.catalog import OdooCatalog
from chatwootai.integrations.odoo.transport import OdooAccess, Transport

pytestmark = pytest.mark.integration


@pytest.fixture
async def odoo(database: str) -> AsyncIterator[RunningOdoo]:
    async with running_odoo(database) as running:
        yield running


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as opened:
        yield opened


async def test_two_accounts_of_one_database_see_only_their_own(
    odoo: RunningOdoo, session: aiohttp.ClientSession
) -> None:
    bela, verde = OdooCatalog(session, odoo.access(BELA)), OdooCatalog(session, odoo.access(VERDE))
    hers = {product.id for product in await bela.products()}
    his = {product.id for product in await verde.products()}
    assert hers.isdisjoint(his)
    assert list(await bela.offers(sorted(his))) == []


async def test_a_wrong_key_is_refused(odoo: RunningOdoo, session: aiohttp.ClientSession) -> None:
    catalog = OdooCatalog(session, replace(odoo.access(), api_key="errada"))
    with pytest.raises(RequestRefused) as refused:
        await catalog.products()
    assert "errada" not in str(refused.value)


async def test_a_server_error_is_unavailable_and_heals(
    odoo: RunningOdoo, session: aiohttp.ClientSession
) -> None:
    catalog = OdooCatalog(session, odoo.access())
    await set_faults(session, odoo, status_500=1.0)
    with pytest.raises(ServiceUnavailable):
        await catalog.products()
    await set_faults(session, odoo)
    assert await catalog.products()


async def test_a_database_that_is_down_is_unavailable(
    odoo: RunningOdoo, session: aiohttp.ClientSession
) -> None:
    catalog = OdooCatalog(session, odoo.access())
    await set_faults(session, odoo, database_down=True)
    with pytest.raises(ServiceUnavailable, match="OperationalError"):
        await catalog.products()


async def test_a_read_without_answer_is_unavailable_and_a_write_is_unknown(
    odoo: RunningOdoo, session: aiohttp.ClientSession
) -> None:
    access = replace(odoo.access(timeout=0.3), write_timeout=0.3)
    transport = Transport(session, access)
    await transport.identity()
    await set_faults(session, odoo, timeout=1.0, timeout_seconds=2.0)
    with pytest.raises(ServiceUnavailable):
        await transport.read("product.product", "search_count", [[]])
    with pytest.raises(OutcomeUnknown):
        await transport.write("product.product", "write", [[1], {}])


async def test_a_port_where_nobody_listens_is_unavailable(session: aiohttp.ClientSession) -> None:
    access = OdooAccess(f"http://127.0.0.1:{free_port()}", "odoo", "a", "b")
    with pytest.raises(ServiceUnavailable, match="not reached"):
        await OdooCatalog(session, access).products()


async def test_a_refusal_names_its_class_and_keeps_odoos_words_to_the_cause(
    odoo: RunningOdoo, session: aiohttp.ClientSession
) -> None:
    with pytest.raises(RequestRefused) as refused:
        await Transport(session, odoo.access()).read("product.product", "search", [[["colour", "=", 1]]])
    assert str(refused.value) == "odoo: product.product.search: builtins.ValueError"
    assert "colour" in str(refused.value.__cause__)
    assert "Traceback" not in str(refused.value.__cause__)


async def test_a_user_that_got_another_id_is_signed_in_again(
    database: str, session: aiohttp.ClientSession
) -> None:
    async with running_odoo(database) as first:
        transport = Transport(session, first.access())
        before = await transport.identity()
        port = int(first.url.rpartition(":")[2])
    with psycopg.connect(database) as connection:
        connection.execute("UPDATE erp.users SET id = 900 WHERE login = %s", (BELA.login,))
    async with running_odoo(database, port=port):
        assert await transport.read("product.product", "search_count", [[]]) == 75
        after = await transport.identity()
    assert (before.uid, after.uid) == (7, 900)


async def test_a_product_priced_in_another_currency_is_refused(
    database: str, odoo: RunningOdoo, session: aiohttp.ClientSession
) -> None:
    with psycopg.connect(database) as connection:
        connection.execute("UPDATE public.products SET currency = 'USD' WHERE id = 1")
    with pytest.raises(RequestRefused, match="priced in USD"):
        await OdooCatalog(session, odoo.access()).offers([1])


async def test_reserved_stock_cannot_be_promised_and_more_reserved_than_there_is_counts_as_none(
    database: str, odoo: RunningOdoo, session: aiohttp.ClientSession
) -> None:
    with psycopg.connect(database) as connection:
        connection.execute("UPDATE public.products SET reserved_quantity = 5 WHERE id = 1")
        connection.execute("UPDATE public.products SET reserved_quantity = 500 WHERE id = 2")
    offers = await OdooCatalog(session, odoo.access()).offers([1, 2])
    assert [offer.available for offer in offers] == [Decimal(7), Decimal(0)]


async def test_figures_are_read_anew_each_time_and_names_after_a_minute(
    odoo: RunningOdoo, session: aiohttp.ClientSession, database: str
) -> None:
    now = 0.0
    catalog = OdooCatalog(session, odoo.access(), clock=lambda: now)
    names = await catalog.products()
    with psycopg.connect(database) as connection:
        connection.execute("UPDATE public.products SET name = 'Novo', list_price = 1 WHERE id = 1")
    assert (await catalog.offers([1]))[0].price.amount == Decimal("1.00")
    assert await catalog.products() is names
    now = 61.0
    assert "Novo" in {product.name for product in await catalog.products()}
