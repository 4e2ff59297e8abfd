from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

import pytest
from tests.fakes.catalog import FakeCatalog
from tests.fixtures.selling import desk_with

from chatwootai.channels import CHANNELS
from chatwootai.crews.sales.crew import SalesCrew
from chatwootai.crews.understanding.reader import Reader
from chatwootai.domain.catalog import Offer
from chatwootai.domain.conversations import ChannelKind
from chatwootai.domain.crews import Briefing, CrewName, Draft, Memory
from chatwootai.domain.errors import ServiceUnavailable
from chatwootai.domain.ledger import Fact, FactKind, Ledger
from chatwootai.domain.money import Money
from chatwootai.domain.outcomes import Handoff, HandoffReason, Reply

pytestmark = pytest.mark.unit

Brief = Callable[..., Briefing]


class Counter:
    """A customer at the sales counter: each `asks` is a turn, with the memory of those before."""

    def __init__(self, brief: Brief, catalog: FakeCatalog) -> None:
        self._brief = brief
        self.crew = SalesCrew(desk_with(catalog))
        self.memory: Memory = {}
        self.ledger = Ledger()
        self.turn = 0

    async def asks(self, *texts: str) -> Draft:
        self.turn += 1
        self.ledger = Ledger()
        briefing = self._brief(*texts, memory=self.memory, first_id=self.turn * 100)
        requests = Reader().requests(briefing)
        sales = tuple(request for request in requests if request.crew is CrewName.SALES)
        draft = await self.crew.respond(sales, briefing, self.ledger)
        self.memory = {**self.memory, **draft.memory}
        return draft

    async def hears(self, *texts: str) -> str:
        outcome = (await self.asks(*texts)).outcome
        return outcome.text

    async def is_offered(self, *texts: str) -> list[str]:
        outcome = (await self.asks(*texts)).outcome
        assert isinstance(outcome, Reply)
        return [choice.title.split(" – ")[0] for choice in outcome.choices]


@pytest.fixture
def catalog(offers: tuple[Offer, ...]) -> FakeCatalog:
    return FakeCatalog(offers)


@pytest.fixture
def counter(brief: Brief, catalog: FakeCatalog) -> Counter:
    return Counter(brief, catalog)


async def test_a_price_is_told_and_is_a_fact(counter: Counter) -> None:
    said = await counter.hears("qto custa o xampu de coco?")
    assert "**Shampoo Hidratante Coco 300 ml**" in said
    assert "R$ 39,90" in said
    assert Fact(FactKind.PRICE, "product:1", Decimal("39.90")) in counter.ledger.facts
    assert Fact(FactKind.STOCK, "product:1", Decimal(12)) in counter.ledger.facts


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("tem shampoo de coco?", "12 unidades"),
        ("tem condicionador de coco?", "última unidade"),
        ("tem batom nude?", "em falta no momento"),
    ],
)
async def test_stock_is_told_in_words(counter: Counter, asked: str, told: str) -> None:
    assert told in await counter.hears(asked)


async def test_a_product_without_stock_keeping_is_not_called_sold_out(counter: Counter) -> None:
    said = await counter.hears("tem vale presente?")
    assert "R$ 100,00" in said
    assert "em falta" not in said
    assert "unidade" not in said


async def test_a_stock_that_is_no_whole_number_is_not_rounded(counter: Counter) -> None:
    said = await counter.hears("tem guarda roupa?")
    assert "R$ 890,00" in said
    assert "unidade" not in said


async def test_a_price_of_something_sold_out_says_so_and_names_what_is_there(counter: Counter) -> None:
    said = await counter.hears("quanto custa o shampoo cachos de 1 litro")
    assert "R$ 98,90" in said
    assert "em falta" in said
    assert "**Shampoo Cachos Definidos 300 ml** (R$ 42,90)" in said
    assert said.count("R$") <= 3


async def test_figures_are_read_anew_for_every_answer(counter: Counter, catalog: FakeCatalog) -> None:
    assert "12 unidades" in await counter.hears("tem shampoo de coco?")
    catalog.set_available(1, Decimal(3))
    assert "3 unidades" in await counter.hears("tem shampoo de coco?")
    assert len(catalog.asked) == 2


