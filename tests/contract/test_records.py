"""The record ports: the fake in memory and PostgreSQL keep the same promises."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace

import pytest
from tests.fakes.records import FakeRecords

from chatwootai.domain.accounts import AccountId, ConversationKey
from chatwootai.domain.conversations import Choice, ConversationGlance, Status
from chatwootai.domain.deliveries import Delivery, DeliveryState, DeliveryStore
from chatwootai.domain.errors import TurnFenced
from chatwootai.domain.turns import Ending, Plan, Step, StepKind, SweepStore, TurnStore
from chatwootai.integrations.postgres.delivery_store import PostgresDeliveryStore
from chatwootai.integrations.postgres.pool import make_pool
from chatwootai.integrations.postgres.queue import make_queue
from chatwootai.integrations.postgres.sweep_store import PostgresSweepStore
from chatwootai.integrations.postgres.turn_store import PostgresTurnStore

pytestmark = pytest.mark.contract

ACCOUNT = AccountId("1")
KEY = ConversationKey(ACCOUNT, 7)
OTHER_ACCOUNT = ConversationKey(AccountId("2"), 7)


@dataclass(frozen=True)
class Records:
    deliveries: DeliveryStore
    turns: TurnStore
    sweeps: SweepStore


@pytest.fixture(params=["fake", "postgres"])
async def records(request: pytest.FixtureRequest) -> AsyncIterator[Records]:
    if request.param == "fake":
        fake = FakeRecords()
        yield Records(fake, fake, fake)
        return
    dsn = request.getfixturevalue("database")
    async with (
        make_pool(dsn, size=4, timeout=5, name="a") as pool,
        make_pool(dsn, size=4, timeout=5, name="b") as other,
    ):
        yield Records(
            PostgresDeliveryStore(pool, make_queue()),
            PostgresTurnStore(pool, other),
            PostgresSweepStore(pool, interval=0.0, settling=0.0),
        )


def arrival(message_id: int, key: ConversationKey = KEY, *, wakes: bool = True) -> Delivery:
    return Delivery(
        account=key.account,
        dedupe_key=f"message_created:{message_id}",
        event="message_created",
        body=b'{"id": %d}' % message_id,
        conversation=key.conversation,
        message_id=message_id,
        lane="3:551199",
        wakes=wakes,
    )


def newest(conversation: int, message: int, *, chosen: bool = False) -> ConversationGlance:
    return ConversationGlance(conversation, 3, Status.PENDING, message, chosen=chosen)


def plan_of(*answers: int, steps: int = 1) -> Plan:
    keys = [f"key-{position}" for position in range(steps)]
    return Plan(
        answers=answers,
        steps=tuple(Step(StepKind.MESSAGE, key, "oi", (Choice("Sim", "s"),)) for key in keys),
        ending=Ending("reply", "", "sales"),
        memory={"product": 12},
    )


async def test_a_repeated_delivery_changes_nothing(records: Records) -> None:
    assert await records.deliveries.accept(arrival(1))
    assert not await records.deliveries.accept(arrival(1))
    assert len(await records.deliveries.listed(account=None, state=None, limit=10)) == 1


async def test_the_same_message_id_of_two_accounts_is_two_deliveries(records: Records) -> None:
    assert await records.deliveries.accept(arrival(1))
    assert await records.deliveries.accept(arrival(1, OTHER_ACCOUNT))
    assert (await records.turns.begin(KEY)).delivered == {1}
    mine = await records.deliveries.listed(account=ACCOUNT, state=None, limit=10)
    assert [d.account for d in mine] == ["1"]


async def test_a_delivery_that_asks_for_nothing_is_kept(records: Records) -> None:
    await records.deliveries.accept(arrival(1, wakes=False))
    (kept,) = await records.deliveries.listed(account=None, state=DeliveryState.KEPT, limit=10)
    assert kept.body == b'{"id": 1}'
    assert (await records.turns.begin(KEY)).delivered == frozenset()


async def test_a_burst_wakes_a_conversation_once(records: Records) -> None:
    await records.deliveries.accept(arrival(1))
    assert not await records.deliveries.wake(KEY, None)
    await records.turns.begin(KEY)
    assert await records.deliveries.wake(KEY, None)


async def test_a_malformed_body_is_kept_with_its_reason(records: Records) -> None:
    await records.deliveries.reject(ACCOUNT, b"\x00nonsense", "the body is not JSON")
    (rejected,) = await records.deliveries.listed(account=ACCOUNT, state=DeliveryState.REJECTED, limit=10)
    assert (rejected.reason, rejected.body) == ("the body is not JSON", b"\x00nonsense")
    assert not await records.deliveries.replay(rejected.id)


async def test_quiet_is_counted_from_the_last_message_and_ended_by_patience(records: Records) -> None:
    assert await records.turns.quiet_left(KEY, quiet=60, patience=100) == 0
    await records.deliveries.accept(arrival(1))
    assert 50 < await records.turns.quiet_left(KEY, quiet=60, patience=100) <= 60
    assert 20 < await records.turns.quiet_left(KEY, quiet=60, patience=30) <= 30
    await records.turns.begin(KEY)
    assert await records.turns.quiet_left(KEY, quiet=60, patience=100) == 0


async def test_a_finished_plan_is_remembered_by_its_conversation(records: Records) -> None:
    await records.deliveries.accept(arrival(1))
    standing = await records.turns.begin(KEY)
    plan = await records.turns.plan(standing, plan_of(1))
    async with records.turns.sending(standing, plan) as sending:
        await sending.done(2)
    after = await records.turns.begin(KEY)
    assert (after.answered_up_to, after.answered, after.delivered) == (1, frozenset({1}), frozenset())
    assert (after.memory, after.plan) == ({"product": 12}, None)
    assert (await records.deliveries.listed(account=None, state=None, limit=1))[
        0
    ].state is DeliveryState.SETTLED


async def test_an_interrupted_plan_is_found_again_where_it_stopped(records: Records) -> None:
    standing = await records.turns.begin(KEY)
    plan = await records.turns.plan(standing, plan_of(1, steps=2))
    async with records.turns.sending(standing, plan) as sending:
        await sending.done(2)
    after = await records.turns.begin(KEY)
    assert after.plan == replace(plan, done=1)
    assert after.answered == frozenset()


async def test_a_step_that_failed_is_not_done(records: Records) -> None:
    standing = await records.turns.begin(KEY)
    plan = await records.turns.plan(standing, plan_of(1))
    with pytest.raises(ZeroDivisionError):
        async with records.turns.sending(standing, plan):
            raise ZeroDivisionError
    assert (await records.turns.begin(KEY)).plan == plan


async def test_an_outdated_turn_can_neither_plan_nor_send_nor_finish(records: Records) -> None:
    old = await records.turns.begin(KEY)
    plan = await records.turns.plan(old, plan_of(1))
    await records.turns.begin(KEY)
    with pytest.raises(TurnFenced):
        await records.turns.plan(old, plan_of(1))
    with pytest.raises(TurnFenced):
        async with records.turns.sending(old, plan):
            pass
    with pytest.raises(TurnFenced):
        await records.turns.finish(old, Ending("silence"), answers=(), seen=())


async def test_a_dropped_plan_is_gone(records: Records) -> None:
    standing = await records.turns.begin(KEY)
    plan = await records.turns.plan(standing, plan_of(1))
    await records.turns.drop(standing, plan)
    assert (await records.turns.begin(KEY)).plan is None
    assert (await records.turns.begin(KEY)).answered_up_to is None


async def test_what_people_have_stays_unanswered_on_our_side(records: Records) -> None:
    await records.deliveries.accept(arrival(5))
    standing = await records.turns.begin(KEY)
    await records.turns.finish(
        standing, Ending("silence", "human_wrote"), answers=(5,), seen=(5,), settled=False
    )
    after = await records.turns.begin(KEY)
    assert (after.answered_up_to, after.answered, after.delivered) == (None, frozenset(), frozenset())


async def test_a_delivery_of_a_message_that_was_not_read_keeps_waiting(records: Records) -> None:
    await records.deliveries.accept(arrival(4))
    standing = await records.turns.begin(KEY)
    await records.turns.finish(standing, Ending("silence", "nothing_new"), answers=(), seen=(5,))
    assert (await records.turns.begin(KEY)).delivered == {4}


async def test_p3_a_webhook_for_a_message_answered_long_ago_does_not_make_it_a_question_again(
    records: Records,
) -> None:
    standing = await records.turns.begin(KEY)
    many = tuple(range(1, 302))
    await records.turns.finish(standing, Ending("reply"), answers=many, seen=many)
    await records.deliveries.accept(arrival(1))
    standing = await records.turns.begin(KEY)
    assert standing.delivered == {1}
    assert standing.delivered <= standing.answered


async def test_p6_a_choice_that_no_turn_has_heard_is_found_by_the_sweep(records: Records) -> None:
    standing = await records.turns.begin(KEY)
    await records.turns.finish(standing, Ending("reply"), answers=(9,), seen=(9, 10))
    chosen = newest(7, 10, chosen=True)
    assert list(await records.sweeps.unseen(ACCOUNT, [replace(chosen, chosen=False)])) == []
    assert list(await records.sweeps.unseen(ACCOUNT, [chosen])) == [7]
    standing = await records.turns.begin(KEY)
    await records.turns.finish(standing, Ending("reply"), answers=(10,), seen=(9, 10))
    assert list(await records.sweeps.unseen(ACCOUNT, [chosen])) == []


async def test_a_failed_turn_is_listed_and_replayed(records: Records) -> None:
    await records.deliveries.accept(arrival(1))
    await records.turns.begin(KEY)
    await records.turns.fail(KEY, "chatwoot: refused")
    (failed,) = await records.deliveries.listed(account=None, state=DeliveryState.FAILED, limit=10)
    assert failed.reason == "chatwoot: refused"
    assert (await records.turns.begin(KEY)).failures == 1
    assert await records.deliveries.replay(failed.id)
    assert (await records.deliveries.find(failed.id)) == replace(
        failed, state=DeliveryState.WAITING, reason=""
    )
    assert (await records.turns.begin(KEY)).delivered == {1}


async def test_the_sweep_learns_what_no_turn_has_read(records: Records) -> None:
    standing = await records.turns.begin(KEY)
    await records.turns.finish(standing, Ending("silence", "nothing_new"), answers=(), seen=(10,))
    assert list(await records.sweeps.unseen(ACCOUNT, [newest(7, 10), newest(8, 3)])) == [8]
    assert list(await records.sweeps.unseen(ACCOUNT, [newest(7, 11)])) == [7]
    assert list(await records.sweeps.unseen("2", [newest(7, 10)])) == [7]


async def test_the_sweep_gives_failed_conversations_a_second_chance_later(records: Records) -> None:
    await records.turns.begin(KEY)
    await records.turns.fail(KEY, "chatwoot: away")
    assert list(await records.sweeps.unseen(ACCOUNT, [newest(7, 10)])) == []
    assert list(await records.sweeps.failed(ACCOUNT, 3600, limit=10)) == []
    assert list(await records.sweeps.failed(ACCOUNT, -1, limit=10)) == [7]


async def test_a_sweep_that_failed_does_not_count(records: Records) -> None:
    with pytest.raises(ZeroDivisionError):
        async with records.sweeps.turn_of_sweeping(ACCOUNT) as since:
            assert since is not None
            assert since < 0
            raise ZeroDivisionError
    async with records.sweeps.turn_of_sweeping(ACCOUNT) as since:
        assert since is not None
        assert since < 0
    async with records.sweeps.turn_of_sweeping(ACCOUNT) as since:
        assert since is not None
        assert since >= 0
