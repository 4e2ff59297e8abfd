"""A shop that asks for a yes, over the real hub, for the machine that tests promise P7.

The crews are as eager as a model that skips the question: in every turn they try to close every proposal that
was ever made, in whatever conversation. Only the gate is in their way.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any, cast

from tests.fakes.crews import HandingFrontdesk, PlainChannel
from tests.fakes.helpdesk import FakeHelpdesk
from tests.fakes.proposals import FakeProposals
from tests.fakes.records import FakeRecords
from tests.fakes.script import Script
from tests.unit.hub.booking import CLEANING, MARIA, Clinic, at
from tests.unit.hub.conftest import PROFILE
from tests.unit.hub.purchasing import SHAMPOO, Shop, some

from chatwootai.crews.dialogues.choosing import chosen_plainly
from chatwootai.domain.accounts import AccountId, ConversationKey
from chatwootai.domain.calendars import Slot
from chatwootai.domain.channels import Bubble
from chatwootai.domain.conversations import ChannelKind, Choice, Message
from chatwootai.domain.crews import Briefing, Crew, CrewName, Draft, Intent, Json, Memory, Request
from chatwootai.domain.helpdesk import Helpdesk
from chatwootai.domain.holds import HoldStore
from chatwootai.domain.ledger import Ledger
from chatwootai.domain.money import Money
from chatwootai.domain.outcomes import Reply
from chatwootai.domain.proposals import Proposal, ProposalKind, ProposalState, ProposalStore
from chatwootai.domain.requests import Assent
from chatwootai.domain.threads import Thread, closed, current, of_crew, opened
from chatwootai.domain.turns import TurnStore
from chatwootai.hub import booking_results, purchase_results
from chatwootai.hub.accounts import Account
from chatwootai.hub.bookings import Bookings
from chatwootai.hub.closings import Closings
from chatwootai.hub.purchases import Purchases
from chatwootai.hub.turns import Pace, Turns
from chatwootai.hub.yes import NotAccepted, Yes, no_value, remembered, yes_value

ACCOUNT = AccountId("1")
CONVERSATIONS = (7, 8)
WORDS: Mapping[str, Assent] = {
    "sim": Assent.YES,
    "pode fechar": Assent.YES,
    "não": Assent.NO,
    "sim, mas 2": Assent.CHANGE,
    "depois eu vejo": Assent.LATER,
}
QUESTION, WHERE, THANKS = "abrem sábado?", "onde fica?", "obrigada"
REFUSALS = (purchase_results.Refused, booking_results.Refused)


class Crashed(BaseException):
    """The process died: nothing catches this."""


@dataclass
class Peril:
    """Every touch of something outside, before it and after it, may be the last one of a process."""

    left: int | None = None

    async def touch(self) -> None:
        if self.left is None:
            return
        self.left -= 1
        if self.left < 0:
            self.left = None
            raise Crashed

    def over(self, thing: object, *methods: str) -> Any:
        """`thing`, whose `methods` are such touches."""
        return _Perilous(thing, methods, self)


class _Perilous:
    def __init__(self, thing: object, methods: Sequence[str], peril: Peril) -> None:
        self._thing, self._methods, self._peril = thing, methods, peril

    def __getattr__(self, name: str) -> object:
        method = getattr(self._thing, name)
        if name not in self._methods:
            return method

        async def call(*args: object, **named: object) -> object:
            await self._peril.touch()
            result = await method(*args, **named)
            await self._peril.touch()
            return result

        return call


class WatchedProposals(FakeProposals):
    """Tells of every yes in the moment in which it counts."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__(now)
        self.on_yes: Callable[[Proposal], Awaitable[None]] | None = None

    async def accept(
        self, conversation: ConversationKey, proposal_id: str, message_id: int
    ) -> Proposal | None:
        before = await self.get(conversation, proposal_id)
        accepted = await super().accept(conversation, proposal_id, message_id)
        if accepted and before and before.state is ProposalState.OPEN and self.on_yes:
            await self.on_yes(accepted)
        return accepted


class ButtonChannel(PlainChannel):
    """The choices stand beside the last bubble."""

    def bubbles(self, reply: Reply) -> tuple[Bubble, ...]:
        *before, last = super().bubbles(reply)
        return (*before, Bubble(last.text, reply.choices))


def answer_to(proposal_id: str, message: Message, memory: Memory) -> Assent | None:
    value = chosen_plainly(message, memory)
    if value is None:
        return WORDS.get(message.text)
    answers = {yes_value(proposal_id): Assent.YES, no_value(proposal_id): Assent.NO, "": Assent.CHANGE}
    return answers.get(value)


