"""What a product costs for a customer: Odoo's price rules. Not callable over the wire, as in Odoo."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from chatwootai.simulators.odoo.errors import MissingError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from psycopg.rows import DictRow

    from chatwootai.simulators.odoo.orm.records import Records

_CENT = Decimal("0.01")
_WHOLE = Decimal(100)

# A category counts with everything above it; sorted by its complete name, as Odoo orders a many2one.
_CATEGORIES = """
WITH RECURSIVE above AS (
    SELECT c.id, c.parent_id FROM erp.categories c
    WHERE c.id = (SELECT p.category_id FROM public.products p WHERE p.id = %(product)s)
    UNION SELECT c.id, c.parent_id FROM erp.categories c JOIN above ON c.id = above.parent_id
)
SELECT above.id FROM above
"""
_RULES = """
WITH RECURSIVE named AS (
    SELECT c.id, c.name AS path FROM erp.categories c WHERE c.parent_id IS NULL
    UNION SELECT c.id, named.path || ' / ' || c.name
    FROM erp.categories c JOIN named ON c.parent_id = named.id
)
SELECT r.*, coalesce(named.path, '') AS category
FROM public.price_list_items r LEFT JOIN named ON named.id = r.category_id
WHERE r.price_list_id = %(price_list)s
"""
# The customer's own list, or that of the company she belongs to, unless it is archived or another company's.
_OWN_LIST = """
SELECT l.id
FROM erp.partners p
LEFT JOIN erp.partners parent ON parent.id = p.parent_id
JOIN public.price_lists l ON l.id = coalesce(p.price_list_id, parent.price_list_id)
WHERE p.id = %(partner)s AND l.active AND coalesce(l.company_id, %(company)s) = %(company)s
"""
_FIRST_LIST = """
SELECT l.id FROM public.price_lists l
WHERE l.active AND coalesce(l.company_id, %(company)s) = %(company)s
ORDER BY l.sequence, l.id LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class Priced:
    """A unit price in the price list's currency, and the rule that made it (None: the list price)."""

    unit_price: Decimal
    item_id: int | None


@dataclass(frozen=True, slots=True)
class Offered:
    """A product as the rules look at it; `categories` holds its own and all above it."""

    id: int
    list_price: Decimal
    categories: frozenset[int]


@dataclass(frozen=True, slots=True)
class Rule:
    """One item of a price list. `category` is the complete name, by which Odoo sorts."""

    id: int
    applied_on: str
    min_quantity: Decimal
    compute_price: str
    fixed_price: Decimal
    percent_price: Decimal
    product_id: int | None = None
    category_id: int | None = None
    category: str = ""
    date_start: datetime | None = None
    date_end: datetime | None = None

    def applies(self, product: Offered, quantity: Decimal, at: datetime) -> bool:
        """Whether the rule speaks of that many of this product at that time; both ends are included."""
        if self.date_start is not None and at < self.date_start:
            return False
        if self.date_end is not None and at > self.date_end:
            return False
        if quantity < self.min_quantity:
            return False
        match self.applied_on:
            case "0_product_variant" | "1_product":
                return self.product_id == product.id
            case "2_product_category":
                return self.category_id in product.categories
            case _:
                return True

    def price(self, list_price: Decimal) -> Decimal:
        """The price under this rule; a discount of more than 100 % is a gift, never a payment."""
        if self.compute_price == "fixed":
            return self.fixed_price
        return max(Decimal(0), list_price * (1 - self.percent_price / _WHOLE))


def in_order(rules: Iterable[Rule]) -> list[Rule]:
    """Odoo's order: the narrowest first, then larger quantities, category and id downwards."""
    by_category = sorted(rules, key=lambda rule: (rule.category, rule.id), reverse=True)
    return sorted(by_category, key=lambda rule: (rule.applied_on, -rule.min_quantity))


def price_under(rules: Iterable[Rule], product: Offered, quantity: Decimal, at: datetime) -> Priced:
    """The first rule in order that applies decides, even where a later one is cheaper."""
    for rule in in_order(rules):
        if rule.applies(product, quantity, at):
            return Priced(_rounded(rule.price(product.list_price)), rule.id)
    return Priced(_rounded(product.list_price), None)


async def price_of(
    records: Records, product_id: int, quantity: Decimal, price_list_id: int | None, at: datetime
) -> Priced:
    """What one unit costs when that many are bought at that (aware) time; no list means the list price.

    Without exchange rates two currencies count one to one, as in an Odoo where nobody entered any.
    `MissingError` for a product that is gone.
    """
    found = await records.rows("SELECT list_price FROM public.products WHERE id = %s", (product_id,))
    if not found:
        raise MissingError(
            f"Record does not exist or has been deleted.\n(Record: product.product({product_id},))"
        )
    above = await records.rows(_CATEGORIES, {"product": product_id})
    product = Offered(product_id, found[0]["list_price"], frozenset(row["id"] for row in above))
    if price_list_id is None:
        return price_under((), product, quantity, at)
    rows = await records.rows(_RULES, {"price_list": price_list_id})
    return price_under(map(_rule, rows), product, quantity, at)


async def price_list_for(records: Records, partner_id: int) -> int | None:
    """The list a new order of this partner gets in the caller's current company."""
    named = {"partner": partner_id, "company": records.env.companies[0]}
    rows = await records.rows(_OWN_LIST, named) or await records.rows(_FIRST_LIST, named)
    return int(rows[0]["id"]) if rows else None


def _rule(row: DictRow) -> Rule:
    return Rule(
        id=row["id"],
        applied_on=row["applied_on"],
        min_quantity=row["min_quantity"],
        compute_price=row["compute_price"],
        fixed_price=row["fixed_price"],
        percent_price=row["percent_price"],
        product_id=row["product_id"],
        category_id=row["category_id"],
        category=row["category"],
        date_start=row["date_start"],
        date_end=row["date_end"],
    )


def _rounded(price: Decimal) -> Decimal:
    return price.quantize(_CENT, ROUND_HALF_UP)
