"""Settings of one stand-in process."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from chatwootai.simulators.chatwoot.seed import Seed


@dataclass(frozen=True, slots=True)
class StandInSettings:
    """How the stand-in behaves; times in seconds.

    `channel_pace` is the time between the steps of a WhatsApp or Instagram send (accepted, delivered, read).
    `allow_private_network` is Chatwoot's `SAFE_FETCH_ALLOW_PRIVATE_NETWORK`, which only matters from 4.14 on.
    `allow_any_host` lets clients reach `/simulator` under names other than loopback.
    """

    database: Path
    version: str = "4.16"
    seed: Seed | None = None
    public_url: str = "http://127.0.0.1:3000"
    webhook_timeout: float = 5.0
    webhook_retry_wait: float = 3.0
    webhook_concurrency: int = 10
    channel_pace: float = 0.15
    allow_private_network: bool = True
    allow_any_host: bool = False