def summary(proposal: Proposal) -> Reply:
    """The whole of what would be written, and the question in a bubble of its own."""
    choices = (Choice("Fechar", yes_value(proposal.id)), Choice("Deixar", no_value(proposal.id)))
    return Reply(f"{json.dumps(proposal.terms, sort_keys=True)}\n\n{question(proposal.id)}", choices)


def question(proposal_id: str) -> str:
    return f"Confirma {proposal_id}?"


def done(proposal_id: str) -> str:
    return f"Feito {proposal_id}."


@dataclass
class Trade:
    """What a crew sells, and how. `reserve` answers the terms, None where it cannot be had."""

    crew: CrewName
    kind: ProposalKind
    word: str
    reserve: Callable[[str, int], Awaitable[Mapping[str, Json] | None]]
    write: Callable[[Proposal], Awaitable[object]]


@dataclass
class EagerCrew:
    trade: Trade
    closings: Closings
    store: FakeProposals
    working_on: dict[int, tuple[Message, ...]] = field(default_factory=dict)

    async def respond(self, requests: tuple[Request, ...], briefing: Briefing, ledger: Ledger) -> Draft:
        self.working_on[briefing.conversation.key.conversation] = briefing.messages
        told = await self._closed(briefing, ledger)
        wanted = self._wanted(briefing)
        if wanted is not None:
            return self._with(told, await self._proposed(wanted, briefing), briefing)
        if told:
            return self._with(told, None, briefing)
        thread = of_crew(briefing.memory, self.trade.crew)
        if thread is None:
            return Draft(Reply("O que você quer?"))
        if briefing.messages[-1].text == "não":
            await self.closings.void(thread.proposal, briefing)
            return Draft(Reply("Tudo bem."), closed(briefing.memory, self.trade.crew))
        return await self._once_more(thread, briefing)

    async def resume(self, briefing: Briefing, ledger: Ledger) -> Draft | None:
        thread = of_crew(briefing.memory, self.trade.crew)
        return await self._once_more(thread, briefing) if thread else None

    async def _closed(self, briefing: Briefing, ledger: Ledger) -> list[str]:
        told: list[str] = []
        for proposal in self.store.all():
            if proposal.kind is not self.trade.kind:
                continue
            outcome = await self.closings.close(proposal.id, briefing, ledger, self.trade.write)
            if isinstance(outcome, REFUSALS):
                told.append(f"Não deu: {outcome.reason}.")
            elif not isinstance(outcome, NotAccepted):
                told.append(done(proposal.id))
        return told

    def _wanted(self, briefing: Briefing) -> int | None:
        wanted = None
        for message in briefing.messages:
            word, _, amount = message.text.rpartition(" ")
            if word == self.trade.word or (word == "sim, mas" and of_crew(briefing.memory, self.trade.crew)):
                wanted = int(amount)
        return wanted

    async def _proposed(self, wanted: int, briefing: Briefing) -> Proposal | None:
        id_ = await self.closings.begin(briefing)
        terms = await self.trade.reserve(id_, wanted)
        return await self.closings.propose(self.trade.kind, terms, briefing, id_) if terms else None

    async def _once_more(self, thread: Thread, briefing: Briefing) -> Draft:
        waiting = await self.closings.waiting(briefing)
        if waiting is None or waiting.id != thread.proposal:
            wanted = thread.state["wanted"]
            assert isinstance(wanted, int)
            waiting = await self._proposed(wanted, briefing)
        return self._with([], waiting, briefing)

    def _with(self, told: list[str], proposal: Proposal | None, briefing: Briefing) -> Draft:
        if proposal is None:
            text = " ".join(told) or "Isso não tem mais."
            return Draft(Reply(text), closed(briefing.memory, self.trade.crew))
        shown = summary(proposal)
        state = {"wanted": proposal.terms["wanted"]}
        thread = Thread(self.trade.crew, "sell", "yes", state, proposal.id)
        text = "\n\n".join([*told, shown.text])
        return Draft(Reply(text, shown.choices), {**opened(briefing.memory, thread), **remembered(proposal)})


class InfoCrew:
    """Asks something itself after some questions, and asks nothing after others."""

    async def respond(self, requests: tuple[Request, ...], briefing: Briefing, ledger: Ledger) -> Draft:
        if any(request.text == WHERE for request in requests):
            choices = (Choice("Rota", "route"), Choice("Ligar", "call"))
            return Draft(Reply("Rua das Flores, 1. Quer a rota?", choices))
        return Draft(Reply("Abrimos às 9h."))

    async def resume(self, briefing: Briefing, ledger: Ledger) -> Draft | None:
        return None


