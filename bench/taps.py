"""How often a process calls a server: a relay in the way that counts the requests and changes nothing."""

from __future__ import annotations

import asyncio
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

LOOPBACK = "127.0.0.1"
CHUNK = 65_536
BEGINS = re.compile(rb"(?:GET|POST|PUT|PATCH|DELETE) /")
STARTS_WITHIN = 10.0


@dataclass(slots=True)
class Tap:
    """`calls` counts HTTP/1.1 requests that are not pipelined: those of our clients."""

    target: int
    port: int = 0
    calls: int = 0

    @property
    def url(self) -> str:
        return f"http://{LOOPBACK}:{self.port}"

    async def relay(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, until one side closes it."""
        try:
            behind_reader, behind_writer = await asyncio.open_connection(LOOPBACK, self.target)
        except OSError:
            writer.close()
            return
        there = asyncio.create_task(self._pass(reader, behind_writer, counting=True))
        back = asyncio.create_task(self._pass(behind_reader, writer, counting=False))
        try:
            await asyncio.wait({there, back}, return_when=asyncio.FIRST_COMPLETED)
        except asyncio.CancelledError:
            pass  # the block has ended; asyncio would report it as an error of the connection
        finally:
            there.cancel()
            back.cancel()
            writer.close()
            behind_writer.close()

    async def _pass(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, counting: bool
    ) -> None:
        with suppress(ConnectionError):
            while chunk := await reader.read(CHUNK):
                self.calls += counting and BEGINS.match(chunk) is not None
                writer.write(chunk)
                await writer.drain()


@contextmanager
def tapped(*targets: int) -> Iterator[tuple[Tap, ...]]:
    """Relays to these ports of this machine, in a thread of their own, until the end of the block."""
    loop = asyncio.new_event_loop()
    taps = tuple(Tap(target) for target in targets)
    thread = threading.Thread(target=loop.run_forever, name="taps", daemon=True)
    thread.start()
    servers = asyncio.run_coroutine_threadsafe(_served(taps), loop).result(STARTS_WITHIN)
    try:
        yield taps
    finally:
        asyncio.run_coroutine_threadsafe(_closed(servers), loop).result(STARTS_WITHIN)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _served(taps: tuple[Tap, ...]) -> list[asyncio.Server]:
    servers = []
    for tap in taps:
        server = await asyncio.start_server(tap.relay, LOOPBACK, 0)
        tap.port = server.sockets[0].getsockname()[1]
        servers.append(server)
    return servers


async def _closed(servers: list[asyncio.Server]) -> None:
    for server in servers:
        server.close()
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
