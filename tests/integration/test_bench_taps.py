"""The benchmark's relay counts the requests that pass it and changes nothing of them."""

from __future__ import annotations

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from bench.taps import tapped

pytestmark = pytest.mark.integration


async def _echo(request: web.Request) -> web.Response:
    return web.Response(body=await request.read())


async def test_every_request_of_a_kept_connection_is_counted_once() -> None:
    app = web.Application(client_max_size=2**22)
    app.router.add_post("/", _echo)
    large = b"x" * 1_000_000
    async with TestServer(app) as server, aiohttp.ClientSession() as session:
        with tapped(server.port or 0) as (tap,):
            for body in (b"small", b"", large):
                async with session.post(tap.url, data=body) as response:
                    assert await response.read() == body
            assert tap.calls == 3
