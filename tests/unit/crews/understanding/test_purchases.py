"""A purchase that says how it is brought or paid is a purchase, and nothing else."""

from __future__ import annotations

import pytest

from chatwootai.crews.understanding.purchases import goods_in
from chatwootai.crews.understanding.reader import understand
from chatwootai.domain.crews import Intent

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("said", "goods"),
    [
        ("quero 1 joelheira com suporte, retiro na loja, pix", ["joelheira com suporte"]),
        ("quero 1 creme para as maos entrega em 01310-100", ["creme para as maos"]),
        ("quero 3 almofada de linho pra retirar, pix", ["almofada de linho"]),
        ("quero 1 protetor labial retirando na loja no pix", ["protetor labial"]),
        ("me vê 1 creme de coco, retiro na loja e pago no pix", ["creme de coco"]),
        ("quero 2 perfumes e 1 batom, retiro na loja", ["perfumes", "batom"]),
        ("boa tarde, queria comprar 2 vasos no cartão", ["vasos"]),
    ],
)
def test_only_the_goods_are_asked_for(said: str, goods: list[str]) -> None:
    requests = understand(said)
    assert {request.intent for request in requests} == {Intent.BUY}
    assert [request.mention for request in requests] == goods


def test_what_stands_beside_the_goods_is_kept_for_whoever_sells() -> None:
    (request,) = understand("quero 1 creme retirar na loja pix com o cupom CASANOVA")
    assert request.entities.coupons == ("CASANOVA",)
    (request,) = understand("quero 1 creme de coco entrega em 01310-100")
    assert request.entities.postal_codes == ("01310100",)


@pytest.mark.parametrize(
    "said",
    [
        "quero retirar na loja",
        "quero pagar 1 pedido no pix",
        "quero um desconto no pix",
        "quero uma informação sobre entrega",
        "quero 1 shampoo, aceita pix?",
        "entrega 2 caixas em 01310-100",
        "qual o frete de 2 cremes?",
    ],
)
def test_what_is_no_purchase_names_no_goods(said: str) -> None:
    assert goods_in(said) == ""


def test_a_question_beside_a_purchase_is_answered() -> None:
    requests = understand("quero 1 whey, vcs entregam em recife?")
    assert {request.intent for request in requests} == {Intent.BUY, Intent.DELIVERY}


@pytest.mark.parametrize(
    ("said", "mention", "asked"),
    [
        ("quero 1 creme de coco entrega em 01310-100 e quanto fica o frete?", "creme de coco", "delivery"),
        ("queria 2 kits, da pra entregar no 04567-000? pago no pix", "kits", "delivery"),
        ("quero 1 shampoo, aceita pix?", "shampoo", "payment"),
    ],
)
def test_a_question_in_the_same_breath_is_asked_beside_the_purchase(
    said: str, mention: str, asked: str
) -> None:
    bought, question = understand(said)
    assert (bought.intent, bought.mention) == (Intent.BUY, mention)
    assert question.intent == asked


@pytest.mark.parametrize(
    ("said", "counted"),
    [
        ("quero 3 omega 3", [(3, "omega 3")]),
        ("quero 1 protetor labial e 2 vitamina d3", [(1, "protetor labial"), (2, "vitamina d3")]),
        ("quero 2 protetor solar fps 50 e 1 gel", [(2, "protetor solar fps 50"), (1, "gel")]),
    ],
)
def test_the_number_of_a_name_is_not_lost_beside_how_many(said: str, counted: list[tuple[int, str]]) -> None:
    found = [each for request in understand(said) for each in request.entities.quantities]
    assert [(each.value, each.of) for each in found] == counted
