"""Money, percentages and ranges of postal codes as owners write them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from chatwootai.brazil.money import format_brl
from chatwootai.domain.money import Money
from chatwootai.integrations.profiles.kinds import Percent, Reais
from chatwootai.integrations.profiles.trading import FreightSection, PostalCodes

pytestmark = pytest.mark.unit

REAIS: TypeAdapter[Money] = TypeAdapter(Reais)
PERCENT: TypeAdapter[Decimal] = TypeAdapter(Percent)
RANGE: TypeAdapter[tuple[str, str]] = TypeAdapter(PostalCodes)

amounts = st.decimals(min_value=0, max_value=10**9, places=2)
codes = st.integers(min_value=1, max_value=99_999_999).map("{:08d}".format)


def written(code: str) -> str:
    return f"{code[:5]}-{code[5:]}"


@given(amounts)
def test_money_is_read_as_brazilians_write_it(amount: Decimal) -> None:
    spoken = format_brl(Money(amount))
    assert REAIS.validate_python(spoken) == Money(amount)
    assert REAIS.validate_python(spoken.removeprefix("R$").strip()) == Money(amount)


@given(st.decimals(min_value=0, max_value=100_000, places=2))
def test_a_bare_figure_of_yaml_keeps_its_cents(amount: Decimal) -> None:
    assert REAIS.validate_python(float(amount)).amount == amount


@pytest.mark.parametrize("value", ["-1,00", "abc", True, None, "", "1,2,3", float("nan"), float("inf"), -5])
def test_what_is_no_amount_is_refused(value: object) -> None:
    with pytest.raises(ValidationError, match="não é um valor em reais"):
        REAIS.validate_python(value)


@given(st.decimals(min_value=0, max_value=100, places=2))
def test_a_percentage_is_read_with_comma_and_sign(percent: Decimal) -> None:
    assert PERCENT.validate_python(f"{percent}".replace(".", ",") + " %") == percent


@pytest.mark.parametrize("value", ["101", "-1", "muito", "NaN", True, "Infinity"])
def test_what_is_no_percentage_is_refused(value: object) -> None:
    with pytest.raises(ValidationError, match="não é uma porcentagem"):
        PERCENT.validate_python(value)


@given(codes, codes)
def test_a_range_of_postal_codes_is_read_or_refused(first: str, last: str) -> None:
    text = f"{written(first)} a {written(last)}"
    if last < first:
        with pytest.raises(ValidationError, match="termina antes de começar"):
            RANGE.validate_python(text)
    else:
        assert RANGE.validate_python(text) == (first, last)


@given(st.text(max_size=40))
def test_no_text_breaks_the_reading_of_a_range(text: str) -> None:
    try:
        first, last = RANGE.validate_python(text)
    except ValidationError:
        return
    assert first <= last
    assert len(first) == len(last) == 8


@given(st.integers(0, 400), st.integers(0, 400))
def test_days_of_delivery_are_in_order(least: int, most: int) -> None:
    values = {"nome": "PAC", "prazo_minimo": least, "prazo_maximo": most}
    if most < least:
        with pytest.raises(ValidationError, match="menor que o prazo_minimo"):
            FreightSection.model_validate(values)
    else:
        assert FreightSection.model_validate(values).freight().most_days == most
