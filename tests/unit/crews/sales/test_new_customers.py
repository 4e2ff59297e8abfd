"""Buyers whom the ERP does not know yet: entered with their yes, and once (P4 and P7)."""

from __future__ import annotations

from decimal import Decimal

import pytest
from tests.fixtures.selling import Selling

from chatwootai.domain.conversations import ChannelKind, Contact
from chatwootai.domain.errors import BusinessRefusal, Refusal
from chatwootai.domain.outcomes import Handoff
from chatwootai.domain.promotions import Promotion

pytestmark = pytest.mark.unit

TO_THE_SUMMARY = ("quero 2 shampoos de coco", "Retirar na loja", "Pix")
WHO = "Carla Dias, (11) 97777-6666"


def visiting() -> Selling:
    return Selling(channel=ChannelKind.WEB_WIDGET, contact=Contact(3, "misty-river-12"))


async def test_p7_nobody_is_entered_before_her_yes() -> None:
    at = visiting()
    await at.hears(*TO_THE_SUMMARY, WHO)
    assert not at.shop.customers.all()
    await at.hears("sim")
    assert len(at.shop.customers.all()) == 1


async def test_p4_who_is_entered_for_a_coupon_is_entered_once_although_the_turn_comes_again() -> None:
    at = visiting()
    at.shop.orders.coupons = {"BELA20": Decimal(10)}
    at.shop.promotions.add(Promotion(1, "Bela", "10 a menos", code="BELA20"))
    await at.hears(*TO_THE_SUMMARY[:1], "tenho o cupom BELA20", *TO_THE_SUMMARY[1:])
    await at.hears_and_crashes(WHO)
    await at.hears(WHO, "sim")
    assert len(at.placed) == 1
    assert len(at.shop.customers.all()) == 1


async def test_whom_the_erp_does_not_take_gets_a_person_and_no_order() -> None:
    at = visiting()
    await at.hears(*TO_THE_SUMMARY, WHO)
    at.shop.customers.script.fail("create", BusinessRefusal(Refusal.DOCUMENT_INVALID, ""))
    await at.hears("sim")
    assert not at.placed
    assert isinstance(at.talk.draft and at.talk.draft.outcome, Handoff)
