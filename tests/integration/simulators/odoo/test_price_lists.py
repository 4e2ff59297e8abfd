"""Price lists on the wire, and the price that they make, which the wire does not tell directly."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from decimal import Decimal

import psycopg
import pytest
from psycopg.rows import dict_row
from tests.fixtures.odoo import BELA
from tests.fixtures.odoo_shop import Rows
from tests.integration.simulators.odoo.callers import ADMINISTRATOR, PORTUGUESE, Caller, Refused, calling

from chatwootai.simulators.odoo.errors import MissingError
from chatwootai.simulators.odoo.models.price_lists import PRICE_LIST
from chatwootai.simulators.odoo.models.pricing import Priced, price_list_for, price_of
from chatwootai.simulators.odoo.orm.environment import Environment, User
from chatwootai.simulators.odoo.orm.records import Records

pytestmark = pytest.mark.integration

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
SELLER = User(7, "agente", "Agente", 1, 1, (1,), frozenset({"sale_all"}))


@pytest.fixture
async def shop(odoo_database: str) -> AsyncIterator[Caller]:
    async with calling(odoo_database) as caller:
        yield caller


@pytest.fixture
async def records(shop: Caller) -> AsyncIterator[Records]:
    async with await psycopg.AsyncConnection.connect(shop.rows.dsn, row_factory=dict_row) as connection:
        yield Records(PRICE_LIST, Environment.of(SELLER, 18, {}), connection)


async def test_a_seller_reads_lists_with_their_currency_and_rules(shop: Caller) -> None:
    wholesale = shop.rows.price_list("Atacado")
    rule = shop.rows.add(
        "public.price_list_items",
        price_list_id=wholesale,
        compute_price="percentage",
        percent_price=Decimal("12.5"),
        min_quantity=3,
    )
    seen = await shop.read("product.pricelist", wholesale, "display_name", "item_ids", "company_id")
    assert (seen["display_name"], seen["item_ids"]) == ("Atacado (BRL)", [rule])
    fields = ["name", "price", "pricelist_id", "min_quantity", "product_tmpl_id", "applied_on"]
    assert await shop.read("product.pricelist.item", rule, *fields, **PORTUGUESE) == {
        "id": rule,
        "name": "Todos os produtos",
        "price": "12,5 % de desconto",
        "pricelist_id": [wholesale, "Atacado (BRL)"],
        "min_quantity": 3.0,
        "product_tmpl_id": False,
        "applied_on": "3_global",
    }


async def test_who_does_not_sell_sees_no_lists(shop: Caller) -> None:
    shop.rows.groups_of(BELA.login, "internal")
    with pytest.raises(Refused, match=r"AccessError.*product\.pricelist"):
        await shop.call("product.pricelist", "search", [])


async def test_another_company_s_list_is_hidden(shop: Caller) -> None:
    theirs = Rows(shop.rows.dsn, 2).price_list("Deles")
    assert await shop.call("product.pricelist", "search", [["id", "=", theirs]]) == []
    with pytest.raises(Refused, match="AccessError"):
        await shop.read("product.pricelist", theirs, "name")


async def test_an_administrator_makes_a_list_with_its_rules(shop: Caller) -> None:
    lotion = shop.rows.product("Loção", "29.90", shop.rows.category("Corpo de teste"))
    admin = shop.as_user(ADMINISTRATOR)
    rule = {"applied_on": "1_product", "product_tmpl_id": lotion, "fixed_price": 25.5}
    made = await admin.call(
        "product.pricelist", "create", {"name": "Clube", "company_id": 1, "item_ids": [[0, 0, rule]]}
    )
    (item,) = (await shop.read("product.pricelist", made, "item_ids"))["item_ids"]
    seen = await shop.read("product.pricelist.item", item, "product_tmpl_id", "product_id", "price")
    assert (seen["product_tmpl_id"][0], seen["product_id"], seen["price"]) == (lotion, False, "R$ 25,50")


async def test_a_rule_of_a_product_must_name_one(shop: Caller) -> None:
    wholesale = shop.rows.price_list("Atacado")
    rule = {"pricelist_id": wholesale, "applied_on": "1_product", "fixed_price": 1}
    with pytest.raises(Refused, match=r"ValidationError.*Especifique o produto"):
        await shop.as_user(ADMINISTRATOR).call("product.pricelist.item", "create", rule)


async def test_the_price_itself_cannot_be_asked_for(shop: Caller) -> None:
    wholesale = shop.rows.price_list("Atacado")
    with pytest.raises(Refused, match=r"AccessError.*Private methods"):
        await shop.call("product.pricelist", "_get_product_price", [wholesale], 1, 1)
    with pytest.raises(Refused, match="AttributeError"):
        await shop.call("product.pricelist", "get_product_price", [wholesale], 1, 1)


async def test_the_rules_of_a_list_make_the_price(shop: Caller, records: Records) -> None:
    rows = shop.rows
    top = rows.category("Tudo de teste")
    lotion = rows.product("Loção", "29.90", rows.category("Corpo de teste", top))
    wholesale = rows.price_list("Atacado")
    rows.add("public.price_list_items", price_list_id=wholesale, fixed_price=99)
    of_category = rows.add(
        "public.price_list_items",
        price_list_id=wholesale,
        applied_on="2_product_category",
        category_id=top,
        compute_price="percentage",
        percent_price=10,
        min_quantity=3,
    )
    everybody = await price_of(records, lotion, Decimal(3), None, NOW)
    assert everybody == Priced(Decimal("29.90"), None)
    three = await price_of(records, lotion, Decimal(3), wholesale, NOW)
    assert three == Priced(Decimal("26.91"), of_category)
    assert (await price_of(records, lotion, Decimal(2), wholesale, NOW)).unit_price == 99


async def test_a_product_that_is_gone_has_no_price(records: Records) -> None:
    with pytest.raises(MissingError, match=r"product\.product\(999999,\)"):
        await price_of(records, 999_999, Decimal(1), None, NOW)


async def test_a_customer_has_her_own_list_or_her_company_s_or_the_first(
    shop: Caller, records: Records
) -> None:
    rows = shop.rows
    first, own = rows.price_list("Varejo", -9), rows.price_list("Clube")
    club = rows.customer("Clube da Ana", price_list_id=own)
    assert await price_list_for(records, club) == own
    assert await price_list_for(records, rows.customer("Ana", parent_id=club)) == own
    assert await price_list_for(records, rows.customer("Bia")) == first


async def test_archived_lists_and_those_of_others_are_nobody_s(shop: Caller, records: Records) -> None:
    rows = shop.rows
    gone, theirs = rows.price_list("Antiga", -9, active=False), Rows(rows.dsn, 2).price_list("Deles", -8)
    first = rows.price_list("Varejo", -7)
    assert await price_list_for(records, rows.customer("Ana", price_list_id=gone)) == first
    assert await price_list_for(records, rows.customer("Bia", price_list_id=theirs)) == first


async def test_a_company_without_lists_sells_at_list_price(shop: Caller, records: Records) -> None:
    shop.rows.value("UPDATE public.price_lists SET active = false RETURNING id")
    assert await price_list_for(records, shop.rows.customer()) is None
