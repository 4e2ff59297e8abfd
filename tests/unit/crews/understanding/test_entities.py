from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatwootai.crews.understanding.entities import read_entities
from chatwootai.domain.requests import Amount, Entities, Impossible

pytestmark = pytest.mark.unit

NOW = datetime.fromisoformat("2026-11-25T09:30:00-03:00")


def read(said: str) -> Entities:
    return read_entities(said, NOW)


@pytest.mark.parametrize(
    ("said", "counted"),
    [
        ("quero 2 cremes e 3 shampoos de coco", [(2, "cremes"), (3, "shampoos de coco")]),
        ("me vê dois batons", [(2, "batons")]),
        ("uma dúzia de sabonetes", [(12, "sabonetes")]),
        ("meia dúzia de sabonetes", [(6, "sabonetes")]),
        ("duas dúzias de rosas", [(24, "rosas")]),
        ("um par de brincos", [(2, "brincos")]),
        ("3 unidades de creme hidratante", [(3, "creme hidratante")]),
        ("shampoo x2", [(2, "")]),
        ("2x shampoo de coco", [(2, "shampoo de coco")]),
        ("quero 2", [(2, "")]),
        ("só 2", [(2, "")]),
        ("2", [(2, "")]),
        ("quero 2, por favor", [(2, "")]),
        ("dois géis e um creme", [(2, "géis"), (1, "creme")]),
        ("só um creme", [(1, "creme")]),
        ("queria 3 do vermelho e 2 do azul", [(3, "vermelho"), (2, "azul")]),
        ("são 2 camisetas tamanho 38", [(2, "camisetas")]),
        ("quero 1 shampoo de 1 litro", [(1, "shampoo")]),
        ("sim, mas duas unidades", [(2, "")]),
        ("quero os dois", []),
        ("as duas", []),
        ("quero um shampoo", []),
        ("quero uma informação", []),
        ("kit com 3 sabonetes", []),
        ("10x no cartão", []),
        ("em 3x sem juros", []),
        ("2 metros de fita", []),
        ("300ml de shampoo", []),
        ("FPS 50", []),
        ("10 reais", []),
        ("iphone 15 128gb", []),
        ("sexta às 14h", []),
        ("pedido 27", []),
        ("11 98765-4321", []),
        ("daqui a 3 dias", []),
        ("tenho 25 anos", []),
        ("moro na rua das flores, 123", []),
        ("a segunda opção", []),
    ],
)
def test_a_count_is_read_with_what_it_counts(said: str, counted: list[tuple[int, str]]) -> None:
    assert [(one.value, one.of) for one in read(said).quantities] == counted


@pytest.mark.parametrize(
    "said", ["quero -3 cremes", "quero 0 cremes", "zero cremes", "me vê -2", "quero −1 batom"]
)
def test_less_than_one_of_a_thing_is_impossible(said: str) -> None:
    found = read(said)
    assert found.quantities == ()
    assert found.impossible == (Impossible.QUANTITY,)


def test_a_list_with_dashes_holds_counts() -> None:
    found = read("- 2 cremes\n- 3 batons")
    assert [one.value for one in found.quantities] == [2, 3]
    assert found.impossible == ()


def most(value: str) -> Amount:
    return Amount(Decimal(value), at_most=True)


def least(value: str) -> Amount:
    return Amount(Decimal(value), at_least=True)


@pytest.mark.parametrize(
    ("said", "amounts"),
    [
        ("até 100", [most("100")]),
        ("tem algo até 20 reais?", [most("20")]),
        ("no máximo 50 reais", [most("50")]),
        ("menos de 30", [most("30")]),
        ("acima de 50", [least("50")]),
        ("a partir de 80 reais", [least("80")]),
        ("uns 80", [Amount(Decimal(80))]),
        ("de R$ 59,90", [Amount(Decimal("59.90"))]),
        ("cem conto", [Amount(Decimal(100))]),
        ("cinquenta reais", [Amount(Decimal(50))]),
        ("cento e cinquenta reais", [Amount(Decimal(150))]),
        ("entre 50 e 100", [least("50"), most("100")]),
        ("entre 50 e 100 reais", [least("50"), most("100")]),
        ("entre 14 e 16h", []),
        ("até as 10", []),
        ("a partir das 17", []),
        ("até 30 dias", []),
        ("até 500ml", []),
        ("2 cremes", []),
        ("dia 25", []),
    ],
)
def test_money_is_read_with_its_limit(said: str, amounts: list[Amount]) -> None:
    assert list(read(said).amounts) == amounts


@pytest.mark.parametrize(
    ("said", "codes"),
    [
        ("S00027", ("S00027",)),
        ("cadê o s00027?", ("S00027",)),
        ("#S00027", ("S00027",)),
        ("pedido 27", ("27",)),
        ("meu pedido 27 não chegou", ("27",)),
        ("pedido nº 1234", ("1234",)),
        ("pedido número 1234", ("1234",)),
        ("o número do pedido é 1234", ("1234",)),
        ("pedidos 27 e 28", ("27", "28")),
        ("meu pedido é 2 cremes", ()),
        ("pedido do dia 5 não chegou", ()),
        ("quero 27", ()),
    ],
)
def test_an_order_is_known_by_its_code(said: str, codes: tuple[str, ...]) -> None:
    assert read(said).order_codes == codes


