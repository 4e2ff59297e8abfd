"""Deliveries, invoices and other companies' orders, which a simulated Odoo lets a test prepare."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from decimal import Decimal

import pytest
import pytest_asyncio
from tests.contract.odoos import GIVEN, ODOOS, SIMULATED
from tests.contract.shops import Shop, add_product, shop_of

from chatwootai.domain.errors import BusinessRefusal, Refusal
from chatwootai.domain.orders import Item, Order, OrderState, PaymentState, ShipmentState

pytestmark = [
    pytest.mark.contract,
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.skipif(GIVEN in ODOOS, reason="deliveries and invoices cannot be taken back in a real Odoo"),
]


@pytest_asyncio.fixture(scope="module", loop_scope="module", params=SIMULATED)
async def shop(request: pytest.FixtureRequest) -> AsyncIterator[Shop]:
    async with shop_of(request) as found:
        yield found


async def confirmed(shop: Shop) -> Order:
    return await shop.orders.confirm((await shop.draft()).id)


def invoice(shop: Shop, order: Order, payment: str, status: str = "posted") -> None:
    rows = shop.tables()
    rows.add(
        "erp.invoices",
        company_id=rows.company,
        name=f"FAT/{order.code}/{payment}",
        order_id=order.id,
        partner_id=order.customer_id,
        status=status,
        payment_state=payment,
        total_amount=order.total.amount,
        currency="BRL",
    )


async def keeps_from_cancelling(shop: Shop, order: Order) -> Refusal:
    with pytest.raises(BusinessRefusal) as refused:
        await shop.orders.cancel(order.id)
    found = await shop.orders.get(order.id)
    assert found is not None
    assert found.state is OrderState.CONFIRMED
    return refused.value.reason


async def test_what_was_delivered_is_told_with_its_tracking_and_not_cancelled(shop: Shop) -> None:
    order = await confirmed(shop)
    rows = shop.tables()
    picking = rows.value("SELECT id FROM erp.pickings WHERE order_id = %s", order.id)
    assert isinstance(picking, int)
    await shop.client().write("stock.picking", "button_validate", [picking])
    freight = add_product(rows, "Frete", "0.00", kind="service", is_storable=False)
    carrier = rows.add("erp.carriers", name="Correios SEDEX", company_id=rows.company, product_id=freight)
    rows.change("erp.pickings", picking, carrier_id=carrier, tracking_reference="AA123456789BR")
    found = await shop.orders.get(order.id)
    assert found is not None
    (shipment,) = found.shipments
    assert shipment.state is ShipmentState.DONE
    assert (shipment.carrier, shipment.tracking) == ("Correios SEDEX", "AA123456789BR")
    assert shipment.done_at is not None
    assert shipment.done_at.tzinfo is not None
    assert await keeps_from_cancelling(shop, order) is Refusal.ORDER_DELIVERED


async def test_who_may_not_see_transfers_still_does_not_cancel_what_was_delivered(shop: Shop) -> None:
    order = await confirmed(shop)
    rows = shop.tables()
    picking = rows.value("SELECT id FROM erp.pickings WHERE order_id = %s", order.id)
    assert isinstance(picking, int)
    await shop.client().write("stock.picking", "button_validate", [picking])
    login = "agente@bela.example"
    rows.groups_of(login, "internal", "sale_own")
    try:
        assert await keeps_from_cancelling(shop, order) is Refusal.ORDER_DELIVERED
    finally:
        rows.groups_of(login, "internal", "sale_all", "stock_user", "contact_creation")


async def test_what_a_customer_sent_back_is_no_shipment(shop: Shop) -> None:
    order = await confirmed(shop)
    rows = shop.tables()
    rows.add(
        "erp.pickings",
        company_id=rows.company,
        name=f"WH/IN/{order.code}",
        kind="incoming",
        order_id=order.id,
        partner_id=order.customer_id,
        status="done",
    )
    assert await shop.orders.get(order.id) == order


@pytest.mark.parametrize(
    ("payments", "told"),
    [
        (["not_paid"], PaymentState.OPEN),
        (["partial"], PaymentState.PARTIAL),
        (["in_payment"], PaymentState.PAID),
        (["paid", "paid"], PaymentState.PAID),
        (["paid", "not_paid"], PaymentState.PARTIAL),
        (["reversed", "paid"], PaymentState.PAID),
        (["reversed"], PaymentState.REVERSED),
    ],
)
async def test_the_invoices_of_an_order_tell_how_far_it_is_paid(
    shop: Shop, payments: list[str], told: PaymentState
) -> None:
    order = await confirmed(shop)
    assert order.payment is PaymentState.NOT_INVOICED
    for payment in payments:
        invoice(shop, order, payment)
    invoice(shop, order, "not_paid", status="draft")
    found = await shop.orders.get(order.id)
    assert found == replace(order, payment=told)
    if told is PaymentState.REVERSED:
        assert (await shop.orders.cancel(order.id)).state is OrderState.CANCELLED
    else:
        assert await keeps_from_cancelling(shop, order) is Refusal.ORDER_INVOICED


async def test_orders_whose_codes_begin_alike_are_paid_apart(shop: Shop) -> None:
    short, long = await confirmed(shop), await confirmed(shop)
    shop.tables().change("public.orders", long.id, name=f"{short.code}7")
    invoice(shop, long, "paid")
    payments = [await shop.orders.get(order.id) for order in (short, long)]
    assert [order.payment for order in payments if order is not None] == [
        PaymentState.NOT_INVOICED,
        PaymentState.PAID,
    ]


async def test_goods_that_are_missing_are_awaited(shop: Shop) -> None:
    """Odoo confirms without stock; the figures tell of it."""
    rows = shop.tables()
    rare = add_product(rows, "Raro", "10.00", units=0)
    order = await shop.orders.confirm((await shop.draft(Item(rare, Decimal(2)))).id)
    assert [shipment.state for shipment in order.shipments] == [ShipmentState.WAITING]
    (level,) = await shop.catalog.stock([rare])
    assert (level.available, level.shortfall) == (Decimal(0), Decimal(2))


async def test_p12_another_company_sees_neither_product_nor_order_nor_key(shop: Shop) -> None:
    other = replace(shop.tables(), company=2)
    product = add_product(other, "Cadeira", "100.00")
    key = shop.key()
    theirs = other.order(other.customer(), (product, 1, "100.00"), client_order_ref=key, status="sale")
    assert await shop.orders.get(theirs) is None
    assert await shop.orders.find(key) is None
    for refusal in (shop.orders.confirm(theirs), shop.orders.cancel(theirs)):
        with pytest.raises(BusinessRefusal) as refused:
            await refusal
        assert refused.value.reason is Refusal.UNKNOWN_RECORD
    for refused_quote in (
        shop.orders.quote([Item(product)]),
        shop.orders.draft(key, shop.maria, [Item(product)]),
    ):
        with pytest.raises(BusinessRefusal) as refused:
            await refused_quote
        assert refused.value.reason is Refusal.UNKNOWN_RECORD
    ours = await shop.draft(key=key)
    assert ours.id != theirs
