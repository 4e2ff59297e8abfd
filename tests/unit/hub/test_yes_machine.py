"""P7 by a machine: no order of messages, crashes, expiry and changes writes without a later yes, or twice.

What counts as a yes is told here once more, from nothing but the messages of the helpdesk.
"""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import Coroutine
from datetime import timedelta
from decimal import Decimal
from typing import Any, TypeVar
from uuid import uuid4

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from tests.unit.hub.agreeing import (
    ACCOUNT,
    CONVERSATIONS,
    QUESTION,
    THANKS,
    WHERE,
    WORDS,
    Crashed,
    World,
    done,
    question,
    slot_of,
)
from tests.unit.hub.purchasing import MARIA, SHAMPOO

from chatwootai.domain.accounts import ConversationKey
from chatwootai.domain.conversations import Author, Choice, Message, Status
from chatwootai.domain.deliveries import Delivery
from chatwootai.domain.orders import OrderState
from chatwootai.domain.proposals import Proposal, ProposalKind, ProposalState
from chatwootai.domain.requests import Assent
from chatwootai.hub.yes import no_value, yes_value

pytestmark = pytest.mark.unit

Result = TypeVar("Result")
QUARTER = timedelta(minutes=15)
PEOPLE = (Author.HUMAN, Author.PHONE)
ASKS = ("quero 1", "quero 2", "quero 3", "marcar 1", "marcar 2", QUESTION, WHERE, THANKS)
SAYS = (*WORDS, "1", "2", "Fechar", "Deixar")
conversations = st.sampled_from(CONVERSATIONS)
answers = st.sampled_from(SAYS)
texts = st.sampled_from((*ASKS, *SAYS))
# A turn touches the outside some forty times; most crashes come early otherwise.
crashes = st.none() | st.integers(0, 60)


def at_once(call: Coroutine[Any, Any, Result]) -> Result:
    """What a fake answers that waits for nothing."""
    try:
        call.send(None)
    except StopIteration as stop:
        result: Result = stop.value
        return result
    raise AssertionError("it waits")


