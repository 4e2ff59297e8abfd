"""A write whose answer was lost is unknown, and can be looked up: what the outbox rests on."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from tests.contract.stand_in import StandIn, stand_in
from tests.fakes.helpdesk import FakeHelpdesk

from chatwootai.domain.conversations import Status
from chatwootai.domain.errors import OutcomeUnknown
from chatwootai.domain.helpdesk import OutgoingMessage

pytestmark = pytest.mark.contract

MESSAGE = OutgoingMessage("k1", "Temos sim!")


@pytest.fixture
async def chatwoot(tmp_path: Path) -> AsyncIterator[StandIn]:
    async with stand_in(tmp_path, "4.16") as running:
        yield running


async def test_a_message_whose_answer_was_lost_is_stored_once_under_its_key(chatwoot: StandIn) -> None:
    thread = await chatwoot.customer("whatsapp")
    await chatwoot.lose_answers("/messages")
    with pytest.raises(OutcomeUnknown):
        await chatwoot.helpdesk.post(thread.conversation, MESSAGE)
    await chatwoot.lose_answers("")
    messages = await chatwoot.helpdesk.messages(thread.conversation, after=0)
    assert [m.text for m in messages if m.key == "k1"] == ["Temos sim!"]


async def test_a_status_whose_answers_were_all_lost_is_unknown_and_set(chatwoot: StandIn) -> None:
    thread = await chatwoot.customer("whatsapp")
    await chatwoot.lose_answers("/toggle_status")
    with pytest.raises(OutcomeUnknown):
        await chatwoot.helpdesk.set_status(thread.conversation, Status.OPEN)
    assert (await chatwoot.helpdesk.conversation(thread.conversation)).status is Status.OPEN


async def test_the_fake_loses_answers_alike() -> None:
    helpdesk = FakeHelpdesk()
    helpdesk.customer_writes(7, "Oi!")
    helpdesk.lose_answers(2)
    with pytest.raises(OutcomeUnknown):
        await helpdesk.post(7, MESSAGE)
    with pytest.raises(OutcomeUnknown):
        await helpdesk.set_status(7, Status.OPEN)
    assert [m.text for m in await helpdesk.messages(7, after=0) if m.key == "k1"] == ["Temos sim!"]
    assert (await helpdesk.conversation(7)).status is Status.OPEN
