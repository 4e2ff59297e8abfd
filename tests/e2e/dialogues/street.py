"""One customer in front of the running product, over the stand-in's HTTP alone."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass, field

import aiohttp
from tests.e2e.dialogues.scripts import Channel

INBOXES: dict[Channel, int] = {"whatsapp": 1, "instagram": 2, "site": 3}
ANSWERED_WITHIN = 30.0
QUIET_AFTER = 0.8
"""An answer may be sent in several parts."""
SILENCE = 3.0


class NoSuchChoice(AssertionError):
    """What the customer wants to press is not there."""


@dataclass(frozen=True, slots=True)
class Said:
    """One message of the shop as the customer sees it."""

    id: int
    text: str
    titles: tuple[str, ...]
    values: tuple[str, ...]


@dataclass(slots=True)
class Window:
    """A customer's chat. `transcript` is for the report of a failure."""

    http: aiohttp.ClientSession
    url: str
    thread: int
    transcript: list[str] = field(default_factory=list)
    name: str = ""
    last: Said | None = None
    _seen: int = 0

    @classmethod
    async def opened(
        cls, http: aiohttp.ClientSession, chatwoot: str, channel: Channel, name: str, phone: str | None
    ) -> Window:
        body = {"account_id": 1, "inbox_id": INBOXES[channel], "name": name, "phone_number": phone}
        async with http.post(f"{chatwoot}/simulator/api/threads", json=body) as response:
            response.raise_for_status()
            return cls(http, f"{chatwoot}/simulator/api", int((await response.json())["id"]))

    def show_in(self, transcript: list[str], name: str) -> None:
        """Write all that is said from now on there, with the customer's name where there are several."""
        self.transcript, self.name = transcript, f"{name} " if name else ""

    async def write(self, text: str) -> None:
        await self._send({"content": text, "kind": "text"}, text)

    async def send(self, kind: str) -> None:
        """A voice note, a picture or a place, without words."""
        await self._send({"content": None, "kind": kind}, f"[{kind}]")

    async def press(self, wanted: str | int) -> None:
        """Tap a choice of the last answer; where the channel shows none, type its number or its title."""
        if self.last is None or not self.last.titles:
            text = str(wanted)
            await self.write(text if text.isdecimal() else re.sub(r"\W+", " ", text).strip())
            return
        place = _place(self.last.titles, wanted)
        title, value = self.last.titles[place], self.last.values[place]
        self.transcript.append(f"{self.name}cliente: [toca em “{title}”]")
        body = {"message_id": self.last.id, "value": value}
        async with self.http.post(f"{self.url}/threads/{self.thread}/choose", json=body) as response:
            response.raise_for_status()

    async def answer(self) -> str:
        """All that the shop says now, with its buttons; "" when nothing comes in time."""
        said = await self._said_within(ANSWERED_WITHIN)
        while said and (more := await self._said_within(QUIET_AFTER)):
            said += more
        return "\n".join(" | ".join([each.text, *each.titles]) for each in said)

    async def silence(self) -> str:
        """What was said where nothing should be."""
        return "\n".join(each.text for each in await self._said_within(SILENCE))

    async def conversation(self) -> dict[str, object]:
        """The newest conversation as Chatwoot has it: status, priority."""
        async with self.http.get(f"{self.url}/threads/{self.thread}/export") as response:
            response.raise_for_status()
            conversation: dict[str, object] = (await response.json())["conversations"][-1]
            return conversation

    async def _send(self, body: dict[str, object], shown: str) -> None:
        short = shown if len(shown) < 600 else f"{shown[:200]}… ({len(shown)} caracteres)"
        self.transcript.append(f"{self.name}cliente: {short}")
        async with self.http.post(f"{self.url}/threads/{self.thread}/messages", json=body) as response:
            response.raise_for_status()

    async def _said_within(self, seconds: float) -> list[Said]:
        try:
            async with asyncio.timeout(seconds):
                while not (new := await self._new()):
                    await asyncio.sleep(0.15)
        except TimeoutError:
            return []
        return new

    async def _new(self) -> list[Said]:
        address = f"{self.url}/threads/{self.thread}/messages?after={self._seen}"
        async with self.http.get(address) as response:
            response.raise_for_status()
            found = [_said(each) for each in await response.json() if each["author"] == "bot"]
        for each in found:
            self._seen, self.last = max(self._seen, each.id), each
            choices = f"  [{' | '.join(each.titles)}]" if each.titles else ""
            self.transcript.append(f"{self.name}loja: {each.text}{choices}")
        return found


def _said(message: dict[str, object]) -> Said:
    items = message["items"]
    choices = [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []
    return Said(
        int(str(message["id"])),
        str(message["content"]).replace("\xa0", " "),
        tuple(str(each["title"]) for each in choices),
        tuple(str(each["value"]) for each in choices),
    )


def _place(titles: tuple[str, ...], wanted: str | int) -> int:
    if isinstance(wanted, int):
        if not 1 <= wanted <= len(titles):
            raise NoSuchChoice(f"no choice {wanted} of {titles}")
        return wanted - 1
    places = [place for place, title in enumerate(titles) if re.search(wanted, title, re.IGNORECASE)]
    if not places:
        raise NoSuchChoice(f"no choice {wanted!r} among {titles}")
    return places[0]
