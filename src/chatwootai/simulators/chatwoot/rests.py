"""Waiting for work."""

from __future__ import annotations

import asyncio
import time

LONGEST_SLEEP = 60.0


async def rest_until(work: asyncio.Event, due_at: float | None) -> None:
    """Wait for new work or the time of the next job."""
    seconds = LONGEST_SLEEP if due_at is None else min(due_at - time.time(), LONGEST_SLEEP)
    if seconds <= 0:
        # Others get their turn first: a burst must not starve the calls that make it.
        await asyncio.sleep(0)
        return
    try:
        await asyncio.wait_for(work.wait(), seconds)
    except TimeoutError:
        return
