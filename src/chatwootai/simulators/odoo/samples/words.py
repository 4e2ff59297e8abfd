"""What a sample shop has written down: rules for customers, leads, notes on orders, loyalty cards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chatwootai.simulators.odoo.models.phones import first_sanitized
from chatwootai.simulators.odoo.samples.rows import made

if TYPE_CHECKING:
    from chatwootai.simulators.odoo.samples.goods import Promotion
    from chatwootai.simulators.odoo.samples.orders import Order
    from chatwootai.simulators.odoo.samples.people import Customer
    from chatwootai.simulators.odoo.samples.plans import Rule
    from chatwootai.simulators.odoo.samples.shop import Shop

_NOTES = 14
_CARDS = 24


def add_rules(shop: Shop) -> None:
    """Rules, those of campaigns with their dates in the text."""
    for rule in shop.plan.rules:
        starts = None if rule.start is None else shop.clock.day(rule.start)
        ends = None if rule.until is None else shop.clock.day(rule.until)
        shop.rows.add(
            "public.business_rules",
            **made(shop.clock.ago(shop.chance, max(3, 7 - (rule.start or 0)))),
            company_id=shop.company,
            kind=rule.kind,
            name=rule.name,
            text=_dated(shop, rule),
            valid_from=starts,
            valid_until=ends,
        )


def _dated(shop: Shop, rule: Rule) -> str:
    days = {"{de}": rule.start, "{até}": rule.until}
    text = rule.text
    for place, offset in days.items():
        if offset is not None:
            text = text.replace(place, f"{shop.clock.day(offset):%d/%m/%Y}")
    return text


def add_leads(shop: Shop, sellers: list[int]) -> None:
    """People who asked for more than the shop could answer at once."""
    team = shop.rows.add("erp.teams", company_id=shop.company, name=f"Vendas {shop.plan.name}")
    for place, lead in enumerate(shop.plan.leads):
        shop.rows.add(
            "erp.leads",
            **made(shop.clock.ago(shop.chance, 2 + 5 * place)),
            company_id=shop.company,
            kind="opportunity" if lead.stage > 1 else "lead",
            name=lead.name,
            contact_name=lead.contact,
            phone=lead.phone,
            phone_sanitized=first_sanitized((lead.phone,), "BR"),
            email_from=lead.email,
            description=lead.text,
            expected_revenue=lead.revenue,
            probability=10 * lead.stage,
            team_id=team,
            user_id=sellers[place % len(sellers)],
            stage_id=lead.stage,
        )


def add_threads(shop: Shop, orders: list[Order], authors: list[int]) -> None:
    """Notes on recent orders, and the customers who follow theirs: Odoo subscribes who confirms."""
    for order in orders:
        if order.state == "sale":
            shop.rows.add("erp.followers", model="sale.order", res_id=order.id, partner_id=order.customer.id)
    for place, order in enumerate(orders[-_NOTES:]):
        shop.rows.add(
            "erp.messages",
            **made(order.ordered_at),
            model="sale.order",
            res_id=order.id,
            author_id=authors[place % len(authors)],
            subtype="mail.mt_note",
            body=f"<p>{shop.plan.messages[place % len(shop.plan.messages)]}</p>",
        )


def add_cards(shop: Shop, promotions: list[Promotion], customers: list[Customer]) -> None:
    """Points for some of the older customers."""
    program = next(each for each in promotions if each.plan.type == "loyalty")
    for customer in shop.chance.sample(customers[: 2 * _CARDS], _CARDS):
        number = f"{shop.chance.getrandbits(48):012x}"
        shop.rows.add(
            "erp.loyalty_cards",
            **made(max(customer.since, shop.clock.ago(shop.chance, 60))),
            coupon_id=program.id,
            partner_id=customer.id,
            points=shop.chance.randint(0, 3 * int(program.plan.points)),
            code=f"044{shop.company}-{number[:4]}-{number[4:8]}-{number[8:]}",
        )
