"""XML-RPC's values: what comes in made plain, what goes out with Odoo's limits.

Expat never fetches external entities unless a program asks it to, which this one does not; document types
are refused all the same, because entities defined there could make a small body large.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING
from xml.parsers import expat
from xmlrpc import client

from chatwootai.simulators.odoo.errors import BadArguments, Unforeseen
from chatwootai.simulators.odoo.orm.model import Recordset
from chatwootai.simulators.odoo.orm.values import DATETIME

if TYPE_CHECKING:
    from chatwootai.simulators.odoo.orm.calls import Result
    from chatwootai.simulators.odoo.orm.fields import Json

_MALFORMED = (
    expat.ExpatError, client.Error, ValueError, TypeError, LookupError, ArithmeticError, AttributeError,
)  # fmt: skip
# XML has no place for them; Odoo drops them from what it sends.
_CONTROL_CHARACTERS = dict.fromkeys(set(range(32)) - {9, 10, 13})


def read_call(body: bytes) -> tuple[str, list[Json]]:
    """Method and arguments. Raises `Unforeseen` with the name of the parser's error."""
    reader = client.Unmarshaller(use_datetime=True)
    try:
        _feed(body, reader)
        arguments, method = reader.close(), reader.getmethodname()
    except _MALFORMED as error:
        raise Unforeseen(f"{type(error).__module__}.{type(error).__name__}", str(error)) from error
    if method is None:
        raise BadArguments("the call names no method")
    return method, [_plain(argument) for argument in arguments]


def _feed(body: bytes, reader: client.Unmarshaller) -> None:
    parser = expat.ParserCreate()
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.data
    parser.StartDoctypeDeclHandler = _refuse_doctype
    reader.xml("", None)  # expat hands out text, nothing is left to decode
    parser.Parse(body, True)


def _refuse_doctype(name: str, system: str | None, public: str | None, has_subset: object) -> None:
    del system, public, has_subset
    raise ValueError(f"document type {name!r} is not allowed")


def _plain(value: object) -> Json:
    match value:
        case None | bool() | int() | float() | str():
            return value
        case datetime():
            return value.strftime(DATETIME)
        case Decimal():
            return float(value)
        case list() | tuple():
            return [_plain(item) for item in value]
        case dict():
            return {str(name): _plain(item) for name, item in value.items()}
    raise BadArguments(f"cannot take a {type(value).__name__}")


def answer(result: Result) -> str:
    """The response. Raises `BadArguments` for None and for records, `Unforeseen` for an int over 2^31."""
    if isinstance(result, Recordset):
        raise BadArguments(f"cannot marshal <class 'odoo.api.{result.model}'> objects")
    try:
        return client.dumps((_clean(result),), methodresponse=True)
    except TypeError as error:
        raise BadArguments(str(error)) from error
    except OverflowError as error:
        raise Unforeseen("builtins.OverflowError", str(error)) from error


def fault(code: int | str, text: str) -> str:
    """A fault; version 1 of the protocol puts texts into the code."""
    told = client.Fault(0, text.translate(_CONTROL_CHARACTERS))
    if isinstance(code, int):
        told.faultCode = code
    else:
        told.faultCode = code.translate(_CONTROL_CHARACTERS)  # type: ignore[assignment]  # against the protocol
    return client.dumps(told)


def _clean(value: Json) -> Json:
    match value:
        case str():
            return value.translate(_CONTROL_CHARACTERS)
        case list():
            return [_clean(item) for item in value]
        case dict():
            return {name.translate(_CONTROL_CHARACTERS): _clean(item) for name, item in value.items()}
    return value
