"""Plays scenarios against a running product, some side by side."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import aiohttp
from tests.e2e.dialogues.erp import Erp, Holdings
from tests.e2e.dialogues.judging import found, judged, judged_in_the_end, report
from tests.e2e.dialogues.people import People, Person
from tests.e2e.dialogues.placeholders import Blanks
from tests.e2e.dialogues.scripts import Customer, Scenario, ShopAct, Then, Turn
from tests.e2e.dialogues.street import NoSuchChoice, Window
from tests.fixtures.product import RunningProduct

SIDE_BY_SIDE = 12
RIVALS = 300
"""Places of second customers, after those of all first ones."""
CHANGE_SEEN_WITHIN = 5.0
"""Seconds in which the product promises to know of a change in the ERP."""
BETWEEN_MESSAGES = 0.15
"""Seconds between the messages of a burst: shorter than the product's quiet period."""


@dataclass(frozen=True, slots=True)
class Played:
    problems: tuple[str, ...]
    transcript: tuple[str, ...]

    @property
    def report(self) -> str:
        return report(self.problems, self.transcript)


@dataclass(slots=True)
class Party:
    """Somebody who takes part, and what the shop said to her last."""

    person: Person
    window: Window
    blanks: Blanks
    before: Holdings
    answer: str = ""


@dataclass(slots=True)
class Stage:
    """Where the scenarios of one profile are played."""

    product: RunningProduct
    http: aiohttp.ClientSession
    erp: Erp
    people: People

    async def play_all(self, scenarios: list[Scenario]) -> dict[str, Played]:
        room = asyncio.Semaphore(SIDE_BY_SIDE)
        queues: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

        async def played(place: int, scenario: Scenario) -> tuple[str, Played]:
            async with queues[scenario.queue or scenario.name], room:
                return scenario.name, await self._play(place, scenario)

        return dict(await asyncio.gather(*(played(*each) for each in enumerate(scenarios, start=1))))

    async def _play(self, place: int, scenario: Scenario) -> Played:
        if scenario.shop:
            await self._change(scenario.shop)
        try:
            parties = {"her": await self._party(scenario, scenario.customer, place)}
        except LookupError as error:
            return Played((f"no such customer: {error}",), ())
        if scenario.rival:
            parties["rival"] = await self._party(scenario, Customer(), RIVALS + place)
        transcript: list[str] = []
        for name, party in parties.items():
            party.window.show_in(transcript, name if scenario.rival else "")
        problems = await self._talk(scenario.turns, parties)
        problems += await self._ended(parties["her"], scenario.then)
        if scenario.rival:
            problems += [f"rival: {each}" for each in await self._ended(parties["rival"], scenario.rival)]
        return Played(tuple(problems), tuple(transcript))

    async def _party(self, scenario: Scenario, wanted: Customer, place: int) -> Party:
        person = await self.people.somebody(wanted, place)
        before = await self._holdings(person)
        phone = _phone(scenario, person, place)
        chatwoot = self.product.chatwoot
        window = await Window.opened(self.http, chatwoot, scenario.channel, person.name, phone)
        return Party(person, window, Blanks(self.erp, person), before)

    async def _talk(self, turns: tuple[Turn, ...], parties: Mapping[str, Party]) -> list[str]:
        problems: list[str] = []
        for number, turn in enumerate(turns, start=1):
            if turn.shop:
                await self._change(turn.shop)
            party = parties[turn.by]
            if turn.unless and found(turn.unless, party.answer):
                continue
            try:
                await _speak(party.window, turn, party.blanks)
            except NoSuchChoice as error:
                return [*problems, f"turn {number}: {error}"]
            problems += [f"turn {number}: {each}" for each in await _heard(party, turn)]
            if not party.answer:
                break
        return problems

    async def _ended(self, party: Party, then: Then) -> list[str]:
        after = await self._holdings(party.person)
        conversation = await party.window.conversation()
        return await judged_in_the_end(then, party.before, after, conversation, self.erp, party.blanks)

    async def _change(self, act: ShopAct) -> None:
        await self.erp.change(act)
        await asyncio.sleep(CHANGE_SEEN_WITHIN)

    async def _holdings(self, person: Person) -> Holdings:
        return await self.erp.holdings(person.id, person.phone, person.name)


async def _heard(party: Party, turn: Turn) -> list[str]:
    if turn.silent:
        said = await party.window.silence()
        return [f"spoke into the talk of a person: {said!r}"] if said else []
    before, party.answer = party.answer, await party.window.answer()
    return await judged(turn, party.answer, before, party.blanks)


async def _speak(window: Window, turn: Turn, blanks: Blanks) -> None:
    for place, text in enumerate(turn.says):
        if place:
            await asyncio.sleep(BETWEEN_MESSAGES)
        await window.write(await blanks.filled(text))
    if turn.presses is not None:
        await window.press(turn.presses)
    if turn.sends:
        await window.send(turn.sends)


def _phone(scenario: Scenario, person: Person, place: int) -> str | None:
    """Only WhatsApp tells the shop a number."""
    if scenario.channel != "whatsapp":
        return None
    return f"+55219{98000000 + place:08d}" if scenario.customer.unproven else person.phone
