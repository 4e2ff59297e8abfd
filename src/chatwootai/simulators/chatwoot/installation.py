"""One running stand-in, and one change to it."""

from __future__ import annotations

import asyncio
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from chatwootai.simulators.chatwoot.events import LiveEvent, LiveEvents
from chatwootai.simulators.chatwoot.faults import Faults
from chatwootai.simulators.chatwoot.features import Features
from chatwootai.simulators.chatwoot.schema import connect

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from chatwootai.simulators.chatwoot.settings import StandInSettings
    from chatwootai.simulators.chatwoot.store.people import AgentBot, User


@dataclass(slots=True)
class Change:
    """One transaction; all its changes, webhooks and live events happen, or none do.

    `actor` is whose token asked for it, None for customers and for Chatwoot itself.
    """

    db: sqlite3.Connection
    features: Features
    settings: StandInSettings
    now: float
    actor: User | AgentBot | None = None
    live: list[LiveEvent] = field(default_factory=list)


class Installation:
    """The database, the faults and the live events of one stand-in.

    Everything runs on one event loop, and nothing awaits inside a change: changes are serial without locks.
    """

    def __init__(self, settings: StandInSettings) -> None:
        self.settings = settings
        self.features = Features.of(settings.version)
        self.db = connect(settings.database)
        self.faults = Faults(self.db)
        self.live = LiveEvents()
        self.webhook_work = asyncio.Event()
        self.channel_work = asyncio.Event()
        self._last = 0.0

    @contextmanager
    def change(self, actor: User | AgentBot | None = None) -> Iterator[Change]:
        """A transaction, committed at the end of the block and rolled back by any exception."""
        change = Change(self.db, self.features, self.settings, self._now(), actor)
        self.db.execute("BEGIN IMMEDIATE")
        try:
            yield change
        except BaseException:
            self.db.execute("ROLLBACK")
            raise
        self.db.execute("COMMIT")
        self.webhook_work.set()
        self.channel_work.set()
        for event in change.live:
            self.live.publish(event)

    def close(self) -> None:
        """End live streams and close the database."""
        self.live.close()
        self.db.close()

    def _now(self) -> float:
        # Strictly rising, so that "since the agent last looked" never meets two things at one time.
        self._last = max(time.time(), self._last + 1e-5)
        return self._last
