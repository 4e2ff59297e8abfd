"""The sales report, invoices, payment terms and carriers: what a seller only reads."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import pytest
from tests.fixtures.odoo import BELA
from tests.fixtures.odoo_shop import Rows
from tests.integration.simulators.odoo.callers import ADMINISTRATOR, PORTUGUESE, Caller, Refused, calling

pytestmark = pytest.mark.integration

SOLD = [["state", "=", "sale"]]


@dataclass(frozen=True)
class Shop:
    """Company 1 without orders of anybody's but these: two confirmed, one draft, one of company 2."""

    caller: Caller
    lotion: int
    candle: int
    customer: int
    seller: int
    order: int

    async def grouped(self, domain: object, fields: list[str], by: list[str], **more: object) -> list[Any]:
        groups: list[Any] = await self.caller.call(
            "sale.report", "read_group", domain, fields, by, context=PORTUGUESE, **more
        )
        return groups


@pytest.fixture
async def shop(odoo_database: str) -> AsyncIterator[Shop]:
    async with calling(odoo_database) as caller:
        yield _filled(caller)


@pytest.fixture
async def old_shop(odoo_database: str) -> AsyncIterator[Shop]:
    async with calling(odoo_database, series=16) as caller:
        yield _filled(caller)


def _filled(caller: Caller) -> Shop:
    rows = caller.rows
    rows.value("DELETE FROM erp.invoices RETURNING id")
    rows.value("DELETE FROM public.orders RETURNING id")
    category = rows.category("Corpo de teste")
    lotion = rows.product("Loção", "70", category, default_code="LOC", weight=2)
    candle = rows.product("Vela", "20", category, default_code="VEL")
    customer = rows.customer()
    seller = rows.value("SELECT id FROM erp.users WHERE login = %s", BELA.login)
    assert isinstance(seller, int)
    late, noon = "2026-11-24 02:30:00+00", "2026-11-24 12:00:00+00"
    lines = (lotion, 2, "70"), (candle, 5, "20")
    order = rows.order(customer, *lines, status="sale", user_id=seller, ordered_at=late)
    rows.order(customer, (candle, 1, "20"), status="sale", ordered_at=noon)
    rows.order(customer, (lotion, 9, "70"))
    theirs = Rows(rows.dsn, 2)
    theirs.order(theirs.customer(), (lotion, 50, "70"), status="sale")
    return Shop(caller, lotion, candle, customer, seller, order)


async def test_the_best_sellers_are_grouped_by_product(shop: Shop) -> None:
    groups = await shop.grouped(
        SOLD,
        ["product_uom_qty:sum", "price_total:sum"],
        ["product_id"],
        orderby="product_uom_qty desc",
        limit=5,
    )
    told = [(group["product_id"][1], group["product_uom_qty"], group["price_total"]) for group in groups]
    assert told == [("[VEL] Vela", 6.0, 120.0), ("[LOC] Loção", 2.0, 140.0)]


async def test_nbr_counts_lines_and_not_orders(shop: Shop) -> None:
    (total,) = await shop.grouped(SOLD, ["nbr:sum", "price_subtotal:sum"], [])
    assert (total["nbr"], total["price_subtotal"]) == (3, 260.0)


async def test_all_states_are_there(shop: Shop) -> None:
    groups = await shop.grouped([], ["nbr:sum"], ["state"])
    assert {group["state"]: group["nbr"] for group in groups} == {"sale": 3, "draft": 1}


async def test_days_are_those_of_the_context_s_zone(shop: Shop) -> None:
    groups = await shop.grouped(SOLD, ["price_total:sum"], ["date:day"])
    assert [group["price_total"] for group in groups] == [240.0, 20.0]


async def test_a_row_tells_of_its_order(shop: Shop) -> None:
    domain = [["order_reference", "=", f"sale.order,{shop.order}"], ["product_id", "=", shop.lotion]]
    fields = [
        "order_reference",
        "partner_id",
        "user_id",
        "company_id",
        "product_tmpl_id",
        "categ_id",
        "weight",
    ]
    (row,) = await shop.caller.call("sale.report", "search_read", domain, fields, load="")
    assert row == {
        "id": row["id"],
        "order_reference": f"sale.order,{shop.order}",
        "partner_id": shop.customer,
        "user_id": shop.seller,
        "company_id": 1,
        "product_tmpl_id": shop.lotion,
        "categ_id": row["categ_id"],
        "weight": 4.0,
    }


