"""Reading fields of JSON that others wrote: nothing is taken for granted, nothing raises `KeyError`."""

from __future__ import annotations

from collections.abc import Mapping

JsonObject = Mapping[str, object]

_LARGEST_ID = 2**63 - 1
"""PostgreSQL's bigint, here and in Chatwoot."""

_NOTHING: JsonObject = {}


def as_object(value: object) -> JsonObject:
    """The value if it is a JSON object, else an empty one."""
    return value if isinstance(value, dict) else _NOTHING


def as_list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def as_id(value: object) -> int | None:
    """A record's id, also where it was written as a string of digits."""
    if isinstance(value, str) and value.isascii() and value.isdecimal() and len(value) < 20:
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        return None
    return value if 0 < value <= _LARGEST_ID else None


def as_text(value: object) -> str | None:
    """A non-empty text without NUL, which PostgreSQL does not store."""
    if not isinstance(value, str):
        return None
    return value.replace("\x00", "") or None


def at(value: object, *path: str) -> object:
    """The value at the end of `path`, None where an object or key on the way is missing."""
    for key in path:
        value = as_object(value).get(key)
    return value
