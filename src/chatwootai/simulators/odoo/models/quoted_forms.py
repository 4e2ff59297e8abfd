"""What every onchange shares: its arguments, and values as the form wants them."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

from chatwootai.simulators.odoo.errors import BadArguments
from chatwootai.simulators.odoo.models.sale_states import LAST_WITH_DONE
from chatwootai.simulators.odoo.orm.fields import Kind
from chatwootai.simulators.odoo.orm.reading import names_of

if TYPE_CHECKING:
    from chatwootai.simulators.odoo.orm.fields import Json
    from chatwootai.simulators.odoo.orm.records import Records

Figures: TypeAlias = "dict[str, Json | Decimal]"

_LAST_WITH_OLD_SIGNATURE = LAST_WITH_DONE


async def shown(records: Records, name: str, value: Json | Decimal, wanted: Json) -> Json:
    """A value as `fields_spec` asks for it: a link as a bare id, or as an object with the named fields."""
    if isinstance(value, Decimal):
        return float(value)
    field = records.model.field(name, records.env)
    fields = wanted.get("fields") if isinstance(wanted, dict) else None
    if field.kind is not Kind.MANY2ONE or not value or not isinstance(fields, dict):
        return value
    rows = await records.of(field.relation).sudo().read([value], ["id", *fields])
    return rows[0] if rows else False


def arguments(
    records: Records, values: Json, names: Json, spec: Json
) -> tuple[dict[str, Json], frozenset[str], dict[str, Json]]:
    """The values, the changed names and the specification; no names mean that the form is new."""
    if records.env.series <= _LAST_WITH_OLD_SIGNATURE:
        # Odoo 16 takes (values, field_name, field_onchange); its callers are told to use a draft instead.
        raise BadArguments(
            f"{records.model.name}.onchange() got an unexpected keyword argument 'fields_spec'"
        )
    if not isinstance(values, dict) or not isinstance(spec, dict):
        raise BadArguments(f"{records.model.name}.onchange() takes values, field names and a specification")
    for name in (*values, *spec):
        records.model.field(name, records.env)
    return dict(values), frozenset(names_of(names) or values), spec


def id_of(value: object) -> int | None:
    """A link's id, from the bare id or from an object that has it; None for none."""
    if isinstance(value, dict):
        value = value.get("id")
    return value if isinstance(value, int) and not isinstance(value, bool) else None
