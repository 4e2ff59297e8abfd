"""One answer from several crews, and coming back to what was put off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest
from tests.fakes.crews import HandingFrontdesk
from tests.fakes.proposals import FakeProposals
from tests.unit.hub.conftest import KEY, Hub

from chatwootai.domain.conversations import Author, Choice, Message
from chatwootai.domain.crews import Briefing, Crew, CrewName, Draft, Intent, Json, Memory, Request
from chatwootai.domain.errors import ServiceUnavailable
from chatwootai.domain.ledger import Effect, Ledger
from chatwootai.domain.outcomes import Handoff, HandoffReason, Reply
from chatwootai.domain.proposals import Proposal, ProposalKind, ProposalState
from chatwootai.domain.requests import Assent
from chatwootai.domain.threads import Thread, closed, opened
from chatwootai.hub.closings import BEGUN_LASTS, Closings
from chatwootai.hub.routing import respond
from chatwootai.hub.yes import SHOWN, Yes, no_value, remembered, yes_value

pytestmark = pytest.mark.unit

QUESTION = Reply("Qual deles?", (Choice("Shampoo", "1"), Choice("Máscara", "2")))
HOURS = Reply("Abrimos às 9h.")
SALES, INFO, PEOPLE = (
    Request(Intent.PRICE, CrewName.SALES, "preço"),
    Request(Intent.BUSINESS_HOURS, CrewName.INFO, "horário"),
    Request(Intent.PERSON, None, "pessoa"),
)
THANKS = Request(Intent.THANKS, CrewName.INFO, "obrigada")
SOON = datetime(2026, 11, 25, 15, 15, tzinfo=UTC)
ORDER = Proposal("p1", KEY, ProposalKind.ORDER, {}, 1, SOON)
BOOKING = Proposal("p2", KEY, ProposalKind.BOOKING, {}, 1, SOON)
BUYING = opened({}, Thread(CrewName.SALES, "buy", "yes", proposal="p1"))
SUMMARY = Reply(
    "Shampoo, R$ 39,90. Confirma?", (Choice("Sim", yes_value("p1")), Choice("Não", no_value("p1")))
)
REMINDER = Draft(
    Reply("Posso confirmar o pedido de R$ 39,90?", SUMMARY.choices), {**BUYING, **remembered(ORDER)}
)


@dataclass
class Says:
    """Always the same answer. `resumes` is what it comes back to, an error what happens then."""

    reply: Reply | Handoff
    memory: Memory = field(default_factory=dict)
    resumes: Draft | ServiceUnavailable | None = None
    does: tuple[Effect, ...] = ()
    seen: list[Memory] = field(default_factory=list)
    asked: list[Request] = field(default_factory=list)

    async def respond(self, requests: tuple[Request, ...], briefing: Briefing, ledger: Ledger) -> Draft:
        self.seen.append(briefing.memory)
        self.asked += requests
        ledger.effects += self.does
        return Draft(self.reply, self.memory)

    async def resume(self, briefing: Briefing, ledger: Ledger) -> Draft | None:
        self.seen.append(briefing.memory)
        if isinstance(self.resumes, ServiceUnavailable):
            raise self.resumes
        return self.resumes


class Wants:
    def __init__(self, *requests: Request) -> None:
        self.wanted = requests

    def requests(self, briefing: Briefing) -> tuple[Request, ...]:
        return self.wanted


async def answer(
    hub: Hub,
    wants: Wants,
    memory: Memory | None = None,
    *,
    closings: Closings | None = None,
    history: Sequence[Message] = (),
    **crews: Crew,
) -> Draft:
    message = await hub.arrives("oi")
    account = replace(
        hub.account,
        understanding=wants,
        crews={CrewName(name): crew for name, crew in crews.items()},
        frontdesk=HandingFrontdesk(),
        closings=closings,
    )
    briefing = Briefing(
        hub.helpdesk.state(7), account.profile, (message,), hub.clock(), tuple(history), memory or {}
    )
    draft, _ = await respond(account, briefing, Ledger())
    return draft


async def test_a_question_comes_last_beside_its_buttons(hub: Hub) -> None:
    draft = await answer(hub, Wants(SALES, INFO), sales=Says(QUESTION), info=Says(HOURS))
    assert draft.outcome == Reply("Abrimos às 9h.\n\nQual deles?", QUESTION.choices)


async def test_who_wants_a_person_is_asked_nothing_more(hub: Hub) -> None:
    draft = await answer(hub, Wants(PEOPLE, SALES, INFO), sales=Says(QUESTION), info=Says(HOURS))
    assert isinstance(draft.outcome, Handoff)
    assert draft.outcome.text == "Abrimos às 9h.\n\nVou te passar para uma pessoa."


async def test_what_one_crew_remembers_the_next_one_knows(hub: Hub) -> None:
    sales, info = Says(HOURS, {"product": 12, "gone": None}), Says(HOURS)
    draft = await answer(hub, Wants(SALES, INFO), {"old": 1, "gone": 2}, sales=sales, info=info)
    assert info.seen == [{"old": 1, "gone": None, "product": 12}]
    assert draft.memory == {"old": 1, "product": 12}


async def test_only_what_is_offered_is_remembered_as_a_choice(hub: Hub) -> None:
    sales = Says(QUESTION, {"choices": ["1", "2"], "choice_titles": ["Shampoo", "Máscara"]})
    forgetful = Says(HOURS, {"choices": None, "choice_titles": None})
    draft = await answer(hub, Wants(SALES, INFO), sales=sales, info=forgetful)
    assert draft.memory == {"choices": ["1", "2"], "choice_titles": ["Shampoo", "Máscara"]}
    draft = await answer(hub, Wants(SALES, PEOPLE), sales=sales)
    assert draft.memory == {}


async def test_what_this_business_has_no_crew_for_is_for_the_front_desk(hub: Hub) -> None:
    book = Request(Intent.BOOK, CrewName.SCHEDULING, "marcar")
    draft = await answer(hub, Wants(book, INFO), info=Says(HOURS))
    assert isinstance(draft.outcome, Handoff)
    assert draft.outcome.summary == "O cliente pediu: marcar"


# Coming back.


async def test_after_another_subject_the_open_question_comes_back(hub: Hub) -> None:
    draft = await answer(hub, Wants(INFO), BUYING, sales=Says(HOURS, resumes=REMINDER), info=Says(HOURS))
    assert draft.outcome == Reply("Abrimos às 9h.\n\nPosso confirmar o pedido de R$ 39,90?", SUMMARY.choices)
    assert draft.memory["choices"] == [yes_value("p1"), no_value("p1")]


@pytest.mark.parametrize(
    ("wants", "info"),
    [
        (Wants(THANKS), HOURS),
        (Wants(INFO), QUESTION),
        (Wants(INFO, PEOPLE), HOURS),
        (Wants(INFO, SALES), HOURS),
        (Wants(INFO), Handoff(HandoffReason.CUSTOMER_ASKED, "Já te passo.", "")),
    ],
    ids=["thanks", "question", "people", "asked", "handoff"],
)
async def test_the_open_question_waits(hub: Hub, wants: Wants, info: Reply | Handoff) -> None:
    draft = await answer(
        hub, wants, {**BUYING, SHOWN: "p1"}, sales=Says(HOURS, resumes=REMINDER), info=Says(info)
    )
    assert "Posso confirmar" not in draft.outcome.text
    assert SHOWN not in draft.memory


async def test_who_is_through_lets_the_one_before_come_back(hub: Hub) -> None:
    memory: dict[str, Json] = opened(BUYING, Thread(CrewName.INFO, "ask"))
    info = Says(HOURS, closed(memory, CrewName.INFO))
    draft = await answer(hub, Wants(INFO), memory, sales=Says(HOURS, resumes=REMINDER), info=info)
    assert "Posso confirmar" in draft.outcome.text


@pytest.mark.parametrize("resumes", [None, ServiceUnavailable("odoo", "away")])
async def test_an_answer_does_not_depend_on_the_reminder(
    hub: Hub, resumes: ServiceUnavailable | None
) -> None:
    draft = await answer(hub, Wants(INFO), BUYING, sales=Says(HOURS, resumes=resumes), info=Says(HOURS))
    assert draft.outcome == HOURS


async def test_a_thread_of_a_crew_that_left_is_not_resumed(hub: Hub) -> None:
    assert (await answer(hub, Wants(INFO), BUYING, info=Says(HOURS))).outcome == HOURS


# What the last answer shows.


async def test_p7_only_what_this_answer_shows_can_be_accepted_next(hub: Hub) -> None:
    before = {**BUYING, SHOWN: "p1"}
    careless = Says(HOURS, before)  # memory that is carried along shows nothing
    draft = await answer(hub, Wants(INFO), before, sales=Says(HOURS), info=careless)
    assert SHOWN not in draft.memory
    draft = await answer(hub, Wants(INFO), before, sales=Says(HOURS, resumes=REMINDER), info=careless)
    assert draft.memory[SHOWN] == "p1"
    assert draft.memory.keys() == {SHOWN, "threads", "choices", "choice_titles"}


async def test_p7_what_is_shown_in_this_turn_is_not_yet_shown_for_the_next_crew(hub: Hub) -> None:
    sales, info = Says(SUMMARY, remembered(ORDER)), Says(HOURS, remembered(None))
    draft = await answer(hub, Wants(SALES, INFO), {SHOWN: "p0"}, sales=sales, info=info)
    assert [memory[SHOWN] for memory in (*sales.seen, *info.seen)] == ["p0", "p0"]
    assert draft.memory[SHOWN] == "p1"


async def test_p7_a_summary_stands_after_every_other_question(hub: Hub) -> None:
    sales = Says(SUMMARY, remembered(ORDER))
    draft = await answer(hub, Wants(SALES, INFO), sales=sales, info=Says(QUESTION))
    assert draft.outcome == Reply("Qual deles?\n\nShampoo, R$ 39,90. Confirma?", SUMMARY.choices)
    assert draft.memory["choices"] == [yes_value("p1"), no_value("p1")]


async def test_p7_of_two_summaries_only_the_one_that_waits_is_told(hub: Hub) -> None:
    book = Request(Intent.BOOK, CrewName.SCHEDULING, "marcar")
    sales = Says(SUMMARY, remembered(ORDER))
    booking = Says(Reply("Amanhã às 9h. Confirma?"), remembered(BOOKING))
    draft = await answer(hub, Wants(SALES, book), sales=sales, scheduling=booking)
    assert draft.outcome == Reply("Amanhã às 9h. Confirma?")
    assert draft.memory == {SHOWN: "p2"}
    sales.does = (Effect("order", "p0"),)
    draft = await answer(hub, Wants(SALES, book), sales=sales, scheduling=booking)
    assert draft.outcome.text == "Shampoo, R$ 39,90. Confirma?\n\nAmanhã às 9h. Confirma?"


async def test_p7_a_handoff_shows_no_proposal_but_tells_what_was_done(hub: Hub) -> None:
    sales = Says(SUMMARY, remembered(ORDER))
    draft = await answer(hub, Wants(SALES, PEOPLE), sales=sales)
    assert draft.outcome.text == "Vou te passar para uma pessoa."
    assert draft.memory == {}
    done = Says(Reply("Pedido S1 feito. Mais algo?", QUESTION.choices), does=(Effect("order", "p0"),))
    draft = await answer(hub, Wants(SALES, PEOPLE), sales=done)
    assert draft.outcome.text == "Pedido S1 feito. Mais algo?\n\nVou te passar para uma pessoa."


# What a turn that was cut off left behind.


async def begun(hub: Hub, kind: ProposalKind = ProposalKind.ORDER) -> tuple[FakeProposals, Closings]:
    store = FakeProposals(hub.clock)
    await store.open(replace(ORDER, kind=kind))
    await store.accept(KEY, "p1", 900)
    return store, Closings(Yes(store, lambda *_: None))


async def test_p7_what_was_begun_is_ended_before_all_else_whatever_she_says_now(hub: Hub) -> None:
    _, closings = await begun(hub)
    no = Request(Intent.NO, CrewName.SALES, "não", assent=Assent.NO)
    pressed = Request(Intent.ANSWER, CrewName.SALES, "Não", chosen=no_value("p1"))
    sales = Says(HOURS)
    await answer(hub, Wants(INFO, no, pressed, SALES), closings=closings, sales=sales, info=Says(HOURS))
    ending = Request(
        Intent.YES, CrewName.SALES, "", message_id=900, chosen=yes_value("p1"), assent=Assent.YES
    )
    assert sales.asked == [ending, SALES]


async def test_what_no_crew_can_end_any_more_stays(hub: Hub) -> None:
    store, closings = await begun(hub, ProposalKind.BOOKING)
    draft = await answer(hub, Wants(SALES), closings=closings, sales=Says(HOURS))
    assert draft.outcome == HOURS
    assert store.all()[0].state is ProposalState.ACCEPTED


@pytest.mark.parametrize("stale", ["person", "age"])
async def test_what_people_may_have_done_or_is_too_old_is_not_begun_again(hub: Hub, stale: str) -> None:
    store, closings = await begun(hub)
    history: list[Message] = []
    if stale == "person":
        history.append(Message(901, Author.PHONE, "Já anotei seu pedido!", hub.clock()))
    else:
        hub.clock.forward(seconds=(SOON + BEGUN_LASTS - hub.clock()) / timedelta(seconds=1))
    sales = Says(HOURS)
    await answer(hub, Wants(SALES), closings=closings, history=history, sales=sales)
    assert sales.asked == [SALES]
    assert store.all()[0].state is ProposalState.VOID
