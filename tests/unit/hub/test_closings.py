"""The gate and what follows it, case by case; `test_yes_machine` looks for cases that nobody thought of."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from tests.fakes.helpdesk import FakeHelpdesk
from tests.fakes.proposals import FakeProposals
from tests.unit.hub.agreeing import answer_to
from tests.unit.hub.conftest import KEY, PROFILE, Clock

from chatwootai.domain.conversations import Author, Choice, Message
from chatwootai.domain.crews import Briefing, Json
from chatwootai.domain.errors import BusinessRefusal, OutcomeUnknown, Refusal, ServiceUnavailable
from chatwootai.domain.ledger import Effect, Ledger
from chatwootai.domain.proposals import Proposal, ProposalKind, ProposalState
from chatwootai.hub.booking_results import Refused as SlotRefused
from chatwootai.hub.closings import Closings
from chatwootai.hub.purchase_results import Refused
from chatwootai.hub.yes import ANSWER_KEY, SHOWN, NotAccepted, Yes, no_value, yes_value

pytestmark = pytest.mark.unit

ASKED, SHOWED, SAID = 100, 105, 110
"""Ids: of her wish, of our answer with the proposal, of what she says to it."""


@dataclass
class Counter:
    """A shop's counter. `written` and `returned` are the ids of what was written and given back."""

    clock: Clock = field(default_factory=Clock)
    written: list[str] = field(default_factory=list)
    returned: list[str] = field(default_factory=list)
    outcomes: list[object] = field(default_factory=list)
    ledger: Ledger = field(default_factory=Ledger)

    def __post_init__(self) -> None:
        helpdesk = FakeHelpdesk()
        self.conversation = helpdesk.set_conversation(KEY.conversation)
        self.store = FakeProposals(self.clock)
        ids = iter(["p1", "p2", "p3"])
        yes = Yes(self.store, answer_to, lambda: next(ids))
        self.closings = Closings(yes, {ProposalKind.ORDER: self.give_back})

    async def give_back(self, proposal_id: str) -> None:
        self.returned.append(proposal_id)

    async def write(self, proposal: Proposal) -> object:
        self.written.append(proposal.id)
        outcome = self.outcomes.pop(0) if self.outcomes else "placed"
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    def briefing(self, *messages: Message, history: tuple[Message, ...] = (), shown: str = "") -> Briefing:
        memory: dict[str, Json] = {SHOWN: shown, ANSWER_KEY: "k"} if shown else {}
        return Briefing(self.conversation, PROFILE, messages, self.clock(), history, memory)

    async def proposes(self, kind: ProposalKind = ProposalKind.ORDER) -> Proposal:
        wish = self.briefing(said("quero 2", ASKED))
        return await self.closings.propose(kind, {"total": "79.80"}, wish, await self.closings.begin(wish))

    async def hears(self, *messages: Message, history: tuple[Message, ...] | None = None) -> object:
        """A turn after the answer that showed p1."""
        before = (said("quero 2", ASKED), answer(SHOWED)) if history is None else history
        briefing = self.briefing(*messages, history=before, shown="p1")
        return await self.closings.close("p1", briefing, self.ledger, self.write)

    def state(self, proposal_id: str = "p1") -> ProposalState:
        return next(p.state for p in self.store.all() if p.id == proposal_id)


def said(text: str, id_: int = SAID, author: Author = Author.CUSTOMER) -> Message:
    return Message(id_, author, text, Clock().time)


def answer(id_: int, chosen: str = "") -> Message:
    choice = Choice("…", chosen) if chosen else None
    return Message(id_, Author.BOT, "Confirma?", Clock().time, key="k", chosen=choice)


@pytest.fixture
def counter() -> Counter:
    return Counter()


async def test_p7_a_later_yes_writes_and_is_on_record(counter: Counter) -> None:
    await counter.proposes()
    assert await counter.hears(said("sim")) == "placed"
    assert counter.written == ["p1"]
    assert counter.state() is ProposalState.DONE
    assert counter.ledger.effects == [Effect("order", "p1")]
    assert counter.returned == []


