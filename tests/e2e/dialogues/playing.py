"""Plays scenarios against a running product, some side by side."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from dataclasses import dataclass

import aiohttp
from tests.e2e.dialogues.erp import Erp, Holdings
from tests.e2e.dialogues.judging import judged, judged_in_the_end, report
from tests.e2e.dialogues.people import People, Person
from tests.e2e.dialogues.placeholders import Blanks
from tests.e2e.dialogues.scripts import Scenario, Turn
from tests.e2e.dialogues.street import NoSuchChoice, Window
from tests.fixtures.product import RunningProduct

SIDE_BY_SIDE = 12
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
        for code, quantity in scenario.stock.items():
            await self.erp.set_stock(code, quantity)
            await asyncio.sleep(CHANGE_SEEN_WITHIN)
        try:
            person = await self.people.somebody(scenario.customer, place)
        except (LookupError, AssertionError) as error:
            return Played((f"no such customer: {error}",), ())
        before = await self._holdings(scenario, person)
        phone = _phone(scenario, person, place)
        window = await Window.opened(self.http, self.product.chatwoot, scenario.channel, person.name, phone)
        blanks = Blanks(self.erp, person)
        problems = await self._talk(window, scenario.turns, blanks)
        after = await self._holdings(scenario, person)
        conversation = await window.conversation()
        problems += await judged_in_the_end(scenario.then, before, after, conversation, self.erp, blanks)
        return Played(tuple(problems), tuple(window.transcript))

    async def _talk(self, window: Window, turns: tuple[Turn, ...], blanks: Blanks) -> list[str]:
        problems: list[str] = []
        answer = ""
        for number, turn in enumerate(turns, start=1):
            try:
                await _speak(window, turn, blanks)
            except NoSuchChoice as error:
                return [*problems, f"turn {number}: {error}"]
            if turn.hurried:
                continue
            if turn.silent:
                said = await window.silence()
                problems += [f"turn {number}: spoke into the talk of a person: {said!r}"] if said else []
                continue
            before, answer = answer, await window.answer()
            wrong = await judged(turn, answer, before, blanks)
            problems += [f"turn {number}: {each}" for each in wrong]
            if not answer:
                break
        return problems

    async def _holdings(self, scenario: Scenario, person: Person) -> Holdings:
        return await self.erp.holdings(person.id, person.phone, person.name)


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
