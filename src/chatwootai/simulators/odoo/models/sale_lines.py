"""Lines of orders: priced here, never by the client's word about totals."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from psycopg import sql

from chatwootai.simulators.odoo.errors import UserError
from chatwootai.simulators.odoo.models.deliveries import launch
from chatwootai.simulators.odoo.models.pricing import Priced, price_of
from chatwootai.simulators.odoo.models.quoted_forms import id_of
from chatwootai.simulators.odoo.models.sale_amounts import number_of, recompute
from chatwootai.simulators.odoo.models.sale_line_fields import COMPANY, TITLE, line_fields
from chatwootai.simulators.odoo.models.sale_line_quotes import LineQuotes
from chatwootai.simulators.odoo.models.sold_products import sold
from chatwootai.simulators.odoo.models.wording import worded
from chatwootai.simulators.odoo.orm.model import Model

if TYPE_CHECKING:
    from psycopg.rows import DictRow

    from chatwootai.simulators.odoo.orm.environment import Environment
    from chatwootai.simulators.odoo.orm.fields import Json
    from chatwootai.simulators.odoo.orm.records import Records

# What Odoo protects in a locked order. Adding a line is not among it (measured).
_PROTECTED = (
    "product_id",
    "name",
    "price_unit",
    "product_uom",
    "product_uom_id",
    "product_uom_qty",
    "tax_id",
    "tax_ids",
)
_PRICED = frozenset({"product_id", "product_uom_qty", "price_unit", "discount", "order_id"})
_LINES = """
SELECT i.id, i.order_id, i.product_id, i.quantity, i.delivered, i.invoiced, i.unit_price,
    coalesce(i.computed_price, i.unit_price) AS computed_price, i.coupon_id,
    o.price_list_id, o.status, o.locked, o.ordered_at, p.kind
