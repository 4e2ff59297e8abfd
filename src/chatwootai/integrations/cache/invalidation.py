"""What processes tell one another of what no longer counts."""

from __future__ import annotations

from collections.abc import Sequence

import orjson

from chatwootai.integrations.cache.keys import Invalidation, Kind

MOST_NAMES = 500
"""An invalidation of more names than this is one of the whole kind."""
MOST_DEBTS = 200


def bounded(what: Invalidation) -> Invalidation:
    """The same, or all of the kind where the names are too many for one message."""
    if what.names is None or len(what.names) <= MOST_NAMES:
        return what
    return Invalidation(what.account, what.kind)


def told(what: Invalidation, origin: str) -> bytes:
    """`origin` is who tells it."""
    names = None if what.names is None else sorted(what.names)
    return orjson.dumps({"origin": origin, "account": what.account, "kind": what.kind, "names": names})


def heard(message: bytes) -> tuple[Invalidation, str]:
    """What a message tells, and its origin; `ValueError` for any other, as another version may send."""
    try:
        match orjson.loads(message):
            case {"origin": str(origin), "account": str(account), "kind": str(kind), "names": None}:
                return Invalidation(account, Kind(kind)), origin
            case {"origin": str(origin), "account": str(account), "kind": str(kind), "names": list(names)}:
                return Invalidation(account, Kind(kind), frozenset(map(str, names))), origin
    except orjson.JSONDecodeError as error:
        raise ValueError("a message that is no JSON") from error
    raise ValueError("a message that tells no invalidation")


class Debts:
    """Invalidations that Redis was not told of yet. Many become few: whole kinds, of which there is a
    bounded number."""

    def __init__(self) -> None:
        self._owed: list[Invalidation] = []

    def add(self, what: Invalidation) -> None:
        self._owed.append(what)
        if len(self._owed) > MOST_DEBTS:
            kinds = dict.fromkeys((owed.account, owed.kind) for owed in self._owed)
            self._owed = [Invalidation(account, kind) for account, kind in kinds]

    def all(self) -> Sequence[Invalidation]:
        """They stay owed until they are paid."""
        return tuple(self._owed)

    def paid(self, those: Sequence[Invalidation]) -> None:
        """By identity: an equal one that came meanwhile is of a later change."""
        done = set(map(id, those))
        self._owed = [owed for owed in self._owed if id(owed) not in done]

    def __bool__(self) -> bool:
        return bool(self._owed)
