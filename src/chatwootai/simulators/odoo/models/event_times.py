"""When an event starts and stops: the one follows from the other and the duration."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from chatwootai.simulators.odoo.errors import ValidationError
from chatwootai.simulators.odoo.orm.values import parse_datetime, parse_number

if TYPE_CHECKING:
    from chatwootai.simulators.odoo.orm.fields import Json

_HALF_HOUR = timedelta(minutes=30)
_DEFAULT_HOURS = 1.0


@dataclass(frozen=True, slots=True)
class Span:
    """From `start` to `stop`, both in UTC."""

    start: datetime
    stop: datetime

    def changed(self, values: dict[str, Json]) -> Span:
        """The span after a write: a new start alone keeps the duration, a new duration keeps the start."""
        start = _time(values.get("start")) or self.start
        stop = _time(values.get("stop")) or start + (_duration(values) or self.stop - self.start)
        return replace(self, start=start, stop=stop)

    def check(self, name: Json) -> None:
        """Refuse an end before the beginning."""
        if self.stop < self.start:
            raise ValidationError(
                "A data e hora de término não podem ser anteriores à data e hora de início."
                f"\nReunião “{name}” começa em {self.start:%Y-%m-%d %H:%M:%S}"
                f" e termina em {self.stop:%Y-%m-%d %H:%M:%S}"
            )


def new_span(values: dict[str, Json], now: datetime) -> Span:
    """The span of a new event: by default an hour from the next half hour on."""
    start = _time(values.get("start")) or _next_half_hour(now)
    length = _duration(values) or timedelta(hours=_DEFAULT_HOURS)
    return Span(start, _time(values.get("stop")) or start + length)


def _next_half_hour(now: datetime) -> datetime:
    day = datetime.min.replace(tzinfo=UTC)
    return now + (day - now) % _HALF_HOUR


def _time(value: Json) -> datetime | None:
    if value is None or isinstance(value, list | dict) or not value:
        return None
    return parse_datetime(value)


def _duration(values: dict[str, Json]) -> timedelta | None:
    hours = values.get("duration")
    if hours is None or isinstance(hours, list | dict) or not hours:
        return None
    # Whole minutes, as Odoo rounds.
    return timedelta(minutes=round(float(parse_number(hours)) * 60))
