"""Odoo's JSON is read without losing a cent and without taking `false` for a value."""

from __future__ import annotations

from decimal import Decimal

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatwootai.domain.errors import ServiceUnavailable
from chatwootai.integrations.odoo.values import decimal, link, number, records, text

pytestmark = pytest.mark.unit


@given(st.decimals(min_value=0, max_value=9_999_999_999, places=2))
def test_money_survives_the_float_of_the_wire(amount: Decimal) -> None:
    row = orjson.loads(orjson.dumps({"list_price": float(amount)}))
    assert decimal(row, "list_price") == amount


@given(st.lists(st.decimals(min_value=0, max_value=99_999, places=2), min_size=2, max_size=40))
def test_what_odoo_added_up_in_floats_is_still_money(amounts: list[Decimal]) -> None:
    row = orjson.loads(orjson.dumps({"price_total": sum(map(float, amounts))}))
    assert decimal(row, "price_total") == sum(amounts)


@pytest.mark.parametrize("value", [False, True, None, "39.90", [], float("nan"), float("inf")])
def test_what_is_no_number_is_not_guessed(value: object) -> None:
    with pytest.raises(ServiceUnavailable):
        decimal({"list_price": value}, "list_price")


@pytest.mark.parametrize("value", [False, True, None, "1", 1.0])
def test_what_is_no_id_is_not_guessed(value: object) -> None:
    with pytest.raises(ServiceUnavailable):
        number({"id": value}, "id")


def test_false_is_empty() -> None:
    row = {"default_code": False, "categ_id": False}
    assert text(row, "default_code") == ""
    assert link(row, "categ_id") is None
    assert link({"categ_id": [4, "Shampoos"]}, "categ_id") == (4, "Shampoos")


@pytest.mark.parametrize("answer", [None, False, {}, "x", [1]])
def test_an_answer_that_is_no_list_of_records_is_a_failure_of_the_server(answer: object) -> None:
    with pytest.raises(ServiceUnavailable):
        records(answer)
