"""A stand-in that really listens, a bot's endpoint that really receives, and a client for both sides."""

from __future__ import annotations

import asyncio
import contextlib
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import aiohttp
from aiohttp import web

from chatwootai.simulators.chatwoot.server import make_server

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from chatwootai.simulators.chatwoot.installation import Installation
    from chatwootai.simulators.chatwoot.settings import StandInSettings

Json = Any  # what JSON decodes to: tests look into it, mypy cannot
PATIENCE = 10.0


@dataclass(slots=True)
class Delivery:
    """One webhook as it arrived."""

    body: bytes
    headers: dict[str, str]

    @property
    def payload(self) -> Json:
        return json.loads(self.body)


@dataclass(slots=True)
class Receiver:
    """A webhook endpoint; `answers` are given one after the other, then `answer` for ever."""

    url: str = ""
    answer: int = 200
    answers: list[int] = field(default_factory=list)
    delay: float = 0.0
    deliveries: list[Delivery] = field(default_factory=list)

    async def handle(self, request: web.Request) -> web.Response:
        self.deliveries.append(Delivery(await request.read(), dict(request.headers)))
        status = self.answers.pop(0) if self.answers else self.answer
        if self.delay:
            await asyncio.sleep(self.delay)
        return web.Response(status=status)

    def of(self, event: str) -> list[Json]:
        return [payload for item in self.deliveries if (payload := item.payload)["event"] == event]

    async def wait_for(self, event: str, number: int = 1) -> list[Json]:
        await eventually(lambda: len(self.of(event)) >= number, f"{number} × {event}")
        return self.of(event)


async def eventually(condition: Callable[[], bool], what: str = "the condition") -> None:
    for _ in range(int(PATIENCE / 0.01)):
        if condition():
            return
        await asyncio.sleep(0.01)
    raise AssertionError(f"{what} did not come about")


@dataclass(slots=True)
class Client:
    """Speaks to a stand-in as bot, agent, administrator and customer."""

    session: aiohttp.ClientSession
    url: str
    tokens: dict[str, str]
    installation: Installation

    async def call(
        self, method: str, path: str, body: Json = None, *, as_: str = "user", account: int = 1
    ) -> tuple[int, Json]:
        url = path if path.startswith("/") else f"/api/v1/accounts/{account}/{path}"
        headers = {"api_access_token": self.tokens.get(as_, as_)} if as_ != "nobody" else {}
        async with self.session.request(method, self.url + url, json=body, headers=headers) as response:
            text = await response.text()
            return response.status, json.loads(text) if text.startswith(("{", "[", "n")) else text

    async def good(
        self, method: str, path: str, body: Json = None, *, as_: str = "user", account: int = 1
    ) -> Json:
        status, answer = await self.call(method, path, body, as_=as_, account=account)
        assert status == 200, (status, answer)
        return answer

    async def simulator(self, method: str, path: str, body: Json = None) -> Json:
        return await self.good(method, f"/simulator/{path}", body, as_="nobody")

    async def customer(self, inbox_id: int = 1, name: str = "Juliana Ferreira") -> int:
        thread = await self.simulator("POST", "api/threads", {"inbox_id": inbox_id, "name": name})
        return int(thread["id"])

    async def says(self, thread: int, content: str, **more: object) -> Json:
        return await self.simulator("POST", f"api/threads/{thread}/messages", {"content": content, **more})

    async def sees(self, thread: int) -> list[Json]:
        seen: list[Json] = await self.simulator("GET", f"api/threads/{thread}/messages")
        return seen

    async def bot_says(self, conversation: int, content: str, **more: object) -> Json:
        path = f"conversations/{conversation}/messages"
        return await self.good("POST", path, {"content": content, **more}, as_="bot")

    async def conversation(self, number: int = 1) -> Json:
        return await self.good("GET", f"conversations/{number}")

    async def messages(self, number: int = 1, query: str = "") -> list[Json]:
        answer = await self.good("GET", f"conversations/{number}/messages{query}")
        listed: list[Json] = answer["payload"]
        return listed


@contextlib.asynccontextmanager
async def receiving() -> AsyncIterator[Receiver]:
    receiver = Receiver()
    app = web.Application()
    app.router.add_post("/{tail:.*}", receiver.handle)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    receiver.url = f"http://{host}:{port}/webhook"
    try:
        yield receiver
    finally:
        await runner.cleanup()


@contextlib.asynccontextmanager
async def serving(settings: StandInSettings, tokens: dict[str, str]) -> AsyncIterator[Client]:
    server = make_server(settings, port=0)
    # What `serve` does, without its loop that only looks for the end every tenth of a second.
    server.config.load()
    server.lifespan = server.config.lifespan_class(server.config)
    await server.startup()
    port = server.servers[0].sockets[0].getsockname()[1]
    async with aiohttp.ClientSession() as session:
        yield Client(session, f"http://127.0.0.1:{port}", tokens, server.installation)
    await eventually(lambda: not server.server_state.connections, "the end of the connections")
    await server.shutdown()
