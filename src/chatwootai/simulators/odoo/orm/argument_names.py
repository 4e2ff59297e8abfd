"""How models of 18 and older name the argument of a method that they override; from 19 on all do alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chatwootai.simulators.odoo.errors import BadArguments

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chatwootai.simulators.odoo.orm.fields import Json

_ALIKE = 19


@dataclass(frozen=True, slots=True)
class _Argument:
    """`name` is what 19 and we call it; `usual` what all models call it before, but for those in `odd`."""

    name: str
    usual: str
    odd_name: str
    odd: frozenset[str]


# Read off the signatures of an Odoo 18 with the modules that we simulate.
_ARGUMENTS = {
    "write": _Argument(
        "vals",
        "vals",
        "values",
        frozenset(
            {
                "calendar.event",
                "ir.model.data",
                "product.pricelist.item",
                "res.company",
                "res.partner",
                "resource.resource",
                "sale.order",
                "sale.order.line",
            }
        ),
    ),
    "default_get": _Argument(
        "fields",
        "fields_list",
        "fields",
        frozenset(
            {
                "account.move",
                "calendar.event",
                "crm.lead",
                "mail.message",
                "res.partner",
                "res.users",
                "resource.calendar",
                "resource.resource",
                "sale.order",
            }
        ),
    ),
}


def as_ours(model: str, method: str, series: int, named: Mapping[str, Json]) -> dict[str, Json]:
    """Named arguments under our names; `BadArguments` for a name that this model does not use."""
    argument = _ARGUMENTS.get(method)
    if argument is None or series >= _ALIKE:
        return dict(named)
    theirs = argument.odd_name if model in argument.odd else argument.usual
    for name in {argument.name, argument.usual, argument.odd_name} - {theirs}:
        if name in named:
            raise BadArguments(f"{model}.{method}() got an unexpected keyword argument '{name}'")
    return {argument.name if name == theirs else name: value for name, value in named.items()}
