"""Which coupons are in force for an order. A program, its rule and its reward are one row."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from psycopg.rows import DictRow

    from chatwootai.simulators.odoo.models.loyalty_baskets import Basket
    from chatwootai.simulators.odoo.orm.records import Records

# Programs of points ("loyalty") are shown and never claimed here.
_IN_FORCE = """
SELECT c.* FROM public.coupons c
WHERE c.company_id = %(company)s AND c.active
    AND coalesce(c.valid_from, %(today)s) <= %(today)s AND coalesce(c.valid_until, %(today)s) >= %(today)s
    AND (c.code = %(code)s OR c.id = ANY(%(accepted)s)
        OR (%(automatic)s AND c.code IS NULL AND c.program_type = 'promotion'))
ORDER BY c.id
"""
_USAGE = """
SELECT l.coupon_id AS id, count(DISTINCT o.id) AS orders
FROM public.order_items l JOIN public.orders o ON o.id = l.order_id
WHERE l.coupon_id = ANY(%(coupons)s) AND o.status = 'sale' AND o.id <> %(besides)s
GROUP BY l.coupon_id
"""


async def usage(records: Records, coupon_ids: Iterable[int], besides: int = 0) -> dict[int, int]:
    """How many confirmed orders, besides one, carry each coupon's discount; none at all: left out."""
    rows = await records.rows(_USAGE, {"coupons": list(coupon_ids), "besides": besides})
    return {int(row["id"]): int(row["orders"]) for row in rows}


async def coupon_by_code(records: Records, basket: Basket, code: str) -> DictRow | None:
    """The coupon of the order's company with exactly that code, if it is in force today."""
    rows = await records.rows(_IN_FORCE, _named(records, basket, code=code))
    return rows[0] if rows else None


async def earned(records: Records, basket: Basket) -> dict[int, DictRow]:
    """Accepted coupons and automatic promotions whose conditions the order fulfils, by id."""
    named = _named(records, basket, accepted=list(basket.accepted), automatic=True)
    rows = await records.rows(_IN_FORCE, named)
    used = await usage(records, [row["id"] for row in rows], besides=basket.order_id)
    return {row["id"]: row for row in rows if not used_up(row, used) and not basket.lacks(row)}


def used_up(coupon: DictRow, used: Mapping[int, int]) -> bool:
    """Whether as many orders carry the coupon as may; no number, or 0, means without limit."""
    return bool(coupon["max_usage"]) and used.get(coupon["id"], 0) >= coupon["max_usage"]


def _named(
    records: Records,
    basket: Basket,
    *,
    code: str | None = None,
    accepted: list[int] | None = None,
    automatic: bool = False,
) -> dict[str, object]:
    return {
        "company": basket.company_id,
        "today": datetime.now(records.env.zone).date(),
        "code": code,
        "accepted": accepted or [],
        "automatic": automatic,
    }
