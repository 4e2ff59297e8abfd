"""How customers say what is to become of their cart."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from chatwootai.crews.sales.changes import Act, changes_of, named, only_amount
from chatwootai.crews.understanding.entities import read_entities
from chatwootai.domain.crews import CrewName, Intent, Request

pytestmark = pytest.mark.unit

NOW = datetime(2026, 11, 25, 10, tzinfo=ZoneInfo("America/Sao_Paulo"))


def said(text: str, mention: str = "") -> Request:
    return Request(Intent.BUY, CrewName.SALES, text, mention, entities=read_entities(text, NOW))


@pytest.mark.parametrize(
    ("text", "mention", "act", "quantity"),
    [
        ("quero esse", "", Act.ADD, None),
        ("vou querer 3", "", Act.ADD, 3),
        ("quero 2 shampoos de coco", "shampoos de coco", Act.ADD, 2),
        ("coloca mais dois", "", Act.ADD, 2),
        ("tira o condicionador", "condicionador", Act.REMOVE, None),
        ("tira um", "", Act.REMOVE, 1),
        ("não quero mais o gloss", "gloss", Act.REMOVE, None),
        ("remova a base do carrinho, por favor", "base", Act.REMOVE, None),
        ("exclui o rímel", "rímel", Act.REMOVE, None),
        ("na verdade são 3", "", Act.SET, 3),
        ("muda pra 3 unidades", "", Act.SET, 3),
        ("altera a quantidade para dez, por gentileza", "", Act.SET, 10),
        ("quero só 1", "", Act.SET, 1),
        ("aumenta pra 6", "", Act.SET, 6),
        ("em vez de 2 bota 5", "", Act.SET, 5),
        ("limpa meu carrinho", "", Act.CLEAR, None),
        ("tira tudo do carrinho", "", Act.CLEAR, None),
        ("esvazia o carrinho", "", Act.CLEAR, None),
        ("pode fechar", "", Act.CLOSE, None),
        ("finalizar compra", "", Act.CLOSE, None),
        ("Podemos concluir a compra?", "", Act.CLOSE, None),
        ("é só isso", "", Act.CLOSE, None),
        ("quero -3 cremes", "cremes", Act.REFUSE, None),
        ("me vê 0 shampoos", "shampoos", Act.REFUSE, None),
    ],
)
def test_what_she_wants_is_read(text: str, mention: str, act: Act, quantity: int | None) -> None:
    (change,) = changes_of(said(text, mention))
    assert (change.act, change.quantity) == (act, quantity)


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        ("troca pelo de 1 litro", "", "de 1 litro"),
        ("troca o batom rosa pelo vermelho", "batom rosa", "vermelho"),
        ("em vez do shampoo quero a máscara", "shampoo", "máscara"),
        ("substitui o kit pela loção", "kit", "loção"),
    ],
)
def test_one_thing_is_exchanged_for_another(text: str, old: str, new: str) -> None:
    (change,) = changes_of(said(text))
    assert (change.act, change.mention, change.instead) == (Act.SWAP, old, new)


def test_what_is_counted_becomes_a_change_for_each() -> None:
    changes = changes_of(said("2 shampoos de coco e 1 máscara de queratina"))
    assert [(change.mention, change.quantity) for change in changes] == [
        ("shampoos de coco", 2),
        ("máscara de queratina", 1),
    ]


@pytest.mark.parametrize(
    ("mention", "name"),
    [
        ("shampoos de coco entrega em 01310-100", "shampoos de coco"),
        ("batom vermelho no pix", "batom vermelho"),
        ("quero o batom vermelho", "batom vermelho"),
        ("o de 1 litro", "de 1 litro"),
        ("máscara com o cupom BELA20", "máscara"),
        ("na verdade", ""),
        ("product:12", "product:12"),
    ],
)
def test_a_name_is_freed_from_the_words_around_it(mention: str, name: str) -> None:
    assert named(mention) == name


@pytest.mark.parametrize(
    ("text", "amount"), [("3", 3), ("só 2", 2), ("três unidades", 3), ("3 batons", None), ("300ml", None)]
)
def test_a_number_may_be_all_that_she_says(text: str, amount: int | None) -> None:
    assert only_amount(text) == amount
