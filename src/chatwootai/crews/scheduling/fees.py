"""What moving or cancelling costs, by the profile."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from chatwootai.domain.money import CENT
from chatwootai.domain.profiles import BookingRules

WHOLE: Final = Decimal(100)


@dataclass(frozen=True, slots=True)
class Fee:
    """`amount` and `percent` are None where it is free; `by_people` where only people do it so late."""

    amount: Decimal | None = None
    percent: Decimal | None = None
    by_people: bool = False


def fee_of(rules: BookingRules, start: datetime, price: Decimal | None, now: datetime) -> Fee:
    """Free until `free_until` before it begins, then `late_fee` percent of the price, to the cent.

    A treatment that the calendar does not know has no price: what its late change costs, people say.
    Hours are counted in UTC: between two times of one zone Python counts what the clocks on the wall show.
    """
    start, now = start.astimezone(UTC), now.astimezone(UTC)
    if start - now >= rules.free_until:
        return Fee()
    if rules.late_fee is None or price is None or start <= now:
        return Fee(by_people=True)
    amount = (price * rules.late_fee / WHOLE).quantize(CENT, rounding=ROUND_HALF_UP)
    return Fee(amount, rules.late_fee) if amount else Fee()
