"""Her own appointments: which there are, being late, having missed one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from chatwootai.crews.dialogues.opening import spoken_time
from chatwootai.crews.dialogues.parts import Part
from chatwootai.crews.scheduling.asking import Turn
from chatwootai.crews.scheduling.facts import AppointmentFacts
from chatwootai.crews.scheduling.hearing import Said
from chatwootai.crews.scheduling.identifying import ask_proof, none_of_yours, take_who
from chatwootai.crews.scheduling.plans import Plan
from chatwootai.crews.scheduling.speaking import spoken_length, spoken_moment
from chatwootai.crews.scheduling.taking import SERVICE
from chatwootai.domain.conversations import Choice
from chatwootai.domain.outcomes import HandoffReason

MINE: Final = "my_bookings"
LATE: Final = "late"
MOST: Final = 8
BACK: Final = 24
"""Hours in which a missed appointment is still spoken of."""
MINUTES: Final = re.compile(r"\b(\d{1,3}) ?(?:min|minutos?|m)\b")
WORDS: Final = {
    "meia hora": 30,
    "uma hora": 60,
    "quinze min": 15,
    "dez min": 10,
    "vinte min": 20,
    "cinco min": 5,
}
MISSED: Final = re.compile(r"\b(?:perdi|esqueci|faltei|nao (?:fui|consegui ir|deu para ir)|perdemos)\b")

YOURS: Final = ("Você tem marcado:\n{lines}", "Seus horários marcados:\n{lines}")
CHANGE_THEM: Final = "Para remarcar ou desmarcar, é só me dizer."
IN_TIME: Final = (
    "Sem problema! Seu horário de **{service}** é {when}, e a tolerância é de {tolerance}: até as {last}.",
    "Tudo bem! **{service}** está para {when}. A tolerância é de {tolerance}, ou seja, até as {last}.",
)
TOO_LATE: Final = (
    "A tolerância de atraso é de {tolerance}, e **{service}** é {when}.",
    "**{service}** está para {when}, e a tolerância é de {tolerance}.",
)
MISSED_IT: Final = (
    "Que pena! **{service}** era {when}. Quer que eu veja um novo horário?",
    "Acontece! Seu horário de **{service}** era {when}. Quer marcar outro?",
)
RULE: Final = (
    "Não encontrei horário seu para hoje. De todo modo, a tolerância de atraso é de {tolerance}.",
    "Para hoje não encontrei horário seu. A tolerância de atraso é de {tolerance}.",
)


async def my_bookings(turn: Turn, said: Said) -> Part:
    """All that is to come, by time."""
    plan = take_who(turn, said, turn.plan, turn.thread.asks if turn.thread else "")
    proof = await ask_proof(turn, MINE, said, plan)
    if proof is not None:
        return proof
    mine = await turn.tools.my_appointments()
    if not mine:
        return none_of_yours(turn)
    if turn.thread and turn.thread.dialogue == MINE:
        turn.close()
    return _listed(turn, mine)


def _listed(turn: Turn, mine: Sequence[AppointmentFacts]) -> Part:
    lines = "\n".join(f"• {line_of(turn, each)}" for each in mine[:MOST])
    return Part(f"{turn.wording.pick('yours', YOURS, {'lines': lines})}\n\n{CHANGE_THEM}")


def line_of(turn: Turn, appointment: AppointmentFacts) -> str:
    """ "**Manicure** com Débora Nogueira: sexta, 27 de novembro, às 14h" """
    who = f" com {appointment.professional}" if appointment.professional else ""
    patient = f", para {appointment.patient}" if appointment.patient else ""
    return f"**{appointment.service}**{who}{patient}: {spoken_moment(appointment.start, turn.bench.today)}"


async def late(turn: Turn, said: Said) -> Part:
    """Within the tolerance she is reassured; beyond it people are told; what is missed may be booked anew."""
    tolerance = turn.bench.rules.tolerance
    words = {"tolerance": spoken_length(tolerance)}
    mine = await turn.tools.my_appointments(hours_back=BACK)
    appointment = _of_now(turn, list(mine))
    if appointment is None and MISSED.search(said.folded):
        return _listed(turn, mine) if mine else none_of_yours(turn)
    if appointment is None:
        return Part(turn.wording.pick("late_rule", RULE, words))
    when = spoken_moment(appointment.start, turn.bench.today)
    last = (appointment.start + tolerance).time()
    words |= {"service": appointment.service, "when": when, "last": spoken_time(last)}
    if appointment.end <= turn.bench.now or MISSED.search(said.folded):
        return _missed(turn, appointment, turn.wording.pick("missed", MISSED_IT, words))
    if _arrives(turn, said, appointment) <= appointment.start + tolerance:
        return Part(turn.wording.pick("in_time", IN_TIME, words))
    text = turn.wording.pick("too_late", TOO_LATE, words)
    note = f"vai chegar depois da tolerância: {appointment.service}, {when}, com {appointment.professional}"
    return turn.hand_over(HandoffReason.CUSTOMER_ASKED, text, note, urgent=True)


def _missed(turn: Turn, appointment: AppointmentFacts, text: str) -> Part:
    if not appointment.service_id:
        return turn.ask("book", "service", Plan(), text)
    choices = (Choice("Ver novos horários", f"{SERVICE}{appointment.service_id}"),)
    return turn.ask("book", "day", Plan(candidates=(appointment.service_id,)), text, choices)


def _of_now(turn: Turn, mine: list[AppointmentFacts]) -> AppointmentFacts | None:
    """The one that runs or comes next today, else the last that is over."""
    today = [each for each in mine if each.start.date() == turn.bench.today]
    coming = [each for each in today if each.end > turn.bench.now]
    over = [each for each in mine if each.end <= turn.bench.now]
    return coming[0] if coming else over[-1] if over else None


def _arrives(turn: Turn, said: Said, appointment: AppointmentFacts) -> datetime:
    """When she will be there, as far as she says."""
    at = next((moment.at for moment in said.moments if moment.at is not None), None)
    if at is not None:
        return datetime.combine(appointment.start.date(), at, appointment.start.tzinfo)
    minutes = MINUTES.search(said.folded)
    worded = next((value for words, value in WORDS.items() if words in said.folded), 0)
    delay = int(minutes.group(1)) if minutes else worded
    return max(appointment.start + timedelta(minutes=delay), turn.bench.now)
