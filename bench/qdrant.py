"""The embedded Qdrant as a process of its own, in a folder that goes with it."""

from __future__ import annotations

import asyncio
import os
import secrets
import socket
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
from qdrant_client import AsyncQdrantClient

from chatwootai.integrations.qdrant.client import open_client

START_SECONDS = 30.0
CLIENT_SECONDS = 120


@asynccontextmanager
async def running_qdrant() -> AsyncIterator[AsyncQdrantClient]:
    """The ordinary client of a new server without collections."""
    key, port = secrets.token_hex(16), _free_port()
    with tempfile.TemporaryDirectory() as folder:
        words = ["-m", "chatwootai.entrypoints.cli", "knowledge", "serve"]
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *[*words, "--port", str(port), "--folder", folder],
            env={**os.environ, "QDRANT_API_KEY": key},
        )
        try:
            await _answering(f"http://127.0.0.1:{port}/healthz")
            client = open_client(f"http://127.0.0.1:{port}", key, CLIENT_SECONDS)
            yield client
            await client.close()
        finally:
            process.terminate()
            await process.wait()


async def _answering(url: str) -> None:
    deadline = asyncio.get_running_loop().time() + START_SECONDS
    async with aiohttp.ClientSession() as session:
        while asyncio.get_running_loop().time() < deadline:
            try:
                async with session.get(url) as answer:
                    if answer.status == 200:
                        return
            except aiohttp.ClientError:
                await asyncio.sleep(0.05)
    raise TimeoutError(f"{url} does not answer")


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port
