"""Fixtures: a bot's endpoint, and stand-ins of any version that tell it."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import pytest
from tests.integration.simulators.chatwoot.standin import Client, Receiver, receiving, serving

from chatwootai.simulators.chatwoot.seed import Seed, default_seed
from chatwootai.simulators.chatwoot.settings import StandInSettings

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable
    from pathlib import Path

TOKENS = {"bot": "bot-secret", "user": "ana-secret", "admin": "bruno-secret"}


def seed_for(webhook_url: str | None) -> Seed:
    return default_seed(
        webhook_url=webhook_url,
        bot_token=TOKENS["bot"],
        user_token=TOKENS["user"],
        administrator_token=TOKENS["admin"],
        bot_secret="signing-secret",
    )


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    async with receiving() as receiver:
        yield receiver


@pytest.fixture
async def start(tmp_path: Path, receiver: Receiver) -> AsyncIterator[Callable[..., Awaitable[Client]]]:
    async with contextlib.AsyncExitStack() as stack:

        async def start_one(version: str = "4.16", *, seed: Seed | None = None, **more: object) -> Client:
            values = {"webhook_retry_wait": 0.05, "channel_pace": 0.02, "webhook_timeout": 2.0, **more}
            settings = StandInSettings(
                tmp_path / "chatwoot.sqlite3",
                version,
                seed or seed_for(receiver.url),
                **values,  # type: ignore[arg-type]  # the fields of the dataclass by name
            )
            return await stack.enter_async_context(serving(settings, TOKENS))

        yield start_one


@pytest.fixture
async def chatwoot(start: Callable[..., Awaitable[Client]]) -> Client:
    return await start()
