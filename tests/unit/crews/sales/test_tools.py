"""The sales crew's tools as a model calls them: by name, with JSON, bound to one conversation."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pytest
from tests.fixtures.selling import ANA, Selling
from tests.fixtures.talking import ACCOUNT

from chatwootai.crews.sales.tools import SalesTools
from chatwootai.crews.tools import Tool, Visit, tools_of
from chatwootai.domain.accounts import ConversationKey
from chatwootai.domain.conversations import Author, ChannelKind, Contact, Conversation, Message, Status
from chatwootai.domain.crews import Briefing
from chatwootai.domain.errors import ToolFailed, ToolRetry
from chatwootai.domain.ledger import FactKind, Ledger
from chatwootai.domain.promotions import Promotion
from chatwootai.hub.yes import NotAccepted

pytestmark = pytest.mark.unit


class Bench:
    """The tools of one conversation, by name."""

    def __init__(
        self, at: Selling, contact: Contact = ANA, channel: ChannelKind = ChannelKind.WHATSAPP
    ) -> None:
        self.at = at
        key = ConversationKey(ACCOUNT, 7)
        conversation = Conversation(key, 1, channel, Status.PENDING, True, contact)
        said = (Message(1, Author.CUSTOMER, "oi", at.shop.now),)
        self.visit = Visit.of(Briefing(conversation, at.shop.profile, said, at.shop.now), Ledger())
        toolbox = SalesTools(at.desk, self.visit)
        self.tools: Mapping[str, Tool] = {tool.name: tool for tool in tools_of(toolbox)}

    async def call(self, tool: str, /, **arguments: object) -> object:
        return await self.tools[tool].call(arguments)

    def id(self, code: str) -> int:
        return self.at.shop.product(code).id


@pytest.fixture
def bench() -> Bench:
    return Bench(Selling())


def of(answer: object, *path: str | int) -> object:
    """What lies at a path of a tool's answer."""
    for step in path:
        assert isinstance(answer, Mapping | list), answer
        answer = answer[step]  # type: ignore[index]  # lists by number, mappings by name
    return answer


def test_every_tool_tells_in_portuguese_what_it_is_for_and_none_takes_a_customer(bench: Bench) -> None:
    assert set(bench.tools) == {
        "search_products", "offers", "cart_show", "cart_add", "cart_set", "cart_remove", "check_coupon",
        "freight", "remember_customer", "propose_order", "confirm_order", "drop_order",
    }  # fmt: skip
    for tool in bench.tools.values():
        assert len(tool.description) > 20
        properties = tool.parameters.get("properties")
        assert isinstance(properties, dict)
        assert not {"customer", "customer_id", "account"} & set(properties)


async def test_products_are_found_below_a_price_with_their_figures_as_facts(bench: Bench) -> None:
    found = await bench.call("search_products", text="shampoo", max_price="30")
    assert isinstance(found, list)
    assert found
    for offer in found:
        amount = of(offer, "price", "amount")
        assert Decimal(str(amount)) <= 30
        assert Decimal(str(amount)) in bench.visit.ledger.numbers(FactKind.PRICE)


async def test_the_cart_is_filled_changed_and_shown(bench: Bench) -> None:
    coco = bench.id("SH-COCO-300")
    await bench.call("cart_add", product_id=coco, quantity=2)
    await bench.call("cart_add", product_id=coco)
    view = await bench.call("cart_show")
    assert of(view, "total", "amount") == "119.70"
    await bench.call("cart_set", product_id=coco, quantity=1)
    assert of(await bench.call("cart_show"), "total", "amount") == "39.90"
    await bench.call("cart_remove", product_id=coco)
    assert await bench.call("cart_show") is None


async def test_more_than_there_is_leaves_the_cart_as_it_is_and_tells_others(bench: Bench) -> None:
    answer = await bench.call("cart_add", product_id=bench.id("SH-COCO-300"), quantity=50)
    assert of(answer, "offer", "available") == "12"
    assert of(answer, "alternatives")
    assert await bench.call("cart_show") is None


async def test_a_service_by_appointment_is_no_goods(bench: Bench) -> None:
    answer = await bench.call("cart_add", product_id=bench.id("SV-CTF"))
    assert of(answer, "product", "name") == "Corte feminino"
    assert await bench.call("cart_show") is None


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("cart_add", {"product_id": 1, "quantity": -3}),
        ("cart_add", {"product_id": 1, "quantity": 0}),
        ("cart_set", {"product_id": 1, "quantity": -1}),
        ("cart_add", {"product_id": 99_999}),
        ("freight", {"postal_code": "123"}),
        ("remember_customer", {"phone": "99"}),
        ("remember_customer", {"document": "111.111.111-11"}),
        ("propose_order", {}),
        ("propose_order", {"customer_id": 3}),
    ],
)
async def test_a_wrong_call_is_told_how_to_do_it(
    bench: Bench, name: str, arguments: dict[str, object]
) -> None:
    with pytest.raises(ToolRetry):
        await bench.call(name, **arguments)


