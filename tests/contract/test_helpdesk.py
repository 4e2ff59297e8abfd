"""The helpdesk port, against the fake, the stand-in over HTTP, and a real Chatwoot where one is given.

A real one is given by `CHATWOOTAI_TEST_CHATWOOT_URL`, `…_ACCOUNT_ID`, `…_BOT_TOKEN`, `…_USER_TOKEN` and
`…_CONVERSATION` (a conversation of an API inbox in which the tests may write), and optionally `…_AGENT`
and `…_TEAM` (ids that may be assigned).
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from uuid import uuid4

import pytest
from tests.contract.helpdesks import Desk, fake, real, stand_in

from chatwootai.domain.conversations import Author, Choice, Message, Status
from chatwootai.domain.errors import RequestRefused
from chatwootai.domain.helpdesk import OutgoingMessage

pytestmark = pytest.mark.contract

UNKNOWN = 987_654_321


@pytest.fixture(params=["fake", "stand-in 4.10", "stand-in 4.16", "real"])
async def desk(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Desk]:
    kind, _, version = str(request.param).partition(" ")
    opened = stand_in(tmp_path, version) if version else {"fake": fake, "real": real}[kind]()
    async with opened as desk:
        yield desk


def outgoing(
    text: str = "Olá!", *, choices: tuple[Choice, ...] = (), private: bool = False
) -> OutgoingMessage:
    return OutgoingMessage(key=str(uuid4()), text=text, choices=choices, private=private)


async def found(desk: Desk, message_id: int) -> Message:
    messages = await desk.helpdesk.messages(desk.conversation, after=message_id - 1)
    return next(message for message in messages if message.id == message_id)


async def test_a_conversation_is_read_as_it_stands(desk: Desk) -> None:
    conversation = await desk.helpdesk.conversation(desk.conversation)
    assert (conversation.key.account, conversation.key.conversation) == (desk.account, desk.conversation)
    assert conversation.inbox_id > 0
    assert conversation.contact.id > 0
    assert conversation.can_reply
    assert not conversation.contact.blocked


async def test_a_posted_message_is_found_again_by_its_key(desk: Desk) -> None:
    message = outgoing("Temos sim! Custa **R$ 49,90**.")
    posted = await desk.helpdesk.post(desk.conversation, message)
    stored = await found(desk, posted)
    assert (stored.key, stored.text, stored.author) == (message.key, message.text, Author.BOT)
    assert not stored.private
    assert stored.created_at.tzinfo is not None


async def test_a_note_is_stored_as_private(desk: Desk) -> None:
    note = outgoing("Cliente quer trocar o pedido.", private=True)
    stored = await found(desk, await desk.helpdesk.post(desk.conversation, note))
    assert (stored.key, stored.author, stored.private) == (note.key, Author.BOT, True)


async def test_a_question_with_choices_keeps_its_key(desk: Desk) -> None:
    question = outgoing("Confirma?", choices=(Choice("Sim", "sim"), Choice("Não", "nao")))
    stored = await found(desk, await desk.helpdesk.post(desk.conversation, question))
    assert (stored.key, stored.text, stored.chosen) == (question.key, "Confirma?", None)


@pytest.mark.parametrize("text", ["Olá {{ contact.name }}!", "a {% comment %} b {% endcomment %} c"])
async def test_nothing_that_is_posted_is_expanded(desk: Desk, text: str) -> None:
    stored = await found(desk, await desk.helpdesk.post(desk.conversation, outgoing(text)))
    assert stored.text.replace(" ", "") == text.replace(" ", "")


async def test_what_the_customer_wrote_is_raw(desk: Desk) -> None:
    text = "1) *pizza* & <b>cola</b>\n2. {{ contact.name }}"
    await desk.customer_writes(text)
    newest = (await desk.helpdesk.messages(desk.conversation, after=0))[-1]
    assert (newest.author, newest.text, newest.key) == (Author.CUSTOMER, text, None)


async def test_messages_come_in_order_of_their_ids(desk: Desk) -> None:
    posted = [await desk.helpdesk.post(desk.conversation, outgoing(f"{n}")) for n in range(3)]
    ids = [message.id for message in await desk.helpdesk.messages(desk.conversation, after=posted[0])]
    assert ids == sorted(set(ids))
    assert [i for i in ids if i in posted[1:]] == posted[1:]


async def test_the_newest_twenty_are_there_even_when_nothing_is_new(desk: Desk) -> None:
    posted = [await desk.helpdesk.post(desk.conversation, outgoing(f"{n}")) for n in range(21)]
    ids = {m.id for m in await desk.helpdesk.messages(desk.conversation, after=posted[-1])}
    assert ids >= set(posted[-20:])


async def test_every_message_above_the_last_known_is_there(desk: Desk) -> None:
    first = await desk.helpdesk.post(desk.conversation, outgoing("primeira"))
    posted = [await desk.helpdesk.post(desk.conversation, outgoing(f"{n}")) for n in range(125)]
    ids = [m.id for m in await desk.helpdesk.messages(desk.conversation, after=first)]
    assert [i for i in ids if i > first and i in set(posted)] == posted


async def test_a_conversation_goes_to_people_and_back(desk: Desk) -> None:
    for status in (Status.OPEN, Status.OPEN, Status.PENDING, Status.RESOLVED, Status.PENDING):
        await desk.helpdesk.set_status(desk.conversation, status)
        assert (await desk.helpdesk.conversation(desk.conversation)).status is status


async def test_a_colleague_and_a_team_are_assigned(desk: Desk) -> None:
    await desk.helpdesk.assign_team(desk.conversation, desk.team())
    await desk.helpdesk.assign_agent(desk.conversation, desk.agent())
    conversation = await desk.helpdesk.conversation(desk.conversation)
    assert (conversation.human_assignee_id, conversation.team_id) == (desk.agent(), desk.team())


async def test_marking_it_urgent_again_changes_nothing_else(desk: Desk) -> None:
    before = await desk.helpdesk.conversation(desk.conversation)
    for _ in range(2):
        await desk.helpdesk.mark_urgent(desk.conversation)
    assert await desk.helpdesk.conversation(desk.conversation) == before


async def test_an_unknown_colleague_or_team_is_refused_and_assigns_nobody(desk: Desk) -> None:
    with pytest.raises(RequestRefused):
        await desk.helpdesk.assign_agent(desk.conversation, UNKNOWN)
    with pytest.raises(RequestRefused):
        await desk.helpdesk.assign_team(desk.conversation, UNKNOWN)
    conversation = await desk.helpdesk.conversation(desk.conversation)
    assert (conversation.human_assignee_id, conversation.team_id) == (None, None)


@pytest.mark.parametrize("status", [Status.PENDING, Status.OPEN, Status.RESOLVED])
async def test_a_changed_conversation_is_glanced_at_whatever_its_status(desk: Desk, status: Status) -> None:
    posted = await desk.helpdesk.post(desk.conversation, outgoing("Até logo!"))
    await desk.helpdesk.set_status(desk.conversation, status)
    glances = await desk.helpdesk.updated_within(60)
    glance = next(g for g in glances if g.conversation == desk.conversation)
    assert glance.status is status
    assert glance.last_message_id >= posted
    assert glance.lane is None or glance.lane.startswith(f"{glance.inbox_id}:")


async def test_an_unknown_conversation_is_refused(desk: Desk) -> None:
    with pytest.raises(RequestRefused):
        await desk.helpdesk.conversation(UNKNOWN)
    with pytest.raises(RequestRefused):
        await desk.helpdesk.messages(UNKNOWN, after=0)
    with pytest.raises(RequestRefused):
        await desk.helpdesk.post(UNKNOWN, outgoing())
    with pytest.raises(RequestRefused):
        await desk.helpdesk.set_status(UNKNOWN, Status.OPEN)
    with pytest.raises(RequestRefused):
        await desk.helpdesk.assign_agent(UNKNOWN, 1)
    with pytest.raises(RequestRefused):
        await desk.helpdesk.mark_urgent(UNKNOWN)
