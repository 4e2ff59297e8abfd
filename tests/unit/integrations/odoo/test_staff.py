"""Who of an Odoo's resources are people who can be booked."""

from __future__ import annotations

import pytest

from chatwootai.integrations.odoo.staff import Member, each_once

pytestmark = pytest.mark.unit


def member(id_: int, partner: int, *, active: bool = True) -> Member:
    return Member(id_, f"Dra. {id_}", partner + 100, partner, 1, active)


def test_of_several_resources_of_one_person_the_active_one_is_she_in_the_order_given() -> None:
    left, back, other = member(3, 7, active=False), member(9, 7), member(5, 8)
    assert each_once([back, left, other]) == [back, other]
    assert each_once([left, other, back]) == [other, back]


def test_of_several_that_are_alike_the_oldest_is_she() -> None:
    assert each_once([member(9, 7), member(3, 7)]) == [member(3, 7)]
    assert each_once([member(9, 7, active=False), member(3, 7, active=False)]) == [member(3, 7, active=False)]
