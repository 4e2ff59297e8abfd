"""Quotes without a trace: `onchange` computes what a form would show, and writes nothing."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from chatwootai.simulators.odoo.models.pricing import price_list_for
from chatwootai.simulators.odoo.models.quoted_forms import arguments, id_of, shown
from chatwootai.simulators.odoo.models.quoted_lines import Line, figures, lines_after, total
from chatwootai.simulators.odoo.orm.model import Behaviour, on_records
from chatwootai.simulators.odoo.orm.relations import CREATE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chatwootai.simulators.odoo.models.quoted_forms import Figures
    from chatwootai.simulators.odoo.orm.fields import Json
    from chatwootai.simulators.odoo.orm.records import Records

_STORED = """
SELECT o.customer_id, o.price_list_id, o.user_id, o.total_amount FROM public.orders o WHERE o.id = %s
"""
_CURRENCY = """
SELECT u.id FROM erp.companies c LEFT JOIN public.price_lists l ON l.id = %(price_list)s
JOIN erp.currencies u ON u.name = coalesce(l.currency, c.currency) WHERE c.id = %(company)s
"""


class SaleQuotes(Behaviour):
    """`sale.order.onchange`: prices, price list and totals for a customer and lines that nobody saved."""

    @on_records
    async def onchange(
        self, records: Records, ids: list[int], values: Json, field_names: Json, fields_spec: Json
    ) -> Json:
        """The fields of `fields_spec` that differ from what the form held before; equal ones are left out."""
        given, names, spec = arguments(records, values, field_names, fields_spec)
        order = ids[0] if ids else None
        before = await _before(records, order, given, names)
        partner = id_of(given.get("partner_id", before["partner_id"]))
        price_list = await _price_list(records, given, names, before, partner)
        lines = await lines_after(records, order, given.get("order_line"))
        quoted = [await figures(records, line, price_list) for line in lines]
        after = await _of_partner(records, partner, price_list, before, names) | _sums(total(quoted))
        # A new form, with no field changed yet, is told everything.
        changed = {
            name: value
            for name, value in after.items()
            if not field_names or (name not in names and value != before[name])
        }
        answer: dict[str, Json] = {}
        for name, wanted in spec.items():
            if name in changed:
                answer[name] = await shown(records, name, changed[name], wanted)
        if not field_names and (commands := await _line_commands(records, lines, quoted, spec)):
            answer["order_line"] = commands
        return {"value": answer}


async def _before(
    records: Records, order: int | None, given: Mapping[str, Json], names: frozenset[str]
) -> Figures:
    """What the form held: nothing for a new order, the row for a known one, and what did not change."""
    held: Figures = {"partner_id": False, "pricelist_id": False, "user_id": False, **_sums(Decimal(0))}
    for row in await records.rows(_STORED, (order,)) if order is not None else ():
        held |= {"partner_id": row["customer_id"], "pricelist_id": row["price_list_id"] or False}
        held |= {"user_id": row["user_id"] or False, **_sums(row["total_amount"])}
    unchanged = {name: given[name] for name in held if name in given and name not in names}
    held |= {name: value for name, value in unchanged.items() if name not in _sums(Decimal(0))}
    held |= {"partner_invoice_id": held["partner_id"], "partner_shipping_id": held["partner_id"]}
    held["currency_id"] = await _currency(records, id_of(held["pricelist_id"]))
    return held


async def _of_partner(
    records: Records, partner: int | None, price_list: int | None, before: Figures, names: frozenset[str]
) -> Figures:
    chosen = partner is not None and "partner_id" in names
    return {
        "partner_invoice_id": partner or False,
        "partner_shipping_id": partner or False,
        "pricelist_id": price_list or False,
        "currency_id": await _currency(records, price_list),
        "user_id": before["user_id"] or (records.env.user.id if chosen else False),
    }


async def _price_list(
    records: Records, given: Mapping[str, Json], names: frozenset[str], before: Figures, partner: int | None
) -> int | None:
    """A list that is changed by hand stays; else a changed customer brings her own."""
    if "pricelist_id" in names:
        return id_of(given.get("pricelist_id"))
    if partner is None or "partner_id" not in names:
        return id_of(before["pricelist_id"])
    return await price_list_for(records, partner)


async def _currency(records: Records, price_list: int | None) -> Json:
    rows = await records.rows(_CURRENCY, {"price_list": price_list, "company": records.env.company})
    return rows[0]["id"] if rows else False


async def _line_commands(
    records: Records, lines: list[Line], quoted: list[Figures], spec: Mapping[str, Json]
) -> list[Json]:
    """The client's own lines as a new form is told them, with every field that it wants. A form in which
    something was changed is not told its lines (both measured)."""
    wanted = spec.get("order_line")
    fields = wanted.get("fields") if isinstance(wanted, dict) else None
    if not isinstance(fields, dict):
        return []
    line_records = records.of("sale.order.line")
    commands: list[Json] = []
    for line, computed in zip(lines, quoted, strict=True):
        values = {**line.given, "product_id": line.product_id, "product_uom_qty": line.quantity, **computed}
        told = {
            name: await shown(line_records, name, values[name], form)
            for name, form in fields.items()
            if name in values
        }
        commands.append([CREATE, line.ref, told])
    return commands


def _sums(amount: Decimal) -> Figures:
    return {"amount_untaxed": amount, "amount_tax": Decimal(0), "amount_total": amount}
