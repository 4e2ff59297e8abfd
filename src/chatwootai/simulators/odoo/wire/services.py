"""The three services that JSON-RPC and XML-RPC share: `common`, `object` and `db`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chatwootai.simulators.odoo.errors import AccessDenied, BadArguments, BadValue, OdooError, Unforeseen
from chatwootai.simulators.odoo.orm.calls import execute
from chatwootai.simulators.odoo.wire.failures import odoo_errors
from chatwootai.simulators.odoo.wire.faulty import open_database
from chatwootai.simulators.odoo.wire.versions import version

if TYPE_CHECKING:
    from chatwootai.simulators.odoo.orm.calls import Result
    from chatwootai.simulators.odoo.orm.fields import Json
    from chatwootai.simulators.odoo.state import State


async def dispatch(state: State, service: Json, method: Json, args: Json) -> Result:
    """What `service.method(*args)` answers; raises only `OdooError`."""
    if not isinstance(method, str) or not isinstance(args, list):
        raise BadArguments("rpc needs the name of a method and a list of arguments")
    with odoo_errors():
        match service:
            case "common":
                return await _common(state, method, args)
            case "object":
                return await _object(state, method, args)
            case "db":
                return _db(state, method, args)
    raise Unforeseen("builtins.KeyError", repr(service))


async def _common(state: State, method: str, args: list[Json]) -> Json:
    match method:
        case "version":
            return version(state.settings.series)
        case "login":
            return await _login(state, method, args, 3)
        case "authenticate":
            return await _login(state, method, args, 4)
    raise OdooError(f"Method not found: {method}")


async def _login(state: State, method: str, args: list[Json], count: int) -> Json:
    """The user's id, or `false`: a refused login is not an error."""
    if len(args) != count:
        raise BadArguments(f"exp_{method}() takes {count} positional arguments but {len(args)} were given")
    open_database(state, args[0])
    try:
        user = await state.authentication.by_name(args[1], args[2])
    except AccessDenied:
        return False
    return user.id


async def _object(state: State, method: str, args: list[Json]) -> Result:
    if len(args) < 3:
        raise Unforeseen("builtins.IndexError", "list index out of range")
    database, uid, secret, *rest = args
    open_database(state, database)
    user = await state.authentication.by_id(_number(uid), secret)
    if method not in ("execute", "execute_kw"):
        raise Unforeseen("builtins.NameError", f"Method not available {method}")
    model, name, positional, named = _call(method, rest)
    return await execute(state, user, model, name, positional, named)


def _call(method: str, rest: list[Json]) -> tuple[str, str, list[Json], dict[str, Json]]:
    """`execute` takes arguments one after the other, `execute_kw` a list and perhaps an object of them."""
    if len(rest) < 2 or (method == "execute_kw" and len(rest) not in (3, 4)):
        raise BadArguments(f"{method}() takes a model, a method and arguments")
    model, name, *positional = rest
    named: Json = {}
    if method == "execute_kw":
        arguments, named = (*positional, None)[:2]
        if not isinstance(arguments, list):
            raise BadArguments("execute_kw() argument after * must be an iterable")
        positional = arguments
    if not isinstance(model, str) or not isinstance(name, str):
        raise BadArguments(f"{method}() takes names of a model and a method")
    if named and not isinstance(named, dict):
        raise BadArguments("execute_kw() argument after ** must be a mapping")
    return model, name, positional, named if isinstance(named, dict) else {}


def _number(uid: Json) -> int:
    """Odoo takes whatever Python's `int` does: 7, "7", true; `false` is nobody."""
    if isinstance(uid, int | float | str):
        try:
            return int(uid)
        except (ValueError, OverflowError) as error:
            raise BadValue(str(error)) from error
    raise BadArguments("int() argument must be a string, a bytes-like object or a real number")


def _db(state: State, method: str, args: list[Json]) -> Json:
    """What needs no master password; nothing else is allowed, because nobody has one."""
    match method:
        case "list":
            return [state.settings.database]
        case "db_exist":
            return args[:1] == [state.settings.database]
        case "server_version":
            return f"{state.settings.series}.0"
    raise AccessDenied
