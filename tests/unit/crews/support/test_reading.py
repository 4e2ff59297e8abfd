from __future__ import annotations

import pytest

from chatwootai.crews.support.goods import means_all, named
from chatwootai.crews.support.reading import Said, bare_code
from chatwootai.crews.support.wishes import Reason, Wish
from chatwootai.crews.understanding.words import norms_of
from chatwootai.domain.crews import Intent

pytestmark = pytest.mark.unit


def said(text: str, intent: Intent = Intent.EXCHANGE) -> Said:
    return Said(text, " ".join(norms_of(text)), frozenset({intent}))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("veio quebrado", Reason.DEFECT),
        ("o creme vazou tudo na caixa", Reason.DEFECT),
        ("ja tava vencido qdo chegou", Reason.DEFECT),
        ("o secador não liga", Reason.DEFECT),
        ("comprei de presente e veio rachado", Reason.DEFECT),
        ("mandaram o produto errado", Reason.WRONG),
        ("faltou um condicionador", Reason.WRONG),
        ("pedi azul e veio errado", Reason.WRONG),
        ("não é o que eu pedi", Reason.WRONG),
        ("comprei tamanho M e mandaram GG", Reason.WRONG),
        ("comprei de 128gb e veio de 64", Reason.WRONG),
        ("veio só um pé", Reason.WRONG),
        ("recebi o vestido, mas ficou apertado", Reason.REGRET),
        ("veio a blusa mas ficou pequena", Reason.REGRET),
        ("pedi o tamanho errado", Reason.REGRET),
        ("não gostei da cor", Reason.REGRET),
        ("me arrependi", Reason.REGRET),
        ("ficou apertado", Reason.REGRET),
        ("não quero mais", Reason.REGRET),
        ("quero trocar", None),
        ("dá pra trocar por outra cor?", None),
    ],
)
def test_the_reason_is_read_in_her_words(text: str, reason: Reason | None) -> None:
    assert said(text).reason is reason


def test_trouble_without_a_known_word_is_taken_for_a_defect() -> None:
    assert said("olha só como chegou", Intent.WRONG_ITEM).reason is Reason.DEFECT
    assert said("veio com uma cor estranha", Intent.WRONG_ITEM).reason is Reason.DEFECT
    both = frozenset({Intent.WRONG_ITEM, Intent.EXCHANGE})
    assert Said("", "me arrependi e esta lacrado", both).reason is Reason.REGRET


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("quero trocar", Wish.EXCHANGE),
        ("quero meu dinheiro de volta", Wish.RETURN),
        ("devolver", Wish.RETURN),
        ("troca ou devolve", Wish.EXCHANGE),
        ("veio quebrado", None),
    ],
)
def test_money_back_is_told_apart_from_another_one(text: str, wish: Wish | None) -> None:
    assert said(text).wish is wish


@pytest.mark.parametrize(
    ("text", "opened"),
    [
        ("ainda ta lacrado", False),
        ("nem abri", False),
        ("tá na embalagem, não foi aberto", False),
        ("já abri", True),
        ("usei uma vez", True),
        ("me arrependi", None),
    ],
)
def test_whether_it_was_opened_is_read_where_she_says_so(text: str, opened: bool | None) -> None:
    assert said(text).opened is opened


@pytest.mark.parametrize(
    "text", ["vou no procon", "vou colocar no Reclame Aqui", "meu advogado vai procurar vcs", "vou processar"]
)
def test_threats_are_heard(text: str) -> None:
    assert said(text).threatens


@pytest.mark.parametrize(
    "text", ["ainda não chegou", "meu pedido n chegou", "tá atrasado", "já era pra ter chegado", "sumiu"]
)
def test_not_having_arrived_is_heard(text: str) -> None:
    assert said(text, Intent.ORDER_STATUS).has_not_arrived


def test_asking_where_an_order_is_does_not_claim_that_it_is_late() -> None:
    assert not said("cadê meu pedido?", Intent.ORDER_STATUS).has_not_arrived


@pytest.mark.parametrize(
    "text", ["quando cai meu estorno?", "o reembolso ainda não caiu", "cadê meu dinheiro"]
)
def test_money_that_was_promised_is_told_apart_from_a_new_return(text: str) -> None:
    assert said(text).asks_after_refund


@pytest.mark.parametrize(
    "text",
    [
        "não gostei, quero meu dinheiro de volta",
        "não recebi o produto e quero meu dinheiro",
        "quero reembolso",
    ],
)
def test_asking_for_money_back_is_no_question_after_it(text: str) -> None:
    assert not said(text).asks_after_refund


def test_goods_are_known_by_the_words_that_tell_them_apart() -> None:
    names = ("Shampoo Hidratação Profunda 300 ml", "Condicionador Hidratação Profunda 300 ml")
    assert named("o shampoo", names) == (0,)
    assert named("só o condicionador", names) == (1,)
    assert named("o de hidratação", names) == (0, 1)
    assert named("quero cancelar", names) == ()
    assert named(names[1], names) == (1,)
    assert means_all("tudo")
    assert means_all("os dois")
    assert not means_all("o shampoo")


@pytest.mark.parametrize(("text", "code"), [("é o 27", "27"), ("S00027", "S00027"), ("o azul", "")])
def test_a_bare_number_is_a_code_where_we_asked_for_one(text: str, code: str) -> None:
    assert bare_code(text) == code
