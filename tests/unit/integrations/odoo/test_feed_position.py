"""Where a look ended survives being written, stays small, and knows when a second is over for good."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatwootai.integrations.odoo.feed_position import OVERLAP, Position, gathered, parsed

pytestmark = pytest.mark.unit

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)
ROWS = st.lists(
    st.tuples(
        st.sampled_from(["product.product", "stock.quant"]),
        st.integers(1, 60),
        st.integers(-200, 0).map(lambda seconds: NOON + seconds * SECOND),
    ),
    max_size=80,
)


@given(ROWS)
def test_a_position_comes_back_from_its_text_as_it_was(rows: list[tuple[str, int, datetime]]) -> None:
    position = Position(NOON, NOON + 5 * SECOND, gathered(rows, NOON))
    assert parsed(str(position)) == position


@given(ROWS)
def test_what_was_told_is_known_as_far_back_as_the_next_look_reads(
    rows: list[tuple[str, int, datetime]],
) -> None:
    position = parsed(str(Position(NOON, NOON, gathered(rows, NOON))))
    for model, id_, at in rows:
        assert position.was_told(model, id_, at) == (at >= position.begin)
        assert not position.was_told(model, 61, at)


def test_a_second_settles_when_the_longest_transaction_is_over() -> None:
    position = Position(NOON, NOON + OVERLAP)
    assert not position.is_settled(NOON)
    assert position.is_settled(NOON - SECOND)


def test_a_change_settles_by_a_newer_one_where_odoo_tells_no_time() -> None:
    assert Position(NOON, datetime(1970, 1, 1, tzinfo=UTC)).is_settled(NOON - OVERLAP - SECOND)


def test_an_import_of_many_records_takes_little_room() -> None:
    rows = [("product.product", id_, NOON) for id_ in range(1, 50_001)]
    text = str(Position(NOON, NOON, gathered(rows, NOON)))
    assert len(text) < 200
    assert parsed(text).was_told("product.product", 50_000, NOON)


def test_what_takes_too_much_room_is_forgotten_the_oldest_first_and_so_told_again() -> None:
    old = [("product.product", id_, NOON - SECOND) for id_ in range(1, 30_000, 2)]
    new = [("product.product", id_, NOON) for id_ in range(1, 30_000, 2)]
    text = str(Position(NOON, NOON, gathered([*old, *new], NOON)))
    position = parsed(text)
    assert len(text) < 200_000
    assert position.was_told("product.product", 1, NOON)
    assert not position.was_told("product.product", 1, NOON - SECOND)


@pytest.mark.parametrize(
    "text", ["", "7", "{}", '{"format": 0}', "[]", '{"format": 1}', '{"format": 1, "told": []}']
)
def test_a_text_that_is_no_position_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no position of a change feed"):
        parsed(text)
