"""The customers in memory keep what the port promises."""

from __future__ import annotations

import pytest
from tests.fakes.customers import FakeCustomers

from chatwootai.domain.customers import NewCustomer
from chatwootai.domain.errors import BusinessRefusal, OutcomeUnknown, Refusal

pytestmark = pytest.mark.unit

MARIA = NewCustomer("Maria", "+5511987654321", "Maria@Example.com", "529.982.247-25")


async def test_somebody_is_found_however_it_was_written() -> None:
    customers = FakeCustomers()
    maria = await customers.create("a", MARIA)
    assert await customers.by_phone("+551187654321") == [maria]
    assert await customers.by_email("maria@example.COM") == [maria]
    assert await customers.by_document("52998224725") == [maria]
    assert await customers.by_phone("+5511900000000") == []
    assert await customers.by_email("") == await customers.by_document("") == []


async def test_several_hits_are_all_told() -> None:
    customers = FakeCustomers()
    assert await customers.by_phone("+5511987654321") == []
    both = [customers.enter(MARIA), customers.enter(MARIA)]
    assert await customers.by_phone("+5511987654321") == both


async def test_p4_a_key_creates_one_customer_whatever_answer_got_lost() -> None:
    customers = FakeCustomers()
    customers.script.lose_answer("create")
    with pytest.raises(OutcomeUnknown):
        await customers.create("a", MARIA)
    assert [await customers.create("a", MARIA)] == customers.all()


async def test_a_document_with_wrong_check_digits_is_refused() -> None:
    customers = FakeCustomers()
    with pytest.raises(BusinessRefusal) as refusal:
        await customers.create("a", NewCustomer("Maria", document="529.982.247-24"))
    assert refusal.value.reason is Refusal.DOCUMENT_INVALID
    assert customers.all() == []