@pytest.mark.parametrize(
    ("said", "coupons"),
    [
        ("cupom BELA20", ("BELA20",)),
        ("tenho o cupom bela20", ("BELA20",)),
        ("código promocional VERAO12", ("VERAO12",)),
        ("tenho o cupom primeiracompra", ("PRIMEIRACOMPRA",)),
        ("tenho um cupom aqui, BELA20", ("BELA20",)),
        ("tem cupom ativo?", ()),
        ("o cupom não funciona", ()),
        ("como uso o cupom de desconto", ()),
    ],
)
def test_a_coupon_is_read_in_capitals(said: str, coupons: tuple[str, ...]) -> None:
    assert read(said).coupons == coupons


def test_documents_telephones_and_addresses_are_told_apart() -> None:
    found = read("cpf 529.982.247-25, tel (11) 98765-4321, cep 01310-100, ana@exemplo.com.br")
    assert found.documents == ("52998224725",)
    assert found.phones == ("+5511987654321",)
    assert found.postal_codes == ("01310100",)
    assert found.emails == ("ana@exemplo.com.br",)
    assert not found.quantities
    assert not found.amounts
    assert not found.moments


@pytest.mark.parametrize(
    ("said", "good", "bad"),
    [
        ("52998224725", ("52998224725",), ()),
        ("cpf 111.111.111-11", (), ("11111111111",)),
        ("cpf: 1234567890", (), ("1234567890",)),
        ("11.222.333/0001-81", ("11222333000181",), ()),
        ("12.ABC.345/01DE-35", ("12ABC34501DE35",), ()),
        ("meu zap é 11987654321", (), ()),
    ],
)
def test_a_document_is_checked(said: str, good: tuple[str, ...], bad: tuple[str, ...]) -> None:
    found = read(said)
    assert (found.documents, found.bad_documents) == (good, bad)


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("me chamo Ana Souza", ("Ana Souza",)),
        ("meu nome é joão pedro", ("João Pedro",)),
        ("sou a Ana", ("Ana",)),
        ("sou a ana", ("Ana",)),
        ("é para o João Pedro", ("João Pedro",)),
        ("no nome de Maria da Silva", ("Maria da Silva",)),
        ("aqui é a Carla, tudo bem?", ("Carla",)),
        ("agendar para Maria Clara amanhã às 10", ("Maria Clara",)),
        ("minha filha Júlia precisa de consulta", ("Júlia",)),
        ("sou a mãe do Pedro", ()),
        ("sou a dona da loja", ()),
        ("sou alérgica a camarão", ()),
        ("é para amanhã", ()),
        ("é para presente", ()),
        ("me chama no whats", ()),
    ],
)
def test_a_name_is_one_that_she_gives(said: str, names: tuple[str, ...]) -> None:
    assert read(said).names == names


@pytest.mark.parametrize(
    ("said", "whom"),
    [
        ("minha mãe quer marcar uma consulta", "mãe"),
        ("é pro meu filho", "filho"),
        ("pra minha esposa", "esposa"),
        ("consulta do meu avô", "avô"),
        ("horário pra minha avó", "avó"),
        ("quero marcar para mim", ""),
        ("minha mãe usa esse creme", ""),
    ],
)
def test_for_whom_she_speaks_is_known(said: str, whom: str) -> None:
    assert read(said).for_whom == whom


def test_one_sentence_may_hold_everything() -> None:
    found = read("meu nome é Ana e quero 2 cremes para sexta às 14h por até 100 reais, cupom BELA20")
    assert found.names == ("Ana",)
    assert [(one.value, one.of) for one in found.quantities] == [(2, "cremes")]
    assert [moment.said for moment in found.moments] == ["sexta às 14h"]
    assert found.amounts == (most("100"),)
    assert found.coupons == ("BELA20",)


PIECES = (
    "às", "dia", "31", "/", "de", "fevereiro", "14h", "25h", ":", "cpf", "R$", "-", "3", "x", "até", "entre",
    "e", "quarta", "que vem", "pedido", "S00027", "meia", "dúzia", "\u200b", "\u202e", "😀", "1️⃣", "½", "二",
    "٣", "ı", "ǆ", "@", ".", ",", "\n", "\x00", "\x01", "daqui a", "999999", "amanhã", "sou a", "meu", "mãe",
)  # fmt: skip


@given(st.text(max_size=300))
def test_any_text_is_read_without_an_error(said: str) -> None:
    read(said)


@given(st.lists(st.sampled_from(PIECES), max_size=24), st.sampled_from(("", " ")))
def test_any_heap_of_words_is_read_without_an_error(pieces: list[str], between: str) -> None:
    found = read(between.join(pieces))
    assert all(one.value > 0 for one in found.quantities)
    assert all(moment.said for moment in found.moments)


def test_a_flood_is_read_only_so_far() -> None:
    assert read("oi " * 5000 + "2 cremes").quantities == ()


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("vou querer o de 2 lugares", ()),
        ("quero a mesa de 6 lugares", ()),
        ("quero o guarda roupa 3 portas", ()),
        ("a cômoda de 5 gavetas", ()),
        ("vitamina d3 60 cápsulas", ()),
        ("quero 2 sofás de 2 lugares", (2,)),
        ("manda 3 cadeiras e a mesa de 4 lugares", (3,)),
    ],
)
def test_what_a_thing_has_is_not_how_many_are_wanted(text: str, counts: tuple[int, ...]) -> None:
    assert tuple(quantity.value for quantity in read_entities(text, NOW).quantities) == counts


@pytest.mark.parametrize(
    "text", ["usa o BELA20 entao", "aplica BELA20 pfv", "coloca o código BELA20", "o cupom bela20"]
)
def test_a_code_after_a_word_of_using_is_a_coupon(text: str) -> None:
    assert read_entities(text, NOW).coupons == ("BELA20",)
