"""CPF and CNPJ: what is refused, and what is no business of the check."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from validate_docbr import CNPJ, CPF

from chatwootai.simulators.odoo.errors import ValidationError
from chatwootai.simulators.odoo.models.identifications import check_identification

pytestmark = pytest.mark.unit


@pytest.mark.parametrize("kind", [None, "VAT", "CPF"])
@pytest.mark.parametrize("mask", [True, False])
def test_a_generated_cpf_passes(kind: str | None, *, mask: bool) -> None:
    check_identification(CPF().generate(mask=mask), kind, "Maria")


@pytest.mark.parametrize("kind", [None, "VAT", "CNPJ"])
@pytest.mark.parametrize("digits_only", [True, False])
def test_a_generated_cnpj_passes_with_and_without_letters(kind: str | None, *, digits_only: bool) -> None:
    check_identification(CNPJ().generate(mask=True, digits_only=digits_only), kind, "Loja")


@given(position=st.integers(0, 10), step=st.integers(1, 9))
def test_one_wrong_digit_is_found(position: int, step: int) -> None:
    digits = list("52998224725")
    digits[position] = str((int(digits[position]) + step) % 10)
    with pytest.raises(ValidationError, match="não parece ser válido"):
        check_identification("".join(digits), None, "Maria")


def test_a_number_of_the_other_kind_is_refused() -> None:
    with pytest.raises(ValidationError, match="CNPJ"):
        check_identification("529.982.247-25", "CNPJ", "Maria")
    with pytest.raises(ValidationError, match="CPF"):
        check_identification("11.222.333/0001-81", "CPF", "Loja")


@pytest.mark.parametrize("number", ["abc", "123", "000.000.000-00", "11111111111111"])
def test_what_looks_like_neither_is_refused(number: str) -> None:
    with pytest.raises(ValidationError):
        check_identification(number, None, "Maria")


def test_other_documents_are_taken_as_they_are() -> None:
    check_identification("AB123456", "Passaporte", "Maria")
