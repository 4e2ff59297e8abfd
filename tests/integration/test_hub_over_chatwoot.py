"""The hub against the Chatwoot stand-in over HTTP and PostgreSQL: people, handoffs, two accounts."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import aiohttp
import pytest
from tests.contract.stand_in import StandIn, Thread, stand_in
from tests.fakes.crews import EchoCrew, EchoUnderstanding, HandingFrontdesk
from tests.fixtures.serving import serving
from tests.unit.hub.conftest import PROFILE

from chatwootai.channels import CHANNELS
from chatwootai.domain.accounts import AccountId, ConversationKey
from chatwootai.domain.conversations import Choice, Status
from chatwootai.domain.crews import Briefing, CrewName, Draft, Request
from chatwootai.domain.ledger import Ledger
from chatwootai.domain.turns import Ending
from chatwootai.hub.accounts import Account
from chatwootai.hub.sweep import sweep
from chatwootai.hub.turns import Pace, Turns
from chatwootai.integrations.chatwoot import ChatwootAccess, ChatwootHelpdesk
from chatwootai.integrations.postgres.delivery_store import PostgresDeliveryStore
from chatwootai.integrations.postgres.pool import make_pool
from chatwootai.integrations.postgres.queue import make_queue
from chatwootai.integrations.postgres.sweep_store import PostgresSweepStore
from chatwootai.integrations.postgres.turn_store import PostgresTurnStore
from chatwootai.simulators.chatwoot.app import create_app
from chatwootai.simulators.chatwoot.seed import (
    Seed,
    SeedAccount,
    SeedAgent,
    SeedBot,
    SeedInbox,
)
from chatwootai.simulators.chatwoot.settings import StandInSettings

pytestmark = pytest.mark.integration

VERSIONS = ["4.10", "4.16"]
ONE = AccountId("1")
Act = Callable[[StandIn, Thread], Coroutine[None, None, None]]


class BusyCrew(EchoCrew):
    """While it works, something happens in Chatwoot."""

    meanwhile: Callable[[], Coroutine[None, None, None]] | None = None

    async def respond(self, requests: tuple[Request, ...], briefing: Briefing, ledger: Ledger) -> Draft:
        happening, self.meanwhile = self.meanwhile, None
        if happening:
            await happening()
        return await super().respond(requests, briefing, ledger)


@dataclass
class Office:
    chatwoot: StandIn
    account: Account
    crew: BusyCrew
    turns: Turns
    deliveries: PostgresDeliveryStore
    sweeps: PostgresSweepStore

    async def take(self, thread: Thread) -> Ending:
        return await self.turns.take(ConversationKey(ONE, thread.conversation))

    async def texts(self, thread: Thread) -> list[str]:
        """What the customer sees of the bot."""
        path = f"/simulator/api/threads/{thread.id}/messages"
        async with self.chatwoot.session.get(self.chatwoot.access.url + path) as response:
            return [m["content"] for m in await response.json() if m["author"] == "bot"]

    async def status(self, thread: Thread) -> Status:
        return (await self.chatwoot.helpdesk.conversation(thread.conversation)).status


def account_over(helpdesk: ChatwootHelpdesk, crew: EchoCrew, id_: AccountId = ONE) -> Account:
    return Account(
        id=id_,
        profile=PROFILE,
        helpdesk=helpdesk,
        understanding=EchoUnderstanding(),
        crews={CrewName.SALES: crew},
        frontdesk=HandingFrontdesk(),
        channels=CHANNELS,
    )


@pytest.fixture(params=VERSIONS)
async def office(request: pytest.FixtureRequest, tmp_path: Path, database: str) -> AsyncIterator[Office]:
    async with (
        stand_in(tmp_path, request.param) as chatwoot,
        make_pool(database, size=4, timeout=5, name="worker") as pool,
        make_pool(database, size=4, timeout=5, name="sending") as sending,
    ):
        crew = BusyCrew()
        account = account_over(chatwoot.helpdesk, crew)
        turns = Turns({ONE: account}, PostgresTurnStore(pool, sending), Pace(0, 0))
        deliveries = PostgresDeliveryStore(pool, make_queue())
        yield Office(chatwoot, account, crew, turns, deliveries, PostgresSweepStore(pool, 0, 0))


async def colleague_replies(chatwoot: StandIn, thread: Thread) -> None:
    await chatwoot.colleague_writes(thread.conversation, "Oi, aqui é a Ana")


async def phone_echoes(chatwoot: StandIn, thread: Thread) -> None:
    await chatwoot.shop_writes_on_its_phone(thread.id, "Oi, já te respondo por aqui")


@pytest.mark.parametrize("act", [colleague_replies, phone_echoes])
async def test_p5_a_person_who_answers_between_draft_and_sending_is_never_talked_over(
    office: Office, act: Act
) -> None:
    thread = await office.chatwoot.customer("whatsapp", "qto custa?")
    office.crew.meanwhile = lambda: act(office.chatwoot, thread)
    assert await office.take(thread) == Ending("silence", "human_wrote")
    assert await office.texts(thread) == []
    await office.chatwoot.customer_writes(thread.id, "ok, obrigada")
    assert (await office.take(thread)).outcome == "silence"
    assert await office.texts(thread) == []
    assert await office.status(thread) is Status.OPEN


async def test_p2_what_arrives_while_the_crew_works_is_answered_together(office: Office) -> None:
    thread = await office.chatwoot.customer("whatsapp", "qto custa o shampoo?")
    office.crew.meanwhile = lambda: office.chatwoot.customer_writes(thread.id, "e o condicionador?")
    await office.take(thread)
    assert await office.texts(thread) == ["Você disse: qto custa o shampoo? / e o condicionador?"]


async def test_p3_a_lost_answer_is_found_and_not_repeated(office: Office) -> None:
    thread = await office.chatwoot.customer("whatsapp", "oi")
    await office.chatwoot.lose_answers("messages")
    with pytest.raises(Exception, match="chatwoot"):
        await office.take(thread)
    await office.chatwoot.lose_answers("")
    assert await office.take(thread) == Ending("reply", "", "sales")
    assert await office.texts(thread) == ["Você disse: oi"]


async def test_a_handoff_reaches_the_team_with_a_note_and_a_word_to_the_customer(office: Office) -> None:
    thread = await office.chatwoot.customer("whatsapp", "quero falar com uma pessoa")
    assert await office.take(thread) == Ending("handoff", "customer_asked", "frontdesk")
    conversation = await office.chatwoot.helpdesk.conversation(thread.conversation)
    notes = [m for m in await office.chatwoot.helpdesk.messages(thread.conversation, 0) if m.private]
    assert (conversation.status, conversation.team_id) == (Status.OPEN, 1)
    assert [note.text for note in notes] == ["O cliente pediu: quero falar com uma pessoa"]
    assert await office.texts(thread) == ["Vou te passar para uma pessoa."]
    await office.chatwoot.customer_writes(thread.id, "alô?")
    assert (await office.take(thread)).outcome == "silence"


async def test_p10_liquid_in_what_the_bot_repeats_is_not_expanded(office: Office) -> None:
    thread = await office.chatwoot.customer(
        "whatsapp", "meu nome é {{ contact.name }} {% if true %}x{% endif %}"
    )
    await office.take(thread)
    (said,) = await office.texts(thread)
    assert "Juliana" not in said
    assert "contact.name" in said


async def test_p6_a_failed_webhook_does_not_silence_the_bot(office: Office) -> None:
    await office.chatwoot.fail_webhooks()
    thread = await office.chatwoot.customer("whatsapp", "oi")
    async with asyncio.timeout(10):
        while await office.status(thread) is not Status.OPEN:
            await asyncio.sleep(0.05)
    assert await sweep(office.account, office.sweeps, office.deliveries) == 1
    await office.take(thread)
    assert await office.texts(thread) == ["Você disse: oi"]
    await office.chatwoot.customer_writes(thread.id, "ainda aí?")
    await office.take(thread)
    assert await office.texts(thread) == ["Você disse: oi", "Você disse: ainda aí?"]


async def test_a_button_of_the_widget_is_understood_once(office: Office) -> None:
    office.crew.text, office.crew.choices = "Qual?", (Choice("Sim", "sim"), Choice("Não", "não"))
    thread = await office.chatwoot.customer("web_widget", "oi")
    await office.take(thread)
    office.crew.text, office.crew.choices = None, ()
    message = (await office.chatwoot.helpdesk.messages(thread.conversation, 0))[-1]
    await office.chatwoot.customer_chooses(thread.id, message.id, "sim")
    await office.take(thread)
    await office.take(thread)
    assert await office.texts(thread) == ["Qual?", "Você disse: Sim"]


def shop(number: int) -> SeedAccount:
    """Ids of Chatwoot count for the whole installation, display ids of conversations per account."""
    bot = SeedBot(number, f"Bot {number}", f"bot-{number}")
    agent = SeedAgent(number, f"Ana {number}", f"ana{number}@loja.example", "agent", f"ana-{number}")
    inbox = SeedInbox(number, "WhatsApp", "whatsapp", number, f"+551190000000{number}")
    return SeedAccount(number, f"Loja {number}", inboxes=(inbox,), bots=(bot,), agents=(agent,))


async def test_p12_two_accounts_with_the_same_conversation_and_contact_do_not_mix(
    tmp_path: Path, database: str
) -> None:
    settings = StandInSettings(tmp_path / "two.sqlite", seed=Seed((shop(1), shop(2))))
    async with (
        serving(create_app(settings)) as url,
        aiohttp.ClientSession() as session,
        make_pool(database, size=4, timeout=5, name="worker") as pool,
        make_pool(database, size=4, timeout=5, name="sending") as sending,
    ):
        accounts = {}
        for number in (1, 2):
            id_ = AccountId(str(number))
            access = ChatwootAccess(url, number, bot_token=f"bot-{number}", user_token=f"ana-{number}")
            accounts[id_] = account_over(ChatwootHelpdesk(session, access, id_), EchoCrew(), id_)
            body = {
                "account_id": number,
                "inbox_id": number,
                "name": "Maria",
                "phone_number": "+5511987654321",
            }
            thread = await post(session, f"{url}/simulator/api/threads", body)
            await post(
                session, f"{url}/simulator/api/threads/{thread['id']}/messages", {"content": f"da {number}"}
            )
        turns = Turns(accounts, PostgresTurnStore(pool, sending), Pace(0, 0))
        endings = await asyncio.gather(*(turns.take(ConversationKey(id_, 1)) for id_ in accounts))
        assert endings == [Ending("reply", "", "sales")] * 2
        for id_, account in accounts.items():
            said = [m.text for m in await account.helpdesk.messages(1, 0)]
            assert said == [f"da {id_}", f"Você disse: da {id_}"]


async def post(session: aiohttp.ClientSession, url: str, body: Mapping[str, object]) -> dict[str, object]:
    async with session.post(url, json=body) as response:
        assert response.status == 200, await response.text()
        answer: dict[str, object] = await response.json()
        return answer


async def test_a_bot_token_of_one_account_opens_no_other(tmp_path: Path) -> None:
    settings = StandInSettings(tmp_path / "two.sqlite", seed=Seed((shop(1), shop(2))))
    async with serving(create_app(settings)) as url, aiohttp.ClientSession() as session:
        stranger = ChatwootAccess(url, 2, bot_token="bot-1", user_token="ana-1")
        with pytest.raises(Exception, match="chatwoot"):
            await ChatwootHelpdesk(session, replace(stranger), ONE).conversation(1)
