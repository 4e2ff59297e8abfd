"""Advice, in customers' words, at the three sample shops."""

from __future__ import annotations

from decimal import Decimal

import pytest
from tests.fixtures.advising import advised
from tests.fixtures.talking import Shop

from chatwootai.domain.errors import ServiceUnavailable
from chatwootai.domain.ledger import FactKind
from chatwootai.domain.orders import Item
from chatwootai.domain.outcomes import HandoffReason
from chatwootai.hub.knowledge_at_hand import KnowledgeAtHand

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("shop", "said", "expected"),
    [
        ("cosmeticos", "o que vc indica pra cabelo ressecado?",
         "**Shampoo Hidratante Coco 300 ml** (R$ 39,90): Para cabelos secos e ressecados."),
        ("cosmeticos", "meu cabelo tá ressecado, o que passar?",
         "**Shampoo Hidratante Coco 300 ml** (R$ 39,90): Para cabelos secos e ressecados."),
        ("cosmeticos", "tenho pele oleosa, o que vcs recomendam?",
         "**Sérum Facial Niacinamida 30 ml** (R$ 79,90): Reduz a oleosidade e os poros aparentes."),
        ("cosmeticos", "qual shampoo vc indica pra caspa?", "**Shampoo Anticaspa Melaleuca 200 ml**"),
        ("cosmeticos", "me indica um xampu pra cabelo loiro",
         "Neutraliza os tons amarelados de cabelos loiros e grisalhos."),
        ("cosmeticos", "me indica um shampoo sem sulfato", "**Shampoo Cachos Definidos 300 ml**"),
        ("cosmeticos", "me indica um perfume até 150", "**Perfume Floral Jardim de Verão 50 ml**"),
        ("varejo", "me indica uma mesa pra 6 pessoas", "**Mesa de Jantar Jatobá 6 Lugares**"),
        ("varejo", "qual cadeira vcs indicam pra home office?", "**Cadeira Ergonômica Tela Preta**"),
        ("varejo", "me indica uma poltrona de amamentação", "**Poltrona Amamentação com Balanço**"),
        ("saude", "me indica algo pra pele muito seca", "**Loção com Ceramidas 400 ml** (R$ 94,90)"),
        ("saude", "o que vcs indicam pra pele oleosa?", "Para pele mista a oleosa."),
    ],
)  # fmt: skip
async def test_a_need_finds_what_says_so_itself(shop: str, said: str, expected: str) -> None:
    at = await advised(shop)
    assert expected in await at.hears(said)


async def test_reasons_are_sentences_of_the_description_word_for_word() -> None:
    at = await advised()
    answer = await at.hears("tenho pele oleosa, o que vcs recomendam?")
    told = [line.split("): ", 1)[1] for line in answer.split(" ⇒ ")[0].splitlines() if line.startswith("•")]
    descriptions = [product.description for product in await at.shop.catalog.products()]
    assert len(told) == 3
    assert all(any(reason in description for description in descriptions) for reason in told)


async def test_what_is_for_another_part_of_the_body_is_not_recommended() -> None:
    at = await advised()
    answer = await at.hears("o que vc indica pra pele seca?")
    assert "Shampoo" not in answer
    assert "Hidratação para todos os tipos de pele." in answer


async def test_what_is_not_oily_is_nothing_for_oily_skin() -> None:
    at = await advised()
    assert "Creme para as Mãos" not in await at.hears("o que vc indica pra pele oleosa?", "me indica outro")


async def test_a_present_keeps_to_its_price_and_varies() -> None:
    at = await advised()
    answer = await at.hears("quero um presente pra minha mãe até 100 reais")
    assert at.talk.ledger.numbers(FactKind.PRICE)
    assert max(at.talk.ledger.numbers(FactKind.PRICE)) <= 100 or "Nesse valor" not in answer
    assert "Kit Coco" in answer
    assert "Vale-presente R$ 100" in answer
    assert "Perfume" not in answer


async def test_cheap_presents_are_other_things_where_usual_ones_cost_more() -> None:
    at = await advised()
    answer = await at.hears("me indica um presente até 20 reais")
    assert "não encontrei" not in answer
    assert answer.count("• **") == 3
    assert all(price <= 20 for price in at.talk.ledger.numbers(FactKind.PRICE))


async def test_a_clinic_has_no_presents() -> None:
    at = await advised("saude")
    answer = await at.hears("me indica um presente pra minha mãe")
    assert "R$" not in answer
    assert answer.endswith("⇒ Falar com uma pessoa")


