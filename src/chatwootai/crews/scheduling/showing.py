"""Proposals and what came of them, in words."""

from __future__ import annotations

from typing import Final

from chatwootai.brazil.money import format_brl
from chatwootai.crews.dialogues.parts import Part
from chatwootai.crews.scheduling import wordings as say
from chatwootai.crews.scheduling.asking import Turn
from chatwootai.crews.scheduling.facts import DoneFacts, ProposalFacts
from chatwootai.crews.scheduling.plans import Plan
from chatwootai.crews.scheduling.speaking import spoken_length, spoken_moment
from chatwootai.domain.conversations import Choice
from chatwootai.domain.proposals import Proposal, ProposalKind
from chatwootai.hub.yes import no_value, remembered, yes_value

DIALOGUES: Final = {
    ProposalKind.BOOKING: "book",
    ProposalKind.RESCHEDULE: "reschedule",
    ProposalKind.CANCEL_BOOKING: "cancel_booking",
}
QUESTIONS: Final = {
    ProposalKind.BOOKING: say.SUMMARY_QUESTION,
    ProposalKind.RESCHEDULE: say.MOVE_QUESTION,
    ProposalKind.CANCEL_BOOKING: say.CANCEL_QUESTION,
}
DONE: Final = {
    ProposalKind.BOOKING: say.BOOKED,
    ProposalKind.RESCHEDULE: say.MOVED,
    ProposalKind.CANCEL_BOOKING: say.CANCELLED,
}
OTHER: Final = "other"
"""Value of the choice for another time than the one that is proposed."""


def show(
    turn: Turn,
    proposal: ProposalFacts,
    kept: Proposal | None,
    plan: Plan,
    lead: str = "",
    *,
    progress: bool = True,
) -> Part:
    """The whole proposal with its question. `kept` is as the store has it, None where it is gone."""
    question = turn.wording.pick(f"question_{proposal.kind.value}", QUESTIONS[proposal.kind])
    text = "\n\n".join(part for part in (lead, summary_of(turn, proposal), question) if part)
    part = turn.ask(
        DIALOGUES[proposal.kind],
        "yes",
        plan,
        text,
        _choices(proposal),
        proposal=proposal.id,
        progress=progress,
    )
    if part.handoff is None:
        turn.tools.visit.memory.update(remembered(kept))
    return part


def summary_of(turn: Turn, proposal: ProposalFacts) -> str:
    """Service, professional, day, time and price; where it moves, from when; what it costs."""
    today = turn.bench.today
    with_whom = f" com {proposal.professional}" if proposal.professional else ""
    lines = [f"**{proposal.service}**{with_whom}"]
    if proposal.patient:
        lines[0] += f", para {proposal.patient}"
    when = spoken_moment(proposal.start, today)
    if proposal.kind is ProposalKind.CANCEL_BOOKING:
        lines[0] = f"Desmarcar {lines[0]}"
        lines.append(when)
    elif proposal.before is not None:
        lines += [f"De: {spoken_moment(proposal.before, today)}", f"Para: {when}"]
    else:
        lines += [when, format_brl(proposal.price) if proposal.price else "Sem custo"]
    if proposal.fee is not None:
        lines.append(fee_line(turn, proposal))
    return "\n".join(lines)


def fee_line(turn: Turn, proposal: ProposalFacts) -> str:
    percent = f"{(proposal.percent or 0):f}".replace(".", ",")
    hours = spoken_length(turn.bench.rules.free_until)
    return say.FEE.format(hours=hours, percent=percent, fee=format_brl(proposal.fee or proposal.price))


def tell_done(turn: Turn, done: DoneFacts) -> str:
    """What was committed, with the time that the calendar has, and how to prepare."""
    opening = turn.wording.pick(f"done_{done.kind.value}", DONE[done.kind])
    when = spoken_moment(done.start, turn.bench.today)
    who = f" com {done.professional}" if done.professional else ""
    patient = f", para {done.patient}" if done.patient else ""
    lines = [f"{opening}\n**{done.service}**{who}{patient}: {when}."]
    if done.kind is ProposalKind.CANCEL_BOOKING:
        return _with_fee(lines, done)
    if done.preparation:
        lines.append(f"Preparo: {_sentence(done.preparation)}")
    free_until = turn.bench.rules.free_until
    if done.kind is ProposalKind.BOOKING and free_until and done.start - turn.bench.now > free_until:
        lines.append(say.FREE_UNTIL.format(hours=spoken_length(turn.bench.rules.free_until)))
    return _with_fee(lines, done)


def _with_fee(lines: list[str], done: DoneFacts) -> str:
    if done.fee is not None:
        lines.append(f"A taxa de {format_brl(done.fee)} é acertada com a equipe.")
    return "\n\n".join(lines)


def _sentence(text: str) -> str:
    plain = text.strip()
    return plain if plain.endswith((".", "!", "?")) else f"{plain}."


def _choices(proposal: ProposalFacts) -> tuple[Choice, ...]:
    yes, no = yes_value(proposal.id), no_value(proposal.id)
    if proposal.kind is ProposalKind.CANCEL_BOOKING:
        return (Choice("Sim, desmarcar", yes), Choice("Manter o horário", no))
    return (Choice("Confirmar", yes), Choice("Outro horário", OTHER), Choice("Agora não", no))