async def test_what_is_missing_for_an_order_is_asked_for_one_by_one(bench: Bench) -> None:
    await bench.call("cart_add", product_id=bench.id("SH-COCO-300"))
    for known, missing in (
        ({"delivery": "delivery"}, "CEP"),
        ({"delivery": "delivery", "postal_code": "20040-002"}, "forma de entrega"),
        ({"delivery": "delivery", "postal_code": "20040-002", "freight": "Correios PAC"}, "endereço"),
    ):
        with pytest.raises(ToolRetry, match=missing):
            await bench.call("propose_order", **known)


async def test_a_proposal_is_a_summary_and_without_her_yes_it_stays_one(bench: Bench) -> None:
    await bench.call("cart_add", product_id=bench.id("SH-COCO-300"), quantity=2)
    summary = await bench.call("propose_order", delivery="pickup", payment="Pix")
    assert of(summary, "goods", "amount") == "79.80"
    proposal_id = of(summary, "proposal_id")
    assert await bench.call("confirm_order", proposal_id=proposal_id) == NotAccepted.NOTHING_SHOWN.value
    assert not bench.at.shop.orders.all()
    await bench.call("drop_order", proposal_id=proposal_id)
    assert await bench.call("confirm_order", proposal_id=proposal_id) == NotAccepted.VOID.value


async def test_another_conversations_proposal_is_not_confirmed(bench: Bench) -> None:
    await bench.at.hears("quero 2 shampoos de coco", "Retirar na loja", "Pix")
    (proposal,) = bench.at.shop.proposals.all()
    other = Bench(Selling(shop=bench.at.shop))
    key = ConversationKey(ACCOUNT, 99)
    conversation = Conversation(key, 1, ChannelKind.WHATSAPP, Status.PENDING, True, ANA)
    said = (Message(50, Author.CUSTOMER, "sim", bench.at.shop.now),)
    visit = Visit.of(Briefing(conversation, bench.at.shop.profile, said, bench.at.shop.now), Ledger())
    tools = SalesTools(other.at.desk, visit)
    assert await tools.confirm_order(proposal.id) is NotAccepted.NOTHING_SHOWN
    assert not bench.at.placed


async def test_a_stranger_has_to_tell_who_she_is_before_an_order() -> None:
    bench = Bench(Selling(), Contact(3, "misty-river-12"), ChannelKind.WEB_WIDGET)
    await bench.call("cart_add", product_id=bench.id("SH-COCO-300"))
    with pytest.raises(ToolRetry, match="name"):
        await bench.call("propose_order", delivery="pickup")
    await bench.call("remember_customer", name="Carla Dias", phone="(11) 97777-6666")
    assert of(await bench.call("propose_order", delivery="pickup"), "goods", "amount") == "39.90"


async def test_where_nobody_delivers_that_is_what_the_crew_is_to_say() -> None:
    bench = Bench(Selling("saude"))
    offers = [bench.at.shop.catalog.offer(number) for number in range(1, 9)]
    product = next(offer.product for offer in offers if offer and not offer.product.is_service)
    await bench.call("cart_add", product_id=product.id)
    with pytest.raises(ToolFailed, match="CEP"):
        await bench.call("propose_order", delivery="delivery", postal_code="01310-100")


async def test_a_coupon_is_looked_up_among_those_of_today(bench: Bench) -> None:
    bench.at.shop.promotions.add(Promotion(1, "Vinte", "R$ 20 acima de R$ 150", "BELA20"))
    known = await bench.call("check_coupon", code="bela20")
    assert of(known, "promotion", "description") == "R$ 20 acima de R$ 150"
    unknown = await bench.call("check_coupon", code="NATAL99")
    assert of(unknown, "promotion") is None
    assert of(unknown, "others", 0, "code") == "BELA20"


async def test_freight_is_told_with_facts(bench: Bench) -> None:
    quotes = await bench.call("freight", postal_code="01310-100")
    assert of(quotes, 0, "name") == "Motoboy na capital"
    assert Decimal("15.00") in bench.visit.ledger.numbers(FactKind.PRICE)
