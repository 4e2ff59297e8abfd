"""The tools of advice as a model calls them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from tests.fixtures.talking import WEDNESDAY_MORNING, Shop

from chatwootai.crews.sales.advice_tools import AdviceTools
from chatwootai.crews.sales.recommending import Fitness
from chatwootai.crews.tools import Visit, tools_of
from chatwootai.domain.accounts import AccountId, ConversationKey
from chatwootai.domain.conversations import Author, ChannelKind, Contact, Conversation, Message, Status
from chatwootai.domain.crews import Briefing
from chatwootai.domain.errors import ToolRetry
from chatwootai.domain.ledger import FactKind, Ledger
from chatwootai.domain.orders import Item

pytestmark = pytest.mark.unit


def tools_at(shop: Shop, channel: ChannelKind = ChannelKind.WHATSAPP) -> AdviceTools:
    conversation = Conversation(
        ConversationKey(AccountId("1"), 7),
        1,
        channel,
        Status.PENDING,
        True,
        Contact(1, "Ana", "+5511987654321"),
    )
    said = (Message(1, Author.CUSTOMER, "oi", WEDNESDAY_MORNING),)
    return AdviceTools(
        shop.desk, Visit.of(Briefing(conversation, shop.profile, said, WEDNESDAY_MORNING), Ledger())
    )


def test_a_model_may_name_needs_and_products_and_nobody() -> None:
    tools = {tool.name: tool for tool in tools_of(tools_at(Shop()))}
    assert set(tools) == {"recommend", "compare", "product_details"}
    assert "customer" not in str([tool.parameters for tool in tools.values()])


async def test_what_is_returned_can_be_read_as_json() -> None:
    tools = {tool.name: tool for tool in tools_of(tools_at(Shop()))}
    found = await tools["recommend"].call({"need": "pele oleosa", "max_price": "50"})
    assert "Gel de Limpeza Facial" in str(found)
    assert "Ácido salicílico." in str(await tools["compare"].call({"product_ids": [36, 28]}))
    assert "Não" in str(await tools["product_details"].call({"product_id": 31, "question": "detalhes"}))


async def test_everything_told_is_a_fact() -> None:
    shop = Shop()
    tools = tools_at(shop)
    found = await tools.recommend("cabelo ressecado")
    assert found.fitness is Fitness.FITS
    ledger = tools.visit.ledger
    assert {each.offer.price.amount for each in found.suggestions} <= ledger.numbers(FactKind.PRICE)
    assert {each.reason for each in found.suggestions} <= ledger.texts()


async def test_a_price_is_kept_to() -> None:
    found = await tools_at(Shop()).recommend("perfume", max_price=Decimal(150), min_price=Decimal(100))
    assert [each.offer.product.name for each in found.suggestions] == ["Perfume Floral Jardim de Verão 50 ml"]
    assert not found.beyond_price


async def test_what_says_too_little_is_sent_back() -> None:
    tools = tools_at(Shop())
    with pytest.raises(ToolRetry):
        await tools.recommend("qual você indica?")
    with pytest.raises(ToolRetry):
        await tools.compare([1])
    with pytest.raises(ToolRetry):
        await tools.product_details(99_999)


async def test_orders_are_only_looked_at_of_whom_the_channel_proves() -> None:
    shop = Shop("varejo")
    bought = shop.product("CV-CAD-ERG")
    order = await shop.orders.draft("k", shop.customer().id, [Item(bought.id)])
    await shop.orders.confirm(order.id)
    proven = await tools_at(shop).recommend("cadeira de escritório")
    assert bought.id not in [each.offer.product.id for each in proven.suggestions]
    unproven = await tools_at(shop, ChannelKind.WEB_WIDGET).recommend("cadeira de escritório")
    assert bought.id in [each.offer.product.id for each in unproven.suggestions]
