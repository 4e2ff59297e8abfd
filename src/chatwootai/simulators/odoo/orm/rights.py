"""What a caller may do with a model, and which of its rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from psycopg import sql

from chatwootai.simulators.odoo.errors import AccessError, BadValue
from chatwootai.simulators.odoo.orm.fields import resolved
from chatwootai.simulators.odoo.orm.groups import STRONGEST_FIRST

if TYPE_CHECKING:
    from chatwootai.simulators.odoo.orm.environment import Environment
    from chatwootai.simulators.odoo.orm.model import Model

LETTERS = {"read": "r", "write": "w", "create": "c", "unlink": "d"}

_VERBS = {"read": "access", "write": "modify", "create": "create", "unlink": "delete"}
_TRUE = sql.SQL("true")


def may(env: Environment, model: Model, operation: str) -> bool:
    """Whether a right of the model, apart from its rules, allows the operation."""
    letter = LETTERS.get(operation)
    if letter is None:
        raise BadValue(f"Invalid operation {operation!r}: expected one of {', '.join(LETTERS)}")
    return env.is_sudo or any(letter in model.access.get(group, "") for group in env.groups)


def require(env: Environment, model: Model, operation: str) -> None:
    """Raise `AccessError` where `may` says no."""
    if may(env, model, operation):
        return
    letter = LETTERS[operation]
    granting = [group for group, letters in model.access.items() if letter in letters]
    told = f"This operation is allowed for: {', '.join(granting)}." if granting else "No group allows it."
    raise AccessError(
        f"You are not allowed to {_VERBS[operation]} '{model.label}' ({model.name}) records.\n\n{told}"
    )


def rule(env: Environment, model: Model) -> sql.Composable:
    """The condition on `r` that hides rows; `search` applies it silently, `read` and `write` complain."""
    if env.is_sudo:
        return _TRUE
    conditions = [_TRUE, *_own_documents(env, model)]
    if model.company:
        conditions.append(
            sql.SQL("({0} IS NULL OR {0} = ANY({1}))").format(
                sql.SQL(model.company), sql.Literal(list(env.companies))
            )
        )
    return sql.SQL(" AND ").join(conditions)


def column(env: Environment, model: Model) -> sql.Composable:
    """The rule as a column named "allowed"."""
    return sql.SQL("{} AS allowed").format(rule(env, model))


def _own_documents(env: Environment, model: Model) -> list[sql.Composable]:
    strongest = next((group for group in STRONGEST_FIRST if group in env.groups), "internal")
    condition = model.rules.get(strongest)
    return [sql.SQL("({})").format(resolved(condition, env))] if condition else []


def forbidden(env: Environment, model: Model, operation: str) -> AccessError:
    """The refusal of rows that a rule hides."""
    return AccessError(
        f"Hold on, this is not for your eyes! {env.user.name} (id={env.user.id}) doesn't have"
        f" '{operation}' access to:\n- {model.label} ({model.name})\n\n"
        "A record rule is in the way; ask an administrator if you think that it should not be."
    )
