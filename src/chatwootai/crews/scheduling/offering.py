"""Offering free times: a few to choose from, and why not as wished."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final

from chatwootai.brazil.money import format_brl
from chatwootai.crews.dialogues.notunderstood import PERSON_CHOICE
from chatwootai.crews.dialogues.parts import Part
from chatwootai.crews.scheduling import wordings as say
from chatwootai.crews.scheduling.asking import Turn
from chatwootai.crews.scheduling.facts import NotThen, ServiceFacts, SlotFacts, Times, slot_named
from chatwootai.crews.scheduling.plans import Plan
from chatwootai.crews.scheduling.speaking import (
    PARTS,
    short_moment,
    spoken_date,
    spoken_days,
    spoken_length,
)
from chatwootai.domain.conversations import Choice

SATURDAY: Final = 5


async def search(turn: Turn, plan: Plan, *, preferred: int = 0) -> Times:
    """Times for what she wishes."""
    wish = plan.wish
    return await turn.tools.free_slots(
        plan.service,
        wish.days,
        wish.at,
        wish.part,
        wish.not_before,
        wish.not_after,
        plan.professional,
        plan.appointment,
        preferred,
        bool(plan.for_whom or plan.patient),
    )


async def offer(
    turn: Turn, dialogue: str, plan: Plan, times: Times, lead: str = "", *, progress: bool = True
) -> Part:
    """These times as choices; what is said before them tells why, where it is not as she wished."""
    service = await turn.bench.service(plan.service)
    name = service.name if service else "o horário"
    who = await _who(turn, plan)
    words = {"service": name, "who": who, "price": _price(turn, service)}
    if not times.slots and times.reason is not NotThen.DAILY_LIMIT:
        turn.wording.offer_person()
        text = _joined(lead, turn.wording.pick("no_times", say.NO_TIMES, words))
        return turn.ask(dialogue, "day", plan, text, (PERSON_CHOICE,), progress=progress)
    plan = replace(plan, offered=tuple(slot.key for slot in times.slots), slot="")
    if not times.slots:
        why = _why(turn, plan, times)
        text = _joined(lead, why, turn.wording.pick("another_day", say.ANOTHER_DAY))
        return turn.ask(dialogue, "day", plan, text, progress=progress)
    if times.reason is not None:
        why = _why(turn, plan, times)
        text = turn.wording.pick("instead", say.INSTEAD, {**words, "why": why}).strip()
    elif when := _when(turn, plan, times):
        text = turn.wording.pick("offer", say.OFFER, {**words, "when": when})
    else:
        text = turn.wording.pick("offer_next", say.OFFER_NEXT, words)
    return turn.ask(dialogue, "slot", plan, _joined(lead, text), choices_of(times.slots), progress=progress)


def _price(turn: Turn, service: ServiceFacts | None) -> str:
    """What most would ask next; told with the first offer alone."""
    if service is None or (turn.thread and turn.thread.asks in ("slot", "yes")):
        return ""
    return f" ({format_brl(service.price)})" if service.price else ""


def choices_of(slots: tuple[SlotFacts, ...]) -> tuple[Choice, ...]:
    return tuple(Choice(short_moment(slot.start), slot.key) for slot in slots)


def choices_again(turn: Turn, plan: Plan) -> tuple[Choice, ...]:
    """The times that were offered, as choices once more."""
    named = [(key, found) for key in plan.offered if (found := slot_named(key))]
    return tuple(Choice(short_moment(turn.bench.local(start)), key) for key, (start, _) in named)


def _joined(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part)


async def _who(turn: Turn, plan: Plan) -> str:
    if not plan.professional:
        return ""
    people = await turn.bench.people(plan.service)
    name = next((each.name for each in people if each.id == plan.professional), "")
    return f" com {name}" if name else ""


def _when(turn: Turn, plan: Plan, times: Times) -> str:
    """The day and the part of it that she named, resolved; "" where she named no day."""
    days = sorted({slot.start.date() for slot in times.slots})
    part = f" {PARTS[plan.wish.part]}" if plan.wish.part else ""
    if not plan.wish.days:
        return part.strip()
    if len(days) == 1:
        return f"{_on(turn, days[0])},{part}" if part else _on(turn, days[0])
    return part.strip() or "nesses dias"


def _on(turn: Turn, day: date) -> str:
    """ "na sexta, 27 de novembro", "no sábado, 28 de novembro" """
    return f"{'no' if day.weekday() >= SATURDAY else 'na'} {spoken_date(day, turn.bench.today)}"


def _why(turn: Turn, plan: Plan, times: Times) -> str:
    if times.reason is None:
        return ""
    rules = turn.bench.rules
    days = plan.wish.days
    vague = "nesses dias" if days else PARTS[plan.wish.part] if plan.wish.part else "nesse horário"
    day = _on(turn, days[-1]) if len(days) == 1 else vague
    limit = rules.daily_limit or 1
    words = {
        "day": day,
        "Day": day[:1].upper() + day[1:],
        "holiday": times.holiday,
        "notice": spoken_length(rules.notice),
        "horizon": spoken_days(rules.horizon),
        "limit": f"{limit} horários" if limit > 1 else "1 horário",
    }
    return turn.wording.pick(f"why_{times.reason.value}", say.WHY[times.reason], words)