async def test_where_nothing_is_so_cheap_the_nearest_is_told_as_such() -> None:
    at = await advised("varejo")
    answer = await at.hears("me indica um sofá até 1000 reais")
    assert "Nesse valor não encontrei" in answer or "Por esse preço não temos" in answer
    assert "**Sofá-cama Casal Azul** (R$ 2.590,00)" in answer


async def test_what_no_description_says_is_told_as_such() -> None:
    at = await advised("varejo")
    answer = await at.hears("qual sofá vc indica pra apartamento pequeno?")
    assert "sofá para apartamento pequeno" in answer
    assert "Nenhuma descrição nossa fala em" in answer or "as descrições não dizem nada" in answer
    assert answer.index("Sofá Retrátil 2 Lugares") < answer.index("Sofá de Canto")
    assert "Largura de 1,80 m." in answer


async def test_a_clinic_claims_nothing_of_supplements_and_offers_a_person() -> None:
    at = await advised("saude")
    answer = await at.hears("me indica um suplemento pra quem treina")
    assert "“suplemento para quem treina”" in answer
    assert "R$" not in answer
    assert answer.endswith("⇒ Falar com uma pessoa")


async def test_where_nothing_fits_a_person_is_offered() -> None:
    at = await advised()
    answer = await at.hears("o que vc indica pra espinha?")
    assert answer.endswith("⇒ Falar com uma pessoa")
    await at.hears("sim")
    assert at.talk.handed_over is not None


async def test_too_open_a_need_is_asked_about_twice_then_people_are() -> None:
    at = await advised()
    answer = await at.hears("o que vc indica?")
    assert "⇒ Shampoos ⇒ Séruns e tratamentos" in answer
    assert "Serviços" not in answer
    assert "presente até 100 reais" in await at.hears("qual vc indica?")
    await at.hears("qual vc me indica?")
    assert at.talk.handed_over is not None
    assert at.talk.handed_over.reason is HandoffReason.NOT_UNDERSTOOD


async def test_a_category_that_she_picks_shows_what_is_in_it() -> None:
    at = await advised()
    answer = await at.hears("o que vc indica?", "Shampoos")
    assert answer.count("• **Shampoo") == 3
    answer = await at.hears("e até 35 reais?")
    assert "**Shampoo Sólido Alecrim 80 g** (R$ 29,90)" in answer
    assert "R$ 39,90" not in answer


async def test_cheaper_ones_cost_less_than_all_that_was_shown() -> None:
    at = await advised()
    await at.hears("o que vc indica pra cabelo ressecado?")
    answer = await at.hears("e mais barato?")
    assert "**Shampoo Hidratação Profunda 300 ml** (R$ 34,90)" in answer
    assert "R$ 39,90" not in answer


async def test_what_is_cheaper_still_fits() -> None:
    at = await advised()
    answer = await at.hears("me indica um protetor solar pra pele oleosa", "e mais barato?")
    assert "Corporal" not in answer


async def test_the_cheapest_is_one_of_those_that_were_shown() -> None:
    at = await advised()
    answer = await at.hears("qual perfume vc indica?", "qual o mais barato?")
    assert "**Perfume Floral Jardim de Verão 50 ml**" in answer
    assert "R$ 129,90" in answer


async def test_what_one_of_them_costs_is_asked_by_its_place() -> None:
    at = await advised()
    answer = await at.hears("o que vc indica pra pele oleosa?", "quanto custa o segundo?")
    assert answer.startswith("**Protetor Solar Facial FPS 50 50 g** (R$ 74,90")


async def test_where_nothing_is_cheaper_what_was_shown_stays_offered() -> None:
    at = await advised("varejo")
    answer = await at.hears("me indica um sofá", "e mais barato?")
    assert "não temos" in answer
    assert "Sofá Retrátil 2" in answer


async def test_another_one_is_none_of_those_that_were_shown() -> None:
    at = await advised()
    first = await at.hears("o que vc indica pra pele seca?")
    answer = await at.hears("me indica outro")
    shown = {line for line in first.splitlines() if line.startswith("•")}
    assert not shown & set(answer.splitlines())


async def test_another_need_keeps_the_kind_of_thing() -> None:
    at = await advised()
    answer = await at.hears("me indica um sérum pra pele oleosa", "e pra pele seca?")
    assert "Sérum Facial Ácido Hialurônico" in answer
    assert "Creme" not in answer


async def test_the_one_that_was_recommended_can_be_bought_at_once() -> None:
    at = await advised()
    answer = await at.hears("qual shampoo vc indica pra caspa?", "quero esse")
    assert "1 × **Shampoo Anticaspa Melaleuca 200 ml** (R$ 37,50)" in answer


