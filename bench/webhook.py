"""How fast a delivery is acknowledged, its commit included, and how many a second can be taken.

Only PostgreSQL and the webhook server run: a worker would ask for conversations that do not exist.
"""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field

import aiohttp

from bench.arithmetic import Spread, arrivals
from bench.bodies import Post, posts
from bench.cpu import CpuUse
from bench.installation import Installation
from bench.load import closed_loop, open_loop

RATE = 200.0
"""Deliveries a second; about 40 messages a second with their echoes, receipts and updates."""
SENDERS = 32
MOST_A_SECOND = 4_000
"""Deliveries prepared for a second of saturation; this machine takes far fewer."""
NUMBERS = itertools.count(1_000_000, 1_000_000)
"""Ids of one run of the load begin at one of these, past those of the conversations filled in."""


@dataclass(frozen=True, slots=True)
class Acknowledgements:
    """Milliseconds. `lateness` is the generator's own, and part of `latency`."""

    latency: Spread
    lateness: Spread
    cpu: CpuUse
    count: int


@dataclass(frozen=True, slots=True)
class Saturation:
    per_second: float
    cpu: CpuUse
    count: int


@dataclass(slots=True)
class _Sender:
    session: aiohttp.ClientSession
    url: str
    posts: Sequence[Post]
    sent: int = field(default=0)

    async def send(self, number: int) -> None:
        post = self.posts[number]
        async with self.session.post(self.url, data=post.body, headers=post.headers) as response:
            await response.read()
            response.raise_for_status()
        self.sent += 1


def acknowledge(installation: Installation, seconds: float, seed: int = 1) -> Acknowledgements:
    """Open loop at `RATE` deliveries a second, after a short warm-up."""
    return asyncio.run(_acknowledge(installation, seconds, seed))


def saturate(installation: Installation, seconds: float) -> Saturation:
    """Closed loop: every sender sends as soon as it was answered."""
    return asyncio.run(_saturate(installation, seconds))


async def _acknowledge(installation: Installation, seconds: float, seed: int) -> Acknowledgements:
    async with _session() as session:
        await _warm_up(installation, session)
        due = arrivals(RATE, seconds, seed)
        sender = _sender(installation, session, len(due))
        before = installation.meter.read()
        answers = await open_loop(due, sender.send)
        cpu = installation.meter.since(before)
    return Acknowledgements(
        Spread.of(answers.latencies, 1000), Spread.of(answers.lateness, 1000), cpu, sender.sent
    )


async def _saturate(installation: Installation, seconds: float) -> Saturation:
    async with _session() as session:
        await _warm_up(installation, session)
        sender = _sender(installation, session, round(MOST_A_SECOND * seconds))
        before = installation.meter.read()
        per_second = await closed_loop(len(sender.posts), SENDERS, seconds, sender.send)
        cpu = installation.meter.since(before)
    return Saturation(per_second, cpu, sender.sent)


async def _warm_up(installation: Installation, session: aiohttp.ClientSession) -> None:
    """Connections, statements and caches of the first requests are no part of the figures."""
    sender = _sender(installation, session, 200)
    await closed_loop(len(sender.posts), 10, 10.0, sender.send)


def _sender(installation: Installation, session: aiohttp.ClientSession, count: int) -> _Sender:
    secret = installation.stack.secrets.signing_secret
    return _Sender(session, installation.webhook_url, posts(count, next(NUMBERS), secret))


def _session() -> aiohttp.ClientSession:
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=0), timeout=aiohttp.ClientTimeout(total=30)
    )
