"""Telephone numbers in E.164, from what people type."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatwootai.simulators.odoo.models.phones import first_sanitized, sanitized

pytestmark = pytest.mark.unit

AREAS = st.sampled_from(["11", "21", "31", "47", "51", "61", "71", "81", "85", "92"])
MOBILES = st.from_regex(r"9[6-9][0-9]{7}", fullmatch=True)
SEPARATORS = st.sampled_from(["", " ", "-", ".", "  "])


@given(area=AREAS, number=MOBILES, one=SEPARATORS, two=SEPARATORS)
def test_every_way_of_writing_a_brazilian_mobile_is_the_same_number(
    area: str, number: str, one: str, two: str
) -> None:
    split = f"{number[:5]}{two}{number[5:]}"
    wanted = f"+55{area}{number}"
    written = (
        f"({area}){one}{split}",
        f"{area}{one}{split}",
        f"0{area}{one}{split}",
        f"55{area}{number}",
        f"+55{one}{area}{one}{split}",
        f" {wanted} ",
    )
    for text in written:
        assert sanitized(text, "BR") == wanted, text


@given(text=st.text(max_size=30), country=st.sampled_from(["BR", "US", None]))
def test_any_text_is_a_number_in_e164_or_none(text: str, country: str | None) -> None:
    found = sanitized(text, country)
    assert found is None or (
        found.startswith("+") and found[1:].isdigit() and sanitized(found, None) == found
    )


@pytest.mark.parametrize("text", ["", "  ", None, "maria", "123", "(11) 8765-4321", "+99 123"])
def test_what_is_no_number_has_no_form(text: str | None) -> None:
    assert sanitized(text, "BR") is None


def test_without_a_country_only_international_numbers_are_understood() -> None:
    assert sanitized("(11) 98765-4321", None) is None
    assert sanitized("+55 (11) 98765-4321", None) == "+5511987654321"


def test_the_first_of_several_that_is_a_number_counts() -> None:
    assert first_sanitized(("recado", "(11) 98765-4321"), "BR") == "+5511987654321"
    assert first_sanitized(("(11) 98765-4321", "(11) 3765-4321"), "BR") == "+5511987654321"
    assert first_sanitized((None, ""), "BR") is None
