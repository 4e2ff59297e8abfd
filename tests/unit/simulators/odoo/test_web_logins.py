"""The pause after failed logins, and sessions that end."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from chatwootai.simulators.odoo.cooldown import Cooldown, TooManyFailures
from chatwootai.simulators.odoo.errors import AccessDenied
from chatwootai.simulators.odoo.sessions import LIFETIME, Sessions

pytestmark = pytest.mark.unit

HERE, THERE = "10.0.0.1", "10.0.0.2"


@dataclass
class Clock:
    now: float = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def tired(clock: Clock, failures: int = 10) -> Cooldown:
    cooldown = Cooldown(clock)
    for _ in range(failures):
        cooldown.check(HERE)
        cooldown.failed(HERE)
    return cooldown


def test_the_tenth_failure_closes_the_door_to_that_address_only(clock: Clock) -> None:
    tired(clock, 9).check(HERE)
    cooldown = tired(clock)
    with pytest.raises(TooManyFailures, match="Too many login failures, please wait a bit"):
        cooldown.check(HERE)
    cooldown.check(THERE)


def test_being_refused_looks_like_being_denied() -> None:
    assert isinstance(TooManyFailures(), AccessDenied)
    assert TooManyFailures().name == "odoo.exceptions.AccessDenied"


def test_the_door_opens_after_a_minute_and_closes_at_the_next_failure(clock: Clock) -> None:
    cooldown = tired(clock)
    clock.now += 60
    cooldown.check(HERE)
    cooldown.failed(HERE)
    with pytest.raises(TooManyFailures):
        cooldown.check(HERE)


def test_a_success_forgets_the_failures(clock: Clock) -> None:
    cooldown = tired(clock, 9)
    cooldown.passed(HERE)
    cooldown.failed(HERE)
    cooldown.check(HERE)


def test_a_session_lasts_seven_days_from_its_last_use(clock: Clock) -> None:
    sessions = Sessions(clock)
    token = sessions.open(7)
    clock.now += LIFETIME
    assert sessions.user(token) == 7
    clock.now += LIFETIME
    assert sessions.user(token) == 7
    clock.now += LIFETIME + 1
    assert sessions.user(token) is None
    sessions.open(8)
    clock.now -= LIFETIME
    assert sessions.user(token) is None


def test_a_closed_session_is_nobodys(clock: Clock) -> None:
    sessions = Sessions(clock)
    token = sessions.open(7)
    sessions.close(token)
    sessions.close(token)
    assert sessions.user(token) is None
    assert sessions.user("") is None
