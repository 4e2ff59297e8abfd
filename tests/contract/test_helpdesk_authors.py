"""Who wrote what, as two versions of Chatwoot tell it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from tests.contract.stand_in import StandIn, stand_in

from chatwootai.domain.conversations import Author, ChannelKind, Choice, Message
from chatwootai.domain.helpdesk import OutgoingMessage
from chatwootai.integrations.chatwoot.access import Level, check_access

pytestmark = pytest.mark.contract


@pytest.fixture(params=["4.10", "4.16"])
async def chatwoot(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[StandIn]:
    async with stand_in(tmp_path, str(request.param)) as running:
        yield running


async def newest(chatwoot: StandIn, conversation: int) -> Message:
    """The newest message that is not an activity."""
    messages = await chatwoot.helpdesk.messages(conversation, after=0)
    return next(m for m in reversed(messages) if m.author is not Author.ACTIVITY)


@pytest.mark.parametrize(
    ("inbox", "kind"),
    [
        ("whatsapp", ChannelKind.WHATSAPP),
        ("instagram", ChannelKind.INSTAGRAM),
        ("web_widget", ChannelKind.WEB_WIDGET),
        ("api", ChannelKind.API),
    ],
)
async def test_the_customer_of_every_channel_is_heard_in_her_own_words(
    chatwoot: StandIn, inbox: str, kind: ChannelKind
) -> None:
    text = "2. <b>hidratante</b> & *aveia*"
    thread = await chatwoot.customer(inbox, text)
    conversation = await chatwoot.helpdesk.conversation(thread.conversation)
    message = await newest(chatwoot, thread.conversation)
    assert conversation.channel is kind
    assert conversation.contact.name == "Juliana Ferreira"
    assert (message.author, message.text) == (Author.CUSTOMER, text)


@pytest.mark.parametrize("inbox", ["whatsapp", "instagram"])
async def test_the_shops_phone_is_a_person(chatwoot: StandIn, inbox: str) -> None:
    thread = await chatwoot.customer(inbox)
    await chatwoot.shop_writes_on_its_phone(thread.id, "Já separei para você!")
    message = await newest(chatwoot, thread.conversation)
    assert (message.author, message.text) == (Author.PHONE, "Já separei para você!")


@pytest.mark.parametrize("private", [False, True])
async def test_a_colleague_is_a_person(chatwoot: StandIn, private: bool) -> None:
    thread = await chatwoot.customer("whatsapp")
    await chatwoot.colleague_writes(thread.conversation, "Eu respondo.", private=private)
    message = await newest(chatwoot, thread.conversation)
    assert (message.author, message.private) == (Author.HUMAN, private)


async def test_our_message_stays_ours_after_the_channel_took_it(chatwoot: StandIn) -> None:
    thread = await chatwoot.customer("whatsapp")
    posted = await chatwoot.helpdesk.post(thread.conversation, OutgoingMessage("k1", "Temos sim!"))
    await chatwoot.sent_by_channel(thread.conversation, posted)
    message = await newest(chatwoot, thread.conversation)
    assert (message.id, message.author, message.key) == (posted, Author.BOT, "k1")


async def test_a_choice_in_the_widget_shows_in_our_own_message(chatwoot: StandIn) -> None:
    thread = await chatwoot.customer("web_widget")
    choices = (Choice("Sim", "sim"), Choice("Não", "nao"))
    posted = await chatwoot.helpdesk.post(thread.conversation, OutgoingMessage("k1", "Confirma?", choices))
    await chatwoot.customer_chooses(thread.id, posted, "nao")
    message = await newest(chatwoot, thread.conversation)
    assert (message.id, message.key, message.chosen) == (posted, "k1", Choice("Não", "nao"))


@pytest.mark.parametrize("kind", ["image", "audio", "location"])
async def test_an_attachment_is_named_by_its_kind(chatwoot: StandIn, kind: str) -> None:
    thread = await chatwoot.customer("whatsapp")
    await chatwoot.customer_writes(thread.id, "", kind)
    assert (await newest(chatwoot, thread.conversation)).attachments == (kind,)


async def test_two_conversations_of_one_list_have_their_own_lanes(chatwoot: StandIn) -> None:
    first, second = await chatwoot.customer("whatsapp"), await chatwoot.customer("instagram")
    glances = {g.conversation: g for g in await chatwoot.helpdesk.updated_within(60)}
    lanes = [glances[thread.conversation].lane for thread in (first, second)]
    assert [str(lane).partition(":")[0] for lane in lanes] == ["1", "2"]


async def test_the_check_of_access_finds_no_problem(chatwoot: StandIn) -> None:
    findings = await check_access(chatwoot.session, chatwoot.access)
    assert [f.level for f in findings[1:]] == [Level.OK, Level.OK]
    assert findings[0].level is not Level.PROBLEM
