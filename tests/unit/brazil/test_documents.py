from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from validate_docbr import CNPJ, CPF

from chatwootai.brazil.documents import Document, DocumentKind, parse, written_forms

pytestmark = pytest.mark.unit

LETTERS_AND_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def weighed(root: str) -> str:
    """`root` with its check digits by the rule of Receita Federal, apart from the library under test: the
    values are those of ASCII less 48, the weights run from 2 up at the right end, to 9 for a CNPJ."""
    for _ in range(2):
        weights = (2 + place % (8 if len(root) >= 12 else 10) for place in range(len(root)))
        total = sum(
            (ord(letter) - 48) * weight for letter, weight in zip(reversed(root), weights, strict=True)
        )
        root += "0" if total % 11 < 2 else str(11 - total % 11)
    return root


CPFS = st.text("0123456789", min_size=9, max_size=9).map(weighed)
CNPJS = st.text(LETTERS_AND_DIGITS, min_size=12, max_size=12).map(weighed)
DOCUMENTS = (CPFS | CNPJS).filter(lambda digits: len(set(digits)) > 1)


@given(DOCUMENTS)
def test_right_check_digits_are_read_in_both_written_forms(digits: str) -> None:
    document = parse(digits)
    assert document is not None
    assert document.digits == digits
    assert document.kind is (DocumentKind.CPF if len(digits) == 11 else DocumentKind.CNPJ)
    assert all(parse(form) == document for form in written_forms(document))
    assert parse(document.formatted.lower()) == document


@given(DOCUMENTS, st.data())
def test_a_changed_digit_is_refused_unless_its_check_digits_agree(digits: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(digits) - 1))
    changed = digits[:place] + data.draw(st.sampled_from("0123456789")) + digits[place + 1 :]
    right = weighed(changed[:-2]) == changed and len(set(changed)) > 1
    assert (parse(changed) is not None) is right


@pytest.mark.parametrize("digits", ["52998224725", "12ABC34501DE35", "11222333000181"])
def test_no_single_slip_of_the_finger_passes(digits: str) -> None:
    for place in range(len(digits)):
        for other in set("0123456789") - {digits[place]}:
            if (ord(digits[place]) - ord(other)) % 11:
                assert parse(digits[:place] + other + digits[place + 1 :]) is None


@given(st.integers(0, 2**32))
def test_what_the_library_makes_is_read(seed: int) -> None:
    random.seed(seed)
    for made in (CPF().generate(), CPF().generate(mask=True), CNPJ().generate(digits_only=False)):
        if len(set(made)) > 3:
            assert parse(made) is not None


@pytest.mark.parametrize(
    ("written", "formatted"),
    [
        ("12345678909", "123.456.789-09"),
        ("123 456 789 09", "123.456.789-09"),
        ("cpf: 123.456.789-09", "123.456.789-09"),
        ("CPF nº 123456789/09", "123.456.789-09"),
        ("12ABC34501DE35", "12.ABC.345/01DE-35"),
        ("cnpj 12.abc.345/01de-35", "12.ABC.345/01DE-35"),
        ("12 abc 345 01de 35", "12.ABC.345/01DE-35"),
        ("CNPJ/MF 00.000.000/0001-91", "00.000.000/0001-91"),
    ],
)
def test_any_punctuation_will_do(written: str, formatted: str) -> None:
    document = parse(written)
    assert document is not None
    assert document.formatted == formatted


@pytest.mark.parametrize(
    "written",
    [
        "",
        "191",
        "111.111.111-11",
        "00000000000000",
        "123.456.789-00",
        "12.ABC.345/01DE-36",
        "１２３４５６７８９０９",
        "oi",
    ],
)
def test_what_is_no_document_is_none(written: str) -> None:
    assert parse(written) is None


def test_a_document_keeps_itself_from_logs() -> None:
    document = Document(DocumentKind.CPF, "12345678909")
    assert "123" not in repr(document)
    assert document.masked == "***.***.***-09"
    assert Document(DocumentKind.CNPJ, "12ABC34501DE35").masked == "**.***.***/01DE-35"


@given(st.text() | st.text(LETTERS_AND_DIGITS + "./- ", min_size=9, max_size=20))
def test_no_text_is_too_strange(text: str) -> None:
    document = parse(text)
    assert document is None or parse(document.formatted) == document
