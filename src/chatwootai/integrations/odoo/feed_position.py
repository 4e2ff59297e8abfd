"""Where a look at Odoo's changes ended: how far its clock was, and what of the last minutes was told.

`write_date` is the start of a transaction, so a change may appear late with an earlier time, and the wire
cuts it to seconds, so two changes of a record within one second look the same. Therefore the next look begins
`OVERLAP` before the newest change known, skips what was told, and tells everything once more when its second
is so old that nothing can join it any longer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import orjson

OVERLAP = timedelta(seconds=120)
"""The longest that a transaction is taken to last: Odoo ends a request after as long (`limit_time_real`)."""

_FORMAT = 1
_LARGEST = 20_000
"""How many runs of ids are kept: some 200 kB. What is above is forgotten and told again."""

Told = Mapping[str, Mapping[int, frozenset[int]]]
"""By model and second: the ids that were told."""


@dataclass(frozen=True, slots=True)
class Position:
    """`newest` is the time of the newest change known, `looked` Odoo's time of the look, if it told one."""

    newest: datetime
    looked: datetime
    told: Told = field(default_factory=dict)

    @property
    def begin(self) -> datetime:
        """From when on the next look has to read."""
        return self.newest - OVERLAP

    def was_told(self, model: str, id_: int, at: datetime) -> bool:
        return id_ in self.told.get(model, {}).get(_second(at), frozenset())

    def is_settled(self, at: datetime) -> bool:
        """Whether a change of this time was already too old at this look for another to hide behind it."""
        return at + OVERLAP < max(self.looked, self.newest)

    def __str__(self) -> str:
        kept = _bounded(
            {
                (model, second): _runs(ids)
                for model, seconds in self.told.items()
                for second, ids in seconds.items()
            }
        )
        told: dict[str, dict[str, str]] = {}
        for (model, second), runs in sorted(kept.items()):
            told.setdefault(model, {})[str(second)] = runs
        whole = {
            "format": _FORMAT,
            "newest": _second(self.newest),
            "looked": _second(self.looked),
            "told": told,
        }
        return orjson.dumps(whole).decode()


def parsed(position: str) -> Position:
    """The position that this text is; `ValueError` for any other text."""
    try:
        whole = orjson.loads(position)
    except orjson.JSONDecodeError as error:
        raise ValueError(f"{position[:40]!r} is no position of a change feed") from error
    if not isinstance(whole, dict) or whole.get("format") != _FORMAT:
        raise ValueError(f"{position[:40]!r} is no position of a change feed of format {_FORMAT}")
    try:
        told = {
            model: {int(second): frozenset(_ids(runs)) for second, runs in seconds.items()}
            for model, seconds in whole["told"].items()
        }
        return Position(_moment(whole["newest"]), _moment(whole["looked"]), told)
    except (KeyError, TypeError, AttributeError, OverflowError) as error:
        raise ValueError(f"{position[:40]!r} is no position of a change feed: {error}") from error


def gathered(rows: Iterable[tuple[str, int, datetime]], newest: datetime) -> Told:
    """What to remember of these rows where `newest` is the newest change known."""
    kept: dict[str, dict[int, set[int]]] = {}
    for model, id_, at in rows:
        if at >= newest - OVERLAP:
            kept.setdefault(model, {}).setdefault(_second(at), set()).add(id_)
    return {
        model: {second: frozenset(ids) for second, ids in seconds.items()} for model, seconds in kept.items()
    }


def _second(at: datetime) -> int:
    return int(at.timestamp())


def _moment(second: int) -> datetime:
    return datetime.fromtimestamp(second, UTC)


def _runs(ids: Iterable[int]) -> str:
    """Ids as "3-7,9": an import writes many at once, mostly in a row."""
    runs: list[list[int]] = []
    for id_ in sorted(ids):
        if runs and id_ == runs[-1][1] + 1:
            runs[-1][1] = id_
        else:
            runs.append([id_, id_])
    return ",".join(str(first) if first == last else f"{first}-{last}" for first, last in runs)


def _ids(runs: str) -> Iterable[int]:
    for run in runs.split(","):
        first, _, last = run.partition("-")
        yield from range(int(first), int(last or first) + 1)


def _bounded(runs: Mapping[tuple[str, int], str]) -> dict[tuple[str, int], str]:
    """The latest seconds, as many as may be kept; the others are forgotten whole."""
    kept: dict[tuple[str, int], str] = {}
    room = _LARGEST
    for key in sorted(runs, key=lambda key: key[1], reverse=True):
        room -= runs[key].count(",") + 1
        if room >= 0:
            kept[key] = runs[key]
    return kept