FROM public.order_items i
JOIN public.orders o ON o.id = i.order_id
JOIN public.products p ON p.id = i.product_id
WHERE i.id = ANY(%s)
ORDER BY i.id
"""
_SET_PRICE = """
UPDATE public.order_items SET unit_price = %(price)s, computed_price = %(price)s, price_rule_id = %(rule)s
WHERE id = %(id)s
AND (unit_price, computed_price, price_rule_id) IS DISTINCT FROM (%(price)s, %(price)s, %(rule)s) RETURNING id
"""


class LineBehaviour(LineQuotes):
    """Prices, names and amounts of lines, and the moves behind those of confirmed orders."""

    async def creating(self, records: Records, values: dict[str, Json]) -> None:
        """Fill in what Odoo computes. A price that is given stays, whatever it is."""
        product = values.get("product_id") or values.pop("product_template_id", None)
        if not isinstance(product, int):
            return
        values["product_id"] = product
        described = await sold(records, product)
        if described is None:
            return
        values["name"] = values.get("name") or described.name
        values["product_uom"] = values.get("product_uom") or values.get("product_uom_id") or described.unit_id
        values.pop("product_uom_id", None)
        if "price_unit" in values:
            values.setdefault("technical_price_unit", 0)
            return
        priced = await _price(records, values, product)
        values["price_unit"] = values["technical_price_unit"] = str(priced.unit_price)
        values |= {"price_rule": priced.item_id} if priced.item_id else {}

    async def writing(self, records: Records, ids: list[int], values: dict[str, Json]) -> None:
        """Refuse what Odoo refuses: protected fields of locked orders, less than was delivered."""
        lines = await records.rows(_LINES, (ids,))
        named = [name for name in _PROTECTED if name in values]
        if named and any(line["locked"] for line in lines):
            labels = "\n".join(records.model.fields[name].label for name in named)
            raise UserError(
                worded(
                    records.env,
                    f"It is forbidden to modify the following fields in a locked order:\n{labels}",
                    f"É proibido modificar os seguintes campos em um pedido bloqueado:\n{labels}",
                )
            )
        product = values.get("product_id")
        described = await sold(records, product) if isinstance(product, int) else None
        if described is not None:
            values.setdefault("name", described.name)
            if "product_uom_id" not in values:
                values.setdefault("product_uom", described.unit_id)
        if "product_uom_qty" in values:
            _refuse_less_than_delivered(records.env, lines, number_of(values["product_uom_qty"]))

    async def settle(self, records: Records, ids: list[int], names: frozenset[str]) -> None:
        """Price anew what was not priced by hand, then the amounts, then the moves."""
        if not names & _PRICED:
            return
        lines = await records.rows(_LINES, (ids,))
        if names & {"product_id", "product_uom_qty"} and "price_unit" not in names:
            for line in lines:
                await _price_again(records, line)
        await recompute(records, {line["order_id"] for line in lines})
        await launch(records, ids)

    async def unlinking(self, records: Records, ids: list[int]) -> None:
        """Lines of a confirmed order stay."""
        lines = await records.rows(_LINES, (ids,))
        if any(line["status"] == "sale" and line["coupon_id"] is None for line in lines):
            raise UserError(
                worded(
                    records.env,
                    "Once a sales order is confirmed, you can't remove one of its lines (we need to track if"
                    " something gets invoiced or delivered).\nSet the quantity to 0 instead.",
                    "Depois que um pedido de venda é confirmado, não é possível remover uma de suas linhas"
                    " (precisamos acompanhar se algo é faturado ou entregue).\nDefina a quantidade como 0.",
                )
            )
        await recompute(records, {line["order_id"] for line in lines}, without=ids)


async def _price(records: Records, values: dict[str, Json], product: int) -> Priced:
    orders = await records.rows(
        "SELECT price_list_id, ordered_at FROM public.orders WHERE id = %s", (id_of(values.get("order_id")),)
    )
    price_list = orders[0]["price_list_id"] if orders else None
    at = orders[0]["ordered_at"] if orders else datetime.now(UTC)
    quantity = number_of(values.get("product_uom_qty"), 1)
    return await price_of(records, product, quantity, price_list, at)


async def _price_again(records: Records, line: DictRow) -> None:
    # Odoo keeps what it computed beside the price: where both differ, a person set the price.
    if line["unit_price"] != line["computed_price"] or line["coupon_id"] is not None or line["invoiced"]:
        return
    await _price_by_list(records, line)


async def price_all(records: Records, orders: list[int]) -> None:
    """Price every line of these orders after its order's list, also those priced by hand."""
    rows = await records.rows("SELECT id FROM public.order_items WHERE order_id = ANY(%s)", (orders,))
    lines = [row["id"] for row in rows]
    await records.rows("UPDATE public.order_items SET discount = 0 WHERE id = ANY(%s)", (lines,))
    for line in await records.rows(_LINES, (lines,)):
        if line["coupon_id"] is None:
            await _price_by_list(records, line)
    await recompute(records, orders)


async def _price_by_list(records: Records, line: DictRow) -> None:
    priced = await price_of(
        records,
        line["product_id"],
        line["quantity"] or Decimal(1),
        line["price_list_id"],
        line["ordered_at"],
    )
    await records.rows(_SET_PRICE, {"id": line["id"], "price": priced.unit_price, "rule": priced.item_id})


def _refuse_less_than_delivered(env: Environment, lines: list[DictRow], quantity: Decimal) -> None:
    delivered = [line["delivered"] for line in lines if line["status"] == "sale" and line["kind"] == "consu"]
    if quantity < max(delivered, default=quantity):
        raise UserError(
            worded(
                env,
                "The ordered quantity cannot be decreased below the amount already delivered."
                " Instead, create a return in your inventory.",
                "A quantidade pedida não pode ser reduzida abaixo da quantidade já entregue."
                " Em vez disso, crie uma devolução no inventário.",
            )
        )


def _own(env: Environment) -> sql.Composable:
    return sql.SQL(
        "EXISTS (SELECT FROM public.orders o WHERE o.id = r.order_id"
        " AND (o.user_id = {} OR o.user_id IS NULL))"
    ).format(sql.Literal(env.user.id))


LINE = Model(
    name="sale.order.line",
    label="Linha do pedido de vendas",
    table="public.order_items",
    title=TITLE,
    order="order_id, sequence, id",
    fields=line_fields(),
    company=COMPANY,
    # People of the warehouse write what they delivered; nobody but sellers adds or removes lines.
    access={
        "sale_own": "rwcd",
        "sale_all": "rwcd",
        "sale_admin": "rwcd",
        "stock_user": "rw",
        "system": "rwcd",
    },
    rules={"sale_own": _own},
    behaviour=LineBehaviour(),
)
