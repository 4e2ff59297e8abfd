"""Three months of orders, the latest of today."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from chatwootai.simulators.odoo.samples.clock import within
from chatwootai.simulators.odoo.samples.goods import share, unit_price
from chatwootai.simulators.odoo.samples.rows import ORDER_NUMBERS, made
from chatwootai.simulators.odoo.samples.shop import CURRENCY, HOURS, UNITS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from chatwootai.simulators.odoo.samples.goods import Product, Promotion
    from chatwootai.simulators.odoo.samples.people import Customer
    from chatwootai.simulators.odoo.samples.plans import Carrier
    from chatwootai.simulators.odoo.samples.shop import Shop

_DAYS = 90
_TODAY = 7
_NEW = 3  # days within which many orders are still drafts
_RECENT = 14
_VALIDITY = 15  # days for which a quotation holds
_LOCKED_AFTER = 30
_USES_COUPON = 0.08
_STATES = ("draft", "sent", "sale", "cancel")


@dataclass(frozen=True, slots=True)
class Line:
    """`item_id` is 0 until the row is made. A discount has a promotion and no product of the shop."""

    product: Product
    quantity: int
    price: Decimal

    @property
    def subtotal(self) -> Decimal:
        """Without the order's discount."""
        return self.price * self.quantity


@dataclass(frozen=True, slots=True)
class Order:
    """As the shipments need it: `items` are the ids of the lines' rows."""

    id: int
    customer: Customer
    state: str
    age: int
    ordered_at: datetime
    total: Decimal
    lines: tuple[Line, ...]
    items: tuple[int, ...]
    carrier: tuple[int, Carrier] | None
    is_invoiced: bool
    delivered: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Terms:
    """What orders refer to. `uses` counts the confirmed orders with each promotion."""

    price_lists: dict[str, int]
    promotions: list[Promotion]
    carriers: list[tuple[int, Carrier]]
    payment_terms: list[int]
    sellers: list[int]
    uses: Counter[int] = field(default_factory=Counter)


def add_orders(shop: Shop, terms: Terms, customers: list[Customer], products: list[Product]) -> list[Order]:
    """Oldest first."""
    goods, services = _by_popularity(shop, products)
    joined = [customer.since for customer in customers]
    return [
        _add_order(
            shop,
            terms,
            _customer(shop, customers[: bisect_right(joined, at)]),
            _Shelf(goods, services),
            at,
            place,
        )
        for place, at in enumerate(_times(shop))
    ]


@dataclass(frozen=True, slots=True)
class _Shelf:
    """Best sellers first."""

    goods: Sequence[Product]
    services: Sequence[Product]


def _by_popularity(shop: Shop, products: list[Product]) -> tuple[list[Product], list[Product]]:
    sold = [product for product in products if product.active and product.price > 0]
    shop.chance.shuffle(sold)
    return [each for each in sold if not each.is_service], [each for each in sold if each.is_service]


def _times(shop: Shop) -> list[datetime]:
    clock, hours = shop.clock, shop.plan.hours
    days = [spans for age in range(1, _DAYS) if (spans := clock.open_spans(clock.day(-age), hours))]
    today = clock.open_spans(clock.today, hours) or [clock.since_midnight()]
    earlier = [within(shop.chance.choice(days), shop.chance) for _ in range(shop.plan.orders - _TODAY)]
    return sorted(earlier) + sorted(within(today, shop.chance) for _ in range(_TODAY))


def _customer(shop: Shop, known: list[Customer]) -> Customer:
    # Squared: some come often, many once.
    return known[int(shop.chance.random() ** 2 * len(known))]


def _state(shop: Shop, age: int, place: int) -> str:
    if place >= shop.plan.orders - 4:
        return "sale"  # today's report needs sales
    if age <= _NEW:
        weights = (18, 16, 60, 6)
    elif age <= _RECENT:
        weights = (5, 7, 80, 8)
    else:
        weights = (0, 1, 91, 8)
    return shop.chance.choices(_STATES, weights)[0]


def _lines(shop: Shop, shelf: _Shelf, customer: Customer) -> tuple[Line, ...]:
    count = shop.chance.choices((1, 2, 3, 4, 5), (30, 30, 20, 13, 7))[0]
    wholesale = bool(customer.price_list and any(rule.min for rule in customer.price_list.items))
    chosen: dict[int, Line] = {}
    while len(chosen) < count:
        kind = shelf.services if shop.chance.random() < shop.plan.service_share else shelf.goods
        product = kind[int(shop.chance.random() ** 1.7 * len(kind))]
        quantity = _quantity(shop, product, wholesale=wholesale)
        price = unit_price(customer.price_list, product, quantity)
        chosen.setdefault(product.id, Line(product, quantity, price))
    return tuple(chosen.values())


def _quantity(shop: Shop, product: Product, *, wholesale: bool) -> int:
    if product.is_service:
        return 1
    if wholesale:
        return shop.chance.choice((4, 6, 6, 8, 10, 12, 24))
    return shop.chance.choices((1, 2, 3, 4), (70, 20, 7, 3))[0]


