"""The info crew's tools as a model calls them: by name, with arguments, and with every figure a fact."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pytest
from tests.fixtures.talking import Shop

from chatwootai.crews.info.tools import InfoTools
from chatwootai.crews.tools import Visit, tools_of
from chatwootai.domain.accounts import AccountId, ConversationKey
from chatwootai.domain.conversations import Author, ChannelKind, Contact, Conversation, Message, Status
from chatwootai.domain.crews import Briefing
from chatwootai.domain.errors import ToolRetry
from chatwootai.domain.ledger import Ledger
from chatwootai.domain.money import Money
from chatwootai.domain.promotions import Promotion
from chatwootai.hub.guardrails.grounding import ungrounded

pytestmark = pytest.mark.unit

CONVERSATION = Conversation(
    ConversationKey(AccountId("1"), 7),
    1,
    ChannelKind.WHATSAPP,
    Status.PENDING,
    can_reply=True,
    contact=Contact(1, "Ana Souza", "+5511987654321"),
)


async def called(shop: Shop, name: str, arguments: Mapping[str, object]) -> tuple[str, Ledger]:
    now = shop.now.astimezone(shop.profile.hours.zone)
    said = (Message(1, Author.CUSTOMER, "oi", now),)
    ledger = Ledger()
    toolbox = InfoTools(shop.desk, Visit.of(Briefing(CONVERSATION, shop.profile, said, now), ledger))
    tool = next(each for each in tools_of(toolbox) if each.name == name)
    return str(await tool.call(arguments)), ledger


@pytest.mark.parametrize(
    ("name", "arguments", "told"),
    [
        ("business_hours", {}, "das 9h às 18h"),
        ("business_hours", {"dia": "sábado"}, "13h"),
        ("shop_address", {}, "Rua das Acácias, 120"),
        ("contacts", {"pergunta": "qual o instagram?"}, "@belacosmeticos"),
        ("payment_forms", {}, "Pix"),
        ("payment_forms", {"pergunta": "em quantas vezes?"}, "3x"),
        ("delivery_ways", {}, "Motoboy na capital"),
        ("delivery_ways", {"cep": "13010-000"}, "R$ 18,90"),
        ("exchange_rules", {"pergunta": "posso trocar se não servir?"}, "7 dias"),
        ("loyalty_points", {}, "Clube Bela"),
        ("about_the_shop", {"pergunta": "vocês testam em animais?"}, "testam em animais"),
        ("about_the_shop", {"pergunta": "o que vocês vendem?"}, "Trabalhamos com"),
    ],
)
async def test_a_tool_tells_facts_alone(name: str, arguments: Mapping[str, object], told: str) -> None:
    said, ledger = await called(Shop(), name, arguments)
    assert told in said or (name == "about_the_shop" and "encontra" in said)
    assert not ungrounded(said, ledger)


async def test_only_the_ways_that_serve_a_postal_code_are_told() -> None:
    said, _ = await called(Shop(), "delivery_ways", {"cep": "13010-000"})
    assert "Motoboy" not in said


async def test_promotions_are_those_of_the_erp_on_this_day() -> None:
    shop = Shop()
    shop.promotions.add(Promotion(1, "Bela", "R$ 20 a menos", code="BELA20", minimum=Money(Decimal(150))))
    said, ledger = await called(shop, "promotions_today", {})
    assert "BELA20" in said
    assert not ungrounded(said, ledger)


@pytest.mark.parametrize(
    ("name", "arguments"),
    [("delivery_ways", {"cep": "12"}), ("exchange_rules", {}), ("shop_address", {"conta": "2"})],
)
async def test_a_wrong_call_is_told_how_to_be_right(name: str, arguments: Mapping[str, object]) -> None:
    with pytest.raises(ToolRetry):
        await called(Shop(), name, arguments)


def test_every_tool_describes_itself_and_asks_for_no_customer() -> None:
    shop = Shop()
    briefing = Briefing(CONVERSATION, shop.profile, (), shop.now)
    tools = tools_of(InfoTools(shop.desk, Visit.of(briefing, Ledger())))
    assert len(tools) == 9
    assert all(len(tool.description) > 15 for tool in tools)
    assert not any("customer" in str(tool.parameters) for tool in tools)