async def test_price_and_stock_of_one_product_are_one_sentence(counter: Counter) -> None:
    said = await counter.hears("tem batom vermelho e quanto custa?")
    assert said.count("Batom Matte Vermelho Paixão") == 1
    assert "R$ 29,90" in said
    assert "30 unidades" in said


async def test_several_products_are_listed_in_the_order_asked(counter: Counter) -> None:
    said = await counter.hears("qto custa o shampoo de coco", "e o condicionador?")
    assert said.index("Shampoo Hidratante Coco") < said.index("Condicionador Hidratante Coco")
    assert "R$ 39,90" in said
    assert "R$ 41,90" in said


async def test_a_list_in_one_mention_is_taken_apart(counter: Counter) -> None:
    said = await counter.hears("tem shampoo anticaspa e batom nude?")
    assert "Anticaspa" in said
    assert "Nude" in said


async def test_a_wanted_quantity_is_not_part_of_the_name(counter: Counter) -> None:
    said = await counter.hears("quero 2 unidades do shampoo de coco")
    assert "R$ 39,90" in said
    assert "79,80" not in said


async def test_a_kit_whose_name_holds_an_and_is_one_product(counter: Counter) -> None:
    assert "**Kit Coco Shampoo e Condicionador 300 ml**" in await counter.hears(
        "quanto custa o kit coco shampoo e condicionador"
    )


async def test_an_ambiguous_name_is_a_question_with_at_most_five_choices(counter: Counter) -> None:
    assert len(await counter.is_offered("tem shampoo?")) == 5
    assert await counter.is_offered("quanto custa o perfume floral?") == [
        "Perfume Floral Jardim de Verão 100 ml",
        "Perfume Floral Jardim de Verão 50 ml",
    ]


async def test_choices_show_their_prices(counter: Counter) -> None:
    draft = await counter.asks("quanto custa o perfume floral?")
    assert "R$ 129,90" in _reply(draft).choices[1].title
    assert Fact(FactKind.PRICE, "product:13", Decimal("129.90")) in counter.ledger.facts


async def test_a_chosen_number_gets_the_stock_beside_the_price_it_showed(counter: Counter) -> None:
    await counter.asks("quanto custa o perfume floral?")
    said = await counter.hears("1")
    assert "R$ 1.199,90" in said
    assert "5 unidades" in said
    assert counter.memory["choices"] is None


async def test_a_detail_answers_the_question_too(counter: Counter) -> None:
    await counter.asks("tem perfume floral?")
    assert "R$ 129,90" in await counter.hears("o de 50ml")


async def test_the_second_ambiguous_name_is_asked_about_next(counter: Counter) -> None:
    assert "Batom Matte Rosa Antigo" in await counter.is_offered(
        "quanto custa o batom matte e o perfume floral?"
    )
    draft = await counter.asks("o rosa")
    assert isinstance(draft.outcome, Reply)
    assert "Batom Matte Rosa Antigo" in draft.outcome.text
    assert [choice.value for choice in draft.outcome.choices] == ["product:14", "product:13"]
    assert "R$ 129,90" in await counter.hears("2")


@pytest.mark.parametrize(
    ("first", "then", "told"),
    [
        ("tem shampoo de coco?", "e quanto custa?", "R$ 39,90"),
        ("quanto custa o shampoo de coco?", "tem em estoque?", "12 unidades"),
        ("quanto custa o shampoo de coco?", "e o condicionador?", "R$ 41,90"),
        ("quanto custa o shampoo hidratação profunda 300ml?", "e o de 1 litro?", "R$ 89,90"),
        ("quanto custa o perfume floral de 50ml?", "e de 100 ml?", "R$ 1.199,90"),
        ("quanto custa o batom vermelho?", "e o rosa?", "Batom Matte Rosa Antigo"),
        ("tem perfume floral?", "o de 100", "Perfume Floral Jardim de Verão 100 ml"),
    ],
)
async def test_a_follow_up_speaks_of_what_was_named_before(
    counter: Counter, first: str, then: str, told: str
) -> None:
    await counter.asks(first)
    assert told in await counter.hears(then)


