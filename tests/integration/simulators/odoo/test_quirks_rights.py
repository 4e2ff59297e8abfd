"""Who may do what (reference, sections 3.2, 3.3 and 3.13)."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from tests.fixtures.odoo import BELA, VERDE
from tests.fixtures.odoo_shop import Rows
from tests.integration.simulators.odoo.callers import ADMINISTRATOR, Caller, Refused, calling

pytestmark = [pytest.mark.integration, pytest.mark.asyncio(loop_scope="module")]

AGENT = ("internal", "sale_all", "stock_user", "contact_creation")
SILENT = {"disable_cancel_warning": True}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def shop(shared_odoo_database: str) -> AsyncIterator[Caller]:
    async with calling(shared_odoo_database) as caller:
        yield caller


@pytest.fixture(autouse=True)
def agent(shop: Caller) -> None:
    """Each test begins with the rights of `agente`."""
    shop.rows.groups_of(BELA.login, *AGENT)


@pytest.fixture
def seller(shop: Caller) -> Caller:
    """The same user with "own documents" alone."""
    shop.rows.groups_of(BELA.login, "sale_own")
    return shop


async def refused(shop: Caller, model: str, method: str, *args: object, **kwargs: object) -> str:
    with pytest.raises(Refused) as caught:
        await shop.call(model, method, *args, **kwargs)
    return f"{caught.value.name}: {caught.value.message}"


async def test_own_documents_read_products_with_quantities_price_lists_and_programs(seller: Caller) -> None:
    rows = seller.rows
    good = rows.product("Vela", "9.00", rows.category("Velas de quem vende"))
    quantities = ["qty_available", "free_qty"]
    assert await seller.call("product.product", "read", [good], quantities) == [
        {"id": good, "qty_available": 0.0, "free_qty": 0.0}
    ]
    for model in ("product.pricelist", "product.pricelist.item", "loyalty.program"):
        assert isinstance(await seller.call(model, "search_read", [], ["display_name"]), list), model


async def test_own_documents_create_customers_leads_and_orders(seller: Caller) -> None:
    customer = await seller.call("res.partner", "create", {"name": "Ana"})
    assert await seller.call("crm.lead", "create", {"name": "Quer velas", "partner_id": customer})
    order = await seller.call("sale.order", "create", {"partner_id": customer})
    assert await seller.call("sale.order", "action_confirm", [order]) is True
    assert await seller.call("stock.picking", "search", [["sale_id", "=", order]]) == []
    assert await seller.call("sale.order", "action_cancel", [order], context=SILENT) is True


async def test_own_documents_see_their_own_deliveries(seller: Caller) -> None:
    rows = seller.rows
    good = rows.product("Vela", "9.00", rows.category("Velas entregues"))
    line = [0, 0, {"product_id": good}]
    given = {"partner_id": rows.customer(), "order_line": [line]}
    order = await seller.call("sale.order", "create", given)
    await seller.call("sale.order", "action_confirm", [order])
    (picking,) = await seller.call("stock.picking", "search_read", [["sale_id", "=", order]], ["state"])
    assert picking["state"] == "confirmed"


async def test_others_orders_are_not_found_and_refused_when_read(seller: Caller) -> None:
    admin = seller.rows.value("SELECT id FROM erp.users WHERE login = %s", ADMINISTRATOR.login)
    assert isinstance(admin, int)
    theirs = seller.rows.order(seller.rows.customer(), user_id=admin)
    assert await seller.call("sale.order", "search", [["id", "=", theirs]]) == []
    for method, argument in (("read", ["name"]), ("write", {"note": "x"})):
        told = await refused(seller, "sale.order", method, [theirs], argument)
        assert told.startswith("AccessError"), method


@pytest.mark.parametrize("groups", [("sale_own",), ("sale_all",), AGENT])
async def test_orders_are_deleted_by_sales_administrators_only(shop: Caller, groups: tuple[str, ...]) -> None:
    order = await shop.call("sale.order", "create", {"partner_id": shop.rows.customer()})
    shop.rows.groups_of(BELA.login, *groups)
    assert (await refused(shop, "sale.order", "unlink", [order])).startswith("AccessError")
    assert await shop.call("sale.order", "has_access", [order], "unlink") is False
    shop.rows.groups_of(BELA.login, "sale_admin")
    assert await shop.call("sale.order", "has_access", [order], "unlink") is True
    assert await shop.call("sale.order", "unlink", [order]) is True


async def test_access_can_be_asked_for_record_by_record_and_model_by_model(shop: Caller) -> None:
    theirs = Rows(shop.rows.dsn, 2).customer()
    own = shop.rows.customer()
    assert await shop.call("res.partner", "has_access", [own], "write") is True
    assert await shop.call("res.partner", "has_access", [own, theirs], "write") is False
    assert await shop.call("res.partner", "check_access_rights", "write", raise_exception=False) is True
    assert await shop.call("product.product", "check_access_rights", "write", False) is False
    assert "product.product" in await refused(shop, "product.product", "check_access_rights", "write")


async def test_one_forbidden_field_fails_the_whole_call_and_is_named_with_its_groups(shop: Caller) -> None:
    told = await refused(shop, "res.partner", "read", [shop.rows.customer()], ["name", "credit_limit"])
    assert told.startswith("AccessError")
    assert "credit_limit" in told
    assert "account" in told


async def test_a_plain_user_makes_appointments_but_reads_no_quantities(shop: Caller) -> None:
    shop.rows.groups_of(BELA.login, "internal")
    event = {"name": "Reunião", "start": "2030-01-01 12:00:00"}
    assert await shop.call("calendar.event", "create", event)
    assert "stock.move" in await refused(shop, "product.product", "search_read", [], ["free_qty"])


@pytest.mark.parametrize(
    ("model", "method", "name"),
    [
        ("product.product", "_get_contextual_price", "AccessError"),
        ("product.pricelist", "_get_product_price", "AccessError"),
        ("product.product", "price_compute", "AttributeError"),
        ("product.pricelist", "get_product_price", "AttributeError"),
        ("resource.calendar", "get_work_hours_count", "AttributeError"),
    ],
)
async def test_prices_and_hours_have_no_method_of_their_own(
    shop: Caller, model: str, method: str, name: str
) -> None:
    told = await refused(shop, model, method, [1], 1, 1)
    assert told.startswith(name)
    if name == "AccessError":
        assert "Private methods" in told
        assert "cannot be called remotely" in told


async def test_the_order_of_companies_decides_which_is_the_current_one(shop: Caller) -> None:
    both = shop.as_user(ADMINISTRATOR)
    buyer = shop.rows.add("erp.partners", name="Compra em todas")
    for companies, current in (([1, 2], 1), ([2, 1], 2), ([2], 2), (None, 1)):
        context = {"allowed_company_ids": companies} if companies else {}
        order = await both.call("sale.order", "create", {"partner_id": buyer}, context=context)
        assert (await both.read("sale.order", order, "company_id"))["company_id"][0] == current


async def test_without_companies_in_the_context_all_of_the_users_are_seen(shop: Caller) -> None:
    both = shop.as_user(ADMINISTRATOR)
    ours, theirs = shop.rows.customer(), Rows(shop.rows.dsn, 2).customer()
    leaf = ["id", "in", [ours, theirs]]
    assert sorted(await both.call("res.partner", "search", [leaf])) == [ours, theirs]
    assert await both.call("res.partner", "search", [leaf], context={"allowed_company_ids": [2]}) == [theirs]


async def test_a_company_that_is_not_the_users_is_refused(shop: Caller) -> None:
    for user, companies in ((shop, [2]), (shop, [1, 2]), (shop.as_user(VERDE), [1])):
        told = await refused(user, "res.partner", "search", [], context={"allowed_company_ids": companies})
        assert told == "AccessError: Access to unauthorized or invalid companies."


async def test_sums_over_companies_mix_their_currencies(shop: Caller) -> None:
    theirs = Rows(shop.rows.dsn, 2)
    good = shop.rows.product("Vela", "9.00", shop.rows.category("Velas de duas moedas"))
    shop.rows.order(shop.rows.customer(), (good, 1, "10.00"), origin="mistura")
    theirs.order(theirs.customer(), (good, 1, "5.00"), origin="mistura", currency="USD")
    named = {"fields": ["amount_total:sum"], "groupby": [], "domain": [["origin", "=", "mistura"]]}
    (mixed,) = await shop.as_user(ADMINISTRATOR).call("sale.order", "read_group", **named)
    (ours,) = await shop.call("sale.order", "read_group", **named)
    assert (mixed["amount_total"], ours["amount_total"]) == (15.0, 10.0)
