from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatwootai.brazil.postal import RANGES, STATES, Cep, parse

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    "written", ["01310-100", "01310100", "01.310-100", "CEP: 01310-100", " 01310 100 ", "cep 01310–100"]
)
def test_a_cep_is_read_as_it_is_written(written: str) -> None:
    assert parse(written) == Cep("01310100")


@pytest.mark.parametrize(
    "written", ["", "00000-000", "1310-100", "01310-1000", "11987654321", "０１３１０１００", "rua 01310-100"]
)
def test_what_is_no_cep_is_none(written: str) -> None:
    assert parse(written) is None


@pytest.mark.parametrize(
    ("written", "state"),
    [
        ("01310-100", "SP"), ("19999-999", "SP"), ("20040-020", "RJ"), ("80010-000", "PR"),
        ("69005-010", "AM"),
        ("69301-000", "RR"), ("69400-000", "AM"), ("69900-062", "AC"), ("70040-010", "DF"),
        ("72800-000", "GO"),
        ("73000-000", "DF"), ("74000-000", "GO"), ("68900-000", "AP"), ("76801-000", "RO"),
        ("90010-000", "RS"),
        ("00999-999", None), ("78900-000", None),
    ],
)  # fmt: skip
def test_a_cep_tells_its_state(written: str, state: str | None) -> None:
    cep = parse(written)
    assert cep is not None
    assert cep.state == state


def test_the_ranges_are_in_order_and_name_every_state() -> None:
    assert len(STATES) == 27
    assert all(first <= last for first, last, _ in RANGES)
    assert all(earlier[1] < later[0] for earlier, later in pairwise(RANGES))


@given(st.integers(1, 99_999_999))
def test_a_formatted_cep_reads_as_itself(number: int) -> None:
    cep = Cep(f"{number:08d}")
    assert parse(cep.formatted) == cep
    assert cep.state is None or cep.state in STATES


@given(st.text())
def test_no_text_is_too_strange(text: str) -> None:
    cep = parse(text)
    assert cep is None or len(cep.digits) == 8
