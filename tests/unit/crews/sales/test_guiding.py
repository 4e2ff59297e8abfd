"""Advice, comparison and details take whatever is written, and say nothing that is no fact."""

from __future__ import annotations

import pytest
from tests.fixtures.advising import AdvisingCrew, advised
from tests.fixtures.talking import WEDNESDAY_MORNING

from chatwootai.domain.accounts import AccountId, ConversationKey
from chatwootai.domain.conversations import Author, ChannelKind, Contact, Conversation, Message, Status
from chatwootai.domain.crews import Briefing, CrewName, Intent, Memory, Request
from chatwootai.domain.ledger import Ledger
from chatwootai.hub.guardrails.grounding import ungrounded

pytestmark = pytest.mark.unit

ODD = (
    "",
    "a" * 20_000,
    "shampoo " * 2_500,
    "😍🧴💇‍♀️",
    "אני רוצה שמפו",
    "\u200b\u200b",
    "'; DROP TABLE product_product; --",
    "{{contact.name}} {% assign x = 1 %}",
    "-3 cremes",
    "R$ 1,00 o shampoo e 999 unidades",
    "(((([[[",
)


@pytest.mark.parametrize("intent", [Intent.ADVICE, Intent.COMPARE, Intent.DETAILS])
@pytest.mark.parametrize("text", ODD, ids=range(len(ODD)))
async def test_odd_texts_get_a_sensible_answer(intent: Intent, text: str) -> None:
    at = await advised()
    memory: Memory = {}
    for turn in (1, 2):
        key = ConversationKey(AccountId("1"), 7)
        conversation = Conversation(
            key, 1, ChannelKind.WHATSAPP, Status.PENDING, True, Contact(1, "Ana", "+5511987654321")
        )
        said = (Message(turn, Author.CUSTOMER, text, WEDNESDAY_MORNING),)
        briefing = Briefing(conversation, at.shop.profile, said, WEDNESDAY_MORNING, memory=memory)
        ledger = Ledger()
        request = Request(intent, CrewName.SALES, text, text, turn)
        draft = await AdvisingCrew(at.desk).respond((request,), briefing, ledger)
        assert draft.outcome.text
        assert len(draft.outcome.text) < 1_000
        assert "{{" not in draft.outcome.text
        assert "{%" not in draft.outcome.text
        assert not ungrounded(draft.outcome.text, ledger)
        memory = draft.memory


async def test_what_is_asked_of_a_price_and_of_advice_is_answered_together() -> None:
    at = await advised()
    answer = await at.hears("quanto custa o shampoo de coco? e o que vc indica pra caspa?")
    assert "R$ 39,90" in answer
    assert "**Shampoo Anticaspa Melaleuca 200 ml** (R$ 37,50)" in answer


async def test_a_comparison_and_a_detail_of_the_same_things_are_answered_together() -> None:
    at = await advised()
    answer = await at.hears(
        "qual a diferença entre o sérum de vitamina c e o de retinol? como usa o sérum de vitamina c?"
    )
    assert "R$ 109,90" in answer
    assert "Usar pela manhã" in answer
