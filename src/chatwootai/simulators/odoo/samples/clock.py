"""The day that a sample shop is made for: all its dates count from there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from random import Random
    from zoneinfo import ZoneInfo

    from chatwootai.simulators.odoo.samples.plans import Period

_EVENING = time(20)

Span = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Clock:
    """`now` belongs to `today`, in the shop's zone; nothing that has happened is later."""

    today: date
    now: datetime

    @classmethod
    def of(cls, zone: ZoneInfo, today: date | None) -> Clock:
        """Today by default, now; another day counts as over, so that its shop is always the same."""
        now = datetime.now(zone).replace(microsecond=0)
        if today is None or today == now.date():
            return cls(now.date(), now)
        return cls(today, datetime.combine(today, _EVENING, zone))

    def day(self, offset: int) -> date:
        """The day that many days from today."""
        return self.today + timedelta(days=offset)

    def at(self, day: date, hour: Decimal, zone: ZoneInfo | None = None) -> datetime:
        """A time of a day; 13.5 is half past one, by the shop's clock unless another zone is given."""
        midnight = datetime.combine(day, time(), zone or self.now.tzinfo)
        return midnight + timedelta(minutes=int(hour * 60))

    def ago(self, chance: Random, days: int) -> datetime:
        """Some time that many days ago, by day."""
        return min(
            self.now, self.at(self.day(-days), Decimal(8)) + timedelta(seconds=chance.randrange(36000))
        )

    def open_spans(self, day: date, hours: Iterable[Period]) -> list[Span]:
        """When the shop was open on that day, as far as it has passed."""
        weekday = day.weekday()
        spans = (
            (self.at(day, each.opens), min(self.now, self.at(day, each.closes)))
            for each in hours
            if weekday in each.days
        )
        return [span for span in spans if span[0] < span[1]]

    def since_midnight(self) -> Span:
        """For what customers of a web shop do before it opens, and on Sundays."""
        return self.at(self.today, Decimal(0)), self.now


def within(spans: list[Span], chance: Random) -> datetime:
    """A moment in one of the spans, longer ones being likelier."""
    lengths = [int((end - start).total_seconds()) for start, end in spans]
    (start, _), length = chance.choices(
        list(zip(spans, lengths, strict=True)), [1 + each for each in lengths]
    )[0]
    return start + timedelta(seconds=chance.randint(0, length))
