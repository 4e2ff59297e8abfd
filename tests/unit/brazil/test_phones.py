from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatwootai.brazil import phones

pytestmark = pytest.mark.unit

AREAS = st.sampled_from(("11", "21", "27", "31", "41", "48", "55", "62", "71", "81", "85", "92", "98"))
SINCE_BEFORE = st.builds(
    "+55{}9{}{:07d}".format, AREAS, st.sampled_from("6789"), st.integers(0, 9_999_999)
).filter(lambda e164: phones.to_e164(e164) is not None)
"""Mobiles whose eight digits were given out before the ninth came."""


@pytest.mark.parametrize(
    ("written", "e164"),
    [
        ("(11) 98765-4321", "+5511987654321"),
        ("11 9 8765 4321", "+5511987654321"),
        ("11.98765.4321", "+5511987654321"),
        ("011 98765-4321", "+5511987654321"),
        ("0 15 11 98765-4321", "+5511987654321"),
        ("+55 (011) 98765-4321", "+5511987654321"),
        ("0055 11 98765-4321", "+5511987654321"),
        ("5511987654321", "+5511987654321"),
        ("5511987654321@s.whatsapp.net", "+5511987654321"),
        ("whatsapp:+5511987654321", "+5511987654321"),
        ("551187654321", "+551187654321"),
        ("55 98765-4321", "+5555987654321"),
        ("(11) 3456-7890", "+551134567890"),
        ("0800 123 4567", "+558001234567"),
        ("+1 415 555 2671", "+14155552671"),
        ("00 1 415 555 2671", "+14155552671"),
    ],
)
def test_whatever_is_written_has_one_form(written: str, e164: str) -> None:
    assert phones.to_e164(written) == e164


@pytest.mark.parametrize(
    "written",
    ["", "oi", "98765-4321", "190", "23 98765-4321", "12345678909", "pedido 11987654321", "01310-100", "+"],
)
def test_what_is_no_number_is_none(written: str) -> None:
    assert phones.to_e164(written) is None


def test_a_whatsapp_id_needs_no_plus_to_be_foreign() -> None:
    assert phones.from_whatsapp("14155552671") == "+14155552671"
    assert phones.from_whatsapp("5511987654321") == "+5511987654321"
    assert phones.from_whatsapp("+5511987654321") == "+5511987654321"


@pytest.mark.parametrize(
    "e164",
    ["+551134567890", "+14155552671", "+558001234567", "+5511912345678", "+5523987654321", "oi", ""],
)
def test_only_an_old_brazilian_mobile_has_a_second_form(e164: str) -> None:
    assert phones.variants(e164) == (e164,)


@given(SINCE_BEFORE)
def test_the_variant_of_the_variant_is_the_number(e164: str) -> None:
    given_number, other = phones.variants(e164)
    assert given_number == e164
    assert phones.variants(other) == (other, e164)
    assert phones.to_e164(other) == other


@given(SINCE_BEFORE)
def test_a_displayed_number_reads_as_itself(e164: str) -> None:
    for number in phones.variants(e164):
        assert phones.to_e164(phones.display(number)) == number


@pytest.mark.parametrize(
    ("e164", "shown"),
    [
        ("+5511987654321", "(11) 98765-4321"),
        ("+551187654321", "(11) 8765-4321"),
        ("+551134567890", "(11) 3456-7890"),
        ("+558001234567", "0800 123 4567"),
        ("+14155552671", "+1 415-555-2671"),
        ("Ana", "Ana"),
    ],
)
def test_a_number_is_displayed_as_people_here_write_it(e164: str, shown: str) -> None:
    assert phones.display(e164) == shown


def test_numbers_are_found_in_a_message_and_nothing_else_is() -> None:
    said = "me liga no 11 98765-4321 ou (11) 3456-7890, ou no 5511987654321"
    assert phones.find(said) == ("+5511987654321", "+551134567890")
    assert phones.find("CEP 01310-100, CPF 123.456.789-09, pedido 20261125001, 98765-4321") == ()


@given(st.text() | st.text("0123456789+()- .@/"))
def test_no_text_is_too_strange(text: str) -> None:
    number = phones.to_e164(text)
    assert number is None or number.startswith("+")
    assert phones.from_whatsapp(text) is None or number is None or number.startswith("+")
    assert phones.variants(text)[0] == text
    assert isinstance(phones.display(text), str)
    assert all(found.startswith("+") for found in phones.find(text))
