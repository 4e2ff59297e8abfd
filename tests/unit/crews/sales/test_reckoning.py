"""Instalments of a price and what several products cost together, as customers ask for them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from tests.fixtures.selling import Selling
from tests.fixtures.talking import profile_of

from chatwootai.crews.sales.instalments import instalments_in, spoken
from chatwootai.crews.sales.reckoning import times_of, without_instalments
from chatwootai.domain.money import Money

pytestmark = pytest.mark.unit


async def test_a_price_is_told_in_as_many_instalments_as_she_asks_for() -> None:
    at = Selling("varejo")
    answer = await at.hears("qto fica a mesa de jantar jatoba 4 lugares em 10x?")
    assert "R$ 1.890,00" in answer
    assert "10x de R$ 189,00 sem juros" in answer
    assert "5x de R$ 378,00 sem juros" in await at.hears("e em 5x quanto fica?")


async def test_more_instalments_than_the_shop_grants_get_the_most_that_is_possible() -> None:
    answer = await Selling("varejo").hears("qto custa a mesa de jantar jatoba 4 lugares em 12x?")
    assert "10x de R$ 189,00 sem juros" in answer
    assert "não dá" in answer or "no máximo" in answer


async def test_what_is_too_cheap_for_instalments_is_paid_at_once() -> None:
    answer = await Selling().hears("quanto custa o shampoo de coco parcelado em 3x?")
    assert "R$ 39,90" in answer
    assert "à vista" in answer


async def test_after_one_product_the_other_is_told_in_instalments_too() -> None:
    at = Selling("varejo")
    await at.hears("qto custa a mesa de jantar jatoba 4 lugares?")
    answer = await at.hears("e quanto fica o de 6 em 10x?")
    assert "**Mesa de Jantar Jatobá 6 Lugares**" in answer
    assert "10x de R$ 249,00 sem juros" in answer


async def test_instalments_are_told_once_it_is_clear_which_product_is_meant() -> None:
    at = Selling("varejo")
    assert "Qual" in await at.hears("qto fica a mesa de jantar jatoba em 10x?")
    assert "10x de R$ 249,00 sem juros" in await at.hears("a de 6 lugares")
    assert "10x" not in await at.hears("e a mesa bistrô?")


@pytest.mark.parametrize("asked", ["e os dois juntos qto fica?", "quanto fica os dois?", "quanto dá tudo?"])
async def test_two_prices_are_added_up_when_she_asks(asked: str) -> None:
    at = Selling()
    await at.hears("quanto custa o shampoo de coco?", "e a mascara de queratina?")
    answer = await at.hears(asked)
    assert "R$ 39,90" in answer
    assert "R$ 57,90" in answer
    assert "**R$ 97,80**" in answer


async def test_both_are_the_last_two_of_which_prices_were_told() -> None:
    at = Selling()
    await at.hears("quanto custa o batom matte rosa?", "e o shampoo de coco?", "e a mascara de queratina?")
    assert "**R$ 97,80**" in await at.hears("e os dois juntos qto fica?")
    assert "**R$ 127,70**" in await at.hears("quanto dá tudo?")


async def test_after_one_price_nothing_is_added_up() -> None:
    answer = await Selling().hears("quanto custa o shampoo de coco?", "quanto dá tudo?")
    assert answer.count("R$") == 1


@pytest.mark.parametrize(
    ("said", "times"),
    [
        ("em 10x", 10),
        ("em até 3 vezes sem juros", 3),
        ("parcelado em 6x", 6),
        ("12 parcelas", 12),
        ("dá pra parcelado?", 0),
        ("quanto custa 2x shampoo de coco", None),
        ("tapete 2 x 2,5 m", None),
        ("quanto custa o shampoo?", None),
    ],
)
def test_instalments_are_no_quantities(said: str, times: int | None) -> None:
    assert times_of(said) == times


@pytest.mark.parametrize(
    ("mention", "rest"),
    [
        ("mesa de jantar em 10x", "mesa de jantar"),
        ("fica o de 6 em 10 x", "de 6"),
        ("sabonete de enxofre", "sabonete de enxofre"),
        ("sofa e a mesa bistro juntos", "sofa e a mesa bistro"),
        ("product:12", "product:12"),
        ("Shampoo de Coco", "Shampoo de Coco"),
    ],
)
def test_the_words_of_instalments_are_no_name(mention: str, rest: str) -> None:
    assert without_instalments(mention) == rest


@pytest.mark.parametrize(
    ("total", "count", "told"),
    [
        ("1890.00", 10, "10x de R$ 189,00 sem juros"),
        ("100.00", 3, ""),
        ("100.00", 2, "2x de R$ 50,00 sem juros"),
        ("2490.05", 4, "4x sem juros: a 1ª de R$ 622,52 e as outras de R$ 622,51"),
        ("9000.00", 11, ""),
    ],
)
def test_instalments_keep_to_the_rules_of_the_shop(total: str, count: int, told: str) -> None:
    found = instalments_in(Money(Decimal(total)), profile_of("varejo").payment, count)
    assert (spoken(found) if found else "") == told


async def test_the_first_of_those_offered_is_told_in_instalments() -> None:
    at = Selling("varejo")
    await at.hears("tem mesa de jantar jatoba?")
    assert "10x de R$ 189,00 sem juros" in await at.hears("a primeira em 10x fica quanto?")


async def test_two_named_at_once_are_added_up_and_told_in_instalments() -> None:
    at = Selling("varejo")
    answer = await at.hears("quanto fica o sofa retratil 2 lugares e a mesa bistro juntos em 10x?")
    assert "R$ 3.739,00" in answer
    assert "10x de R$ 373,90 sem juros" in answer
