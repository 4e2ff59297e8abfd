"""How many of a product there are: on hand, free, on the way in and out, forecast."""

from __future__ import annotations

from typing import TYPE_CHECKING

from psycopg import sql

from chatwootai.simulators.odoo.errors import AccessError
from chatwootai.simulators.odoo.orm.fields import Field, Kind

if TYPE_CHECKING:
    from collections.abc import Callable

    from chatwootai.simulators.odoo.orm.environment import Environment

# Who may look at stock moves; quantities are computed from these with the caller's own rights.
_READERS = frozenset({"sale_own", "sale_all", "sale_admin", "stock_user", "system"})
_FIRST_WITH_WAREHOUSE_ID = 17

_ON_HAND = sql.SQL("sum(s.quantity)")
_FREE = sql.SQL("sum(s.quantity - s.reserved)")


def quantity_fields() -> dict[str, Field]:
    """The quantity fields of both product models; none of them can be ordered by."""
    return {
        "qty_available": _quantity("Quantidade em mãos", _on_hand),
        "free_qty": _quantity("Quantidade livre para uso", _free),
        "incoming_qty": _quantity("Entrada", _incoming),
        "outgoing_qty": _quantity("Saída", _outgoing),
        "virtual_available": _quantity("Quantidade prevista", _forecast),
    }


def _quantity(label: str, expression: Callable[[Environment], sql.Composable]) -> Field:
    return Field(Kind.FLOAT, label, expression, stored=False)


def _on_hand(env: Environment) -> sql.Composable:
    return _in_stock(env, _ON_HAND)


def _free(env: Environment) -> sql.Composable:
    return _in_stock(env, _FREE)


def _incoming(env: Environment) -> sql.Composable:
    return _moving(env, "incoming")


def _outgoing(env: Environment) -> sql.Composable:
    return _moving(env, "outgoing")


def _forecast(env: Environment) -> sql.Composable:
    return sql.SQL("({} + {} - {})").format(_on_hand(env), _incoming(env), _outgoing(env))


def _in_stock(env: Environment, total: sql.Composable) -> sql.Composable:
    return _counted(
        sql.SQL("SELECT {} FROM public.stock s WHERE s.product_id = r.id AND s.warehouse_id IN ({})").format(
            total, _warehouses(env)
        )
    )


def _moving(env: Environment, kind: str) -> sql.Composable:
    return _counted(
        sql.SQL(
            "SELECT sum(m.quantity) FROM erp.moves m JOIN erp.pickings k ON k.id = m.picking_id"
            " WHERE m.product_id = r.id AND k.kind = {}"
            " AND m.status IN ('confirmed', 'assigned') AND m.warehouse_id IN ({})"
        ).format(sql.Literal(kind), _warehouses(env))
    )


def _counted(query: sql.Composable) -> sql.Composable:
    """Zero, and not nothing, for what has no stock and for what is not kept in stock at all."""
    return sql.SQL("(CASE WHEN r.is_storable THEN coalesce(({}), 0) ELSE 0 END)").format(query)


def _warehouses(env: Environment) -> sql.Composable:
    """The warehouses of the context's companies, or the one that the context narrows to."""
    if not env.is_sudo and not _READERS & env.groups:
        raise AccessError(
            "Você não tem permissão para acessar os registros 'Movimentação de estoque' (stock.move)."
        )
    ours = sql.SQL("SELECT w.id FROM erp.warehouses w WHERE w.company_id = ANY({})").format(
        sql.Literal(list(env.companies))
    )
    wanted = env.context.get("warehouse_id" if env.series >= _FIRST_WITH_WAREHOUSE_ID else "warehouse")
    if not wanted:
        return ours
    named = [item for item in (wanted if isinstance(wanted, list) else [wanted]) if isinstance(item, int)]
    return sql.SQL("{} AND w.id = ANY({}::integer[])").format(ours, sql.Literal(named))