class YesMachine(RuleBasedStateMachine):
    """Two customers of one shop. `due` are conversations whose turn the queue still owes."""

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.world = World()
        self.world.store.on_yes = self.check_yes
        self.taken: list[Proposal] = []
        self.due: set[int] = set()
        self.has_crashed = False
        for conversation in CONVERSATIONS:
            self.world.helpdesk.set_conversation(conversation)

    def teardown(self) -> None:
        self.runner.close()

    # What customers do.

    @rule(conversation=conversations, text=st.sampled_from(ASKS), crash=crashes)
    def asks(self, conversation: int, text: str, crash: int | None) -> None:
        self.write(conversation, text)
        self.take(conversation, crash)

    @rule(conversation=conversations, text=answers, crash=crashes)
    def says(self, conversation: int, text: str, crash: int | None) -> None:
        self.write(conversation, text)
        self.take(conversation, crash)

    @rule(conversation=conversations, burst=st.lists(texts, min_size=2, max_size=3), crash=crashes)
    def says_several_things_at_once(self, conversation: int, burst: list[str], crash: int | None) -> None:
        for text in burst:
            self.write(conversation, text)
        self.take(conversation, crash)

    @rule(conversation=conversations, text=st.sampled_from(ASKS), more=texts)
    def writes_more_while_we_think(self, conversation: int, text: str, more: str) -> None:
        self.write(conversation, text)
        call = "quote" if text.startswith("quero") else "slots"
        for script in (self.world.shop.script, self.world.clinic.script):
            script.before(call, lambda: self.write(conversation, more))
        self.take(conversation, None)

    @rule(conversation=conversations, text=texts, early=answers, crash=crashes)
    def answers_before_she_has_seen_it(
        self, conversation: int, text: str, early: str, crash: int | None
    ) -> None:
        self.world.helpdesk.before_next_post(lambda: self.write(conversation, early))
        self.write(conversation, text)
        self.take(conversation, crash)

    @rule(conversation=conversations, data=st.data(), says=st.none() | answers, crash=crashes)
    def chooses_in_a_form(
        self, conversation: int, data: st.DataObject, says: str | None, crash: int | None
    ) -> None:
        forms = [m for m in self.messages(conversation) if m.text.startswith("Confirma p")]
        if not forms:
            return
        form = data.draw(st.sampled_from(forms[-3:]))
        id_ = form.text.removeprefix("Confirma ").removesuffix("?")
        value = data.draw(st.sampled_from([yes_value(id_), no_value(id_)]))
        if says is not None:
            self.write(conversation, says)
        chosen = self.world.helpdesk.customer_chooses(conversation, form.id, Choice("…", value))
        self.deliver(conversation, chosen)
        self.take(conversation, crash)

    # What else happens.

    @rule(conversation=conversations, crash=crashes)
    def a_delivery_comes_twice(self, conversation: int, crash: int | None) -> None:
        said = [m for m in self.messages(conversation) if m.author is Author.CUSTOMER]
        if said:
            self.deliver(conversation, said[-1])
            self.take(conversation, crash)

    @precondition(lambda self: self.due)
    @rule(crash=crashes)
    def a_turn_is_tried_again(self, crash: int | None) -> None:
        self.take(min(self.due), crash)

    @rule(minutes=st.sampled_from([1, 5, 14, 15, 16, 60 * 25]))
    def time_passes(self, minutes: int) -> None:
        self.world.forward(minutes)

    @rule(price=st.sampled_from(["39.90", "41.90"]))
    def the_price_changes(self, price: str) -> None:
        self.world.shop.catalog.set_price(SHAMPOO, Decimal(price))

    @rule(available=st.integers(0, 9))
    def the_stock_changes(self, available: int) -> None:
        self.world.shop.catalog.set_available(SHAMPOO, Decimal(available))

    @rule(wanted=st.integers(1, 2))
    def somebody_else_takes_the_time(self, wanted: int) -> None:
        slot = slot_of(wanted)
        if all(booked.slot != slot for booked in self.world.clinic.calendar.booked()):
            self.world.clinic.calendar.enter(slot)

    @rule()
    def the_calendar_is_cleared(self) -> None:
        for booked in self.world.clinic.calendar.booked():
            if not booked.key:
                self.world.clinic.calendar.cancel_by_hand(booked.id)

    @rule(conversation=conversations, resolved=st.sampled_from([True, True, False]))
    def a_person_answers(self, conversation: int, resolved: bool) -> None:
        self.world.helpdesk.human_writes(conversation, "Oi, aqui é a Ana!")
        if resolved:
            self.world.helpdesk.activity(conversation, "A conversa foi resolvida por Ana")
            self.world.helpdesk.set_conversation(conversation, status=Status.RESOLVED)

    # What must hold.

    async def check_yes(self, proposal: Proposal) -> None:
        """Told in the moment in which a yes counts, from the messages alone."""
        conversation = proposal.conversation.conversation
        messages = await self.world.helpdesk.messages(conversation, 0)
        said = next(m for m in messages if m.id == proposal.accepted_by)
        assert self.world.now() < proposal.expires_at
        assert self.means(said, proposal.id) is Assent.YES
        assert proposal.id in [
            p.id for p in self.world.store.all() if p.conversation == proposal.conversation
        ]
        self.was_shown(proposal, said, messages)
        crews = [crew.working_on.get(conversation, ()) for crew in self.world.crews.values()]
        turn = next(turn for turn in crews if said.id in [m.id for m in turn])
        later = [m for m in turn if m.author is Author.CUSTOMER and m.id > said.id]
        assert not [m for m in later if self.means(m, proposal.id) not in (None, Assent.YES)]
        forms = [m for m in turn if m.chosen is not None]
        assert not [m for m in forms if m.chosen and m.chosen.value == no_value(proposal.id)]
        self.taken.append(proposal)

    def was_shown(self, proposal: Proposal, said: Message, messages: tuple[Message, ...]) -> None:
        """In full, in an answer that had arrived when she said yes, and that nothing of ours followed."""
        ours = [m for m in messages if m.author is Author.BOT and m.id <= said.id]
        if said.author is Author.CUSTOMER:
            assert ours[-1].text == question(proposal.id)
        assert not [m for m in messages if m.author in PEOPLE and ours[-1].id < m.id < said.id]
        places = [place for place, m in enumerate(ours) if m.text == question(proposal.id)]
        assert json.loads(ours[places[-1] - 1].text) == proposal.terms

    @staticmethod
    def means(message: Message, proposal_id: str) -> Assent | None:
        if message.chosen is not None:
            values = {yes_value(proposal_id): Assent.YES, no_value(proposal_id): Assent.NO}
            return values.get(message.chosen.value)
        buttons = {"1": Assent.YES, "Fechar": Assent.YES, "2": Assent.NO, "Deixar": Assent.NO}
        return WORDS.get(message.text) or buttons.get(message.text)

    @invariant()
    def only_what_she_agreed_to_is_written(self) -> None:
        agreed = {proposal.id: proposal for proposal in self.taken}
        for order in self.world.shop.orders.all():
            terms = agreed[order.key].terms
            assert order.customer_id == MARIA
            assert [line.product_id for line in order.lines] == [SHAMPOO]
            assert order.lines[0].quantity == terms["wanted"]
            if order.state is OrderState.CONFIRMED:
                assert str(order.total.amount) == terms["total"]
        for booked in self.world.clinic.calendar.all():
            if booked.key:
                assert booked.slot.start.isoformat() == agreed[booked.key].terms["start"]

    @invariant()
    def nothing_is_written_twice(self) -> None:
        assert not [id_ for id_, times in Counter(p.id for p in self.taken).items() if times > 1]
        yeses = Counter((p.conversation, p.accepted_by) for p in self.taken)
        assert not [yes for yes, times in yeses.items() if times > 1]
        keys = Counter(
            [order.key for order in self.world.shop.orders.all()]
            + [booked.key for booked in self.world.clinic.calendar.all() if booked.key]
        )
        assert not [key for key, times in keys.items() if times > 1]

    @invariant()
    def what_is_held_waits_for_a_yes_or_ends_soon(self) -> None:
        """Only a process that died leaves something held that nobody waits for, until that expires."""
        proposals = {proposal.id: proposal for proposal in self.world.store.all()}
        for hold in [*self.world.shop.holds.all(), *self.world.clinic.holds.all()]:
            proposal = proposals.get(hold.key)
            assert hold.expires_at <= self.world.now() + QUARTER
            assert proposal is None or proposal.state is not ProposalState.DONE
            if not self.has_crashed:
                assert proposal is not None
                assert proposal.state is ProposalState.OPEN
                assert hold.expires_at <= proposal.expires_at

    @invariant()
    def what_is_done_is_told_and_what_is_told_is_done(self) -> None:
        for proposal in self.world.store.all():
            told = self.told(proposal)
            assert told <= 1
            if told:
                assert proposal.state is ProposalState.DONE
                assert self.is_written(proposal)
            conversation = proposal.conversation.conversation
            if proposal.state is ProposalState.DONE and conversation not in self.due:
                people = [m for m in self.messages(conversation) if m.author in PEOPLE]
                assert told or any(m.id > (proposal.accepted_by or 0) for m in people)
            if proposal.state is ProposalState.ACCEPTED:
                assert conversation in self.due or self.has_people(conversation)

    # Steps.

    def write(self, conversation: int, text: str) -> None:
        self.deliver(conversation, self.world.helpdesk.customer_writes(conversation, text))

    def deliver(self, conversation: int, message: Message) -> None:
        key = f"{message.id}:{uuid4().hex}"
        delivery = Delivery(
            ACCOUNT, key, "message_created", b"{}", conversation, message.id, None, wakes=True
        )
        at_once(self.world.records.accept(delivery))
        self.due.add(conversation)

    def take(self, conversation: int, crash: int | None) -> None:
        self.world.peril.left = crash
        try:
            self.runner.run(self.world.turns.take(ConversationKey(ACCOUNT, conversation)))
        except Crashed:
            self.has_crashed = True
            self.due.add(conversation)
        else:
            self.due.discard(conversation)
        finally:
            self.world.peril.left = None

    def messages(self, conversation: int) -> tuple[Message, ...]:
        return at_once(self.world.helpdesk.messages(conversation, 0))

    def told(self, proposal: Proposal) -> int:
        messages = self.messages(proposal.conversation.conversation)
        return len([m for m in messages if m.author is Author.BOT and done(proposal.id) in m.text])

    def has_people(self, conversation: int) -> bool:
        return any(m.author in PEOPLE for m in self.messages(conversation))

    def is_written(self, proposal: Proposal) -> bool:
        if proposal.kind is ProposalKind.ORDER:
            return any(order.key == proposal.id for order in self.world.shop.orders.confirmed())
        return any(booked.key == proposal.id for booked in self.world.clinic.calendar.booked())


YesMachine.TestCase.settings = settings(max_examples=400, stateful_step_count=30)
TestYes = YesMachine.TestCase
