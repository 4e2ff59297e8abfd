"""Nobody who looks after an invalidation gets what was read before it, whatever happens in between."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from tests.fakes.redis import FakeClient, FakeRedis
from tests.fixtures.caching import shelf

from chatwootai.integrations.cache.breaker import Breaker
from chatwootai.integrations.cache.invalidation import heard
from chatwootai.integrations.cache.keys import Kind
from chatwootai.integrations.cache.memory import Memory
from chatwootai.integrations.cache.redis_level import RedisLevel
from chatwootai.integrations.cache.two_levels import TwoLevelCache

pytestmark = pytest.mark.unit

NAME = "7"
SHELF = replace(shelf(), seconds=3600.0)
SIDES = st.integers(0, 1)
PAUSE = 0.1
"""Seconds that the breaker stays open: less than between two steps, so that most find it closed."""
STEPS = st.sampled_from([0, 2, 60])
"""Turns of the loop: none, some, enough for whatever is not held up."""


@dataclass(slots=True)
class Side:
    """A process: its cache, its connection, and the messages that are on their way to it.

    `floor` is the oldest version that a look which begins now may get.
    """

    cache: TwoLevelCache
    level: RedisLevel
    client: FakeClient
    inbox: list[tuple[bytes, int]] = field(default_factory=list)
    floor: int = 0


@dataclass(slots=True)
class Look:
    task: asyncio.Task[int]
    floor: int


class LoopOfItsOwnTime(asyncio.SelectorEventLoop):
    """Its timers go by the machine's time: how busy the computer is makes no difference."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        super().__init__()

    def time(self) -> float:
        return self._now()


class Freshness(RuleBasedStateMachine):
    """Two processes over one Redis; an ERP whose version rises; loads that end when the machine wants."""

    def __init__(self) -> None:
        super().__init__()
        self.time = 1000.0
        self.loop = LoopOfItsOwnTime(lambda: self.time)
        self.version = 0
        self.gates: list[asyncio.Event] = []
        self.looks: list[Look] = []
        server = FakeRedis(lambda: self.time, self.publish)
        self.sides = [self.side(FakeClient(server)) for _ in range(2)]
        for side in self.sides:
            self.connect(side)

    def side(self, client: FakeClient) -> Side:
        def clock() -> float:
            return self.time

        level = RedisLevel(client.redis(), Breaker(PAUSE, clock))
        return Side(TwoLevelCache(Memory(clock=clock), level, clock), level, client)

    def publish(self, message: bytes) -> None:
        for side in self.sides:
            if side.level.listening:
                side.inbox.append((message, self.version))

    def connect(self, side: Side) -> None:
        async def subscribe() -> None:
            since = await side.level.time()
            side.floor = self.version
            side.level.begin(since)
            side.cache.outdate(None)
            await side.level.pay()

        self.loop.run_until_complete(subscribe())

    @rule(number=SIDES, steps=STEPS, slow=st.booleans())
    def look(self, number: int, steps: int, slow: bool) -> None:
        async def load() -> int:
            read, gate = self.version, asyncio.Event()
            if slow:
                self.gates.append(gate)
                await gate.wait()
            return read

        side = self.sides[number]
        task = self.loop.create_task(side.cache.get(SHELF, NAME, load))
        self.looks.append(Look(task, side.floor))
        self.go_on(steps)

    @rule(steps=STEPS)
    def go_on(self, steps: int) -> None:
        async def turn() -> None:
            for _ in range(steps):
                await asyncio.sleep(0)

        self.loop.run_until_complete(turn())
        self.judge()

    @rule(choice=st.integers(0, 99), steps=STEPS)
    def end_a_load(self, choice: int, steps: int) -> None:
        if self.gates:
            self.gates.pop(choice % len(self.gates)).set()
        self.go_on(steps)

    @rule(number=SIDES, whole=st.booleans(), cut=st.booleans(), looks=st.booleans())
    def change_and_invalidate(self, number: int, whole: bool, cut: bool, looks: bool) -> None:
        side = self.sides[number]
        side.client.cut = side.client.cut or cut
        side.client.delay = 9 if looks else 0
        self.version += 1
        version = self.version
        work = self.loop.create_task(side.cache.invalidate("bela", Kind.OFFERS, None if whole else [NAME]))
        if looks:
            self.go_on(2)
            side.client.delay = 0
            self.look(number, steps=2, slow=False)
        self.loop.run_until_complete(work)
        side.floor = max(side.floor, version)

    @rule(number=SIDES)
    def hear(self, number: int) -> None:
        side = self.sides[number]
        if not side.inbox:
            return
        message, version = side.inbox.pop(0)
        what, origin = heard(message)
        if origin != side.level.origin:
            side.cache.outdate(what)
            side.floor = max(side.floor, version)

    @rule(number=SIDES, late=st.booleans())
    def cut(self, number: int, late: bool) -> None:
        self.sides[number].client.cut = True
        self.sides[number].client.late = late

    @rule(number=SIDES)
    def notice_the_cut(self, number: int) -> None:
        side = self.sides[number]
        side.level.end()
        side.cache.outdate(None)
        side.inbox.clear()

    @rule(number=SIDES, beats=st.booleans())
    def mend(self, number: int, beats: bool) -> None:
        side = self.sides[number]
        side.client.cut = False
        if not beats:
            return
        if side.level.listening:
            self.loop.run_until_complete(side.level.pay())
        else:
            self.connect(side)

    @rule(seconds=st.sampled_from([0.6, 4.0, 5000.0]))
    def wait(self, seconds: float) -> None:
        self.time += seconds

    @invariant()
    def time_goes_on(self) -> None:
        self.time += 0.2

    def judge(self) -> None:
        for look in [look for look in self.looks if look.task.done()]:
            assert look.task.result() >= look.floor
            self.looks.remove(look)

    def teardown(self) -> None:
        async def end() -> None:
            for _ in range(10_000):
                while self.gates:
                    self.gates.pop().set()
                self.time += 0.01
                await asyncio.sleep(0)
                if all(look.task.done() for look in self.looks):
                    return
            raise AssertionError("somebody waits for ever")

        try:
            self.loop.run_until_complete(end())
            self.judge()
        finally:
            for look in self.looks:
                look.task.cancel()
            for side in self.sides:
                self.loop.run_until_complete(side.cache.close())
            self.loop.close()


TestFreshness = Freshness.TestCase
TestFreshness.settings = settings(max_examples=250, stateful_step_count=50)


def replay(*steps: Callable[[Freshness], None]) -> None:
    """Orders of events that chance seldom finds."""
    machine = Freshness()
    try:
        for step in steps:
            step(machine)
            machine.time_goes_on()
            machine.judge()
    finally:
        machine.teardown()


def looks(number: int) -> Callable[[Freshness], None]:
    return lambda machine: machine.look(number, steps=60, slow=False)


def changes(*, cut: bool = False, looks: bool = False) -> Callable[[Freshness], None]:
    return lambda machine: machine.change_and_invalidate(0, whole=False, cut=cut, looks=looks)


def test_what_redis_kept_while_one_process_was_away_is_not_believed_after_it_came_back() -> None:
    replay(
        looks(0), lambda m: m.notice_the_cut(1), changes(cut=True), lambda m: m.mend(1, beats=True), looks(1)
    )


def test_who_could_not_tell_redis_does_not_ask_it_either() -> None:
    replay(looks(0), changes(cut=True), lambda m: m.mend(0, beats=False), looks(0))


def test_nobody_takes_from_redis_what_is_just_being_invalidated() -> None:
    replay(looks(0), lambda m: m.sides[0].cache.outdate(None), changes(looks=True), looks(0))