async def test_series_16_has_another_link_and_calls_locked_orders_done(old_shop: Shop) -> None:
    old_shop.caller.rows.change("public.orders", old_shop.order, locked=True)
    rows = await old_shop.caller.call(
        "sale.report", "search_read", [["state", "=", "done"]], ["order_id", "state"], load=""
    )
    assert {(row["order_id"], row["state"]) for row in rows} == {(old_shop.order, "done")}
    told = await old_shop.caller.call("sale.report", "fields_get", ["state"], ["selection"])
    assert [key for key, _ in told["state"]["selection"]] == ["draft", "sent", "sale", "cancel", "done"]
    with pytest.raises(Refused, match="Invalid field 'order_reference'"):
        await old_shop.caller.call("sale.report", "search_read", [], ["order_reference"])


async def test_who_sees_own_documents_only_sees_own_sales_and_nobody_s(shop: Shop) -> None:
    rows = shop.caller.rows
    rows.change("public.orders", shop.order, user_id=None)
    colleague = rows.value("SELECT id FROM erp.users WHERE login = %s", ADMINISTRATOR.login)
    assert isinstance(colleague, int)
    rows.order(shop.customer, (shop.candle, 40, "20"), status="sale", user_id=colleague)
    rows.groups_of(BELA.login, "sale_own")
    (total,) = await shop.grouped(SOLD, ["product_uom_qty:sum"], [])
    assert total["product_uom_qty"] == 8.0


async def test_the_report_is_for_sellers_and_nobody_writes_it(shop: Shop) -> None:
    with pytest.raises(Refused, match="AccessError"):
        await shop.caller.as_user(ADMINISTRATOR).call("sale.report", "write", [1], {"name": "X"})
    shop.caller.rows.groups_of(BELA.login, "internal")
    with pytest.raises(Refused, match=r"AccessError.*sale\.report"):
        await shop.grouped([], ["nbr:sum"], [])


def invoice(shop: Shop, payment_state: str, order: int | None = None) -> int:
    return shop.caller.rows.add(
        "erp.invoices",
        company_id=1,
        name="FAT/2026/0001",
        order_id=order or shop.order,
        partner_id=shop.customer,
        payment_state=payment_state,
        invoice_date="2026-11-24",
        total_amount=240,
        currency="BRL",
    )


async def test_sellers_read_whether_an_invoice_is_paid(shop: Shop) -> None:
    number = invoice(shop, "paid")
    fields = [
        "move_type",
        "payment_state",
        "invoice_date",
        "invoice_origin",
        "amount_total",
        "amount_residual",
    ]
    seen = await shop.caller.read("account.move", number, *fields)
    origin = (await shop.caller.read("sale.order", shop.order, "name"))["name"]
    assert [seen[name] for name in fields] == ["out_invoice", "paid", "2026-11-24", origin, 240.0, 0.0]
    with pytest.raises(Refused, match="AccessError"):
        await shop.caller.call("account.move", "write", [number], {"name": "X"})


async def test_an_invoice_of_a_colleague_s_order_is_hidden_from_who_sees_own_documents(shop: Shop) -> None:
    rows = shop.caller.rows
    colleague = rows.value("SELECT id FROM erp.users WHERE login = %s", ADMINISTRATOR.login)
    assert isinstance(colleague, int)
    theirs = rows.order(shop.customer, (shop.candle, 1, "20"), status="sale", user_id=colleague)
    own, other = invoice(shop, "not_paid"), invoice(shop, "not_paid", theirs)
    rows.groups_of(BELA.login, "sale_own")
    assert await shop.caller.call("account.move", "search", [["id", "in", [own, other]]]) == [own]


async def test_payment_terms_and_carriers_are_read_by_sellers(shop: Shop) -> None:
    rows = shop.caller.rows
    term = rows.add("erp.payment_terms", name="30 dias", company_id=1)
    carrier = rows.add(
        "erp.carriers", name="Motoboy", company_id=1, fixed_price=12, product_id=shop.candle, free_over=True
    )
    assert (await shop.caller.read("account.payment.term", term, "name"))["name"] == "30 dias"
    seen = await shop.caller.read(
        "delivery.carrier", carrier, "name", "fixed_price", "free_over", "currency_id"
    )
    assert (seen["fixed_price"], seen["free_over"], seen["currency_id"][1]) == (12.0, True, "BRL")


async def test_a_plain_user_reads_terms_but_no_carriers_and_no_invoices(shop: Shop) -> None:
    shop.caller.rows.groups_of(BELA.login, "internal")
    assert isinstance(await shop.caller.call("account.payment.term", "search", []), list)
    for model in ("delivery.carrier", "account.move"):
        with pytest.raises(Refused, match="AccessError"):
            await shop.caller.call(model, "search", [])
