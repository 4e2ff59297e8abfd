"""Values as bytes and back: equal, and of the same types. No pickle: whoever writes to Redis runs nothing."""

from __future__ import annotations

from hashlib import blake2b
from typing import Generic, TypeVar

import orjson
from pydantic import TypeAdapter

V = TypeVar("V")


class Codec(Generic[V]):
    """JSON by the type's own annotations; `Decimal` travels as text, with its digits as they were.

    `version` is a fingerprint of the type: entries of another version of its classes are never read, and
    nobody has to remember to count a number up.
    """

    def __init__(self, adapter: TypeAdapter[V]) -> None:
        self._adapter = adapter
        shape = orjson.dumps(adapter.json_schema(), option=orjson.OPT_SORT_KEYS)
        self.version = blake2b(shape, digest_size=6).hexdigest()

    def encode(self, value: V) -> bytes:
        """`ValueError` for what JSON cannot say, such as half of a surrogate pair."""
        return self._adapter.dump_json(value)

    def decode(self, encoded: bytes) -> V:
        """`ValueError` for bytes that are no value of this type."""
        return self._adapter.validate_json(encoded)
