"""Sessions of the web client: a cookie in the place of user and password. Kept in this process only."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

LIFETIME = 7 * 24 * 3600  # seconds without use


@dataclass(frozen=True, slots=True)
class _Session:
    user: int
    used: float


class Sessions:
    """Users by the value of their cookie."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._open: dict[str, _Session] = {}

    def open(self, user: int) -> str:
        """A new session of this user; the answer is a secret."""
        self._forget_expired()
        token = secrets.token_urlsafe(32)
        self._open[token] = _Session(user, self._clock())
        return token

    def user(self, token: str) -> int | None:
        """Whose session it is, None for one that is unknown, closed or expired. Use prolongs it."""
        session = self._open.get(token)
        if session is None or self._clock() - session.used > LIFETIME:
            return None
        self._open[token] = _Session(session.user, self._clock())
        return session.user

    def close(self, token: str) -> None:
        """End it; closing what is not open does nothing."""
        self._open.pop(token, None)

    def _forget_expired(self) -> None:
        oldest = self._clock() - LIFETIME
        self._open = {token: session for token, session in self._open.items() if session.used >= oldest}
