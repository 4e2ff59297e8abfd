"""The arithmetic behind the figures of the benchmark."""

from __future__ import annotations

import asyncio

import pytest
from bench.arithmetic import Spread, arrivals, middle_rate, percentile
from bench.load import open_loop
from bench.report import Figure
from hypothesis import given
from hypothesis import strategies as st

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("share", "expected"), [(0.5, 50.0), (0.99, 99.0), (0.991, 100.0), (1.0, 100.0), (0.0, 1.0)]
)
def test_a_percentile_is_the_value_of_its_rank(share: float, expected: float) -> None:
    assert percentile([float(n) for n in range(100, 0, -1)], share) == expected


@given(st.lists(st.floats(0, 1e6), min_size=1), st.floats(0, 1))
def test_a_percentile_was_measured_and_is_exceeded_by_no_more_than_the_rest(
    values: list[float], share: float
) -> None:
    found = percentile(values, share)
    assert found in values
    assert sum(value <= found for value in values) >= share * len(values) - 1e-9


def test_no_values_have_no_percentile() -> None:
    with pytest.raises(ValueError, match="at least one"):
        percentile([], 0.5)


def test_arrivals_are_exactly_as_many_as_the_rate_says_and_the_same_each_time() -> None:
    due = arrivals(200, 12, seed=1)
    assert len(due) == 2400
    assert list(due) == sorted(due)
    assert 0 <= due[0] <= due[-1] <= 12
    assert due == arrivals(200, 12, seed=1)


def test_the_rate_is_that_of_the_even_middle() -> None:
    start_and_end_are_slow = [-50.0, *(n / 10 for n in range(100)), 200.0]
    assert middle_rate(start_and_end_are_slow) == pytest.approx(10.0)


def test_a_spread_is_told_in_its_unit() -> None:
    assert Spread.of([0.1, 0.2, 0.3], 1000) == Spread(3, 200.0, 300.0, 300.0)


async def test_a_stall_of_the_server_counts_for_all_that_were_due_meanwhile() -> None:
    free = asyncio.Event()
    due = [0.0, 0.01, 0.02, 0.03]
    sent: list[int] = []

    async def answer_all_at_the_end(number: int) -> None:
        sent.append(number)
        if len(sent) == len(due):
            free.set()
        await free.wait()

    answers = await open_loop(due, answer_all_at_the_end)
    # Whoever was due first waited longest: nobody's sending waited for an answer.
    assert sent == [0, 1, 2, 3]
    assert max(answers.latencies) >= 0.03
    assert len(answers.lateness) == len(due)
    assert min(answers.lateness) >= 0


def test_a_figure_misses_its_goal_by_one_value_or_by_growing() -> None:
    assert Figure("g", "f", "ms", [10, 51], most=50).verdict == "misses"
    assert Figure("g", "f", "ms", [10, 20], noise=3).verdict == "misses"
    assert Figure("g", "f", "ms", [10, 15], noise=3).verdict == "ok"
    assert Figure("g", "f", "ms", [10, 90]).verdict == ""
