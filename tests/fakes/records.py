"""The three record ports in memory, sharing one state as the database does."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from chatwootai.domain.accounts import AccountId, ConversationKey
from chatwootai.domain.conversations import ConversationGlance
from chatwootai.domain.crews import Memory
from chatwootai.domain.deliveries import Delivery, DeliveryState, StoredDelivery, lane_of
from chatwootai.domain.errors import TurnFenced
from chatwootai.domain.turns import Ending, Plan, Sending, Standing


@dataclass
class _Row:
    lane: str
    wakes: int = 0
    waiting_since: datetime | None = None
    last_wake_at: datetime | None = None
    epoch: int = 0
    answered_up_to: int | None = None
    seen_up_to: int = 0
    memory: Memory = field(default_factory=dict)
    answered: set[int] = field(default_factory=set)
    plan: Plan | None = None
    failures: int = 0
    failed_at: datetime | None = None


class FakeRecords:
    """`DeliveryStore`, `TurnStore` and `SweepStore`; `jobs` are the wake-ups in the order they came."""

    def __init__(self, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self.now = now
        self.jobs: list[tuple[ConversationKey, str]] = []
        self.endings: list[tuple[ConversationKey, Ending]] = []
        self.dropped: list[Plan] = []
        self._rows: dict[ConversationKey, _Row] = {}
        self._deliveries: list[StoredDelivery] = []
        self._keys: set[tuple[str, str]] = set()
        self._swept: dict[str, datetime] = {}

    # DeliveryStore

    async def accept(self, delivery: Delivery) -> bool:
        if (delivery.account, delivery.dedupe_key) in self._keys:
            return False
        self._keys.add((delivery.account, delivery.dedupe_key))
        wakes = delivery.wakes and delivery.conversation is not None
        self._store(delivery, DeliveryState.WAITING if wakes else DeliveryState.KEPT)
        if wakes and delivery.conversation is not None:
            self._wake(
                ConversationKey(delivery.account, delivery.conversation), delivery.lane, by_contact=True
            )
        return True

    async def reject(self, account: AccountId, body: bytes, reason: str) -> None:
        self._store(Delivery(account, f"rejected:{body!r}", "", body), DeliveryState.REJECTED, reason)

    async def wake(self, key: ConversationKey, lane: str | None) -> bool:
        return self._wake(key, lane, by_contact=False)

    async def listed(
        self, *, account: AccountId | None, state: DeliveryState | None, limit: int
    ) -> Sequence[StoredDelivery]:
        found = [d for d in self._deliveries if account in (None, d.account) and state in (None, d.state)]
        return found[::-1][:limit]

    async def find(self, delivery_id: int) -> StoredDelivery | None:
        return next((d for d in self._deliveries if d.id == delivery_id), None)

    async def replay(self, delivery_id: int) -> bool:
        found = await self.find(delivery_id)
        if found is None or found.conversation is None or found.state is DeliveryState.REJECTED:
            return False
        self._mark(found, DeliveryState.WAITING, "")
        self._wake(ConversationKey(found.account, found.conversation), None, by_contact=False)
        return True

    # TurnStore

    async def quiet_left(self, key: ConversationKey, quiet: float, patience: float) -> float:
        row = self._row(key)
        if row.waiting_since is None or row.last_wake_at is None:
            return 0.0
        until = min(
            row.last_wake_at + timedelta(seconds=quiet), row.waiting_since + timedelta(seconds=patience)
        )
        return max(0.0, (until - self.now()).total_seconds())

    async def begin(self, key: ConversationKey) -> Standing:
        row = self._row(key)
        row.wakes, row.waiting_since, row.epoch = 0, None, row.epoch + 1
        unsettled = (DeliveryState.WAITING, DeliveryState.FAILED)
        delivered = {d.message_id for d in self._of(key) if d.state in unsettled and d.message_id is not None}
        return Standing(
            key=key,
            epoch=row.epoch,
            answered_up_to=row.answered_up_to,
            answered=frozenset(row.answered),
            delivered=frozenset(delivered),
            memory=row.memory,
            plan=row.plan,
            failures=row.failures,
        )

    async def plan(self, standing: Standing, plan: Plan) -> Plan:
        row = self._fenced(standing)
        row.plan = replace(plan, turn_id=row.epoch, done=0)
        return row.plan

    async def drop(self, standing: Standing, plan: Plan) -> None:
        self.dropped.append(plan)
        self._row(standing.key).plan = None

    def sending(self, standing: Standing, plan: Plan) -> AbstractAsyncContextManager[Sending]:
        return self._sending(standing, plan)

    @asynccontextmanager
    async def _sending(self, standing: Standing, plan: Plan) -> AsyncIterator[Sending]:
        row = self._fenced(standing)
        if row.plan is None or row.plan.turn_id != plan.turn_id or row.plan.done != plan.done:
            raise TurnFenced(str(standing.key))
        yield _FakeSending(self, standing)

    async def finish(
        self,
        standing: Standing,
        ending: Ending,
        *,
        answers: Sequence[int],
        seen: Sequence[int],
        settled: bool = True,
    ) -> None:
        self._fenced(standing)
        self._close(standing.key, ending, answers if settled else (), seen, max(seen, default=0))

    async def fail(self, key: ConversationKey, reason: str) -> None:
        for delivery in self._of(key):
            if delivery.state is DeliveryState.WAITING:
                self._mark(delivery, DeliveryState.FAILED, reason)
        row = self._row(key)
        row.failures, row.failed_at = row.failures + 1, self.now()

    # SweepStore

    def turn_of_sweeping(self, account: str) -> AbstractAsyncContextManager[float | None]:
        return self._turn_of_sweeping(account)

    @asynccontextmanager
    async def _turn_of_sweeping(self, account: str) -> AsyncIterator[float | None]:
        started, last = self.now(), self._swept.get(account)
        yield -1.0 if last is None else (started - last).total_seconds()
        self._swept[account] = started

    async def unseen(self, account: str, glances: Sequence[ConversationGlance]) -> Sequence[int]:
        def is_unseen(glance: ConversationGlance) -> bool:
            row = self._rows.get(ConversationKey(AccountId(account), glance.conversation))
            if row is None:
                return True
            unheard = glance.chosen and glance.last_message_id not in row.answered
            return row.failed_at is None and (unheard or row.seen_up_to < glance.last_message_id)

        return [glance.conversation for glance in glances if is_unseen(glance)]

    async def failed(self, account: str, older_than: float, limit: int) -> Sequence[int]:
        until = self.now() - timedelta(seconds=older_than)
        found = [
            k for k, r in self._rows.items() if k.account == account and r.failed_at and r.failed_at < until
        ]
        return [key.conversation for key in found][:limit]

    # The shared state.

    def step_done(self, key: ConversationKey, read_up_to: int) -> None:
        row = self._row(key)
        assert row.plan is not None
        row.plan = replace(row.plan, done=row.plan.done + 1)
        if row.plan.done < len(row.plan.steps):
            return
        plan, row.plan = row.plan, None
        row.memory = plan.memory
        self._close(key, plan.ending, plan.answers, plan.answers, read_up_to)

    def _close(
        self,
        key: ConversationKey,
        ending: Ending,
        answers: Sequence[int],
        read: Sequence[int],
        read_up_to: int,
    ) -> None:
        row = self._row(key)
        if answers:
            row.answered_up_to = max(row.answered_up_to or 0, *answers)
        row.seen_up_to = max(row.seen_up_to, read_up_to)
        row.answered |= set(answers)
        row.failures, row.failed_at = 0, None
        for delivery in self._of(key):
            unsettled = delivery.state in (DeliveryState.WAITING, DeliveryState.FAILED)
            if unsettled and (delivery.message_id is None or delivery.message_id in {*answers, *read}):
                self._mark(delivery, DeliveryState.SETTLED, ending.reason)
        self.endings.append((key, ending))

    def _fenced(self, standing: Standing) -> _Row:
        row = self._row(standing.key)
        if row.epoch != standing.epoch:
            raise TurnFenced(str(standing.key))
        return row

    def _row(self, key: ConversationKey) -> _Row:
        return self._rows.setdefault(key, _Row(lane_of(key.conversation, None)))

    def _wake(self, key: ConversationKey, lane: str | None, *, by_contact: bool) -> bool:
        row = self._rows.setdefault(key, _Row(lane_of(key.conversation, lane)))
        row.wakes += 1
        row.last_wake_at = self.now()
        if by_contact:
            row.waiting_since = row.waiting_since or self.now()
        if row.wakes > 1:
            return False
        self.jobs.append((key, row.lane))
        return True

    def _of(self, key: ConversationKey) -> list[StoredDelivery]:
        return [d for d in self._deliveries if (d.account, d.conversation) == (key.account, key.conversation)]

    def _store(self, delivery: Delivery, state: DeliveryState, reason: str = "") -> None:
        self._deliveries.append(
            StoredDelivery(
                len(self._deliveries) + 1, delivery.account, delivery.event, delivery.conversation,
                delivery.message_id, state, reason, self.now(), delivery.body,
            )
        )  # fmt: skip

    def _mark(self, delivery: StoredDelivery, state: DeliveryState, reason: str) -> None:
        self._deliveries[delivery.id - 1] = replace(delivery, state=state, reason=reason)


@dataclass(frozen=True)
class _FakeSending:
    records: FakeRecords
    standing: Standing

    async def done(self, read_up_to: int = 0) -> None:
        self.records.step_done(self.standing.key, read_up_to)
