"""What every store of proposals keeps to: the fake in memory and PostgreSQL."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from psycopg.errors import UniqueViolation
from tests.fakes.proposals import FakeProposals

from chatwootai.domain.accounts import AccountId, ConversationKey
from chatwootai.domain.crews import Json
from chatwootai.domain.proposals import Proposal, ProposalKind, ProposalState, ProposalStore
from chatwootai.integrations.postgres.pool import make_pool
from chatwootai.integrations.postgres.proposal_store import PostgresProposalStore

pytestmark = pytest.mark.contract

HERE = ConversationKey(AccountId("1"), 7)
ELSEWHERE = ConversationKey(AccountId("1"), 8)
OTHER = ConversationKey(AccountId("2"), 7)
TERMS: Mapping[str, Json] = {
    "total": "90.72",
    "items": [{"product": 7, "quantity": "2"}],
    "note": "não tem ‘nada’ \U0001f642 \x00 %s",
    "coupon": None,
    "gift": True,
}


@pytest.fixture(params=["fake", "postgres"])
async def stores(request: pytest.FixtureRequest) -> AsyncIterator[tuple[ProposalStore, ProposalStore]]:
    """One store as two workers have it."""
    if request.param == "fake":
        fake = FakeProposals()
        yield fake, fake
        return
    dsn = request.getfixturevalue("database")
    async with (
        make_pool(dsn, size=4, timeout=5, name="one") as one,
        make_pool(dsn, size=4, timeout=5, name="two") as two,
    ):
        yield PostgresProposalStore(one), PostgresProposalStore(two)


@pytest.fixture
def store(stores: tuple[ProposalStore, ProposalStore]) -> ProposalStore:
    return stores[0]


def proposal(id_: str, conversation: ConversationKey = HERE, *, minutes: float = 15) -> Proposal:
    expires_at = datetime.now(UTC) + timedelta(minutes=minutes)
    return Proposal(id_, conversation, ProposalKind.ORDER, TERMS, 100, expires_at)


async def state(store: ProposalStore, id_: str) -> ProposalState | None:
    found = await store.get(HERE, id_)
    return found.state if found else None


async def test_what_is_open_is_kept_as_it_was_shown(store: ProposalStore) -> None:
    shown = proposal("a")
    assert list(await store.open(shown)) == []
    assert await store.get(HERE, "a") == shown
    assert list(await store.unsettled(HERE)) == [shown]


async def test_its_end_may_be_given_in_any_zone(store: ProposalStore) -> None:
    in_brazil = replace(
        proposal("a"), expires_at=datetime.now(ZoneInfo("America/Sao_Paulo")) + timedelta(minutes=15)
    )
    await store.open(in_brazil)
    kept = await store.get(HERE, "a")
    assert kept is not None
    assert kept.expires_at == in_brazil.expires_at
    assert await store.accept(HERE, "a", 101)


async def test_the_next_one_makes_the_open_one_void(store: ProposalStore) -> None:
    await store.open(proposal("a"))
    (void,) = await store.open(proposal("b"))
    assert (void.id, void.state) == ("a", ProposalState.VOID)
    assert await state(store, "a") is ProposalState.VOID
    assert await store.accept(HERE, "a", 101) is None
    assert [each.id for each in await store.unsettled(HERE)] == ["b"]


async def test_an_id_is_never_used_twice(store: ProposalStore) -> None:
    await store.open(proposal("a"))
    with pytest.raises((KeyError, UniqueViolation)):
        await store.open(proposal("a"))
    assert await state(store, "a") is ProposalState.OPEN


async def test_of_two_that_are_opened_at_once_one_stays_open(
    stores: tuple[ProposalStore, ProposalStore],
) -> None:
    replaced = await asyncio.gather(*(stores[n % 2].open(proposal(str(n))) for n in range(12)))
    (left,) = await stores[0].unsettled(HERE)
    assert sorted(each.id for void in replaced for each in void) == sorted(
        str(n) for n in range(12) if str(n) != left.id
    )


async def test_a_newer_message_accepts_and_an_older_one_does_not(store: ProposalStore) -> None:
    await store.open(proposal("a"))
    assert await store.accept(HERE, "a", 100) is None
    assert await state(store, "a") is ProposalState.OPEN
    accepted = await store.accept(HERE, "a", 101)
    assert accepted is not None
    assert (accepted.state, accepted.accepted_by, accepted.terms) == (ProposalState.ACCEPTED, 101, TERMS)
    assert list(await store.unsettled(HERE)) == [accepted]


async def test_what_was_accepted_stays_so_whoever_asks_again(
    stores: tuple[ProposalStore, ProposalStore],
) -> None:
    await stores[0].open(proposal("a"))
    asked = await asyncio.gather(*(stores[n % 2].accept(HERE, "a", 101 + n) for n in range(8)))
    assert len({each.accepted_by for each in asked if each}) == 1
    assert all(asked)
    assert await stores[1].accept(HERE, "a", 1) == asked[0]


async def test_what_has_expired_cannot_be_accepted_but_what_was_accepted_can_be_ended(
    store: ProposalStore,
) -> None:
    await store.open(proposal("late", minutes=-0.01))
    assert await store.accept(HERE, "late", 101) is None
    assert await state(store, "late") is ProposalState.OPEN
    soon = replace(proposal("soon"), expires_at=datetime.now(UTC) + timedelta(seconds=0.5))
    await store.open(soon)
    accepted = await store.accept(HERE, "soon", 101)
    assert accepted is not None
    while datetime.now(UTC) <= soon.expires_at:
        await asyncio.sleep(0.05)
    assert await store.accept(HERE, "soon", 102) == accepted


async def test_an_accepted_one_is_not_replaced_nor_withdrawn(store: ProposalStore) -> None:
    await store.open(proposal("a"))
    await store.accept(HERE, "a", 101)
    assert list(await store.open(proposal("b"))) == []
    assert [each.id for each in await store.withdraw(HERE)] == ["b"]
    assert list(await store.withdraw(HERE, "a")) == []
    assert await state(store, "a") is ProposalState.ACCEPTED
    assert [each.id for each in await store.unsettled(HERE)] == ["a"]


async def test_what_is_withdrawn_can_never_be_accepted(store: ProposalStore) -> None:
    await store.open(proposal("a"))
    assert list(await store.withdraw(HERE, "other")) == []
    assert [each.id for each in await store.withdraw(HERE, "a")] == ["a"]
    assert await store.accept(HERE, "a", 101) is None
    assert list(await store.unsettled(HERE)) == []


async def test_what_was_void_before_is_told_until_it_would_have_expired(store: ProposalStore) -> None:
    await store.open(proposal("late", minutes=-1))
    await store.open(proposal("a"))
    await store.open(proposal("b"))
    assert [each.id for each in await store.withdraw(HERE)] == ["a", "b"]
    assert [each.id for each in await store.withdraw(HERE)] == ["a", "b"]


async def test_what_was_refused_holds_nothing_to_be_given_back(store: ProposalStore) -> None:
    await store.open(proposal("a"))
    await store.accept(HERE, "a", 101)
    await store.settle(HERE, "a", ProposalState.VOID)
    assert list(await store.withdraw(HERE)) == []


@pytest.mark.parametrize("settled", [ProposalState.DONE, ProposalState.VOID])
async def test_what_is_settled_is_settled_for_good(store: ProposalStore, settled: ProposalState) -> None:
    await store.open(proposal("a"))
    await store.accept(HERE, "a", 101)
    await store.settle(HERE, "a", settled)
    for other in (ProposalState.DONE, ProposalState.VOID):
        await store.settle(HERE, "a", other)
    await store.withdraw(HERE, "a")
    assert await state(store, "a") is settled
    assert await store.accept(HERE, "a", 102) is None
    assert list(await store.unsettled(HERE)) == []
    assert [each.state for each in await store.unsettled(HERE, [99, 101])] == [settled]


async def test_nothing_is_done_without_having_been_accepted(store: ProposalStore) -> None:
    await store.open(proposal("a"))
    await store.settle(HERE, "a", ProposalState.DONE)
    assert await state(store, "a") is ProposalState.OPEN
    with pytest.raises(ValueError, match="accepted"):
        await store.settle(HERE, "a", ProposalState.ACCEPTED)


async def test_p12_neither_conversations_nor_accounts_see_one_another(store: ProposalStore) -> None:
    mine = proposal("a")
    await store.open(mine)
    await store.open(proposal("a", OTHER))
    await store.open(proposal("c", ELSEWHERE))
    for stranger in (ELSEWHERE, ConversationKey(AccountId("3"), 7)):
        assert await store.get(stranger, "a") is None
        assert await store.accept(stranger, "a", 101) is None
        assert list(await store.withdraw(stranger, "a")) == []
        await store.settle(stranger, "a", ProposalState.VOID)
    assert await store.accept(OTHER, "a", 101)
    await store.settle(OTHER, "a", ProposalState.DONE)
    await store.withdraw(ELSEWHERE)
    assert list(await store.unsettled(ELSEWHERE, [101])) == []
    assert await store.get(HERE, "a") == mine