def _promotion(shop: Shop, terms: Terms, lines: tuple[Line, ...], day: date, state: str) -> Promotion | None:
    amount, pieces = sum(line.subtotal for line in lines), sum(line.quantity for line in lines)
    wants = shop.chance.random() < _USES_COUPON
    fitting = [
        promotion
        for promotion in terms.promotions
        if promotion.starts <= day <= promotion.ends
        and promotion.plan.minimum <= amount
        and promotion.plan.quantity <= pieces
        and _may_use(promotion, terms.uses[promotion.id], state, wants=wants)
    ]
    return shop.chance.choice(fitting) if fitting else None


def _may_use(promotion: Promotion, uses: int, state: str, *, wants: bool) -> bool:
    plan = promotion.plan
    if plan.max:
        return state == "sale" and uses < int(plan.max)  # all who come take it until it is exhausted
    return plan.type == "promotion" or (plan.type == "promo_code" and wants)


def _discount(promotion: Promotion | None, amount: Decimal) -> Decimal:
    if promotion is None:
        return Decimal(0)
    plan = promotion.plan
    return share(amount, plan.discount) if plan.mode == "percent" else min(plan.discount, amount)


def _add_order(
    shop: Shop, terms: Terms, customer: Customer, shelf: _Shelf, at: datetime, place: int
) -> Order:
    age = (shop.clock.today - at.date()).days
    state = _state(shop, age, place)
    lines = _lines(shop, shelf, customer)
    promotion = _promotion(shop, terms, lines, at.date(), state)
    if promotion and state == "sale":
        terms.uses[promotion.id] += 1
    amount = sum((line.subtotal for line in lines), Decimal(0))
    discount = _discount(promotion, amount)
    has_goods = any(not line.product.is_service for line in lines)
    carrier = shop.chance.choice(terms.carriers) if has_goods else None
    price_list = customer.price_list or shop.plan.price_lists[0]
    id_ = shop.rows.add(
        "public.orders",
        **made(at),
        company_id=shop.company,
        name=f"S{shop.rows.number(ORDER_NUMBERS):05d}",
        customer_id=customer.id,
        user_id=shop.chance.choice((None, *terms.sellers)),
        status=state,
        locked=state == "sale" and age > _LOCKED_AFTER and shop.chance.random() < 0.05,
        ordered_at=at,
        validity_date=shop.clock.day(_VALIDITY - age) if state in ("draft", "sent") else None,
        price_list_id=terms.price_lists[price_list.name],
        currency=CURRENCY,
        payment_term_id=shop.chance.choice(terms.payment_terms),
        carrier_id=carrier[0] if carrier else None,
        origin=shop.chance.choice((None, "WhatsApp", "Site", "Loja")),
        coupon_ids=[promotion.id] if promotion else [],
        untaxed_amount=amount - discount,
        total_amount=amount - discount,
        access_token=str(UUID(int=shop.chance.getrandbits(128), version=4)),
    )
    is_invoiced = state == "sale" and amount > discount and age > 0 and shop.chance.random() < 0.88
    delivered = _delivered(shop, lines, state, age)
    items = tuple(
        _add_item(shop, id_, line, at, number, delivered=arrived, invoiced=is_invoiced)
        for number, (line, arrived) in enumerate(zip(lines, delivered, strict=True))
    )
    if promotion:
        _add_discount(shop, id_, promotion, discount, at, invoiced=is_invoiced)
    return Order(
        id_, customer, state, age, at, amount - discount, lines, items, carrier, is_invoiced, delivered
    )


def _delivered(shop: Shop, lines: tuple[Line, ...], state: str, age: int) -> tuple[bool, ...]:
    """Which lines have arrived. Goods that are sold out leave late, and some orders leave in two parts."""
    if state != "sale" or age == 0:
        return (False,) * len(lines)
    left = age > 6 or shop.chance.random() < (age - 1) / 5
    in_parts = age <= _RECENT and shop.chance.random() < 0.25
    arrived = []
    for place, line in enumerate(lines):
        waits = age <= _RECENT and line.product.stock == 0
        arrived.append(left and not waits and not (in_parts and place % 2))
    return tuple(arrived)


def _add_item(
    shop: Shop, order: int, line: Line, at: datetime, place: int, *, delivered: bool, invoiced: bool
) -> int:
    return shop.rows.add(
        "public.order_items",
        **made(at),
        order_id=order,
        product_id=line.product.id,
        sequence=10 + place,
        name=f"[{line.product.code}] {line.product.name}",
        quantity=line.quantity,
        delivered=line.quantity if delivered else 0,
        invoiced=line.quantity if invoiced else 0,
        unit_id=HOURS if line.product.is_service else UNITS,
        unit_price=line.price,
        subtotal=line.subtotal,
        coupon_id=None,
    )


def _add_discount(
    shop: Shop, order: int, promotion: Promotion, discount: Decimal, at: datetime, *, invoiced: bool
) -> None:
    shop.rows.add(
        "public.order_items",
        **made(at),
        order_id=order,
        product_id=promotion.product_id,
        sequence=99,
        name=promotion.plan.description,
        quantity=1,
        delivered=0,
        invoiced=1 if invoiced else 0,
        unit_id=UNITS,
        unit_price=-discount,
        subtotal=-discount,
        coupon_id=promotion.id,
    )
