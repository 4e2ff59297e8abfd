"""Codes and promotions: reading programs, entering a code, claiming the discount, and what refuses a code."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from typing import Any

import pytest
from tests.fixtures.odoo import BELA
from tests.fixtures.odoo_shop import Rows
from tests.integration.simulators.odoo.callers import ADMINISTRATOR, PORTUGUESE, Caller, Refused, calling

pytestmark = pytest.mark.integration

COUPON_WIZARD = "sale.loyalty.coupon.wizard"
REWARD_WIZARD = "sale.loyalty.reward.wizard"


@dataclass(frozen=True)
class Counter:
    """An order of two lotions at 70 each, and a product whose price is discounts."""

    shop: Caller
    order: int
    discount: int
    lotion: int

    @property
    def rows(self) -> Rows:
        return self.shop.rows

    async def enter(self, code: str) -> Any:
        """Enter a code as a person would, in Portuguese."""
        values = {"order_id": self.order, "coupon_code": code}
        wizard = await self.shop.call(COUPON_WIZARD, "create", values, context=PORTUGUESE)
        return await self.shop.call(COUPON_WIZARD, "action_apply", [wizard], context=PORTUGUESE)

    async def claim(self) -> Any:
        return await self.shop.call("sale.order", "action_open_reward_wizard", [self.order])

    async def total(self) -> Any:
        return (await self.shop.read("sale.order", self.order, "amount_total"))["amount_total"]

    def discounts(self) -> object:
        query = (
            "SELECT array_agg(subtotal::float ORDER BY id) FROM public.order_items"
            " WHERE order_id = %s AND coupon_id IS NOT NULL"
        )
        return self.rows.value(query, self.order) or []


@pytest.fixture
async def counter(odoo_database: str) -> AsyncIterator[Counter]:
    async with calling(odoo_database) as shop:
        category = shop.rows.category("Teste")
        lotion = shop.rows.product("Loção", "70", category)
        discount = shop.rows.product("Desconto", "0", category, kind="service", is_storable=False)
        order = shop.rows.order(shop.rows.customer(), (lotion, 2, "70"))
        yield Counter(shop, order, discount, lotion)


async def test_a_program_its_rule_and_its_reward_are_read(counter: Counter) -> None:
    program = counter.rows.coupon(
        counter.discount, "BEMVINDA", minimum_amount=100, max_usage=5, valid_until="2099-12-31"
    )
    shop = counter.shop
    seen = await shop.read(
        "loyalty.program", program, "name", "trigger", "limit_usage", "date_to", "rule_ids"
    )
    assert seen == {
        "id": program,
        "name": "Boas-vindas",
        "trigger": "with_code",
        "limit_usage": True,
        "date_to": "2099-12-31",
        "rule_ids": [program],
    }
    rule = await shop.read("loyalty.rule", program, "mode", "code", "minimum_amount")
    assert (rule["mode"], rule["code"], rule["minimum_amount"]) == ("with_code", "BEMVINDA", 100.0)
    reward = await shop.read("loyalty.reward", program, "description", "discount", "discount_mode")
    assert (reward["description"], reward["discount"], reward["discount_mode"]) == (
        "10% no seu pedido",
        10.0,
        "percent",
    )


async def test_entering_a_code_brings_no_discount_until_the_reward_is_claimed(counter: Counter) -> None:
    coupon = counter.rows.coupon(counter.discount, "BEMVINDA")
    answer = await counter.enter("BEMVINDA")
    assert (answer["type"], answer["res_model"]) == ("ir.actions.act_window", REWARD_WIZARD)
    assert await counter.total() == 140.0
    assert await counter.claim() is True
    assert counter.discounts() == [-14.0]
    assert await counter.total() == 126.0
    lines = await counter.shop.call(
        "sale.order.line", "search_read", [["reward_id", "=", coupon]], ["name", "price_total"]
    )
    assert [(line["name"], line["price_total"]) for line in lines] == [("10% no seu pedido", -14.0)]


async def test_claiming_nothing_is_true_as_well(counter: Counter) -> None:
    assert await counter.claim() is True
    assert counter.discounts() == []


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("BAD", "Este cupom é inválido (BAD)."),
        ("bemvinda", "Este cupom é inválido (bemvinda)."),
        ("PASSADO", "Este cupom é inválido (PASSADO)."),
        ("FUTURO", "Este cupom é inválido (FUTURO)."),
        ("DELES", "Este cupom é inválido (DELES)."),
        ("ARQUIVO", "Este cupom é inválido (ARQUIVO)."),
        ("CARO", "Um mínimo de 500.0 BRL deve ser comprado para obter a recompensa"),
        ("MUITOS", "Você não tem as quantidades necessárias de produto em seu pedido de venda."),
    ],
)
async def test_a_code_is_refused_in_odoo_s_words(counter: Counter, code: str, told: str) -> None:
    rows, product = counter.rows, counter.discount
    rows.coupon(product, "BEMVINDA")
    rows.coupon(product, "PASSADO", valid_until="2020-01-01")
    rows.coupon(product, "FUTURO", valid_from="2099-01-01")
    replace(rows, company=2).coupon(product, "DELES")
    rows.coupon(product, "ARQUIVO", active=False)
    rows.coupon(product, "CARO", minimum_amount=500)
    rows.coupon(product, "MUITOS", minimum_quantity=3)
    with pytest.raises(Refused) as refused:
        await counter.enter(code)
    assert (refused.value.name, refused.value.message) == ("ValidationError", told)


async def test_a_refusal_without_a_language_is_in_english(counter: Counter) -> None:
    wizard = await counter.shop.call(
        COUPON_WIZARD, "create", {"order_id": counter.order, "coupon_code": "BAD"}
    )
    with pytest.raises(Refused, match=r"This code is invalid \(BAD\)\."):
        await counter.shop.call(COUPON_WIZARD, "action_apply", [wizard])


async def test_a_code_is_used_up_by_confirmed_orders_only(counter: Counter) -> None:
    rows = counter.rows
    coupon = rows.coupon(counter.discount, "UMAVEZ", max_usage=1)
    draft = rows.order(rows.customer(), (counter.lotion, 1, "70"))
    rows.line(draft, counter.discount, 1, "-7", coupon_id=coupon)
    await counter.enter("UMAVEZ")
    rows.change("public.orders", counter.order, coupon_ids=[])
    rows.change("public.orders", draft, status="sale")
    with pytest.raises(Refused, match=r"Esse código expirou \(UMAVEZ\)\."):
        await counter.enter("UMAVEZ")
    assert (await counter.shop.read("loyalty.program", coupon, "order_count"))["order_count"] == 1


async def test_a_code_counts_once_per_order(counter: Counter) -> None:
    counter.rows.coupon(counter.discount, "BEMVINDA")
    await counter.enter("BEMVINDA")
    with pytest.raises(Refused, match="já foi aplicado"):
        await counter.enter("BEMVINDA")


async def test_an_automatic_promotion_is_claimed_without_a_code(counter: Counter) -> None:
    counter.rows.coupon(counter.discount, None, discount=30, discount_mode="per_order", minimum_amount=140)
    assert await counter.claim() is True
    assert counter.discounts() == [-30.0]


async def test_of_several_rewards_the_caller_chooses_one(counter: Counter) -> None:
    first = counter.rows.coupon(counter.discount, "DEZ")
    second = counter.rows.coupon(counter.discount, "VINTE", discount=20)
    await counter.enter("DEZ")
    await counter.enter("VINTE")
    answer = await counter.claim()
    assert (answer["res_model"], counter.discounts()) == (REWARD_WIZARD, [])
    shop = counter.shop
    wizard = await shop.call(REWARD_WIZARD, "create", {}, context=answer["context"])
    seen = await shop.read(REWARD_WIZARD, wizard, "order_id", "reward_ids", "selected_reward_id")
    assert (seen["order_id"][0], seen["reward_ids"]) == (counter.order, [first, second])
    with pytest.raises(Refused, match="No reward selected"):
        await shop.call(REWARD_WIZARD, "action_apply", [wizard])
    await shop.call(REWARD_WIZARD, "write", [wizard], {"selected_reward_id": second})
    await shop.call(REWARD_WIZARD, "action_apply", [wizard])
    assert counter.discounts() == [-28.0]


async def test_a_reward_that_is_not_earned_cannot_be_chosen(counter: Counter) -> None:
    coupon = counter.rows.coupon(counter.discount, "DEZ")
    values = {"order_id": counter.order, "selected_reward_id": coupon}
    wizard = await counter.shop.call(REWARD_WIZARD, "create", values)
    with pytest.raises(Refused, match="Coupon not found"):
        await counter.shop.call(REWARD_WIZARD, "action_apply", [wizard])


async def test_discounts_together_never_take_more_than_there_is(counter: Counter) -> None:
    for code, amount in (("CEM", 100), ("MAIS", 100)):
        counter.rows.coupon(counter.discount, code, discount=amount, discount_mode="per_order")
        await counter.enter(code)
        await counter.claim()
    assert counter.discounts() == [-100.0, -40.0]
    assert await counter.total() == 0.0


async def test_a_discount_follows_the_lines_when_it_is_reckoned_anew(counter: Counter) -> None:
    counter.rows.coupon(counter.discount, "BEMVINDA", minimum_amount=100)
    await counter.enter("BEMVINDA")
    await counter.claim()
    line = counter.rows.value("SELECT min(id) FROM public.order_items WHERE order_id = %s", counter.order)
    await counter.shop.call("sale.order.line", "write", [line], {"product_uom_qty": 3})
    assert await counter.claim() is True
    assert counter.discounts() == [-21.0]
    await counter.shop.call("sale.order.line", "write", [line], {"product_uom_qty": 1})
    await counter.claim()
    assert (counter.discounts(), await counter.total()) == ([], 70.0)


async def test_delivery_earns_no_discount(counter: Counter) -> None:
    rows = counter.rows
    freight = rows.product("Frete", "0", rows.category("Fretes"), kind="service", is_storable=False)
    rows.add("erp.carriers", name="Entrega", product_id=freight)
    rows.line(counter.order, freight, 1, "60")
    rows.coupon(counter.discount, "CARO", minimum_amount=150)
    with pytest.raises(Refused, match="Um mínimo de 150"):
        await counter.enter("CARO")


async def test_another_company_s_order_takes_no_code(counter: Counter) -> None:
    theirs = replace(counter.rows, company=2)
    order = theirs.order(theirs.customer(), (counter.lotion, 1, "70"))
    with pytest.raises(Refused, match="AccessError"):
        await replace(counter, order=order).enter("BEMVINDA")


async def test_an_administrator_makes_a_program_with_rule_and_reward(counter: Counter) -> None:
    values = {
        "name": "Natal",
        "program_type": "promo_code",
        "rule_ids": [[0, 0, {"code": "NATAL", "mode": "with_code", "minimum_amount": 50}]],
        "reward_ids": [[0, 0, {"discount": 15, "discount_mode": "percent", "description": "15% de Natal"}]],
    }
    admin = counter.shop.as_user(ADMINISTRATOR)
    program = await admin.call("loyalty.program", "create", values)
    seen = await counter.shop.read("loyalty.reward", program, "description", "discount_line_product_id")
    assert seen["description"] == "15% de Natal"
    assert seen["discount_line_product_id"][1] == "15% de Natal"
    await counter.enter("NATAL")
    await counter.claim()
    assert counter.discounts() == [-21.0]


async def test_a_program_without_more_gets_a_code_and_ten_percent(counter: Counter) -> None:
    admin = counter.shop.as_user(ADMINISTRATOR)
    program = await admin.call("loyalty.program", "create", {"name": "Simples", "program_type": "promo_code"})
    rule = await admin.read("loyalty.rule", program, "code")
    assert rule["code"].startswith("PROMO_CODE_")
    assert (await admin.read("loyalty.reward", program, "discount"))["discount"] == 10.0


async def test_sellers_read_programs_and_do_not_change_them(counter: Counter) -> None:
    program = counter.rows.coupon(counter.discount, "BEMVINDA")
    with pytest.raises(Refused, match="AccessError"):
        await counter.shop.call("loyalty.reward", "write", [program], {"discount": 90})
    counter.rows.groups_of(BELA.login, "internal")
    with pytest.raises(Refused, match="AccessError"):
        await counter.shop.call("loyalty.program", "search", [])


async def test_a_card_tells_a_customer_s_points(counter: Counter) -> None:
    program = counter.rows.coupon(counter.discount, None, program_type="loyalty", required_points=100)
    customer = counter.rows.customer()
    card = counter.rows.add(
        "erp.loyalty_cards", coupon_id=program, partner_id=customer, points=120, code="CARTAO-1"
    )
    seen = await counter.shop.read("loyalty.card", card, "program_id", "partner_id", "points")
    assert (seen["program_id"][0], seen["partner_id"][0], seen["points"]) == (program, customer, 120.0)
    assert await counter.claim() is True
    assert counter.discounts() == []


async def test_a_new_card_gets_a_code_of_its_own(counter: Counter) -> None:
    program = counter.rows.coupon(counter.discount, None, program_type="loyalty")
    admin = counter.shop.as_user(ADMINISTRATOR)
    values = {"program_id": program, "partner_id": counter.rows.customer(), "points": 5}
    first, second = await admin.call("loyalty.card", "create", [values, values])
    codes = {(await admin.read("loyalty.card", card, "code"))["code"] for card in (first, second)}
    assert len(codes) == 2
    assert (await counter.shop.read("loyalty.program", program, "coupon_ids"))["coupon_ids"] == [
        first,
        second,
    ]