@pytest.mark.parametrize(
    ("messages", "reason"),
    [
        ([said("não")], NotAccepted.NO_YES),
        ([said("sim"), said("não", 111)], NotAccepted.NO_YES),
        ([said("sim"), said("sim, mas 2", 111)], NotAccepted.NO_YES),
        ([said("sim"), said("depois eu vejo", 111)], NotAccepted.NO_YES),
        ([said("sim", SHOWED - 1)], NotAccepted.NO_YES),
        ([said("e o frete?")], NotAccepted.NO_YES),
        ([said("sim", author=Author.HUMAN)], NotAccepted.NOTHING_SHOWN),
        ([answer(SHOWED, no_value("p1")), said("sim")], NotAccepted.NO_YES),
        ([answer(SHOWED, yes_value("p2"))], NotAccepted.NO_YES),
        ([answer(SHOWED, yes_value("p1")), said("não")], NotAccepted.NO_YES),
    ],
    ids=lambda value: value if isinstance(value, str) else " ".join(m.text for m in value),
)
async def test_p7_without_a_later_unreserved_yes_nothing_is_written(
    counter: Counter, messages: list[Message], reason: NotAccepted
) -> None:
    await counter.proposes()
    assert await counter.hears(*messages) is reason
    assert counter.written == []
    assert counter.state() is ProposalState.OPEN


@pytest.mark.parametrize(
    "messages",
    [
        [said("não"), said("sim", 111)],
        [said("sim"), said("e o frete?", 111)],
        [answer(SHOWED, yes_value("p1"))],
        [answer(SHOWED, yes_value("p1")), said("sim")],
    ],
    ids=lambda messages: " ".join(m.text for m in messages),
)
async def test_her_last_word_counts(counter: Counter, messages: list[Message]) -> None:
    await counter.proposes()
    assert await counter.hears(*messages) == "placed"


async def test_p7_a_yes_to_a_person_is_none_to_us(counter: Counter) -> None:
    await counter.proposes()
    person = said("Posso mandar amanhã?", 107, Author.PHONE)
    history = (said("quero 2", ASKED), answer(SHOWED), person)
    assert await counter.hears(said("sim"), history=history) is NotAccepted.NOTHING_SHOWN
    assert await counter.hears(said("sim"), history=()) is NotAccepted.NOTHING_SHOWN


async def test_p7_what_has_expired_or_was_never_shown_is_not_written(counter: Counter) -> None:
    await counter.proposes()
    counter.clock.forward(minutes=PROFILE.proposal_minutes)
    assert await counter.hears(said("sim")) is NotAccepted.EXPIRED
    await counter.proposes()
    assert await counter.hears(said("sim")) is NotAccepted.VOID
    unseen = counter.briefing(said("sim"), history=(answer(SHOWED),), shown="p1")
    assert await counter.closings.close("p2", unseen, Ledger(), counter.write) is NotAccepted.NOTHING_SHOWN
    assert await counter.closings.close("?", unseen, Ledger(), counter.write) is NotAccepted.NOTHING_SHOWN
    assert counter.written == []


async def test_what_waited_is_given_back_before_the_next_is_reserved(counter: Counter) -> None:
    await counter.proposes()
    assert await counter.closings.begin(counter.briefing(said("quero 3"))) == "p2"
    assert (counter.state(), counter.returned) == (ProposalState.VOID, ["p1"])


async def test_what_another_worker_opened_meanwhile_is_given_back_too(counter: Counter) -> None:
    wish = counter.briefing(said("quero 3"))
    later = await counter.closings.begin(wish)
    other = await counter.closings.propose(ProposalKind.ORDER, {}, wish)
    await counter.closings.propose(ProposalKind.ORDER, {}, wish, later)
    assert counter.returned == [other.id]


