"""The pause after many failed logins. Only the web session has it: over RPC nothing slows a guesser down."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from chatwootai.simulators.odoo.errors import AccessDenied, OdooError

if TYPE_CHECKING:
    from collections.abc import Callable

_FAILURES = 10  # base.login_cooldown_after
_SECONDS = 60.0  # base.login_cooldown_duration


class TooManyFailures(AccessDenied):
    """Refused without looking at the password."""

    def __init__(self) -> None:
        OdooError.__init__(self, "Too many login failures, please wait a bit before trying again.")


class Cooldown:
    """Failures by address, until a success or a pause long enough."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._failures: dict[str, tuple[int, float]] = {}

    def check(self, address: str) -> None:
        """Raises `TooManyFailures` while this address has to wait; such attempts do not count."""
        count, last = self._failures.get(address, (0, 0.0))
        if count >= _FAILURES and self._clock() - last < _SECONDS:
            raise TooManyFailures

    def failed(self, address: str) -> None:
        """After the pause a single further failure starts the next one, as in Odoo."""
        count, _ = self._failures.get(address, (0, 0.0))
        self._failures[address] = (count + 1, self._clock())

    def passed(self, address: str) -> None:
        self._failures.pop(address, None)
