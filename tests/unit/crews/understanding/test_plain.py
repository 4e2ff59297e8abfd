"""Wishes that a few words say plainly, and the names in them without what is said beside them."""

from __future__ import annotations

import pytest

from chatwootai.crews.understanding.reader import understand
from chatwootai.domain.crews import Intent

pytestmark = pytest.mark.unit


def read(said: str) -> list[tuple[Intent, str]]:
    return [(request.intent, request.mention) for request in understand(said)]


@pytest.mark.parametrize(
    "said",
    [
        "o que vc consegue fazer por aqui?",
        "como vc pode me ajudar?",
        "o que vc faz?",
        "em que pode me ajudar?",
        "o que da pra fazer aqui?",
        "o que posso fazer por aqui",
        "pra que vc serve?",
        "quais as opções de atendimento?",
    ],
)
def test_what_can_be_done_here_is_asked_of_the_assistant(said: str) -> None:
    assert read(said) == [(Intent.IDENTITY, "")]


@pytest.mark.parametrize(
    "said",
    [
        "quero ver meu pedido",
        "queria saber do meu pedido",
        "ver pedido",
        "oi, como faço pra acompanhar minha compra",
        "tem como consultar o pedido?",
    ],
)
def test_whoever_wants_to_see_her_order_asks_where_it_is(said: str) -> None:
    assert read(said) == [(Intent.ORDER_STATUS, "")]


def test_several_orders_are_a_list() -> None:
    assert read("ver meus pedidos") == [(Intent.ORDER_LIST, "")]


@pytest.mark.parametrize(
    "said",
    [
        "e os dois juntos qto fica?",
        "quanto fica os dois?",
        "tudo dá quanto?",
        "juntos qto sai?",
        "e os 2 quanto fica?",
        "e tudo junto?",
    ],
)
def test_together_is_no_product(said: str) -> None:
    assert read(said) == [(Intent.PRICE, "")]


@pytest.mark.parametrize(
    ("said", "mention"),
    [
        ("queria um hidratante de até 40 reais", "hidratante"),
        ("tem escrivaninha até 800 reais?", "escrivaninha"),
        ("tem perfume por menos de 100 reais?", "perfume"),
        ("tem sofa ate 2 mil?", "sofa"),
        ("mesa de jantar abaixo de 1500", "mesa de jantar"),
        ("batom de no máximo 30 reais", "batom"),
        ("tem creme entre 30 e 50 reais?", "creme"),
    ],
)
def test_a_limit_of_price_asks_for_advice_and_is_no_part_of_the_name(said: str, mention: str) -> None:
    (request,) = understand(said)
    assert (request.intent, request.mention) == (Intent.ADVICE, mention)
    assert request.entities.amounts


@pytest.mark.parametrize(
    ("said", "mention"),
    [
        ("qto fica a mesa de jantar jatoba 4 lugares em 10x?", "mesa de jantar jatoba 4 lugares"),
        ("quanto fica o sofa em 10x no cartão?", "sofa"),
        ("quanto custa o sofa retratil à vista?", "sofa retratil"),
        ("quanto fica o perfume no pix?", "perfume"),
        ("mesa de jantar jatoba em 10x sem juros", "mesa de jantar jatoba"),
        ("preço do guarda roupa 6 portas no cartao", "guarda roupa 6 portas"),
    ],
)
def test_the_price_of_a_thing_in_instalments_is_a_price(said: str, mention: str) -> None:
    (request,) = understand(said)
    assert (request.intent, request.mention) == (Intent.PRICE, mention)
    assert request.text.rstrip("?") in said


@pytest.mark.parametrize("said", ["parcela em quantas vezes?", "aceita cartão?", "dá pra pagar no pix?"])
def test_how_one_may_pay_names_no_thing(said: str) -> None:
    assert read(said) == [(Intent.PAYMENT, "")]


@pytest.mark.parametrize(
    ("said", "mention"),
    [
        ("o shampoo de cachos tem sulfato?", "shampoo de cachos"),
        ("o whey tem lactose?", "whey"),
        ("o perfume tem alcool?", "perfume"),
        ("esse shampoo tem sal?", "shampoo"),
        ("a mesa jatoba vem montada?", "mesa jatoba"),
        ("pra que serve o serum de vitamina c?", "serum de vitamina c"),
        ("como toma o omega 3?", "omega 3"),
        ("como toma a vitamina d3?", "vitamina d3"),
        ("qual o tamanho da mesa de jantar jatoba de 6 lugares?", "mesa de jantar jatoba de 6 lugares"),
        ("quais as cores da poltrona?", "poltrona"),
        ("quanto mede o tapete?", "tapete"),
    ],
)
def test_a_question_about_a_product_names_the_product(said: str, mention: str) -> None:
    assert read(said) == [(Intent.DETAILS, mention)]


def test_a_guarantee_is_no_property() -> None:
    assert read("o colchão tem quantos anos de garantia?") == [(Intent.EXCHANGE_POLICY, "")]


@pytest.mark.parametrize(
    "said",
    [
        "qual a diferença do perfume floral pro amadeirado?",
        "diferença do sofa retratil 2 lugares pro sofa cama",
        "compara o perfume floral com o amadeirado",
        "compara o omega 3 com a vitamina d3",
        "perfume floral vs amadeirado",
    ],
)
def test_two_things_beside_one_another_are_compared(said: str) -> None:
    assert [intent for intent, _ in read(said)] == [Intent.COMPARE]


@pytest.mark.parametrize(
    ("said", "mentions"),
    [
        ("tem protetor solar corporal fps 50?", ["protetor solar corporal fps 50"]),
        ("tem vitamina d3?", ["vitamina d3"]),
        ("tem vitamina b12?", ["vitamina b12"]),
        ("quanto é o sofa retratil 2 lugares", ["sofa retratil 2 lugares"]),
    ],
)
def test_numbers_that_tell_products_apart_stay(said: str, mentions: list[str]) -> None:
    assert [mention for _, mention in read(said)] == mentions


@pytest.mark.parametrize(
    ("said", "mentions"),
    [
        ("blz, quero 1 então", [""]),
        ("ta bom, vou querer", [""]),
        ("show, vou querer 1", [""]),
        ("pera, quero só 2", [""]),
        ("quero 1 omega 3", ["omega 3"]),
        ("quero 1 protetor labial e 1 vitamina d3", ["protetor labial", "vitamina d3"]),
        ("manda 2 batom matte pra rua augusta 500, pix", ["batom matte"]),
        ("retira o sabonete", ["sabonete"]),
        ("pode retirar o shampoo do pedido", ["shampoo"]),
    ],
)
def test_an_interjection_is_no_product(said: str, mentions: list[str]) -> None:
    assert read(said) == [(Intent.BUY, mention) for mention in mentions]


def test_a_bare_name_buys_nothing() -> None:
    assert read("protetor solar corporal fps 50") == [(Intent.UNKNOWN, "protetor solar corporal fps 50")]


def test_a_voucher_is_named_by_the_money_on_it() -> None:
    texts = ("qual o preço do Vale-presente R$ 200?", "tem vale presente de 200 reais?")
    assert all("200" in understand(text)[0].mention for text in texts)


@pytest.mark.parametrize(
    "said",
    ["como tenho q ir pra fazer progressiva?", "como devo ir pra fazer luzes?", "como preciso estar no dia?"],
)
def test_in_which_state_to_come_is_a_question_of_preparation(said: str) -> None:
    assert [request.intent for request in understand(said)] == [Intent.PREPARATION]
