"""What is to happen at the next calls of a fake: errors, lost answers, other people's acts."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TypeVar

from chatwootai.domain.errors import ChatwootAIError, OutcomeUnknown

Result = TypeVar("Result")
NEVER = -1
"""The write whose answer was lost was lost, too."""


async def _no_pause() -> None:
    return None


@dataclass
class Script:
    """By the method's name. `calls` are the names in the order they came.

    `pause` is awaited before and after each call, so that others can come in between.
    """

    service: str = "odoo"
    pause: Callable[[], Awaitable[None]] = _no_pause
    calls: list[str] = field(default_factory=list)
    _errors: defaultdict[str, deque[ChatwootAIError]] = field(default_factory=lambda: defaultdict(deque))
    _lost: defaultdict[str, deque[int]] = field(default_factory=lambda: defaultdict(deque))
    _before: defaultdict[str, deque[Callable[[], None]]] = field(default_factory=lambda: defaultdict(deque))
    _after: defaultdict[str, deque[Callable[[], None]]] = field(default_factory=lambda: defaultdict(deque))
    _late: list[tuple[int, Callable[[], object]]] = field(default_factory=list)

    def fail(self, call: str, *errors: ChatwootAIError) -> None:
        """The next calls raise these, one each, and do nothing."""
        self._errors[call].extend(errors)

    def lose_answer(self, call: str, *, committed_after: int = 0) -> None:
        """The next call raises `OutcomeUnknown`. It is done after so many further calls, or `NEVER`."""
        self._lost[call].append(committed_after)

    def before(self, call: str, act: Callable[[], None]) -> None:
        """Somebody else acts just before the next call takes place."""
        self._before[call].append(act)

    def after(self, call: str, act: Callable[[], None]) -> None:
        """Somebody else acts when the next call has taken place and nobody knows yet."""
        self._after[call].append(act)

    async def run(self, call: str, act: Callable[[], Result]) -> Result:
        """Play one call. `act` is what the server does, in one piece."""
        self.calls.append(call)
        await self.pause()
        self._catch_up()
        _next(self._before[call])
        if self._errors[call]:
            raise self._errors[call].popleft()
        if self._lost[call]:
            self._lose(self._lost[call].popleft(), act)
            raise OutcomeUnknown(self.service, f"no answer to {call}")
        result = act()
        _next(self._after[call])
        await self.pause()
        return result

    def _lose(self, committed_after: int, act: Callable[[], object]) -> None:
        if committed_after == 0:
            act()
        elif committed_after != NEVER:
            self._late.append((committed_after, act))

    def _catch_up(self) -> None:
        late, self._late = self._late, []
        for left, act in late:
            if left <= 1:
                act()
            else:
                self._late.append((left - 1, act))


def _next(acts: deque[Callable[[], None]]) -> None:
    if acts:
        acts.popleft()()
