"""Coming back to the open question, after something else was answered."""

from __future__ import annotations

from typing import Final

from chatwootai.crews.dialogues.parts import Part
from chatwootai.crews.scheduling.answering import show_again
from chatwootai.crews.scheduling.asking import Turn
from chatwootai.crews.scheduling.offering import choices_again
from chatwootai.crews.scheduling.taking import SERVICE
from chatwootai.domain.conversations import Choice
from chatwootai.domain.threads import Thread

BACK: Final = ("Voltando ao seu horário{of}:", "E sobre o seu horário{of}:")
QUESTIONS: Final = {
    "slot": ("qual destes você prefere?", "qual deles fica melhor?"),
    "day": ("que dia e horário ficam bons?", "para quando você quer?"),
    "service": ("qual serviço você quer marcar?", "para qual serviço é?"),
    "name": ("em nome de quem eu marco?", "qual é o nome de quem vem?"),
    "phone": ("qual é o seu telefone com DDD?", "pode informar um telefone com DDD?"),
    "document": ("pode informar o CPF do cadastro?", "qual é o CPF do cadastro?"),
    "appointment": ("qual horário você quer mudar?", "de qual horário estamos falando?"),
}
MOST: Final = 10


async def resumed(turn: Turn) -> Part | None:
    """The question once more, short; None where nothing waits."""
    thread = turn.thread
    if thread is None:
        return None
    service = await turn.bench.service(turn.plan.service) if turn.plan.service else None
    lead = turn.wording.pick("back", BACK, {"of": f" de **{service.name}**" if service else ""})
    if thread.asks == "yes":
        return await show_again(turn, thread.proposal, turn.plan, lead)
    if thread.asks not in QUESTIONS:
        return None
    question = turn.wording.pick(f"back_{thread.asks}", QUESTIONS[thread.asks])
    return Part(f"{lead} {question}", await _choices(turn, thread))


async def _choices(turn: Turn, thread: Thread) -> tuple[Choice, ...]:
    plan = turn.plan
    if thread.asks == "slot":
        return choices_again(turn, plan)
    if thread.asks == "service":
        found = [each for id_ in plan.candidates[:MOST] if (each := await turn.bench.service(id_))]
        return tuple(Choice(each.name, f"{SERVICE}{each.id}") for each in found)
    return ()
