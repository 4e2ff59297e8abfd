"""The other process: looks into its cache without a pause, and tells at the end when it had to load."""

from __future__ import annotations

import asyncio
import json
import sys
import time

from pydantic import TypeAdapter

from chatwootai.integrations.cache.codec import Codec
from chatwootai.integrations.cache.keys import Kind
from chatwootai.integrations.cache.opening import make_cache
from chatwootai.integrations.cache.shelves import Shelf

ACCOUNT, NAME = "peer", "7"
NUMBERS = Codec(TypeAdapter(float))


async def main() -> None:
    shelf = Shelf(ACCOUNT, Kind.OFFERS, NUMBERS, seconds=3600.0, alone=3600.0)
    loads: list[float] = []

    async def load() -> float:
        loads.append(time.monotonic())
        return loads[-1]

    async with make_cache(sys.argv[1]) as cache:
        await cache.get(shelf, NAME, load)
        print("ready", flush=True)
        ended = asyncio.create_task(asyncio.to_thread(sys.stdin.read))
        while not ended.done():
            await cache.get(shelf, NAME, load)
            await asyncio.sleep(0.0001)
    print(json.dumps(loads), flush=True)


if __name__ == "__main__":
    asyncio.run(main())
