"""Starts parts stage by stage, keeps them running, and ends them in reverse order."""

import signal
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from types import FrameType

from chatwootai.domain.errors import ConfigurationError
from chatwootai.entrypoints.parts import Part
from chatwootai.entrypoints.warning_lines import WarningLines, last_line

_POLL_SECONDS = 0.1
_WARNINGS_SECONDS = 1.0
_READY_SECONDS = 90.0
_FIRST_TRIES = 3
_FIRST_PAUSE_SECONDS = 0.5
_LONGEST_PAUSE_SECONDS = 30.0
_STEADY_SECONDS = 60.0  # a part that ran this long starts again without a pause
_END_SECONDS = 9.0  # 10 are promised
_RESERVE_SECONDS = 1.0  # of the above, kept for each part that still waits for its turn


@dataclass(slots=True)
class _Watched:
    part: Part
    warnings: WarningLines
    deaths: int = 0
    started: float = 0.0
    due: float | None = None

    def start(self) -> None:
        self.started = time.monotonic()
        self.part.start()

    def pause(self) -> float:
        return float(min(_FIRST_PAUSE_SECONDS * 2 ** (self.deaths - 1), _LONGEST_PAUSE_SECONDS))


@dataclass(slots=True)
class Supervisor:
    """Runs parts; those of one stage start side by side, when all of the stage before are ready.

    `announce` gets one line for whatever the operator should know.
    Call `run` from the main thread: it takes the signals, and on Linux the parts end with that thread.
    """

    stages: Sequence[Sequence[Part]]
    announce: Callable[[str], None]
    _ending: bool = field(default=False, init=False)
    _watched: list[_Watched] = field(default_factory=list, init=False)

    def run(self, on_ready: Callable[[], None]) -> None:
        """Start everything, call `on_ready`, and return after SIGINT, SIGTERM or SIGHUP ended everything.

        Raises `ConfigurationError` when a part cannot be brought up; whatever was started is ended before.
        """
        signals = [signal.SIGINT, signal.SIGTERM]
        if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # not under nohup
            signals.append(signal.SIGHUP)
        before = [(number, signal.signal(number, self._on_signal)) for number in signals]
        try:
            if self._bring_all_up():
                on_ready()
                self._watch()
        finally:
            self._end_all()
            for number, handler in before:
                signal.signal(number, handler)

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        self._ending = True

    def _bring_all_up(self) -> bool:
        for stage in self.stages:
            started = [_Watched(part, WarningLines(part.log)) for part in stage]
            for watched in started:
                self._watched.append(watched)
                watched.start()
            for watched in started:
                self._insist(watched)
            if self._ending:
                return False
        return True

    def _insist(self, watched: _Watched) -> None:
        while not self._ending and not self._comes_up(watched):
            if watched.deaths + 1 >= _FIRST_TRIES:
                raise ConfigurationError(_cannot_start(watched.part))
            self._note_death(watched)
            self._sleep(watched.pause())
            watched.start()

    def _comes_up(self, watched: _Watched) -> bool:
        while not self._ending:
            if watched.part.is_ready():
                return True
            if not watched.part.is_running():
                return False
            if time.monotonic() - watched.started > _READY_SECONDS:
                raise ConfigurationError(_cannot_start(watched.part))
            time.sleep(_POLL_SECONDS)
        return False

    def _watch(self) -> None:
        warnings_due = 0.0
        while not self._ending:
            for watched in self._watched:
                self._keep(watched)
            if time.monotonic() >= warnings_due:
                self._show_warnings()
                warnings_due = time.monotonic() + _WARNINGS_SECONDS
            time.sleep(_POLL_SECONDS)

    def _keep(self, watched: _Watched) -> None:
        if watched.part.is_running():
            return
        now = time.monotonic()
        if watched.due is None:
            if now - watched.started > _STEADY_SECONDS:
                watched.deaths = 0
            self._note_death(watched)
            watched.due = now + watched.pause()
        if now < watched.due:
            return
        watched.due = None
        try:
            watched.start()
        except ConfigurationError as error:
            self.announce(f"{watched.part.name}: {error}")

    def _note_death(self, watched: _Watched) -> None:
        watched.deaths += 1
        if not self._ending:
            said = last_line(watched.part.log)
            self.announce(
                f"{watched.part.name} parou; nova tentativa em {watched.pause():.1f} s. "
                f"Última linha de {watched.part.log}: {said or '(vazio)'}"
            )

    def _show_warnings(self) -> None:
        for watched in self._watched:
            for line in watched.warnings.take():
                self.announce(f"{watched.part.name}: {line}")

    def _sleep(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while not self._ending and time.monotonic() < until:
            time.sleep(_POLL_SECONDS)

    def _end_all(self) -> None:
        deadline = time.monotonic() + _END_SECONDS
        while self._watched:
            part = self._watched.pop().part
            reserved = _RESERVE_SECONDS * len(self._watched)
            part.stop(max(deadline - time.monotonic() - reserved, _RESERVE_SECONDS))


def _cannot_start(part: Part) -> str:
    said = last_line(part.log)
    return f"{part.name} não iniciou; veja {part.log}. Última linha: {said or '(vazio)'}"
