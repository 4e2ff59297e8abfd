"""Grouped figures: `read_group` until 18, `formatted_read_group` from 19 on, told alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from chatwootai.integrations.odoo.client import OdooClient
from chatwootai.integrations.odoo.values import Record, decimal, records


@dataclass(frozen=True, slots=True)
class Group:
    """`values` holds the fields that were grouped by; `count` is the number of rows."""

    values: Record
    count: int

    def number(self, aggregate: str) -> Decimal:
        """A figure such as "amount_total:sum"; zero where Odoo says `false`, as for no rows at all."""
        name = aggregate if aggregate in self.values else aggregate.partition(":")[0]
        if self.values.get(name) in (None, False):
            return Decimal(0)
        return decimal(self.values, name)


async def grouped(
    client: OdooClient,
    model: str,
    domain: list[object],
    by: Sequence[str],
    aggregates: Sequence[str],
    *,
    order: str = "",
    limit: int | None = None,
) -> list[Group]:
    """The groups, in `order` such as "amount_total:sum desc"."""
    wanted = list(aggregates)
    if (await client.series()).groups_with == "formatted_read_group":
        answer = await client.read(
            model,
            "formatted_read_group",
            domain=domain,
            groupby=list(by),
            aggregates=[*wanted, "__count"],
            limit=limit,
            order=order or None,
        )
    else:
        # The older method orders by the field's name alone.
        plain = " ".join(part.partition(":")[0] for part in order.split())
        answer = await client.read(
            model,
            "read_group",
            domain=domain,
            fields=wanted,
            groupby=list(by),
            limit=limit,
            lazy=False,
            orderby=plain or False,
        )
    return [Group(row, _count(row, by)) for row in records(answer)]


def _count(row: Record, by: Sequence[str]) -> int:
    # Grouped by one field, `read_group` names the count after it, unless it is not lazy (read in Odoo).
    name = f"{by[0].partition(':')[0]}_count" if by and "__count" not in row else "__count"
    return int(decimal(row, name))
