"""The sweep finds what no webhook told of (promise P6)."""

from __future__ import annotations

import pytest
from tests.unit.hub.conftest import Hub

from chatwootai.domain.conversations import Status
from chatwootai.domain.errors import ServiceUnavailable
from chatwootai.hub.sweep import sweep

pytestmark = pytest.mark.unit


async def test_a_message_without_a_webhook_is_found(hub: Hub) -> None:
    await hub.arrives("oi", told=False)
    assert await sweep(hub.account, hub.records, hub.records) == 1
    assert [key for key, _ in hub.records.jobs] == [hub.key]


async def test_the_found_conversation_waits_in_its_contacts_lane(hub: Hub) -> None:
    await hub.arrives("oi", told=False)
    await sweep(hub.account, hub.records, hub.records)
    assert hub.records.jobs[0][1] == "3:source-7"


async def test_what_was_answered_is_not_found_again(hub: Hub) -> None:
    await hub.arrives("oi")
    await hub.turns.take(hub.key)
    assert await sweep(hub.account, hub.records, hub.records) == 0


async def test_resolved_conversations_are_left_alone(hub: Hub) -> None:
    await hub.arrives("oi", told=False)
    hub.helpdesk.set_conversation(7, status=Status.RESOLVED)
    assert await sweep(hub.account, hub.records, hub.records) == 0


async def test_after_a_failed_sweep_the_next_looks_back_as_far(hub: Hub) -> None:
    await sweep(hub.account, hub.records, hub.records)
    hub.clock.forward(minutes=10)
    hub.helpdesk.fail_next(1, ServiceUnavailable("chatwoot", "away"), call="updated_within")
    with pytest.raises(ServiceUnavailable):
        await sweep(hub.account, hub.records, hub.records)
    hub.clock.forward(minutes=10)
    await sweep(hub.account, hub.records, hub.records)
    windows = [call.argument for call in hub.helpdesk.calls if call.name == "updated_within"]
    assert windows == [3600, 660, 1260]


async def test_a_conversation_that_was_given_up_gets_a_second_chance(hub: Hub) -> None:
    await hub.arrives("oi")
    await hub.turns.store.begin(hub.key)
    await hub.records.fail(hub.key, "chatwoot: away")
    assert await sweep(hub.account, hub.records, hub.records) == 0
    hub.clock.forward(minutes=6)
    assert await sweep(hub.account, hub.records, hub.records) == 1
    await hub.turns.take(hub.key)
    assert hub.texts() == ["Você disse: oi"]
