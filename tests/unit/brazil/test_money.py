from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatwootai.brazil.money import find_amounts, format_brl, parse_brl
from chatwootai.domain.money import Money

pytestmark = pytest.mark.unit

AMOUNTS = st.decimals("0", "999999999999.99", places=2, allow_nan=False, allow_infinity=False)
NOISE = st.text("0123456789.,:/-$R% xkmhàe", max_size=40)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("R$ 1.234,50", "1234.50"), ("R$1234", "1234"), ("r$\u00a0 50", "50"), ("$ 50", "50"),
        ("49,90", "49.90"),
        ("50", "50"), ("50 conto", "50"), ("50 contos", "50"), ("50 reais", "50"), ("1 real", "1"),
        ("50rs", "50"),
        ("50 pila", "50"), ("2 reais e 50 centavos", "2.50"), ("50 centavos", "0.50"), ("1,5 mil", "1500"),
        ("2k", "2000"), ("R$ 2 mil", "2000"), ("2 milhões de reais", "2000000"), ("1.234", "1234"),
        ("12.50", "12.50"), ("12.5", "12.50"), ("1,234.50", "1234.50"), ("R$ 09,90", "9.90"),
        ("*R$ 50,00*", "50"),
        ("R$ 1.234.567,89", "1234567.89"), ("0,50", "0.50"),
    ],
)  # fmt: skip
def test_an_amount_is_read_to_the_cent(written: str, value: str) -> None:
    assert parse_brl(written) == Decimal(value)


@pytest.mark.parametrize(
    "written",
    ["", "oi", "1,234", "-5", "10x de R$ 29,90", "300 ml", "25/12", "14:30", "14h30", "US$ 50", "1.2345",
     "NaN", "Infinity",
     "1e5", "2 rs", "9" * 40, "50 a 80 reais"],
)  # fmt: skip
def test_what_is_not_one_amount_is_none(written: str) -> None:
    assert parse_brl(written) is None


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("quanto sai em 10x de R$ 29,90?", ["29.90"]),
        ("faz em 3x 29,90 ou 10x de 30?", ["29.90", "30"]),
        ("tem batom até 50 conto?", ["50"]),
        ("entre 50 e 100 reais", ["50", "100"]),
        ("de R$ 50 a 80", ["50", "80"]),
        ("uns 50-80 reais", ["50", "80"]),
        ("o de 300 ml por 12,90 ou o de 1.234,50?", ["12.90", "1234.50"]),
        ("custava 1.234, agora 1,5 mil", ["1234", "1500"]),
        ("30% de desconto em 49,90!", ["49.90"]),
        ("R$ 50/kg, e 2k no total", ["50", "2000"]),
        ("paguei 2 reais e 50 centavos", ["2.50"]),
    ],
)
def test_amounts_are_found_in_a_sentence(said: str, found: list[str]) -> None:
    amounts = find_amounts(said)
    assert [amount.value for amount in amounts] == [Decimal(value) for value in found]
    assert all(
        said[amount.start : amount.end].strip() == said[amount.start : amount.end] for amount in amounts
    )


@pytest.mark.parametrize(
    "said",
    [
        "quero 2 de 300 ml e 1 de 1,5 l", "entrega dia 25/12/2026 às 14:30", "dia 25.12.2026", "dia 12.50",
        "às 14.30", "às 14h30", "meu cep é 01310-100", "cep 01.310-100", "11 98765-4321", "+55 11 98765-4321",
        "cpf 123.456.789-09", "cnpj 12.345.678/0001-95", "pedido 1.234", "#1.234", "nº 12.345",
        "mesa de 1,20 x 2,40 m",
        "1,20x2,40", "tenho 1,65 de altura", "tv 4k", "US$ 49,90", "49,90 dólares", "10 mil seguidores",
        "kkk 2 rs",
        "10.5.2.1", "30%", "12,50%", "parcela em 10x?", "50", "300ml", "30 anos", "S00042", "R$", "10x",
        "1,234",
    ],
)  # fmt: skip
def test_dates_hours_sizes_and_codes_are_no_money(said: str) -> None:
    assert find_amounts(said) == ()


@given(AMOUNTS)
def test_a_formatted_amount_reads_as_itself(amount: Decimal) -> None:
    written = format_brl(amount)
    assert parse_brl(written) == amount
    found = find_amounts(f"Sai por {written}, à vista.")
    assert [(item.value, f"Sai por {written}, à vista."[item.start : item.end]) for item in found] == [
        (amount, written)
    ]


@given(st.text() | NOISE)
def test_no_text_is_too_strange_and_no_amount_negative_or_unfinished(text: str) -> None:
    last = 0
    for amount in find_amounts(text):
        assert amount.value.is_finite()
        assert amount.value >= 0
        assert amount.value.as_tuple().exponent == -2
        assert last <= amount.start < amount.end <= len(text)
        last = amount.end
    whole = parse_brl(text)
    assert whole is None or (whole.is_finite() and whole >= 0)


def test_money_is_written_with_a_plain_space_and_its_own_sign() -> None:
    assert format_brl(Decimal("1234.5")) == "R$ 1.234,50"
    assert format_brl(Decimal("0.005")) == "R$ 0,01"
    assert format_brl(Decimal(-5)) == "-R$ 5,00"
    assert format_brl(Money(Decimal(1299))) == "R$ 1.299,00"
    assert format_brl(Money(Decimal(5), "USD")) == "US$ 5,00"


@pytest.mark.parametrize("amount", ["NaN", "Infinity", "-Infinity"])
def test_what_is_no_amount_is_not_written(amount: str) -> None:
    with pytest.raises(ValueError, match="no amount of money"):
        format_brl(Decimal(amount))
