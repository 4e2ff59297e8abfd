"""What lines and orders come to, in `Decimal`, from quantity, price and discount alone."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from chatwootai.simulators.odoo.errors import BadValue
from chatwootai.simulators.odoo.orm.values import parse_number

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from chatwootai.simulators.odoo.orm.fields import Json
    from chatwootai.simulators.odoo.orm.records import Records

_CENT = Decimal("0.01")
_WHOLE = Decimal(100)

_LINES = """
SELECT i.id, i.order_id, i.quantity, i.unit_price, i.discount, i.subtotal
FROM public.order_items i
WHERE i.order_id = ANY(%(orders)s) AND i.id <> ALL(%(without)s)
"""
_SET_LINE = "UPDATE public.order_items SET subtotal = %(amount)s WHERE id = %(id)s RETURNING id"
# Only what changed is written: an order whose total stays must not look changed to those who poll.
_SET_ORDER = """
UPDATE public.orders SET untaxed_amount = %(amount)s, tax_amount = 0, total_amount = %(amount)s
WHERE id = %(id)s AND (untaxed_amount, tax_amount, total_amount) IS DISTINCT FROM (%(amount)s, 0, %(amount)s)
RETURNING id
"""


@dataclass(frozen=True, slots=True)
class Amounts:
    """An order's sums. The simulated shops have no taxes on top: Brazilian prices include them."""

    untaxed: Decimal
    tax: Decimal
    total: Decimal


def subtotal(quantity: Decimal, unit_price: Decimal, discount: Decimal) -> Decimal:
    """A line's amount in whole cents, half a cent away from zero; `discount` in percent."""
    return (quantity * unit_price * (1 - discount / _WHOLE)).quantize(_CENT, ROUND_HALF_UP)


def amounts(subtotals: Iterable[Decimal]) -> Amounts:
    """The sums over the lines, each of which is rounded already."""
    untaxed = sum(subtotals, Decimal("0.00"))
    return Amounts(untaxed, Decimal("0.00"), untaxed)


def number_of(value: Json, otherwise: int = 0) -> Decimal:
    """A number of the wire by its shortest text, so that 29.9 is 29.90; `BadValue` for what is none."""
    if isinstance(value, list | dict):
        raise BadValue(f"could not convert to a number: {value!r}")
    return parse_number(value or otherwise)


async def recompute(records: Records, orders: Collection[int], without: Collection[int] = ()) -> None:
    """Write the amounts of these orders and of their lines anew, as if the lines `without` were gone."""
    lines = await records.rows(_LINES, {"orders": list(orders), "without": list(without)})
    sums: dict[int, list[Decimal]] = {number: [] for number in orders}
    for line in lines:
        amount = subtotal(line["quantity"], line["unit_price"], line["discount"])
        sums[line["order_id"]].append(amount)
        if amount != line["subtotal"]:
            await records.rows(_SET_LINE, {"id": line["id"], "amount": amount})
    for number, subtotals in sums.items():
        await records.rows(_SET_ORDER, {"id": number, "amount": amounts(subtotals).total})
