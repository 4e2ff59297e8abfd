"""What stands in braces in a scenario: prices, stock, dates and codes, read when they are needed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal

from tests.e2e.dialogues.erp import Erp
from tests.e2e.dialogues.people import Person

from chatwootai.brazil.money import format_brl
from chatwootai.crews.dialogues.opening import WEEKDAYS, next_holiday, periods_on
from chatwootai.domain.money import Money

FLOOD = ("bla " * 5000)[:20_000]
PLACEHOLDER = re.compile(r"\{([a-z_]+)(?::([^{}]*))?\}")
MONTHS = (
    "janeiro",
    "fevereiro",
    "março",
    "abril",
    "maio",
    "junho",
    "julho",
    "agosto",
    "setembro",
    "outubro",
    "novembro",
    "dezembro",
)


@dataclass(slots=True)
class Blanks:
    """`kept` is what the scenario kept of the answers."""

    erp: Erp
    person: Person
    kept: dict[str, str] = field(default_factory=dict)

    async def filled(self, text: str, *, pattern: bool = False) -> str:
        """The text with its placeholders filled in, escaped where it is a pattern."""
        parts, end = [], 0
        for match in PLACEHOLDER.finditer(text):
            value = await self._value(match.group(1), match.group(2) or "")
            parts += [text[end : match.start()], re.escape(value) if pattern else value]
            end = match.end()
        return "".join([*parts, text[end:]])

    async def _value(self, name: str, of: str) -> str:
        if name in self.kept:
            return self.kept[name]
        match name:
            case "price":
                return _brl((await self.erp.offer(of)).price.amount)
            case "service":
                return _brl(self.erp.service(of).price.amount)
            case "stock":
                return f"{(await self.erp.offer(of)).available or 0:.0f}"
            case "sum":
                return _brl(await self.erp.total(goods(of)))
            case "name":
                return self.erp.product(of).name
            case "day":
                return self._day(of)
            case "flood":
                return FLOOD
            case "holiday":
                return self._holiday(of)
            case _:
                return self._own(name)

    def _own(self, name: str) -> str:
        person = self.person
        own: dict[str, str] = {
            "me": person.name,
            "first_name": person.name.split()[0],
            "phone": person.phone,
            "cpf": person.document,
            "email": person.email,
        }
        if person.order:
            own |= {"order": person.order.code, "order_total": _brl(person.order.total.amount)}
        if person.booking:
            at = person.booking.slot.start.astimezone(self.erp.zone)
            own |= {"booking_day": f"{at.day} de {MONTHS[at.month - 1]}", "booking_time": _clock(at)}
        return own[name]

    def _day(self, which: str) -> str:
        """ "open+2" is the second open day after today, as "03/12"; "weekday:…" its name."""
        form, _, far = which.partition("+")
        day = self._open_day(int(far or 1))
        return WEEKDAYS[day.weekday()] if form == "weekday" else f"{day:%d/%m}"

    def _open_day(self, far: int) -> date:
        day, left = self._today(), far
        while left:
            day += timedelta(days=1)
            # Saturdays are short, and half of the professionals are away.
            left -= bool(periods_on(self.erp.profile.hours, day)) and day.weekday() < 5
        return day

    def _holiday(self, form: str) -> str:
        found = next_holiday(self.erp.profile.hours, self._today())
        if found is None:
            raise LookupError("no holiday")
        return f"{found[0]:%d/%m}" if form == "date" else found[1]

    def _today(self) -> date:
        return datetime.now(self.erp.zone).date()


def goods(text: str) -> Mapping[str, Decimal]:
    """ "SH-COCO-300*2 MA-HID-250" """
    pairs = [each.partition("*") for each in text.split()]
    return {code: Decimal(many or 1) for code, _, many in pairs}


def _brl(amount: Decimal) -> str:
    return format_brl(Money(amount)).replace("\xa0", " ")


def _clock(at: datetime) -> str:
    return f"{at.hour}h{at.minute:02d}" if at.minute else f"{at.hour}h"
