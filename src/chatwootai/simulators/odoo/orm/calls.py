"""The one door for all transports: a call is a transaction, repeated when others were in its way."""

from __future__ import annotations

import asyncio
import copy
import inspect
import logging
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias, TypeVar

import psycopg
from psycopg import errors as pg

from chatwootai.simulators.odoo.errors import (
    AccessError,
    BadArguments,
    BadValue,
    OdooError,
    SerializationFailure,
    Unforeseen,
    UnknownMethod,
    ValidationError,
)
from chatwootai.simulators.odoo.orm import argument_names, newer
from chatwootai.simulators.odoo.orm.environment import Environment
from chatwootai.simulators.odoo.orm.model import Recordset, Scope, public_method, scope_of
from chatwootai.simulators.odoo.orm.reading import ensure, ids_of
from chatwootai.simulators.odoo.orm.records import Records
from chatwootai.simulators.odoo.orm.registry import model_named

if TYPE_CHECKING:
    from chatwootai.simulators.odoo.orm.environment import User
    from chatwootai.simulators.odoo.orm.fields import Json
    from chatwootai.simulators.odoo.state import State
    from chatwootai.simulators.odoo.storage import Connection

Result: TypeAlias = "Json | Recordset"

_T = TypeVar("_T")

_LOG = logging.getLogger(__name__)
_TRIES = 5
_PAUSE = 0.25  # seconds; Odoo itself waits up to four times as long
_IN_THE_WAY = (pg.SerializationFailure, pg.DeadlockDetected, pg.LockNotAvailable)
_IN_PYTHON = (ValueError, TypeError, LookupError, ArithmeticError, AttributeError)


async def execute(
    state: State, user: User, model: str, method: str, args: list[Json], kwargs: dict[str, Json]
) -> Result:
    """Run a public method with arguments as `execute_kw` brings them; ids are the first of `args`."""
    named = argument_names.as_ours(model, method, state.settings.series, kwargs)
    context = _context(named.pop("context", None))
    return await _repeated(state, user, model, context, lambda records: _call(records, method, args, named))


async def execute_named(
    state: State,
    user: User,
    model: str,
    method: str,
    ids: Json,
    named: dict[str, Json],
    context: dict[str, Json],
) -> Result:
    """Run a public method with named arguments only, as JSON-2 brings them; `ids` empty for model methods."""

    async def call(records: Records) -> Result:
        on_records = _found(records, method).scope is Scope.RECORDS
        args: list[Json] = [ids if ids is not None else []] if on_records else []
        return await _call(records, method, args, named)

    return await _repeated(state, user, model, context, call)


async def call_method(records: Records, method: str, args: list[Json], named: dict[str, Json]) -> Result:
    """Run a public method inside a running transaction."""
    return await _call(records, method, args, named)


def _context(value: Json) -> dict[str, Json]:
    if value is None or value is False:
        return {}
    if not isinstance(value, dict):
        raise BadArguments(f"the context must be an object, not {value!r}")
    return value


async def _repeated(
    state: State,
    user: User,
    model: str,
    context: dict[str, Json],
    call: Callable[[Records], Awaitable[Result]],
) -> Result:
    env = Environment.of(user, state.settings.series, context)
    try:
        return await in_snapshot(
            state, lambda connection: call(Records(model_named(model, env.series), env, connection))
        )
    except psycopg.Error as error:
        raise _translated(error) from error
    except _IN_PYTHON as error:
        _LOG.exception("%s.%s failed", model, type(error).__name__)
        raise Unforeseen(f"builtins.{type(error).__name__}", str(error)) from error


async def in_snapshot(state: State, call: Callable[[Connection], Awaitable[_T]]) -> _T:
    """Run `call` in a transaction, again while rivals are in its way; at last `SerializationFailure`."""
    for attempt in range(1, _TRIES + 1):
        try:
            async with state.storage.snapshot() as connection:
                return await call(connection)
        except _IN_THE_WAY as error:
            if attempt == _TRIES:
                raise SerializationFailure(_text(error)) from error
        await asyncio.sleep(random.uniform(0.0, _PAUSE * 2**attempt))  # noqa: S311 - spreads rivals, no secret
    raise SerializationFailure("could not serialize access due to concurrent update")


def _translated(error: psycopg.Error) -> OdooError:
    if isinstance(error, psycopg.IntegrityError):
        return ValidationError(f"The operation cannot be completed: {_text(error)}")
    if isinstance(error, psycopg.DataError):
        return BadValue(_text(error))
    _LOG.error("PostgreSQL refused a statement: %s", _text(error), exc_info=error)
    return Unforeseen(f"psycopg2.errors.{type(error).__name__}", _text(error))


def _text(error: psycopg.Error) -> str:
    return error.diag.message_primary or str(error)


@dataclass(frozen=True, slots=True)
class _Found:
    """A public method; `owned` by the model's behaviour rather than by all models."""

    method: Callable[..., object]
    scope: Scope
    owned: bool


def _found(records: Records, name: str) -> _Found:
    model = records.model
    if name.startswith("_"):
        raise AccessError(f"Private methods (such as {model.name}.{name}) cannot be called remotely.")
    if own := public_method(type(model.behaviour), name):
        return _Found(*own, owned=True)
    if general := public_method(Records, name):
        return _Found(*general, owned=False)
    method, since = newer.METHODS.get(name, (None, 0))
    if method is None or records.env.series < since:
        raise UnknownMethod(f"The method '{model.name}.{name}' does not exist")
    return _Found(method, scope_of(method), owned=False)


async def _call(records: Records, name: str, args: list[Json], named: dict[str, Json]) -> Result:
    found = _found(records, name)
    # A copy per attempt: behaviours may change what they are given.
    given, keywords = copy.deepcopy(args), copy.deepcopy(named)
    if found.scope is Scope.RECORDS:
        if not given:
            raise BadArguments(f"{records.model.name}.{name}() needs ids as its first argument")
        if found.owned:
            ids = ids_of(given[0])
            await ensure(records, ids)
            given[0] = list(ids)
    before = (records.model.behaviour, records) if found.owned else (records,)
    try:
        inspect.signature(found.method).bind(*before, *given, **keywords)
    except TypeError as error:
        raise BadArguments(f"{records.model.name}.{name}() {error}") from error
    result = found.method(*before, *given, **keywords)
    return await result if inspect.isawaitable(result) else None