async def test_what_is_not_sold_is_said_honestly_with_what_is_near(counter: Counter) -> None:
    draft = await counter.asks("tem batom matte roxo?")
    assert isinstance(draft.outcome, Reply)
    assert "“batom matte roxo”" in draft.outcome.text
    assert [choice.value for choice in draft.outcome.choices][-1] == "pessoa"


async def test_nothing_near_names_categories_and_a_person(counter: Counter) -> None:
    draft = await counter.asks("tem geladeira?")
    assert isinstance(draft.outcome, Reply)
    assert "shampoos" in draft.outcome.text
    assert [choice.value for choice in draft.outcome.choices] == ["pessoa"]


async def test_no_product_named_at_all_is_asked_for(counter: Counter) -> None:
    assert "produto" in await counter.hears("qual o preço?")
    said = await counter.hears("shampoo de coco")
    assert "R$ 39,90" in said
    assert "unidades" not in said


async def test_a_bare_name_gets_price_and_stock(counter: Counter) -> None:
    said = await counter.hears("shampoo de coco")
    assert "R$ 39,90" in said
    assert "12 unidades" in said


async def test_a_bare_phrase_that_is_no_product_is_not_understood_and_then_handed_over(
    counter: Counter,
) -> None:
    assert "pessoa" in [c.value for c in _reply(await counter.asks("asdf qwer")).choices]
    outcome = (await counter.asks("zxcv poiu")).outcome
    assert isinstance(outcome, Handoff)
    assert outcome.reason is HandoffReason.NOT_UNDERSTOOD


async def test_a_product_that_went_meanwhile_is_not_found(counter: Counter) -> None:
    counter.memory = {"choices": ["product:999"], "choice_titles": ["Batom Antigo"], "intent": "price"}
    draft = await counter.asks("1")
    assert "esse produto" in _reply(draft).text
    assert not counter.ledger.numbers(FactKind.PRICE)


async def test_an_erp_that_is_away_is_an_error_for_the_hub(counter: Counter, catalog: FakeCatalog) -> None:
    catalog.fail_next(ServiceUnavailable("odoo", "sem resposta"))
    with pytest.raises(ServiceUnavailable):
        await counter.asks("tem shampoo de coco?")


async def test_the_same_sentence_is_not_said_twice_in_a_row(counter: Counter) -> None:
    said = [await counter.hears("quanto custa o shampoo de coco?") for _ in range(6)]
    assert all(one != other for one, other in pairwise(said))


async def test_a_repeated_run_says_the_same(brief: Brief, catalog: FakeCatalog) -> None:
    once = await Counter(brief, catalog).hears("tem shampoo de coco?")
    again = await Counter(brief, catalog).hears("tem shampoo de coco?")
    assert once == again


async def test_new_names_are_found_as_soon_as_the_catalogue_shows_them(
    brief: Brief, offers: tuple[Offer, ...]
) -> None:
    crew = SalesCrew(desk_with(FakeCatalog(offers[:1])))
    counter = Counter(brief, FakeCatalog())
    counter.crew = crew
    assert "product:12" not in [c.value for c in _reply(await counter.asks("tem batom nude?")).choices]
    crew.desk = desk_with(FakeCatalog(offers))
    assert "Batom Cremoso Nude Avelã" in await counter.hears("tem batom nude?")


async def test_prices_are_in_the_currency_of_the_record(brief: Brief, offers: tuple[Offer, ...]) -> None:
    foreign = replace(offers[0], price=Money(Decimal("1234.5"), "USD"))
    assert "US$ 1.234,50" in await Counter(brief, FakeCatalog([foreign])).hears("quanto custa o shampoo?")


async def test_every_price_survives_the_channels_in_one_piece(counter: Counter) -> None:
    outcome = (await counter.asks("qto custa o shampoo de coco", "e o condicionador?")).outcome
    assert isinstance(outcome, Reply)
    for kind in ChannelKind:
        said = "\n".join(bubble.text for bubble in CHANNELS[kind].bubbles(outcome))
        assert "R$ 39,90" in said


def _reply(draft: Draft) -> Reply:
    assert isinstance(draft.outcome, Reply)
    return draft.outcome
