"""Lines that exist only in a client's form: what they would cost."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from chatwootai.simulators.odoo.models.pricing import price_of
from chatwootai.simulators.odoo.models.sale_amounts import number_of, subtotal
from chatwootai.simulators.odoo.models.sold_products import sold
from chatwootai.simulators.odoo.orm.relations import commands_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from chatwootai.simulators.odoo.orm.fields import Json
    from chatwootai.simulators.odoo.orm.records import Records

_ONE = Decimal(1)
_STORED = """
SELECT i.id, i.product_id, i.quantity, i.unit_price, i.discount,
    coalesce(i.computed_price, i.unit_price) AS computed_price
FROM public.order_items i WHERE i.order_id = %s ORDER BY i.sequence, i.id
"""


@dataclass(frozen=True, slots=True)
class Line:
    """`ref` is the row's id or the client's own name for a new line; `given` what the client says of it."""

    ref: Json
    given: Mapping[str, Json]
    product_id: int | None = None
    quantity: Decimal = Decimal(0)
    discount: Decimal = Decimal(0)
    price: Decimal | None = None  # set by a person, not by the price list

    def told(self, given: Mapping[str, Json]) -> Line:
        """The line after what the client says of it."""
        line = replace(self, given={**self.given, **given})
        product = given.get("product_id") or given.get("product_template_id")
        if isinstance(product, int):
            line = replace(line, product_id=product)
        if "product_uom_qty" in given:
            line = replace(line, quantity=number_of(given["product_uom_qty"]))
        if "discount" in given:
            line = replace(line, discount=number_of(given["discount"]))
        if "price_unit" in given:
            line = replace(line, price=number_of(given["price_unit"]))
        return line


async def lines_after(records: Records, order: int | None, commands: Json) -> list[Line]:
    """The lines of an order (None: a new one) after these commands, in order."""
    lines: dict[object, Line] = {}
    for row in await records.rows(_STORED, (order,)) if order is not None else ():
        by_hand = row["unit_price"] != row["computed_price"]
        price = row["unit_price"] if by_hand else None
        lines[row["id"]] = Line(row["id"], {}, row["product_id"], row["quantity"], row["discount"], price)
    for code, subject, rest in commands_of(commands if commands is not None else []):
        match code:
            case 0 | 1:
                # Odoo takes a line without a quantity as none, not as one (measured).
                lines[subject] = lines.get(subject, Line(subject, {})).told(
                    rest if isinstance(rest, dict) else {}
                )
            case 2 | 3:
                lines.pop(subject, None)
            case 5:
                lines.clear()
            case 6:
                kept = rest if isinstance(rest, list) else []
                lines = {ref: line for ref, line in lines.items() if ref in kept}
            case _:
                continue
    return [line for line in lines.values() if line.product_id is not None]


async def figures(records: Records, line: Line, price_list: int | None) -> dict[str, Json | Decimal]:
    """What Odoo computes for a line; amounts are `Decimal` until they are sent."""
    product = line.product_id
    if product is None:
        return {}
    price = line.price
    if price is None:
        price = (
            await price_of(records, product, line.quantity or _ONE, price_list, datetime.now(UTC))
        ).unit_price
    amount = subtotal(line.quantity, price, line.discount)
    described = await sold(records, product)
    return {
        "name": described.name if described else False,
        "product_uom": described.unit_id if described else False,
        "product_uom_id": described.unit_id if described else False,
        "price_unit": price,
        "discount": line.discount,
        "price_subtotal": amount,
        "price_tax": Decimal(0),
        "price_total": amount,
    }


def total(lines: Iterable[Mapping[str, Json | Decimal]]) -> Decimal:
    """The sum of the lines' amounts."""
    return sum(
        (line["price_subtotal"] for line in lines if isinstance(line["price_subtotal"], Decimal)), Decimal(0)
    )
