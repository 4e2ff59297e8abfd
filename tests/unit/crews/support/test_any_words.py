"""Whatever she writes, in whatever state: a sensible sentence, and nothing written without a yes."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.unit.crews.support.counters import Counter

from chatwootai.crews.support.crew import DIALOGUES
from chatwootai.domain.conversations import Author, Message
from chatwootai.domain.crews import Briefing, CrewName, Intent, Request
from chatwootai.domain.ledger import Ledger
from chatwootai.domain.orders import OrderState
from chatwootai.domain.requests import Assent, Entities
from chatwootai.domain.threads import Thread, opened
from chatwootai.hub.guardrails.grounding import ungrounded

pytestmark = pytest.mark.unit

INTENTS = [
    Intent.ORDER_STATUS,
    Intent.ORDER_LIST,
    Intent.CANCEL_ORDER,
    Intent.EXCHANGE,
    Intent.WRONG_ITEM,
    Intent.COMPLAINT,
    Intent.INVOICE,
    Intent.ANSWER,
    Intent.YES,
    Intent.NO,
]
WORDS = st.one_of(
    st.text(max_size=40),
    st.sampled_from(["", "😡", "{{contact.email}}", "' or 1=1", "S00001", "quebrado", "ñ quero", "a" * 3000]),
)
REQUESTS = st.lists(
    st.builds(
        Request,
        st.sampled_from(INTENTS),
        st.just(CrewName.SUPPORT),
        WORDS,
        message_id=st.just(10),
        chosen=st.sampled_from(
            ["", "order:S00002", "item:all", "reason:defect", "reason:x", "yes:p", "no:p"]
        ),
        entities=st.builds(
            Entities,
            order_codes=st.lists(st.sampled_from(["S00001", "27", "S00002"]), max_size=2).map(tuple),
            documents=st.sampled_from([(), ("52998224725",)]),
        ),
        assent=st.sampled_from([None, *Assent]),
    ),
    min_size=1,
    max_size=3,
).map(tuple)
THREADS = st.one_of(
    st.none(),
    st.builds(
        Thread,
        st.just(CrewName.SUPPORT),
        st.sampled_from([*DIALOGUES, "of_old"]),
        st.sampled_from(["order", "product", "reason", "document", "yes"]),
        st.dictionaries(
            st.sampled_from(["code", "items", "reason", "opened", "step"]),
            st.sampled_from(["S00001", "all", "defect", "regret", "yes", "opened"]),
        ),
        st.sampled_from(["", "p"]),
        st.integers(1, 3),
    ),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(requests=REQUESTS, thread=THREADS, left=st.booleans())
async def test_any_words_are_answered_and_write_nothing(
    requests: tuple[Request, ...], thread: Thread | None, left: bool
) -> None:
    counter = Counter()
    counter.order(placed=-9, shipments=(counter.left(-3),) if left else ())
    foreign = counter.order("SH-HID-300", of=counter.shop.customer("Bia Lima", "+5511912345678"))
    messages = (Message(10, Author.CUSTOMER, requests[0].text, counter.shop.now),)
    memory = opened({}, thread) if thread else {}
    briefing = Briefing(
        counter.talk.conversation, counter.shop.profile, messages, counter.shop.now, (), memory
    )
    ledger = Ledger()
    draft = await counter.crew.respond(requests, briefing, ledger)
    assert draft.outcome.text.strip()
    assert not ungrounded(draft.outcome.text, ledger)
    assert "34,90" not in draft.outcome.text
    assert "{{" not in draft.outcome.text
    assert all(order.state is OrderState.CONFIRMED for order in counter.shop.orders.all())
    assert {effect.kind for effect in ledger.effects} <= {"complaint"}
    assert counter.now(foreign).state is OrderState.CONFIRMED
