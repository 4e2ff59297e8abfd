"""Headless Chromium and a stand-in on a loopback port, for tests of the stand-in's pages."""

import asyncio
import contextlib
import shutil
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest
from playwright.async_api import Browser, Page, async_playwright

from chatwootai.simulators.chatwoot.server import make_server
from chatwootai.simulators.chatwoot.settings import StandInSettings

# Without these, Chromium speaks to its maker's servers; the sandbox needs rights that containers lack.
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
DESKTOP = (1280, 800)
PHONE = (360, 740)


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    executable = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if executable is None:
        pytest.skip("no Chromium on this machine: install the package `chromium` to test the pages")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=executable, args=CHROMIUM_ARGUMENTS)
        yield browser
        await browser.close()


@asynccontextmanager
async def served(settings: StandInSettings) -> AsyncIterator[str]:
    """A stand-in on a free loopback port, in this event loop; gives its address."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = make_server(settings)
    running = asyncio.create_task(server.serve(sockets=[listener]))
    while not server.started:
        await asyncio.sleep(0.01)
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    with contextlib.suppress(asyncio.CancelledError):
        await running
    listener.close()


class Shop:
    """The shop's side of the stand-in over HTTP, as the first human agent of account 1."""

    def __init__(self, address: str, http: aiohttp.ClientSession) -> None:
        self.address = address
        self._http = http
        self._token = ""

    async def sign_in(self) -> None:
        async with self._http.get(f"{self.address}/simulator/api/agent-session?account_id=1") as answer:
            self._token = (await answer.json())[0]["access_token"]

    async def conversations(self) -> list[int]:
        """Ids of all conversations, newest activity first."""
        listed = await self._call("GET", "conversations?status=all")
        return [int(each["id"]) for each in listed["data"]["payload"]]

    async def status(self, conversation_id: int) -> str:
        return str((await self._call("GET", f"conversations/{conversation_id}"))["status"])

    async def say(self, conversation_id: int, content: str, options: list[str] | None = None) -> None:
        body: dict[str, object] = {"content": content, "private": False}
        if options:
            items = [{"title": title, "value": f"v{index}"} for index, title in enumerate(options)]
            body |= {"content_type": "input_select", "content_attributes": {"items": items}}
        await self._call("POST", f"conversations/{conversation_id}/messages", body)

    # Any: JSON of Chatwoot, whose shape each caller knows.
    async def _call(self, method: str, path: str, body: dict[str, object] | None = None) -> Any:
        url = f"{self.address}/api/v1/accounts/1/{path}"
        headers = {"api_access_token": self._token}
        async with self._http.request(method, url, json=body, headers=headers) as answer:
            answer.raise_for_status()
            return await answer.json()


@asynccontextmanager
async def window(browser: Browser, size: tuple[int, int] = DESKTOP) -> AsyncIterator[Page]:
    """A page in a fresh profile; script errors, refused resources and foreign requests fail the test."""
    width, height = size
    context = await browser.new_context(
        viewport={"width": width, "height": height},
        locale="pt-BR",
        timezone_id="America/Sao_Paulo",
        has_touch=width < 600,
    )
    page = await context.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on(
        "console", lambda line: problems.append(line.text) if "Content Security Policy" in line.text else None
    )
    page.on(
        "request",
        lambda request: None if request.url.startswith("http://127.0.0.1:") else problems.append(request.url),
    )
    page.set_default_timeout(8_000)
    yield page
    await context.close()
    assert problems == []
