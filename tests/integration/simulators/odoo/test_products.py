"""Products: language, prices that are not the customer's, quantities, rights and the words of each series."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from tests.fixtures.odoo import BELA, VERDE
from tests.integration.simulators.odoo.callers import ADMINISTRATOR, PORTUGUESE, Caller, Refused, calling

pytestmark = pytest.mark.integration

USD = 1


@pytest.fixture
async def shop(odoo_database: str) -> AsyncIterator[Caller]:
    async with calling(odoo_database) as caller:
        yield caller


@pytest.fixture
async def old_shop(odoo_database: str) -> AsyncIterator[Caller]:
    async with calling(odoo_database, series=16) as caller:
        yield caller


def table(shop: Caller, **more: str | int | bool | None) -> int:
    given: dict[str, str | int | bool | None] = {"name_en": "Desk", "default_code": "TST-1"}
    return shop.rows.product("Mesa", "140", shop.rows.category("Móveis de teste"), **given | more)


async def found(shop: Caller, text: str, **context: object) -> list[int]:
    domain = [["name", "ilike", text], ["default_code", "=", "TST-1"]]
    ids: list[int] = await shop.call("product.product", "search", domain, context=context)
    return ids


async def test_a_name_is_found_only_in_the_language_of_the_context(shop: Caller) -> None:
    desk = table(shop)
    assert await found(shop, "mesa", lang="pt_BR") == [desk]
    assert await found(shop, "desk", lang="pt_BR") == []
    assert await found(shop, "desk", lang="en_US") == [desk]
    assert await found(shop, "desk") == [desk]


async def test_the_display_name_carries_the_code_and_follows_the_language(shop: Caller) -> None:
    desk = table(shop)
    assert (await shop.read("product.product", desk, "display_name", **PORTUGUESE))["display_name"] == (
        "[TST-1] Mesa"
    )
    order = {"product_tmpl_id": [desk, "[TST-1] Desk"], "id": desk}
    assert await shop.read("product.product", desk, "product_tmpl_id") == order


async def test_template_and_variant_point_at_each_other(shop: Caller) -> None:
    desk = table(shop)
    fields = ["product_variant_id", "product_variant_ids"]
    (template,) = await shop.call("product.template", "read", [desk], fields, load="")
    assert template == {"id": desk, "product_variant_id": desk, "product_variant_ids": [desk]}


async def test_what_belongs_to_no_company_is_priced_in_the_main_company_s_currency(shop: Caller) -> None:
    shop.rows.change("erp.companies", 1, currency="USD")
    desk = table(shop, company_id=None)
    seen = await shop.as_user(VERDE).read("product.product", desk, "lst_price", "currency_id")
    assert (seen["lst_price"], seen["currency_id"]) == (140.0, [USD, "USD"])


async def test_prices_ignore_price_list_and_quantity_of_the_context(shop: Caller) -> None:
    desk = table(shop)
    wholesale = shop.rows.price_list("Atacado")
    shop.rows.add("public.price_list_items", price_list_id=wholesale, fixed_price=1)
    seen = await shop.read("product.product", desk, "lst_price", pricelist=wholesale, quantity=100)
    assert seen["lst_price"] == 140.0


async def test_quantities_are_what_is_there_what_is_free_and_what_is_to_come(shop: Caller) -> None:
    desk = table(shop)
    warehouse = shop.rows.warehouse("Depósito")
    shop.rows.stock(desk, warehouse, 25, reserved=5)
    move(shop, desk, warehouse, "outgoing", 100)
    move(shop, desk, warehouse, "incoming", 30)
    move(shop, desk, warehouse, "incoming", 7, status="done")
    quantities = ["qty_available", "free_qty", "incoming_qty", "outgoing_qty", "virtual_available"]
    seen = await shop.read("product.product", desk, *quantities)
    assert [seen[name] for name in quantities] == [25.0, 20.0, 30.0, 100.0, -45.0]


def move(
    shop: Caller, product: int, warehouse: int, kind: str, quantity: int, status: str = "confirmed"
) -> None:
    picking = shop.rows.add("erp.pickings", company_id=1, name="P", kind=kind, partner_id=1, status=status)
    shop.rows.add(
        "erp.moves",
        picking_id=picking,
        product_id=product,
        warehouse_id=warehouse,
        quantity=quantity,
        status=status,
    )


async def test_quantities_narrow_to_the_warehouse_of_the_context(shop: Caller) -> None:
    desk = table(shop)
    near, far = shop.rows.warehouse("Perto"), shop.rows.warehouse("Longe")
    shop.rows.stock(desk, near, 3)
    shop.rows.stock(desk, far, 4)
    assert (await shop.read("product.product", desk, "free_qty"))["free_qty"] == 7.0
    assert (await shop.read("product.product", desk, "free_qty", warehouse_id=near))["free_qty"] == 3.0
    both = await shop.read("product.product", desk, "free_qty", warehouse_id=[near, far])
    assert both["free_qty"] == 7.0
    assert (await shop.read("product.product", desk, "free_qty", warehouse=near))["free_qty"] == 7.0


async def test_series_16_narrows_by_another_key(old_shop: Caller) -> None:
    desk = table(old_shop)
    near, far = old_shop.rows.warehouse("Perto"), old_shop.rows.warehouse("Longe")
    old_shop.rows.stock(desk, near, 3)
    old_shop.rows.stock(desk, far, 4)
    assert (await old_shop.read("product.product", desk, "free_qty", warehouse=far))["free_qty"] == 4.0
    assert (await old_shop.read("product.product", desk, "free_qty", warehouse_id=far))["free_qty"] == 7.0


async def test_quantities_follow_the_companies_of_the_context(shop: Caller) -> None:
    desk = table(shop, company_id=None)
    shop.rows.stock(desk, shop.rows.warehouse("Depósito"), 25)
    admin = shop.as_user(ADMINISTRATOR)
    ours = await admin.read("product.product", desk, "qty_available", allowed_company_ids=[1])
    theirs = await admin.read("product.product", desk, "qty_available", allowed_company_ids=[2])
    assert (ours["qty_available"], theirs["qty_available"]) == (25.0, 0.0)


async def test_what_is_not_kept_in_stock_counts_zero(shop: Caller) -> None:
    gift = table(shop, is_storable=False)
    shop.rows.stock(gift, shop.rows.warehouse("Depósito"), 25)
    seen = await shop.read("product.product", gift, "qty_available", "virtual_available")
    assert (seen["qty_available"], seen["virtual_available"]) == (0.0, 0.0)


async def test_quantities_can_be_searched_but_not_ordered_by(shop: Caller) -> None:
    desk = table(shop)
    shop.rows.stock(desk, shop.rows.warehouse("Depósito"), 25)
    domain = [["free_qty", ">=", 25], ["default_code", "=", "TST-1"]]
    assert await shop.call("product.product", "search", domain) == [desk]
    with pytest.raises(Refused, match=r"ValueError.*Cannot convert product\.product\.qty_available to SQL"):
        await shop.call("product.product", "search", [], order="qty_available")


async def test_a_plain_user_reads_products_but_no_quantities(shop: Caller) -> None:
    desk = table(shop)
    shop.rows.groups_of(BELA.login, "internal")
    assert (await shop.read("product.product", desk, "list_price"))["list_price"] == 140.0
    with pytest.raises(Refused, match=r"AccessError.*stock\.move"):
        await shop.read("product.product", desk, "free_qty")


async def test_reading_without_naming_fields_fails_for_sellers(shop: Caller) -> None:
    desk = table(shop)
    with pytest.raises(Refused, match=r"AccessError.*stock\.valuation\.layer"):
        await shop.call("product.product", "search_read", [["id", "=", desk]])
    (seen,) = await shop.as_user(ADMINISTRATOR).call("product.product", "search_read", [["id", "=", desk]])
    assert seen["standard_price"] == 0.0


async def test_the_cost_is_for_administrators(shop: Caller) -> None:
    desk = table(shop)
    with pytest.raises(Refused, match=r"AccessError.*standard_price"):
        await shop.read("product.product", desk, "name", "standard_price")


async def test_sellers_do_not_change_products(shop: Caller) -> None:
    desk = table(shop)
    for method, args in (("write", ([desk], {"list_price": 1})), ("create", ({"name": "X"},))):
        with pytest.raises(Refused, match="AccessError"):
            await shop.call("product.product", method, *args)


async def test_a_sales_administrator_creates_with_little(shop: Caller) -> None:
    shop.rows.groups_of(BELA.login, "sale_admin")
    new = await shop.call("product.product", "create", {"name": "Vela", "list_price": 19.9, "taxes_id": []})
    seen = await shop.read("product.product", new, "name", "lst_price", "type", "is_storable", "uom_id")
    assert seen == {
        "id": new,
        "name": "Vela",
        "lst_price": 19.9,
        "type": "consu",
        "is_storable": False,
        "uom_id": [1, "Unidades"],
    }
    assert shop.rows.value("SELECT currency FROM public.products WHERE id = %s", new) == "BRL"


async def test_a_product_moves_its_write_date_and_hides_when_archived(shop: Caller) -> None:
    desk = table(shop, updated_at="2026-01-01")
    shop.rows.groups_of(BELA.login, "sale_admin")
    before = (await shop.read("product.product", desk, "write_date"))["write_date"]
    assert "result" not in await shop.answer("product.template", "action_archive", [desk])
    after = (await shop.read("product.product", desk, "write_date"))["write_date"]
    assert before < after
    assert await found(shop, "desk") == []
    assert await found(shop, "desk", active_test=False) == [desk]


async def test_one_barcode_belongs_to_one_product(shop: Caller) -> None:
    table(shop, barcode="7891234567895")
    with pytest.raises(Refused, match=r"ValidationError.*7891234567895"):
        await shop.as_user(ADMINISTRATOR).call(
            "product.product", "create", {"name": "Cópia", "barcode": "7891234567895", "company_id": 1}
        )


async def test_series_16_calls_storable_another_type(old_shop: Caller) -> None:
    desk = table(old_shop)
    old_shop.rows.groups_of(BELA.login, "sale_admin")
    seen = await old_shop.read("product.product", desk, "detailed_type", "type")
    assert (seen["detailed_type"], seen["type"]) == ("product", "product")
    with pytest.raises(Refused, match="Invalid field 'is_storable'"):
        await old_shop.read("product.product", desk, "is_storable")
    service = await old_shop.call("product.template", "create", {"name": "Corte", "detailed_type": "service"})
    await old_shop.call("product.template", "write", [desk], {"detailed_type": "consu"})
    kinds = [
        (await old_shop.read("product.template", number, "detailed_type"))["detailed_type"]
        for number in (service, desk)
    ]
    assert kinds == ["service", "consu"]


async def test_series_18_knows_no_detailed_type(shop: Caller) -> None:
    with pytest.raises(Refused, match="Invalid field 'detailed_type'"):
        await shop.read("product.product", table(shop), "detailed_type")


async def test_a_category_is_shown_by_its_path_and_finds_what_is_below_it(shop: Caller) -> None:
    top = shop.rows.category("Tudo de teste")
    below = shop.rows.category("Corpo de teste", top)
    lotion = shop.rows.product("Loção", "29.90", below)
    assert (await shop.read("product.category", below, "display_name"))["display_name"] == (
        "Tudo de teste / Corpo de teste"
    )
    assert await shop.call("product.product", "search", [["categ_id", "child_of", top]]) == [lotion]


async def test_a_category_cannot_be_below_itself(shop: Caller) -> None:
    top = shop.rows.category("Tudo de teste")
    below = shop.rows.category("Corpo de teste", top)
    with pytest.raises(Refused, match=r"ValidationError.*recursivas"):
        await shop.as_user(ADMINISTRATOR).call("product.category", "write", [top], {"parent_id": below})


async def test_the_text_for_quotations_holds_name_and_description(shop: Caller) -> None:
    desk = table(shop, description_sale="Madeira de lei")
    told = await shop.call(
        "product.product", "get_product_multiline_description_sale", [desk], context=PORTUGUESE
    )
    assert told == "[TST-1] Mesa\nMadeira de lei"
