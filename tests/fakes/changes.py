"""A change feed, a listener and the positions in memory, as `domain.changes` promises."""

from __future__ import annotations

from collections.abc import Sequence

from chatwootai.domain.changes import Change, Changes
from chatwootai.domain.errors import IntegrationError


class FakeFeed:
    """`ChangeFeed` over `happened`; `asked` keeps the positions of each look."""

    def __init__(self) -> None:
        self.happened: list[Change] = []
        self.asked: list[str | None] = []
        self._failures: list[IntegrationError] = []

    async def since(self, position: str | None) -> Changes:
        self.asked.append(position)
        if self._failures:
            raise self._failures.pop(0)
        begin = len(self.happened) if position is None else int(position) if position.isdigit() else 0
        return Changes(tuple(self.happened[begin:]), str(len(self.happened)))

    def fail_next(self, *errors: IntegrationError) -> None:
        self._failures += errors


class FakeListener:
    """`ChangeListener` that keeps what it heard; `fail_next` makes the next calls raise."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, Change]] = []
        self._failures: list[IntegrationError] = []

    async def changed(self, account: str, changes: Sequence[Change]) -> None:
        if self._failures:
            raise self._failures.pop(0)
        self.heard += [(account, change) for change in changes]

    def fail_next(self, *errors: IntegrationError) -> None:
        self._failures += errors


class FakeFeedPositions:
    """`FeedPositions`."""

    def __init__(self) -> None:
        self._positions: dict[str, str] = {}

    async def position(self, account: str) -> str | None:
        return self._positions.get(account)

    async def advance(self, account: str, position: str) -> None:
        self._positions[account] = position
