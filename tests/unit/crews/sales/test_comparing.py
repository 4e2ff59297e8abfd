"""Products side by side, and which is first by what can be measured or read."""

from __future__ import annotations

import pytest
from tests.fixtures.advising import advised

pytestmark = pytest.mark.unit


async def test_two_products_are_told_side_by_side() -> None:
    at = await advised()
    answer = await at.hears("qual a diferença entre o sérum de vitamina c e o de ácido hialurônico?")
    assert (
        "• **Sérum Facial Vitamina C 10% 30 ml**: R$ 89,90, temos 20 unidades, 30 ml. Uniformiza o tom. "
        "Usar pela manhã, com protetor solar."
    ) in answer
    assert "• **Sérum Facial Ácido Hialurônico 30 ml**: R$ 84,90, temos 23 unidades, 30 ml." in answer


async def test_better_is_told_by_what_the_descriptions_say_of_her_need() -> None:
    at = await advised()
    answer = await at.hears(
        "qual a diferença entre o sérum de niacinamida e o sérum de vitamina c?",
        "qual dos dois é melhor pra pele oleosa?",
    )
    said = "a descrição de **Sérum Facial Niacinamida 30 ml** diz “Reduz a oleosidade e os poros aparentes.”"
    assert said in answer
    assert "a descrição de **Sérum Facial Vitamina C 10% 30 ml** não diz nada" in answer


async def test_better_without_a_criterion_is_asked_back() -> None:
    at = await advised()
    answer = await at.hears("qual a diferença entre o sérum de vitamina c e o de retinol?", "qual é melhor?")
    assert "preço, tamanho" in answer


async def test_the_cheaper_and_the_bigger_are_told_by_their_figures() -> None:
    at = await advised()
    answer = await at.hears(
        "qual a diferença do perfume floral de 50 ml e o perfume floral de 100 ml, qual é maior?"
    )
    assert "**Perfume Floral Jardim de Verão 100 ml**" in answer.split("\n\n")[-1]


async def test_one_is_compared_with_what_was_spoken_of() -> None:
    at = await advised()
    answer = await at.hears("qual shampoo vc indica pra caspa?", "qual a diferença dele pro de coco?")
    assert "**Shampoo Anticaspa Melaleuca 200 ml**: R$ 37,50" in answer
    assert "**Shampoo Hidratante Coco 300 ml**: R$ 39,90" in answer


async def test_one_alone_is_asked_with_what() -> None:
    at = await advised()
    answer = await at.hears("compara o sérum de retinol pra mim, qual a diferença?")
    assert "Sérum Noturno Retinol 30 ml" in answer
    assert "?" in answer


async def test_furniture_and_supplements_are_compared_by_what_is_written() -> None:
    at = await advised("varejo")
    answer = await at.hears("qual a diferença da mesa de jantar jatobá de 4 e de 6 lugares?")
    assert "120 × 80 cm." in answer
    assert "160 × 90 cm." in answer
    at = await advised("saude")
    answer = await at.hears("qual a diferença da vitamina d pra b12?")
    assert "Para vegetarianos e veganos." in answer
    assert "Uma cápsula ao dia, com refeição." in answer


async def test_after_a_comparison_one_of_them_is_bought() -> None:
    at = await advised()
    answer = await at.hears(
        "qual a diferença entre o sérum de vitamina c e o de ácido hialurônico?", "quero o segundo"
    )
    assert "1 × **Sérum Facial Ácido Hialurônico 30 ml**" in answer


async def test_illness_goes_to_a_person() -> None:
    at = await advised()
    await at.hears("qual dos dois é melhor pra quem tem alergia, o retinol ou a vitamina c?")
    assert at.talk.handed_over is not None
