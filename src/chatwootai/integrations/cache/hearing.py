"""Which products the change feed told of."""

from __future__ import annotations

from collections.abc import Sequence

from chatwootai.domain.changes import Change, ChangeKind

EVERY = 0
"""The record of a change that may concern every product."""


def products(changes: Sequence[Change], *kinds: ChangeKind) -> frozenset[str] | None:
    """The names of the products of these changes; None for perhaps all."""
    records = {change.record for change in changes if change.kind in kinds}
    return None if EVERY in records else frozenset(map(str, records))


def tells(changes: Sequence[Change], *kinds: ChangeKind) -> bool:
    return any(change.kind in kinds for change in changes)
