"""JSON as the stand-in passes it about: objects of arbitrary values, encoded by orjson."""

from __future__ import annotations

from datetime import UTC, datetime

import orjson

JsonObject = dict[str, object]


def encode(value: object) -> str:
    """JSON text of `value`."""
    return orjson.dumps(value).decode()


def decode_object(text: str | bytes | None) -> JsonObject:
    """The object in `text`; anything else that JSON can hold, and no text at all, count as an empty one."""
    if not text:
        return {}
    value = orjson.loads(text)
    return value if isinstance(value, dict) else {}


def decode_list(text: str | bytes | None) -> list[object]:
    """The list in `text`; empty if it holds none."""
    if not text:
        return []
    value = orjson.loads(text)
    return value if isinstance(value, list) else []


def iso(seconds: float | None) -> str | None:
    """UTC time as Rails writes it, with milliseconds and `Z`."""
    if seconds is None:
        return None
    moment = datetime.fromtimestamp(seconds, UTC)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03d}Z"


def unix(seconds: float | None) -> int:
    """Whole seconds; 0 stands for never, as `nil.to_i` gives."""
    return int(seconds) if seconds is not None else 0