async def test_a_no_gives_back_what_was_held(counter: Counter) -> None:
    await counter.proposes()
    briefing = counter.briefing(said("não"))
    assert await counter.closings.waiting(briefing) is not None
    await counter.closings.void("p1", briefing)
    assert (counter.state(), counter.returned) == (ProposalState.VOID, ["p1"])
    assert await counter.closings.waiting(briefing) is None


async def test_what_expired_waits_for_nothing(counter: Counter) -> None:
    await counter.proposes()
    counter.clock.forward(minutes=PROFILE.proposal_minutes)
    assert await counter.closings.waiting(counter.briefing(said("oi"))) is None


@pytest.mark.parametrize(
    "refused", [Refused(Refusal.SOLD_OUT), SlotRefused(Refusal.SLOT_TAKEN)], ids=lambda r: r.reason.value
)
async def test_what_the_erp_refuses_is_void_and_told(counter: Counter, refused: object) -> None:
    await counter.proposes()
    counter.outcomes = [refused]
    assert await counter.hears(said("sim")) is refused
    assert counter.state() is ProposalState.VOID
    assert counter.ledger.effects == []
    assert await counter.hears(said("sim")) is NotAccepted.VOID


async def test_a_refusal_that_is_raised_is_one_too(counter: Counter) -> None:
    await counter.proposes(ProposalKind.CANCEL_ORDER)
    counter.outcomes = [BusinessRefusal(Refusal.ORDER_DELIVERED)]
    with pytest.raises(BusinessRefusal):
        await counter.hears(said("sim"))
    assert counter.state() is ProposalState.VOID


@pytest.mark.parametrize("error", [ServiceUnavailable("odoo", "away"), OutcomeUnknown("odoo", "no answer")])
async def test_what_was_cut_off_is_ended_whatever_she_says_then(counter: Counter, error: Exception) -> None:
    await counter.proposes()
    counter.outcomes = [error]
    with pytest.raises(type(error)):
        await counter.hears(said("sim"))
    assert counter.state() is ProposalState.ACCEPTED
    counter.clock.forward(hours=1)
    again = counter.briefing(said("sim"), said("não", 111))
    (begun,) = await counter.closings.unfinished(again)
    with pytest.raises(OutcomeUnknown):
        await counter.closings.void(begun.id, again)
    assert await counter.hears(said("sim"), said("não", 111)) == "placed"
    assert counter.state() is ProposalState.DONE


async def test_what_is_done_is_told_in_the_turn_that_answers_her_yes_and_in_no_other(
    counter: Counter,
) -> None:
    await counter.proposes()
    await counter.hears(said("sim"))
    again = counter.briefing(said("sim"), said("não", 111))
    assert [proposal.id for proposal in await counter.closings.unfinished(again)] == ["p1"]
    await counter.closings.void("p1", again)
    assert await counter.hears(said("sim"), said("não", 111)) == "placed"
    assert counter.ledger.effects == [Effect("order", "p1")] * 2
    assert list(await counter.closings.unfinished(counter.briefing(said("sim", 120)))) == []
    assert await counter.hears(said("sim", 120)) is NotAccepted.VOID
    assert counter.returned == []


async def test_people_get_what_could_not_be_ended(counter: Counter) -> None:
    await counter.proposes()
    counter.outcomes = [ServiceUnavailable("odoo", "away")]
    with pytest.raises(ServiceUnavailable):
        await counter.hears(said("sim"))
    await counter.closings.give_up(KEY)
    assert counter.state() is ProposalState.VOID
    assert await counter.hears(said("sim")) is NotAccepted.VOID


async def test_p14_a_proposal_lasts_its_minutes_also_in_the_hour_that_comes_twice(counter: Counter) -> None:
    again = datetime(2026, 10, 25, 1, 10, tzinfo=ZoneInfo("Europe/Lisbon"), fold=1)
    wish = replace(counter.briefing(said("quero 2", ASKED)), now=again)
    proposal = await counter.closings.propose(ProposalKind.ORDER, {}, wish)
    lasts = proposal.expires_at - again.astimezone(UTC)
    assert lasts == timedelta(minutes=PROFILE.proposal_minutes)
