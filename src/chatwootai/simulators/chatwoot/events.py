"""What the pages learn as it happens: a hub of Server-Sent Events, told after each commit."""

from __future__ import annotations

import asyncio
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from chatwootai.simulators.chatwoot.jsontypes import JsonObject

BACKLOG = 1000
KEEP_ALIVE_SECONDS = 15.0
Kind = Literal["message_created", "message_updated", "conversation_updated", "typing", "thread_created"]


@dataclass(frozen=True, slots=True)
class LiveEvent:
    """Something that a page may want to show; ids of conversations are display ids."""

    type: Kind
    account_id: int
    thread_id: int
    conversation_id: int | None = None
    message_id: int | None = None
    typing: bool | None = None

    def as_json(self) -> JsonObject:
        """The event without the fields that do not apply."""
        return {key: value for key, value in asdict(self).items() if value is not None}


class LiveEvents:
    """Fans events out to subscribers; one that does not keep up loses the oldest."""

    def __init__(self) -> None:
        self._subscribers: dict[asyncio.Queue[LiveEvent | None], int] = {}
        self._closed = False

    def publish(self, event: LiveEvent) -> None:
        """Hand an event to the subscribers of its account."""
        for queue, account_id in self._subscribers.items():
            if account_id == event.account_id:
                _put(queue, event)

    def close(self) -> None:
        """End all subscriptions, so that a server can shut down."""
        self._closed = True
        for queue in self._subscribers:
            _put(queue, None)

    async def subscribe(self, account_id: int) -> AsyncIterator[LiveEvent | None]:
        """Events of an account from now on; None when there was none for a while, to keep the line open."""
        queue: asyncio.Queue[LiveEvent | None] = asyncio.Queue(BACKLOG)
        self._subscribers[queue] = account_id
        try:
            while not self._closed:
                try:
                    event = await asyncio.wait_for(queue.get(), KEEP_ALIVE_SECONDS)
                except TimeoutError:
                    yield None
                    continue
                if event is None:
                    return
                yield event
        finally:
            del self._subscribers[queue]


def _put(queue: asyncio.Queue[LiveEvent | None], event: LiveEvent | None) -> None:
    if queue.full():
        queue.get_nowait()
    queue.put_nowait(event)
