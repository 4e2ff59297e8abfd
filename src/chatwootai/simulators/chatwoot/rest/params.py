"""Parameters as Rails reads them: query, JSON body and form body together, loosely typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson
from starlette.datastructures import UploadFile

from chatwootai.simulators.chatwoot.rest.answers import RestError

if TYPE_CHECKING:
    from fastapi import Request

    from chatwootai.simulators.chatwoot.jsontypes import JsonObject

TRUE = frozenset({True, "true", "1", "t", "on", "yes"})


class Params:
    """The parameters of one call. Reading a value of the wrong kind gives None, as loose casts do."""

    def __init__(self, values: JsonObject) -> None:
        self.values = values

    def __contains__(self, key: str) -> bool:
        return key in self.values

    def text(self, key: str) -> str | None:
        """A string; numbers are turned into one, null and nested values are None."""
        value = self.values.get(key)
        if value is None or isinstance(value, dict | list):
            return None
        return str(value)

    def integer(self, key: str) -> int | None:
        """A whole number, also from its digits."""
        value = self.values.get(key)
        if isinstance(value, bool) or not isinstance(value, int | str):
            return None
        try:
            return int(value)
        except ValueError:
            return None

    def flag(self, key: str) -> bool:
        """Whether the value means yes."""
        value = self.values.get(key)
        return isinstance(value, bool | int | str) and value in TRUE

    def mapping(self, key: str) -> JsonObject | None:
        """An object, also from the JSON text that multipart forms carry."""
        value = self.values.get(key)
        if isinstance(value, str):
            try:
                value = orjson.loads(value)
            except orjson.JSONDecodeError:
                return None
        return value if isinstance(value, dict) else None

    def items(self, key: str) -> list[object] | None:
        """A list; `key[]` of queries and forms counts."""
        value = self.values.get(key, self.values.get(f"{key}[]"))
        if value is None:
            return None
        return value if isinstance(value, list) else [value]

    def uploads(self, key: str) -> list[UploadFile]:
        """Files of a multipart form."""
        return [item for item in self.items(key) or [] if isinstance(item, UploadFile)]


async def read_params(request: Request) -> Params:
    """All parameters of a call.

    Raises:
        RestError: 400, the body is not the JSON object that it says it is.
    """
    values: JsonObject = {}
    for key in request.query_params:
        found = request.query_params.getlist(key)
        values[key] = list(found) if key.endswith("[]") else found[-1]
    kind = request.headers.get("content-type", "")
    if kind.startswith(("multipart/form-data", "application/x-www-form-urlencoded")):
        form = await request.form()
        for key in form:
            parts = form.getlist(key)
            values[key] = list(parts) if key.endswith("[]") else parts[-1]
        return Params(values)
    body = await request.body()
    if body:
        values |= _json_object(body)
    return Params(values)


def _json_object(body: bytes) -> JsonObject:
    try:
        value = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise RestError(400, {"status": 400, "error": "Bad Request"}) from error
    return value if isinstance(value, dict) else {"_json": value}
