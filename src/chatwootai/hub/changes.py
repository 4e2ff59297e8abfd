"""The relay of the ERP's change feed: what is new is told to whoever keeps a copy of it."""

from __future__ import annotations

from collections.abc import Sequence

from chatwootai.domain.changes import Change, ChangeFeed, ChangeListener, FeedPositions
from chatwootai.domain.errors import IntegrationError


async def relay(
    account: str, feed: ChangeFeed, listeners: Sequence[ChangeListener], positions: FeedPositions
) -> int:
    """Tell every listener what changed since the last look, and return how many changes that were.

    The position advances only when all have heard: a crash or a listener that fails has the same told again,
    never missed. One that fails does not keep the news from the others. Raises `IntegrationError`: the
    feed's, or that of the first listener that failed.
    """
    position = await positions.position(account)
    changes = await feed.since(position)
    if changes.items:
        await _tell(account, listeners, changes.items)
    if changes.position != position:
        await positions.advance(account, changes.position)
    return len(changes.items)


async def _tell(account: str, listeners: Sequence[ChangeListener], items: Sequence[Change]) -> None:
    failures: list[IntegrationError] = []
    for listener in listeners:
        try:
            await listener.changed(account, items)
        except IntegrationError as error:
            failures.append(error)
    if failures:
        raise failures[0]