async def test_a_yes_buys_the_only_one_and_asks_which_of_several() -> None:
    at = await advised()
    answer = await at.hears("qual shampoo vc indica pra caspa?", "sim")
    assert "1 × **Shampoo Anticaspa Melaleuca 200 ml** (R$ 37,50)" in answer
    at = await advised()
    answer = await at.hears("o que vc indica pra pele oleosa?", "sim")
    assert "⇒ Gel Limpeza Pele ⇒ Protetor Solar 50 g ⇒ Sérum Niacinamida" in answer
    assert "1 × **Sérum" in await at.hears("quero o terceiro")


async def test_who_declines_is_offered_a_person() -> None:
    at = await advised()
    answer = await at.hears("o que vc indica pra pele oleosa?", "não, obrigada")
    assert answer.endswith("⇒ Falar com uma pessoa")
    assert "R$" not in answer


async def test_advice_on_the_way_to_an_order_comes_back_to_it() -> None:
    at = await advised()
    answer = await at.hears("quero 2 shampoos de coco", "qual creme vc indica pra pele seca?")
    assert "**Creme Facial Dia FPS 15 50 g** (R$ 64,90): Hidrata e protege." in answer
    assert answer.endswith("⇒ Retirar na loja")
    assert "endereço completo" in await at.hears("01310-100")


async def test_of_several_one_is_picked_by_its_place_and_bought() -> None:
    at = await advised()
    answer = await at.hears("o que vc indica pra pele oleosa?", "quero o terceiro")
    assert "1 × **Sérum Facial Niacinamida 30 ml**" in answer


async def test_a_button_shows_the_product_and_another_buys_it() -> None:
    at = await advised()
    await at.hears("o que vc indica pra pele oleosa?")
    answer = await at.talk.presses("Sérum Niacinamida")
    assert "(R$ 79,90, temos 12 unidades): Reduz a oleosidade" in answer
    assert "1 × **Sérum Facial Niacinamida 30 ml**" in await at.talk.presses("Comprar")


async def test_titles_of_buttons_fit_into_whatsapp() -> None:
    at = await advised()
    for need in ("pele oleosa", "cabelo ressecado", "cachos", "pele seca"):
        await at.hears(f"o que vc indica pra {need}?")
        titles = [choice.title for choice in at.talk.choices]
        assert len(set(titles)) == len(titles)
        assert all(len(title) <= 20 for title in titles)


async def test_what_is_sold_out_is_not_recommended() -> None:
    at = await advised()
    at.shop.catalog.set_available(at.shop.product("SE-NIAC-30").id, Decimal(0))
    assert "Niacinamida" not in await at.hears("o que vc indica pra pele oleosa?")


async def test_what_she_bought_and_has_is_not_recommended_again() -> None:
    shop = Shop("varejo")
    customer = shop.customer()
    at = await advised(shop=shop)
    bought = shop.product("CV-CAD-ERG")
    order = await shop.orders.draft("k", customer.id, [Item(bought.id)])
    await shop.orders.confirm(order.id)
    answer = await at.hears("qual cadeira vcs indicam pra home office?")
    assert bought.name not in answer
    assert "Cadeira Giratória Secretária" in answer


async def test_what_is_used_up_may_be_bought_again_and_is_told_as_such() -> None:
    shop = Shop()
    customer = shop.customer()
    at = await advised(shop=shop)
    order = await shop.orders.draft("k", customer.id, [Item(shop.product("SH-COCO-300").id)])
    await shop.orders.confirm(order.id)
    answer = await at.hears("o que vc indica pra cabelo ressecado?")
    assert "**Shampoo Hidratante Coco 300 ml** (R$ 39,90, você já comprou)" in answer
    assert "**Condicionador Hidratante Coco 300 ml**" in answer


@pytest.mark.parametrize("shop", ["cosmeticos", "varejo", "saude"])
@pytest.mark.parametrize(
    "said", ["qual creme vc indica pra quem tem alergia?", "o que vc recomenda pra gestante usar?"]
)
async def test_illness_and_pregnancy_go_to_a_person(shop: str, said: str) -> None:
    at = await advised(shop)
    await at.hears(said)
    assert at.talk.handed_over is not None
    assert at.talk.handed_over.urgent


async def test_advice_goes_on_without_the_index() -> None:
    at = await advised()
    at.shop.knowledge.passages.clear()
    assert "Anticaspa" in await at.hears("qual shampoo vc indica pra caspa?")
    at.shop.knowledge.fail_next(ServiceUnavailable("qdrant", "away"))
    assert not await KnowledgeAtHand("1", at.shop.knowledge).search("caspa")
