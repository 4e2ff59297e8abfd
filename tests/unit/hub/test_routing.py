"""One answer from several crews."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.fakes.crews import HandingFrontdesk
from tests.unit.hub.conftest import Hub

from chatwootai.domain.conversations import Choice
from chatwootai.domain.crews import Briefing, CrewName, Draft, Intent, Memory, Request
from chatwootai.domain.ledger import Ledger
from chatwootai.domain.outcomes import Handoff, Reply
from chatwootai.hub.routing import respond

pytestmark = pytest.mark.unit

QUESTION = Reply("Qual deles?", (Choice("Shampoo", "1"), Choice("Máscara", "2")))
HOURS = Reply("Abrimos às 9h.")
SALES, INFO, PEOPLE = (
    Request(Intent.PRICE, CrewName.SALES, "preço"),
    Request(Intent.BUSINESS_HOURS, CrewName.INFO, "horário"),
    Request(Intent.PERSON, None, "pessoa"),
)


class Says:
    """Always the same answer."""

    def __init__(self, reply: Reply, memory: Memory | None = None) -> None:
        self.reply, self.memory = reply, memory or {}
        self.seen: list[Memory] = []

    async def respond(self, requests: tuple[Request, ...], briefing: Briefing, ledger: Ledger) -> Draft:
        self.seen.append(briefing.memory)
        return Draft(self.reply, self.memory)


class Wants:
    def __init__(self, *requests: Request) -> None:
        self.wanted = requests

    def requests(self, briefing: Briefing) -> tuple[Request, ...]:
        return self.wanted


async def answer(hub: Hub, wants: Wants, sales: Says, info: Says) -> Draft:
    message = await hub.arrives("oi")
    account = replace(
        hub.account,
        understanding=wants,
        crews={CrewName.SALES: sales, CrewName.INFO: info},
        frontdesk=HandingFrontdesk(),
    )
    briefing = Briefing(
        hub.helpdesk.state(7), account.profile, (message,), hub.clock(), memory={"old": 1, "gone": 2}
    )
    draft, _ = await respond(account, briefing, Ledger())
    return draft


async def test_a_question_comes_last_beside_its_buttons(hub: Hub) -> None:
    draft = await answer(hub, Wants(SALES, INFO), Says(QUESTION), Says(HOURS))
    assert draft.outcome == Reply("Abrimos às 9h.\n\nQual deles?", QUESTION.choices)


async def test_who_wants_a_person_is_asked_nothing_more(hub: Hub) -> None:
    draft = await answer(hub, Wants(PEOPLE, SALES, INFO), Says(QUESTION), Says(HOURS))
    assert isinstance(draft.outcome, Handoff)
    assert draft.outcome.text == "Abrimos às 9h.\n\nVou te passar para uma pessoa."


async def test_what_one_crew_remembers_the_next_one_knows(hub: Hub) -> None:
    sales, info = Says(HOURS, {"product": 12, "gone": None}), Says(HOURS)
    draft = await answer(hub, Wants(SALES, INFO), sales, info)
    assert info.seen == [{"old": 1, "gone": None, "product": 12}]
    assert draft.memory == {"old": 1, "product": 12}
