"""The queue's jobs over real PostgreSQL: order, side by side, retries, giving up, recovery."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace

import procrastinate
import pytest
from procrastinate.worker import Worker
from tests.fakes.crews import EchoCrew
from tests.fakes.helpdesk import FakeHelpdesk
from tests.unit.hub.conftest import make_account

from chatwootai.domain.accounts import AccountId, ConversationKey
from chatwootai.domain.crews import Briefing, Draft, Request
from chatwootai.domain.deliveries import Delivery, DeliveryState
from chatwootai.domain.errors import ServiceUnavailable
from chatwootai.domain.ledger import Ledger
from chatwootai.entrypoints.worker.jobs import TurnJobs
from chatwootai.entrypoints.worker.recovery import Recovery
from chatwootai.hub.retries import RetryPolicy
from chatwootai.hub.turns import Pace, Turns
from chatwootai.integrations.postgres.delivery_store import PostgresDeliveryStore
from chatwootai.integrations.postgres.pool import Pool, make_pool
from chatwootai.integrations.postgres.queue import QUEUE, make_queue
from chatwootai.integrations.postgres.turn_store import PostgresTurnStore

pytestmark = pytest.mark.integration

ONE, TWO = AccountId("1"), AccountId("2")
QUICK = RetryPolicy(
    first=0.05, longest=0.1, helpdesk_attempts=3, integration_attempts=3, other_attempts=3, unknown_first=0.05
)
ODOO_AWAY = ServiceUnavailable("odoo", "no connection")
CHATWOOT_AWAY = ServiceUnavailable("chatwoot", "no connection")


class SlowCrew(EchoCrew):
    """Takes its time for whoever says "devagar", and notes who was with it at once."""

    def __init__(self) -> None:
        super().__init__()
        self.inside: list[int] = []
        self.most_of_one = 0

    async def respond(self, requests: tuple[Request, ...], briefing: Briefing, ledger: Ledger) -> Draft:
        conversation = briefing.conversation.key.conversation
        self.inside.append(conversation)
        self.most_of_one = max(self.most_of_one, self.inside.count(conversation))
        if "devagar" in requests[0].text:
            await asyncio.sleep(2)
        self.inside.remove(conversation)
        return await super().respond(requests, briefing, ledger)


@dataclass
class Shop:
    """Two accounts, one database, and a worker that a test may start and end."""

    pool: Pool
    queue: procrastinate.App
    deliveries: PostgresDeliveryStore
    turns: Turns
    desks: dict[AccountId, FakeHelpdesk]
    crew: SlowCrew
    jobs: TurnJobs
    workers: list[Worker] = field(default_factory=list)

    async def says(self, text: str, conversation: int = 7, account: AccountId = ONE) -> None:
        message = self.desks[account].customer_writes(conversation, text)
        await self.deliveries.accept(
            Delivery(
                account, f"message_created:{message.id}", "message_created", b"{}", conversation, message.id,
                f"3:{conversation}", wakes=True,
            )
        )  # fmt: skip

    def texts(self, conversation: int = 7, account: AccountId = ONE) -> list[str]:
        return [m.text for m in self.desks[account].sent(conversation)]

    @asynccontextmanager
    async def working(self, stalled: float = 30.0, grace: float | None = None) -> AsyncIterator[Worker]:
        worker = Worker(
            app=self.queue, queues=[QUEUE], concurrency=20, fetch_job_polling_interval=0.05,
            install_signal_handlers=False, delete_jobs="always", update_heartbeat_interval=0.2,
            stalled_worker_timeout=stalled, shutdown_graceful_timeout=grace,
        )  # fmt: skip
        task = asyncio.create_task(worker.run())  # type: ignore[no-untyped-call]
        try:
            yield worker
        finally:
            worker.stop()  # type: ignore[no-untyped-call]
            with suppress(asyncio.CancelledError):
                await task

    def recovery(self, worker: Worker) -> Recovery:
        accounts = list(self.desks)
        return Recovery(worker, self.pool, self.deliveries, self.jobs.running, accounts, stalled=1.0)

    async def states(self) -> list[DeliveryState]:
        found = await self.deliveries.listed(account=None, state=None, limit=100)
        return [delivery.state for delivery in found]


async def until(happened: Callable[[], bool], seconds: float = 15) -> None:
    async with asyncio.timeout(seconds):
        while not happened():
            await asyncio.sleep(0.02)


@pytest.fixture
async def shop(database: str) -> AsyncIterator[Shop]:
    connector = procrastinate.PsycopgConnector(conninfo=database, min_size=2, max_size=6)
    async with (
        make_pool(database, size=8, timeout=5, name="worker") as pool,
        make_pool(database, size=8, timeout=5, name="sending") as sending,
        make_queue(connector).open_async() as queue,
    ):
        crew = SlowCrew()
        desks = {account: FakeHelpdesk(account) for account in (ONE, TWO)}
        accounts = {account: make_account(account, desks[account], crew) for account in desks}
        turns = Turns(accounts, PostgresTurnStore(pool, sending), Pace(quiet=0.1, patience=1))
        jobs = TurnJobs(turns, QUICK)
        jobs.register(queue)
        yield Shop(pool, queue, PostgresDeliveryStore(pool, queue), turns, desks, crew, jobs)


async def test_p2_conversations_run_side_by_side_and_each_in_order(shop: Shop) -> None:
    async with shop.working():
        await shop.says("devagar 1", conversation=1)
        await asyncio.sleep(0.4)
        started = time.monotonic()
        await shop.says("depressa", conversation=2)
        await until(lambda: shop.texts(2) != [])
        assert time.monotonic() - started < 1.5  # conversation 1 takes two seconds
        await until(lambda: shop.texts(1) != [])
    assert shop.crew.most_of_one == 1


async def test_p12_two_accounts_with_the_same_ids_are_strangers(shop: Shop) -> None:
    async with shop.working():
        await shop.says("sou da primeira", account=ONE)
        await shop.says("sou da segunda", account=TWO)
        await until(lambda: shop.texts(account=ONE) != [] and shop.texts(account=TWO) != [])
    assert shop.texts(account=ONE) == ["Você disse: sou da primeira"]
    assert shop.texts(account=TWO) == ["Você disse: sou da segunda"]


async def test_a_failure_that_passes_is_only_a_delay(shop: Shop) -> None:
    shop.crew.errors = [ODOO_AWAY, ODOO_AWAY]
    async with shop.working():
        await shop.says("oi")
        await until(lambda: shop.texts() != [])
    assert shop.texts() == ["Você disse: oi"]


async def test_a_helpdesk_that_was_away_does_not_use_up_the_patience_with_the_erp(shop: Shop) -> None:
    desk = shop.desks[ONE]
    desk.fail_next(2, CHATWOOT_AWAY, call="conversation")
    shop.crew.errors = [ODOO_AWAY, ODOO_AWAY]
    async with shop.working():
        await shop.says("oi")
        await until(lambda: shop.texts() != [])
    assert shop.texts() == ["Você disse: oi"]


@pytest.mark.parametrize("error", [ODOO_AWAY, KeyError("a bug")], ids=["erp", "bug"])
async def test_p6_a_failure_that_stays_becomes_an_apology_and_a_person(shop: Shop, error: Exception) -> None:
    shop.crew.errors = [error] * 3
    async with shop.working():
        await shop.says("oi")
        await until(lambda: shop.texts() != [])
        await until(lambda: shop.desks[ONE].calls[-1].name == "set_status")
    assert [text[:8] for text in shop.texts()] == ["Desculpa"]


async def test_p1_when_the_helpdesk_stays_away_the_delivery_is_kept_as_failed_and_can_be_replayed(
    shop: Shop,
) -> None:
    desk = shop.desks[ONE]
    async with shop.working():
        await shop.says("oi")
        desk.fail_next(100, CHATWOOT_AWAY)
        async with asyncio.timeout(15):
            while DeliveryState.FAILED not in await shop.states():
                await asyncio.sleep(0.05)
        desk.recover()
        (failed,) = await shop.deliveries.listed(account=ONE, state=DeliveryState.FAILED, limit=5)
        assert failed.reason.startswith("chatwoot")
        await shop.deliveries.replay(failed.id)
        await until(lambda: shop.texts() != [])
    assert shop.texts() == ["Você disse: oi"]


async def test_p1_a_job_of_a_worker_that_died_is_taken_over(shop: Shop) -> None:
    await shop.says("oi")
    dead = await shop.queue.job_manager.register_worker()
    assert await shop.queue.job_manager.fetch_job(queues=[QUEUE], worker_id=dead) is not None
    async with shop.pool.connection() as connection:
        await connection.execute(
            "update procrastinate_workers set last_heartbeat = now() - interval '1 hour' where id = %s",
            (dead,),
        )
    async with shop.working() as worker:
        recovery = shop.recovery(worker)
        watching = asyncio.create_task(recovery.watch())
        await until(lambda: shop.texts() != [])
        watching.cancel()
    assert shop.texts() == ["Você disse: oi"]


async def test_p6_a_turn_that_takes_every_worker_down_ends_with_an_apology(shop: Shop) -> None:
    await shop.says("oi")
    async with shop.pool.connection() as connection:
        await connection.execute("update procrastinate_jobs set attempts = 25")
    async with shop.working():
        await until(lambda: shop.texts() != [])
    assert [text[:8] for text in shop.texts()] == ["Desculpa"]
    assert shop.crew.briefings == []


async def test_p6_a_bug_that_strikes_the_apology_too_is_kept_as_failed_and_not_tried_for_ever(
    shop: Shop,
) -> None:
    desk = shop.desks[ONE]

    def break_again() -> None:
        desk.before_next("conversation", break_again)
        raise KeyError("what a customer wrote")

    desk.before_next("conversation", break_again)
    async with shop.working():
        await shop.says("oi")
        async with asyncio.timeout(5):
            while await shop.states() != [DeliveryState.FAILED]:
                await asyncio.sleep(0.05)
    (failed,) = await shop.deliveries.listed(account=ONE, state=DeliveryState.FAILED, limit=5)
    assert failed.reason == "KeyError; KeyError"


async def test_p6_a_helpdesk_that_stumbles_over_the_apology_only_delays_it(shop: Shop) -> None:
    desk = shop.desks[ONE]
    shop.crew.errors = [ODOO_AWAY] * 4
    shop.crew.before_answering = [
        lambda: None,
        lambda: None,
        lambda: desk.fail_next(1, CHATWOOT_AWAY, call="conversation"),
    ]
    async with shop.working():
        await shop.says("oi")
        await until(lambda: shop.texts() != [])
    assert [text[:8] for text in shop.texts()] == ["Desculpa"]
    assert await shop.states() == [DeliveryState.SETTLED]


async def test_p6_a_crew_that_never_answers_becomes_an_apology(shop: Shop) -> None:
    assert isinstance(shop.queue.connector, procrastinate.PsycopgConnector)
    shop.queue = make_queue(shop.queue.connector)
    TurnJobs(shop.turns, replace(QUICK, longest_turn=0.3)).register(shop.queue)
    async with shop.working():
        await shop.says("devagar")
        await until(lambda: shop.texts() != [])
    assert [text[:8] for text in shop.texts()] == ["Desculpa"]


async def test_p1_a_turn_that_outlasts_the_grace_of_a_stopping_worker_is_left_to_the_next(shop: Shop) -> None:
    async with shop.working(grace=0.1):
        await shop.says("devagar")
        await until(lambda: shop.crew.inside != [])
    async with shop.pool.connection() as connection:
        left = await (
            await connection.execute("select status::text as status from procrastinate_jobs")
        ).fetchall()
    assert left == [{"status": "todo"}]


async def test_p6_failures_of_a_turn_that_another_worker_ended_do_not_count_for_the_next(shop: Shop) -> None:
    shop.jobs.failures[ConversationKey(ONE, 7)]["odoo"] = 2
    shop.crew.errors = [ODOO_AWAY]
    async with shop.working():
        await shop.says("oi")
        await until(lambda: shop.texts() != [])
    assert shop.texts() == ["Você disse: oi"]


async def test_p1_a_wake_up_whose_job_was_lost_is_found(shop: Shop) -> None:
    await shop.says("oi")
    async with shop.pool.connection() as connection:
        await connection.execute("delete from procrastinate_jobs")
        await connection.execute("update conversations set last_wake_at = now() - interval '1 minute'")
    async with shop.working() as worker:
        recovery = shop.recovery(worker)
        await recovery.round()
        await until(lambda: shop.texts() != [])


async def test_p1_a_delivery_that_no_turn_has_read_is_woken_again(shop: Shop) -> None:
    await shop.says("oi")
    async with shop.pool.connection() as connection:
        await connection.execute("delete from procrastinate_jobs")
        await connection.execute("update conversations set wakes = 0")
        await connection.execute("update deliveries set received_at = now() - interval '1 minute'")
        await connection.execute("update conversations set last_wake_at = now() - interval '1 minute'")
    async with shop.working() as worker:
        recovery = shop.recovery(worker)
        await recovery.round()
        await until(lambda: shop.texts() != [])


async def test_p1_conversations_of_a_removed_account_do_not_crowd_out_lost_ones(shop: Shop) -> None:
    await shop.says("oi")
    async with shop.pool.connection() as connection:
        await connection.execute("delete from procrastinate_jobs")
        await connection.execute(
            """
            insert into conversations (account, conversation, lane, wakes)
            select 'gone', number, 'conversation:' || number, 1 from generate_series(1, 600) as number
            """
        )
        await connection.execute("update conversations set last_wake_at = now() - interval '1 day'")
        await connection.execute(
            "update conversations set last_wake_at = now() - interval '1 minute' where account = '1'"
        )
    async with shop.working() as worker:
        await shop.recovery(worker).round()
        await until(lambda: shop.texts() != [])
    async with shop.pool.connection() as connection:
        left = await (await connection.execute("select count(*) from procrastinate_jobs")).fetchone()
    assert left == {"count": 0}


async def test_p2_a_delivery_whose_message_nobody_can_find_is_looked_for_less_and_less(shop: Shop) -> None:
    await shop.says("oi")
    await shop.turns.take(ConversationKey(ONE, 7))
    await shop.deliveries.accept(
        Delivery(ONE, "message_created:9", "message_created", b"{}", 7, 9, "3:7", wakes=True)
    )
    await shop.turns.store.begin(ConversationKey(ONE, 7))
    async with shop.pool.connection() as connection:
        await connection.execute("delete from procrastinate_jobs")
        await connection.execute("update deliveries set received_at = now() - interval '1 day'")
        await connection.execute("update conversations set last_wake_at = now() - interval '1 hour'")
    async with shop.working() as worker:
        before = len(shop.desks[ONE].calls)
        await shop.recovery(worker).round()
        await asyncio.sleep(0.5)
        assert len(shop.desks[ONE].calls) == before


async def test_p2_a_burst_while_the_worker_was_away_is_one_turn(shop: Shop) -> None:
    for text in ("oi", "tudo bem?", "qto custa?"):
        await shop.says(text)
    async with shop.working():
        await until(lambda: shop.texts() != [])
        await asyncio.sleep(0.5)
    assert shop.texts() == ["Você disse: oi / tudo bem? / qto custa?"]


async def test_p3_two_workers_never_take_the_same_turn(shop: Shop) -> None:
    async with shop.working(), shop.working():
        for round_ in range(5):
            for conversation in range(10):
                await shop.says(f"{round_}", conversation)
            await asyncio.sleep(0.3)
        await until(lambda: all("4" in " ".join(shop.texts(c)) for c in range(10)))
        await asyncio.sleep(0.5)
    assert shop.crew.most_of_one == 1
    for conversation in range(10):
        said = " / ".join(text.removeprefix("Você disse: ") for text in shop.texts(conversation))
        assert said == "0 / 1 / 2 / 3 / 4"


async def test_a_conversation_of_an_account_that_was_removed_is_no_trouble(shop: Shop) -> None:
    await shop.deliveries.wake(ConversationKey(AccountId("gone"), 1), None)
    async with shop.working():
        await shop.says("oi")
        await until(lambda: shop.texts() != [])


FROZEN = """
import asyncio
from chatwootai.entrypoints.worker.recovery import leave_if_frozen
print("alive", flush=True)
asyncio.run(leave_if_frozen(1.0))
"""


async def test_p3_a_worker_that_was_frozen_leaves_instead_of_going_on() -> None:
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", FROZEN, stdout=subprocess.PIPE)
    assert process.stdout is not None
    await process.stdout.readline()
    await asyncio.sleep(0.6)
    assert process.returncode is None
    process.send_signal(signal.SIGSTOP)
    await asyncio.sleep(1.0)
    process.send_signal(signal.SIGCONT)
    assert await asyncio.wait_for(process.wait(), timeout=10) == 75
