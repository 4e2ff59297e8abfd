"""Many customers at once on the stand-in for Chatwoot: they write over its API and wait for answers.

Times are those that the stand-in records with each message, read from its SQLite file: exact to less than a
millisecond, and reading there costs the stand-in nothing, where polling its API would.
"""

from __future__ import annotations

import asyncio
import itertools
import sqlite3
from collections import defaultdict
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp

from bench.installation import Installation

POLL_SECONDS = 0.02
ANSWER_SECONDS = 30.0
WHATSAPP = 1
PHONES = itertools.count(1)
SYLLABLES = ("ba", "ce", "di", "fo", "gu", "la", "me", "ni", "ro", "tu")
NEWEST = "select coalesce(max(id), 0) from messages"
SINCE = """
select id, contact_inbox_id, message_type = 0, created_at from messages
where id > ? and (message_type = 0 or (message_type = 1 and sender_type = 'AgentBot')) order by id
"""
ANSWERS = """
select contact_inbox_id, content from messages
where id > ? and message_type = 1 and sender_type = 'AgentBot' order by id
"""


@dataclass(frozen=True, slots=True)
class Exchange:
    """A customer's message and the answer to it; seconds since 1970, as the stand-in recorded them."""

    message_id: int
    asked_at: float
    answered_at: float


@dataclass(slots=True)
class Customers:
    """`threads` are the customers, each in a conversation of her own."""

    session: aiohttp.ClientSession
    api: str
    store: sqlite3.Connection
    threads: Sequence[int] = ()
    waiting: dict[int, asyncio.Event] = field(default_factory=lambda: defaultdict(asyncio.Event))

    async def ask(self, thread: int, text: str) -> None:
        """Write, and return when the answer is there. Raises `TimeoutError` when none comes."""
        answered = self.waiting[thread]
        answered.clear()
        await self._post(f"/threads/{thread}/messages", {"content": text})
        async with asyncio.timeout(ANSWER_SECONDS):
            await answered.wait()

    async def join(self, count: int) -> None:
        """`count` new customers on WhatsApp."""
        threads = []
        for _ in range(count):
            number = next(PHONES)
            body = {"inbox_id": WHATSAPP, "name": name_of(number), "phone_number": f"+55119{number:08d}"}
            threads.append(await self._post("/threads", body))
        self.threads = threads

    def mark(self) -> int:
        """The newest message's id, to ask for the exchanges after it."""
        return int(self.store.execute(NEWEST).fetchone()[0])

    def exchanges(self, after: int) -> Sequence[Exchange]:
        """What was asked and answered since `after`. Raises `RuntimeError` unless it is one to one."""
        asked: dict[int, tuple[int, float]] = {}
        done: list[Exchange] = []
        for message_id, thread, incoming, at in self.store.execute(SINCE, (after,)):
            if incoming and thread not in asked:
                asked[thread] = (message_id, at)
            elif not incoming and thread in asked:
                done.append(Exchange(asked[thread][0], asked.pop(thread)[1], at))
            else:
                raise RuntimeError(f"thread {thread}: message {message_id} is out of turn")
        if asked:
            raise RuntimeError(f"without an answer: threads {sorted(asked)}")
        return done

    def answers(self, after: int) -> Mapping[int, str]:
        """What each thread was told last since `after`."""
        return dict(self.store.execute(ANSWERS, (after,)))

    async def watch(self) -> None:
        """Tell the waiting customers of their answers until cancelled."""
        newest = self.mark()
        while True:
            for message_id, thread, incoming, _ in self.store.execute(SINCE, (newest,)).fetchall():
                newest = message_id
                if not incoming:
                    self.waiting[thread].set()
            await asyncio.sleep(POLL_SECONDS)

    async def _post(self, path: str, body: object) -> int:
        async with self.session.post(self.api + path, json=body) as response:
            response.raise_for_status()
            return int((await response.json())["id"])


def name_of(number: int) -> str:
    """A name of her own: with a figure in it the shop would ask for her real one."""
    syllables = (SYLLABLES[int(digit)] for digit in str(number))
    return f"Joana {''.join(syllables).capitalize()}"


@asynccontextmanager
async def customers_of(installation: Installation) -> AsyncIterator[Customers]:
    """Customers without threads yet, whose answers are watched until the end of the block."""
    timeout = aiohttp.ClientTimeout(total=ANSWER_SECONDS)
    store = _read_only(installation.chatwoot_store)
    async with aiohttp.ClientSession(timeout=timeout, connector=aiohttp.TCPConnector(limit=0)) as session:
        customers = Customers(session, f"{installation.chatwoot_url}/simulator/api", store)
        watching = asyncio.create_task(customers.watch())
        try:
            yield customers
        finally:
            watching.cancel()
            store.close()


def _read_only(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, isolation_level=None)
