"""What every calendar keeps to: the fake, the simulated Odoo over HTTP, and a real one where given."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
import pytest_asyncio
from tests.contract.clinics import FAKE, NOTICE, RULE, Clinic, clinic, clinics_odoo
from tests.contract.odoos import ODOOS, OdooUnderTest

from chatwootai.domain.calendars import Slot
from chatwootai.domain.errors import BusinessRefusal, Refusal

pytestmark = [pytest.mark.contract, pytest.mark.asyncio(loop_scope="module")]

UNKNOWN = 2_000_000_000
FAR = timedelta(days=400)


@pytest_asyncio.fixture(scope="module", loop_scope="module", params=[FAKE, *ODOOS])
async def odoo(request: pytest.FixtureRequest) -> AsyncIterator[OdooUnderTest | None]:
    async with clinics_odoo(request) as found:
        yield found


@pytest_asyncio.fixture(loop_scope="module")
async def shop(odoo: OdooUnderTest | None) -> AsyncIterator[Clinic]:
    async with clinic(odoo) as found:
        yield found


async def test_services_come_by_name_with_a_price_in_the_currency_of_the_shop(shop: Clinic) -> None:
    services = await shop.calendar.services()
    assert shop.service in [service.id for service in services]
    assert [service.name for service in services] == sorted(
        (service.name for service in services), key=str.casefold
    )
    for service in services:
        assert service.code in shop.rules.services
        assert service.duration == RULE.duration
        assert service.price.currency == "BRL"


async def test_professionals_come_by_name_and_each_once(shop: Clinic) -> None:
    people = await shop.calendar.professionals(shop.service)
    assert people
    assert [p.name for p in people] == sorted((p.name for p in people), key=str.casefold)
    assert len({p.id for p in people}) == len(people)


async def test_slots_come_by_time_each_once_and_after_the_rules(shop: Clinic) -> None:
    people = {p.id for p in await shop.calendar.professionals(shop.service)}
    now = datetime.now(UTC)
    end = now + timedelta(days=10)
    slots = await shop.calendar.slots(shop.service, now, end)
    assert slots
    assert list(slots) == sorted(set(slots))
    for slot in slots:
        assert now + NOTICE <= slot.start < end
        assert slot.end - slot.start == RULE.duration
        assert slot.professional_id in people
        assert slot.start.utcoffset() == timedelta(0)


async def test_slots_of_one_professional_are_hers_alone(shop: Clinic) -> None:
    slots = await shop.free()
    someone = slots[-1].professional_id
    hers = await shop.free(professional=someone)
    assert hers == [slot for slot in slots if slot.professional_id == someone]
    assert await shop.free(professional=UNKNOWN) == []


async def test_nothing_is_free_where_the_window_is_past_or_past_the_horizon(shop: Clinic) -> None:
    now = datetime.now(UTC)
    assert list(await shop.calendar.slots(shop.service, now - FAR, now)) == []
    assert list(await shop.calendar.slots(shop.service, now + FAR, now + FAR + FAR)) == []


async def test_a_booking_tells_what_was_asked_for_and_takes_its_slot(shop: Clinic) -> None:
    slot, key = (await shop.free())[0], shop.key()
    booked = await shop.book(slot, key=key, title="Limpeza de pele – Maria")
    assert booked.slot == slot
    assert (booked.key, booked.title) == (key, "Limpeza de pele – Maria")
    assert booked.customer_id == shop.maria
    assert not booked.is_cancelled
    assert slot not in await shop.free()
    assert await shop.calendar.get(booked.id) == booked
    assert await shop.calendar.find(key) == booked


async def test_the_gap_after_a_booking_and_before_it_is_kept_free(shop: Clinic) -> None:
    slots = await shop.apart()
    booked = (await shop.book(slots[1])).slot
    for slot in await shop.free(professional=booked.professional_id):
        assert slot.start >= booked.end + RULE.gap or slot.end + RULE.gap <= booked.start


async def test_the_same_key_books_once(shop: Clinic) -> None:
    first, other = (await shop.apart())[:2]
    key = shop.key()
    booked = await shop.book(first, key=key)
    assert await shop.book(other, key=key) == booked
    assert other in await shop.free()


async def test_keys_that_begin_alike_are_told_apart(shop: Clinic) -> None:
    first, other = (await shop.apart())[:2]
    key = shop.key()
    longer = await shop.book(first, key=f"{key}2")
    assert await shop.calendar.find(key) is None
    shorter = await shop.book(other, key=key)
    assert await shop.calendar.find(key) == shorter
    assert await shop.calendar.find(f"{key}2") == longer
    assert await shop.calendar.find("") is None


async def test_a_moved_appointment_takes_the_new_slot_and_frees_the_old(shop: Clinic) -> None:
    old, new = (await shop.apart())[:2]
    booked = await shop.book(old)
    moved = await shop.calendar.reschedule(booked.id, new)
    assert (moved.id, moved.key, moved.slot, moved.customer_id) == (booked.id, booked.key, new, shop.maria)
    assert await shop.calendar.get(booked.id) == moved
    free = await shop.free()
    assert old in free
    assert new not in free


async def test_an_appointment_may_move_to_another_professional(shop: Clinic) -> None:
    slots = await shop.free()
    old = slots[0]
    others = [slot for slot in slots if slot.professional_id != old.professional_id]
    if not others:
        pytest.skip("only one professional here")
    moved = await shop.calendar.reschedule((await shop.book(old)).id, others[0])
    assert moved.slot == others[0]
    assert moved.customer_id == shop.maria
    free = await shop.free()
    assert old in free
    assert others[0] not in free


async def test_an_appointment_that_is_about_to_move_does_not_stand_in_its_own_way(shop: Clinic) -> None:
    booked = await shop.book((await shop.free())[0])
    assert booked.slot not in await shop.free()
    assert booked.slot in await shop.free(ignoring=booked.id)


async def test_a_cancelled_appointment_frees_its_slot_and_is_still_found(shop: Clinic) -> None:
    booked = await shop.book((await shop.free())[0])
    cancelled = await shop.calendar.cancel(booked.id)
    assert cancelled.is_cancelled
    assert (cancelled.id, cancelled.slot) == (booked.id, booked.slot)
    assert booked.slot in await shop.free()
    assert await shop.calendar.get(booked.id) == cancelled
    assert await shop.calendar.find(booked.key) == cancelled
    assert await shop.calendar.cancel(booked.id) == cancelled


async def test_what_is_gone_or_cancelled_is_not_moved(shop: Clinic) -> None:
    slot, other = (await shop.apart())[:2]
    booked = await shop.book(slot)
    await shop.calendar.cancel(booked.id)
    for id_ in (booked.id, UNKNOWN):
        with pytest.raises(BusinessRefusal) as refused:
            await shop.calendar.reschedule(id_, other)
        assert refused.value.reason is Refusal.UNKNOWN_RECORD


async def test_an_unknown_appointment_is_nothing_and_cannot_be_cancelled(shop: Clinic) -> None:
    for id_ in (UNKNOWN, 0, -1, 2**40):
        assert await shop.calendar.get(id_) is None
    with pytest.raises(BusinessRefusal) as refused:
        await shop.calendar.cancel(UNKNOWN)
    assert refused.value.reason is Refusal.UNKNOWN_RECORD


async def test_nothing_prevents_a_double_booking_but_it_is_seen(shop: Clinic) -> None:
    slot = (await shop.free())[0]
    first = await shop.book(slot)
    second = await shop.book(slot, customer=shop.joana)
    assert list(await shop.calendar.conflicts(slot)) == [first, second]
    later = Slot(slot.end, slot.end + RULE.duration, slot.professional_id)
    assert first not in await shop.calendar.conflicts(later)
    await shop.calendar.cancel(first.id)
    assert list(await shop.calendar.conflicts(slot)) == [second]


async def test_a_customer_is_told_her_own_appointments_by_time(shop: Clinic) -> None:
    one, two, three = (await shop.apart())[:3]
    late, early = await shop.book(two), await shop.book(one)
    hers = await shop.book(three, customer=shop.joana)
    now = datetime.now(UTC)
    assert list(await shop.calendar.of_customer(shop.maria, now)) == [early, late]
    assert list(await shop.calendar.of_customer(shop.joana, now)) == [hers]
    assert list(await shop.calendar.of_customer(shop.maria, one.end)) == [late]
    await shop.calendar.cancel(late.id)
    assert list(await shop.calendar.of_customer(shop.maria, now)) == [early]


STRANGE = ('d\'água "x"', "100%_a\\b", "<b>&amp;[c]", "pão 🥖 às 9", "x" * 200, "A", "a", "a\nb")


async def test_keys_of_any_characters_find_their_own_booking_and_no_other(shop: Clinic) -> None:
    unique = shop.key()
    slots = iter(await shop.apart())
    booked = {
        f"{unique}{strange}": await shop.book(next(slots), key=f"{unique}{strange}") for strange in STRANGE
    }
    for key, appointment in booked.items():
        assert appointment.key == key
        assert await shop.calendar.find(key) == appointment
    assert await shop.calendar.find(f"{unique}100%") is None
    assert await shop.calendar.find(unique) is None
