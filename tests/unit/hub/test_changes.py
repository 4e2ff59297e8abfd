"""The relay tells every listener everything, and goes on only then."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from tests.fakes.changes import FakeFeed, FakeFeedPositions, FakeListener

from chatwootai.domain.changes import Change, ChangeKind
from chatwootai.domain.errors import ServiceUnavailable
from chatwootai.hub.changes import relay

pytestmark = pytest.mark.unit

AWAY = ServiceUnavailable("qdrant", "away")


def change(record: int) -> Change:
    return Change(ChangeKind.PRODUCT, record, datetime(2026, 12, 7, 10, tzinfo=UTC))


class Relay:
    def __init__(self) -> None:
        self.feed, self.positions = FakeFeed(), FakeFeedPositions()
        self.listeners = [FakeListener(), FakeListener()]

    async def runs(self) -> int:
        return await relay("1", self.feed, self.listeners, self.positions)

    def heard(self) -> list[list[int]]:
        return [[found.record for _, found in listener.heard] for listener in self.listeners]


@pytest.fixture
async def begun() -> Relay:
    """A relay that has looked once, so that it knows where to go on."""
    relay = Relay()
    relay.feed.happened.append(change(1))
    assert await relay.runs() == 0
    return relay


async def test_the_first_look_only_marks_where_to_begin(begun: Relay) -> None:
    assert begun.heard() == [[], []]
    assert await begun.positions.position("1") == "1"


async def test_every_listener_hears_every_change_once(begun: Relay) -> None:
    begun.feed.happened += [change(2), change(3)]
    assert await begun.runs() == 2
    assert await begun.runs() == 0
    assert begun.heard() == [[2, 3], [2, 3]]
    assert begun.listeners[0].heard[0][0] == "1"


async def test_a_listener_that_fails_hears_it_again_and_the_others_hear_it_at_once(begun: Relay) -> None:
    begun.feed.happened.append(change(2))
    begun.listeners[0].fail_next(AWAY)
    with pytest.raises(ServiceUnavailable, match="qdrant"):
        await begun.runs()
    assert begun.heard() == [[], [2]]
    assert await begun.positions.position("1") == "1"
    await begun.runs()
    assert begun.heard() == [[2], [2, 2]]


async def test_a_feed_that_fails_is_read_again_from_the_same_place(begun: Relay) -> None:
    begun.feed.happened.append(change(2))
    begun.feed.fail_next(ServiceUnavailable("odoo", "away"))
    with pytest.raises(ServiceUnavailable, match="odoo"):
        await begun.runs()
    await begun.runs()
    assert begun.feed.asked == [None, "1", "1"]
    assert begun.heard() == [[2], [2]]
