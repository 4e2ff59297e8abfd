"""What all orders keep to: the fake, the simulated Odoo over HTTP, and a real one where given."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from decimal import Decimal
from html import unescape

import pytest
import pytest_asyncio
from tests.contract.odoos import ODOOS
from tests.contract.shops import CACHED_QUOTES, FAKE, UNKNOWN, Shop, shop_of
from tests.fakes.orders import FakeOrders

from chatwootai.domain.errors import BusinessRefusal, Refusal
from chatwootai.domain.orders import Item, Order, OrderState, ShipmentState
from chatwootai.integrations.odoo.values import created, records, text

pytestmark = [pytest.mark.contract, pytest.mark.asyncio(loop_scope="module")]


@pytest_asyncio.fixture(scope="module", loop_scope="module", params=[FAKE, CACHED_QUOTES, *ODOOS])
async def shop(request: pytest.FixtureRequest) -> AsyncIterator[Shop]:
    async with shop_of(request) as found:
        yield found


async def test_what_is_quoted_is_drafted_and_what_is_drafted_is_confirmed(shop: Shop) -> None:
    quote = await shop.orders.quote(shop.basket(), customer_id=shop.maria)
    assert [Item(line.product_id, line.quantity) for line in quote.lines] == shop.basket()
    assert sum(line.subtotal.amount for line in quote.lines) == quote.total.amount > 0
    draft = await shop.draft()
    assert (draft.state, draft.total, draft.customer_id) == (OrderState.DRAFT, quote.total, shop.maria)
    assert [(line.product_id, line.quantity, line.unit_price, line.subtotal) for line in draft.lines] == [
        (line.product_id, line.quantity, line.unit_price, line.subtotal) for line in quote.lines
    ]
    confirmed = await shop.orders.confirm(draft.id)
    assert (confirmed.id, confirmed.state, confirmed.total) == (draft.id, OrderState.CONFIRMED, quote.total)
    assert confirmed.lines == draft.lines


async def test_an_item_twice_is_two_lines(shop: Shop) -> None:
    quote = await shop.orders.quote([Item(shop.soap), Item(shop.soap, Decimal(3))])
    assert [line.quantity for line in quote.lines] == [1, 3]
    assert quote.lines[1].subtotal.amount == 3 * quote.lines[0].subtotal.amount


async def test_what_is_not_sold_is_neither_quoted_nor_drafted(shop: Shop) -> None:
    items, key = [Item(shop.soap), Item(UNKNOWN)], shop.key()
    for refusal in (shop.orders.quote(items), shop.orders.draft(key, shop.maria, items)):
        with pytest.raises(BusinessRefusal) as refused:
            await refusal
        assert refused.value.reason is Refusal.UNKNOWN_RECORD
    assert await shop.orders.find(key) is None


async def test_the_same_key_drafts_once_whatever_is_asked_later(shop: Shop) -> None:
    first = await shop.draft()
    assert await shop.orders.draft(first.key, shop.joana, [Item(shop.cream, Decimal(9))]) == first
    assert await shop.orders.find(first.key) == first
    assert await shop.orders.get(first.id) == first


async def test_what_was_agreed_beside_the_goods_stands_in_the_order_as_plain_lines(shop: Shop) -> None:
    key, lines = shop.key(), ("Entrega: Motoboy <b>", "Endereço: Rua das Acácias, 12 & fundos")
    order = shop.remember(await shop.orders.draft(key, shop.maria, shop.basket(), note="\n".join(lines)))
    confirmed = await shop.orders.confirm(order.id)
    assert tuple(await _note_lines(shop, confirmed)) == lines


async def test_p4_the_same_key_drafts_once_although_four_ask_at_once_and_another_process_later(
    shop: Shop,
) -> None:
    key = shop.key()
    drafts = await asyncio.gather(*[shop.orders.draft(key, shop.maria, shop.basket()) for _ in range(4)])
    drafts.append(await shop.twin().draft(key, shop.maria, shop.basket()))
    found = await shop.orders.find(key)
    assert found is not None
    assert {shop.remember(draft).id for draft in drafts} == {found.id}
    assert found.state is OrderState.DRAFT
    assert len(found.lines) == 2


async def test_no_key_finds_no_order(shop: Shop) -> None:
    await shop.draft()
    for key in ("", "teste", shop.key(), "%"):
        assert await shop.orders.find(key) is None


async def test_a_confirmed_order_is_to_be_delivered_and_confirmed_once(shop: Shop) -> None:
    draft = await shop.draft()
    assert draft.shipments == ()
    confirmed = await shop.orders.confirm(draft.id)
    again = await shop.orders.confirm(draft.id)
    assert again == confirmed
    assert again == await shop.orders.find(draft.key)
    assert again.shipments
    assert {shipment.state for shipment in again.shipments} <= {ShipmentState.READY, ShipmentState.WAITING}


async def test_p4_five_confirm_at_once_and_one_shipment_leaves(shop: Shop) -> None:
    alone = await shop.orders.confirm((await shop.draft()).id)
    draft = await shop.draft()
    five = [shop.orders, shop.twin(), shop.orders, shop.twin(), shop.orders]
    confirmed = await asyncio.gather(*(orders.confirm(draft.id) for orders in five))
    assert {order.state for order in confirmed} == {OrderState.CONFIRMED}
    found = await shop.orders.get(draft.id)
    assert found is not None
    assert len(found.shipments) == len(alone.shipments)


async def test_what_is_cancelled_or_unknown_is_not_confirmed(shop: Shop) -> None:
    draft = await shop.draft()
    await shop.orders.cancel(draft.id)
    for id_, reason in ((draft.id, Refusal.ORDER_CANCELLED), (UNKNOWN, Refusal.UNKNOWN_RECORD)):
        with pytest.raises(BusinessRefusal) as refused:
            await shop.orders.confirm(id_)
        assert refused.value.reason is reason


async def test_an_order_without_lines_is_not_confirmed(shop: Shop) -> None:
    """Odoo itself would: an order of R$ 0,00."""
    values = {"partner_id": shop.maria, "client_order_ref": shop.key()}
    empty = created(await shop.client().write("sale.order", "create", vals_list=values))
    assert shop.odoo is not None
    shop.odoo.remember("sale.order", empty)
    with pytest.raises(BusinessRefusal) as refused:
        await shop.orders.confirm(empty)
    assert refused.value.reason is Refusal.ORDER_EMPTY


async def test_a_draft_and_a_confirmed_order_are_cancelled_and_give_back_their_stock(shop: Shop) -> None:
    (before,) = await shop.catalog.stock([shop.soap])
    draft, ordered = await shop.draft(), await shop.draft()
    await shop.orders.confirm(ordered.id)
    (meanwhile,) = await shop.catalog.stock([shop.soap])
    assert before.available is not None
    assert meanwhile.available == before.available - 2
    for order in (draft, ordered):
        cancelled = await shop.orders.cancel(order.id)
        assert cancelled.state is OrderState.CANCELLED
        assert not {shipment.state for shipment in cancelled.shipments} - {ShipmentState.CANCELLED}
        assert await shop.orders.cancel(order.id) == cancelled
    assert list(await shop.catalog.stock([shop.soap])) == [before]


async def test_a_locked_order_is_not_cancelled(shop: Shop) -> None:
    draft = await shop.draft()
    await shop.orders.confirm(draft.id)
    if shop.fake is not None:
        shop.fake.lock(draft.key)
    else:
        has_locked = (await shop.client().series()).has_locked
        await shop.client().write("sale.order", "action_lock" if has_locked else "action_done", [draft.id])
    with pytest.raises(BusinessRefusal) as refused:
        await shop.orders.cancel(draft.id)
    assert refused.value.reason is Refusal.ORDER_LOCKED
    found = await shop.orders.get(draft.id)
    assert found is not None
    assert (found.state, found.locked) == (OrderState.CONFIRMED, True)
    if shop.odoo is not None:
        await shop.client().write("sale.order", "action_unlock", [draft.id])


async def test_an_unknown_order_is_nothing_and_is_not_cancelled(shop: Shop) -> None:
    for id_ in (UNKNOWN, 0, -1, 2**40):
        assert await shop.orders.get(id_) is None
        with pytest.raises(BusinessRefusal) as refused:
            await shop.orders.cancel(id_)
        assert refused.value.reason is Refusal.UNKNOWN_RECORD


async def test_a_customer_is_told_her_own_orders_newest_first_and_no_drafts(shop: Shop) -> None:
    ana, bia = await shop.customer(), await shop.customer()
    older, newer, other = [await shop.draft(customer=customer) for customer in (ana, ana, bia)]
    await shop.draft(customer=ana)
    for order in (older, newer, other):
        await shop.orders.confirm(order.id)
    hers = await shop.orders.of_customer(ana)
    assert [order.id for order in hers] == [newer.id, older.id]
    assert hers[0] == await shop.orders.get(newer.id)
    assert list(await shop.orders.of_customer(ana, limit=1)) == [hers[0]]
    assert list(await shop.orders.of_customer(ana, limit=0)) == []
    assert [order.id for order in await shop.orders.of_customer(bia)] == [other.id]


async def test_a_quote_leaves_nothing_behind_that_the_customer_is_told_of(shop: Shop) -> None:
    ana = await shop.customer()
    await shop.orders.quote(shop.basket(), customer_id=ana)
    assert list(await shop.orders.of_customer(ana)) == []


async def _note_lines(shop: Shop, order: Order) -> list[str]:
    if isinstance(shop.orders, FakeOrders):
        return shop.orders.notes[order.key].splitlines()
    rows = records(await shop.client().read("sale.order", "read", [order.id], fields=["note"]))
    return [unescape(line) for line in re.findall(r"<p[^>]*>(.*?)</p>", text(rows[0], "note"))]