class WordUnderstanding:
    """A word of a trade is that crew's; everything that answers goes to the thread's crew."""

    def requests(self, briefing: Briefing) -> tuple[Request, ...]:
        return tuple(self._request(message, briefing.memory) for message in briefing.messages)

    def _request(self, message: Message, memory: Memory) -> Request:
        if message.text in (QUESTION, WHERE, THANKS):
            intent = Intent.THANKS if message.text == THANKS else Intent.BUSINESS_HOURS
            return Request(intent, CrewName.INFO, message.text, message_id=message.id)
        thread = current(memory)
        crew = thread.crew if thread else CrewName.SALES
        if message.text.startswith(("quero", "marcar")):
            crew = CrewName.SALES if message.text.startswith("quero") else CrewName.SCHEDULING
        return Request(Intent.ANSWER, crew, message.text, message_id=message.id)


class World:
    """Everything, put together. `taken` are the yeses that counted, oldest first."""

    def __init__(self) -> None:
        self.peril = Peril()
        self.shop = Shop(script=Script(pause=self.peril.touch))
        self.clinic = Clinic(script=Script(pause=self.peril.touch))
        self.clinic.now = self.shop.now
        self.store = WatchedProposals(self.now)
        self.helpdesk = FakeHelpdesk(ACCOUNT, now=self.now)
        self.records = FakeRecords(now=self.now)
        self.crews = self._crews()
        crews: dict[CrewName, Crew] = {**self.crews, CrewName.INFO: InfoCrew()}
        desk = self.peril.over(self.helpdesk, "conversation", "messages", "post")
        account = Account(
            ACCOUNT, PROFILE, cast(Helpdesk, desk), WordUnderstanding(), crews, HandingFrontdesk(),
            {kind: ButtonChannel() for kind in ChannelKind}, closings=self.closings,
        )  # fmt: skip
        records = self.peril.over(self.records, "begin", "plan", "drop", "finish")
        self.turns = Turns({ACCOUNT: account}, cast(TurnStore, records), Pace(0, 0), self.now)

    def now(self) -> datetime:
        return self.shop.now

    def forward(self, minutes: float) -> None:
        self.shop.forward(minutes=minutes)
        self.clinic.forward(minutes=minutes)

    def _crews(self) -> dict[CrewName, EagerCrew]:
        holding = "place", "get", "release", "stock_held", "slots_held"
        goods = cast(HoldStore, self.peril.over(self.shop.holds, *holding))
        times = cast(HoldStore, self.peril.over(self.clinic.holds, *holding))
        shop, clinic = self.shop.purchases, self.clinic.bookings
        self.purchases = Purchases(ACCOUNT, shop.orders, shop.catalog, goods, shop.hold_seconds, shop.lookups)
        self.bookings = Bookings(
            ACCOUNT, clinic.calendar, times, clinic.rules, clinic.hold_seconds, clinic.lookups, self.now
        )
        proposing = "open", "get", "unsettled", "accept", "withdraw", "settle"
        ids = (f"p{number}" for number in range(1, 10_000))
        store = cast(ProposalStore, self.peril.over(self.store, *proposing))
        self.closings = Closings(
            Yes(store, answer_to, lambda: next(ids)),
            {
                ProposalKind.ORDER: self.purchases.abandon,
                ProposalKind.BOOKING: self.bookings.abandon,
            },
        )
        trades = (
            Trade(CrewName.SALES, ProposalKind.ORDER, "quero", self._reserve_goods, self._order),
            Trade(CrewName.SCHEDULING, ProposalKind.BOOKING, "marcar", self._reserve_time, self._book),
        )
        return {trade.crew: EagerCrew(trade, self.closings, self.store) for trade in trades}

    async def _reserve_goods(self, key: str, wanted: int) -> Mapping[str, Json] | None:
        outcome = await self.purchases.reserve(key, MARIA, [some(SHAMPOO, wanted)])
        if isinstance(outcome, purchase_results.Refused):
            return None
        return {"wanted": wanted, "total": str(outcome.total.amount)}

    async def _order(self, proposal: Proposal) -> object:
        total = Money(Decimal(str(proposal.terms["total"])))
        return await self.purchases.confirm(proposal.id, MARIA, [some(SHAMPOO, _wanted(proposal))], total)

    async def _reserve_time(self, key: str, wanted: int) -> Mapping[str, Json] | None:
        slot = slot_of(wanted)
        outcome = await self.bookings.reserve(key, CLEANING, slot)
        if isinstance(outcome, booking_results.Refused):
            return None
        return {"wanted": wanted, "start": slot.start.isoformat()}

    async def _book(self, proposal: Proposal) -> object:
        slot = slot_of(_wanted(proposal))
        return await self.bookings.confirm(proposal.id, CLEANING, slot, MARIA, "Limpeza: Maria")


def slot_of(wanted: int) -> Slot:
    """Half hours of tomorrow morning: none of them comes within the notice."""
    return at(48 + wanted)


def _wanted(proposal: Proposal) -> int:
    wanted = proposal.terms["wanted"]
    assert isinstance(wanted, int)
    return wanted
