"""Questions about a product: answered by its own words, or not at all."""

from __future__ import annotations

import pytest
from tests.fixtures.advising import advised

from chatwootai.domain.outcomes import HandoffReason

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("shop", "said", "expected"),
    [
        ("cosmeticos", "como usa o sérum de vitamina c?", "“Usar pela manhã, com protetor solar.”"),
        ("cosmeticos", "o shampoo sólido é vegano?", "“Vegano, em barra, sem embalagem plástica.”"),
        ("cosmeticos", "a máscara de cílios é à prova d'água?", "“À prova d'água.”"),
        ("cosmeticos", "qual a composição do kit rotina facial?",
         "“Gel de limpeza, sérum de vitamina C e protetor solar facial.”"),
        ("varejo", "quais as medidas da mesa de jantar jatobá de 6 lugares?", "“160 × 90 cm.”"),
        ("varejo", "qual a altura da mesa lateral orgânica?", "“Altura de 55 cm.”"),
        ("saude", "o whey tem quanta proteína?", "“27 g de proteína por dose.”"),
    ],
)  # fmt: skip
async def test_what_the_description_says_is_quoted(shop: str, said: str, expected: str) -> None:
    at = await advised(shop)
    assert expected in await at.hears(said)


@pytest.mark.parametrize(
    ("shop", "said"),
    [
        ("cosmeticos", "tem parabeno no shampoo de coco?"),
        ("cosmeticos", "o shampoo de coco é vegano?"),
        ("cosmeticos", "o shampoo matizador serve pra cabelo cacheado?"),
        ("cosmeticos", "como usa o pó compacto?"),
        ("varejo", "qual o material do sofá-cama?"),
        ("saude", "o colágeno hidrolisado é vegano?"),
    ],
)
async def test_what_it_does_not_say_is_not_said_and_a_person_is_offered(shop: str, said: str) -> None:
    at = await advised(shop)
    answer = await at.hears(said)
    assert "não consta na descrição" in answer or "isso não consta" in answer or "diz: “" in answer
    if "diz: “" not in answer:
        assert answer.endswith("⇒ Falar com uma pessoa")


async def test_the_size_is_read_off_the_name_where_the_description_is_silent() -> None:
    at = await advised()
    answer = await at.hears("o shampoo sólido é vegano?", "qual o tamanho?")
    assert "**Shampoo Sólido Alecrim 80 g**" in answer


async def test_questions_go_on_about_the_same_product() -> None:
    at = await advised()
    await at.hears("como usa o sérum de vitamina c?")
    assert "Sérum Facial Vitamina C 10% 30 ml" in await at.hears("tem parabeno?")
    assert "Sérum Facial Vitamina C 10% 30 ml" in await at.hears("é vegano?")


async def test_products_of_one_name_are_told_one_by_one() -> None:
    at = await advised("varejo")
    answer = await at.hears("quais as medidas da mesa de jantar jatobá?")
    assert "• **Mesa de Jantar Jatobá 4 Lugares** (R$ 1.890,00): 120 × 80 cm." in answer
    assert "• **Mesa de Jantar Jatobá 6 Lugares** (R$ 2.490,00): 160 × 90 cm." in answer


async def test_of_many_those_are_told_that_say_it() -> None:
    at = await advised()
    answer = await at.hears("qual shampoo de vcs é vegano?")
    assert "**Shampoo Sólido Alecrim 80 g**" in answer
    assert "Anticaspa" not in answer


async def test_whether_it_suits_is_about_the_product_just_told_of() -> None:
    at = await advised()
    answer = await at.hears("como usa o sérum de niacinamida?", "e pra pele oleosa, serve?")
    assert "“Reduz a oleosidade e os poros aparentes.”" in answer


async def test_a_question_at_the_summary_leaves_the_order_waiting() -> None:
    at = await advised()
    answer = await at.hears(
        "quero 2 shampoos de coco", "Retirar na loja", "pix", "como usa o shampoo de coco?"
    )
    assert "consta" in answer
    assert answer.endswith("⇒ Confirmar pedido ⇒ Não, obrigado")
    await at.hears("sim")
    assert len(at.placed) == 1


async def test_without_a_product_the_profile_may_answer_for_all() -> None:
    at = await advised()
    assert "Não vendemos marcas que testam em animais." in await at.hears(
        "vocês testam em animais? é cruelty free?"
    )


async def test_without_a_product_it_is_asked_which() -> None:
    at = await advised()
    answer = await at.hears("é vegano?")
    assert "qual produto" in answer
    assert "Vegano, em barra" in await at.hears("o shampoo sólido")


async def test_a_person_is_called_after_a_yes() -> None:
    at = await advised()
    await at.hears("tem parabeno no shampoo de coco?", "sim")
    assert at.talk.handed_over is not None
    assert at.talk.handed_over.reason is HandoffReason.CUSTOMER_ASKED


@pytest.mark.parametrize(
    "said",
    [
        "qual o modo de usar do sérum de retinol pra quem amamenta?",
        "como usa o gel de limpeza quem tem dermatite?",
    ],
)
async def test_illness_and_pregnancy_are_never_answered(said: str) -> None:
    at = await advised()
    answer = await at.hears(said)
    assert "Não indicado" not in answer
    assert at.talk.handed_over is not None
    assert at.talk.handed_over.urgent
