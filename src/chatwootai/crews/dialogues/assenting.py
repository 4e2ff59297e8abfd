"""What a message says to a proposal: by its button, by the number or the title of a choice, or in words."""

from __future__ import annotations

from chatwootai.crews.dialogues.choosing import chosen_plainly
from chatwootai.crews.understanding.assent import assent_of
from chatwootai.domain.conversations import Message
from chatwootai.domain.crews import Memory
from chatwootai.domain.requests import Assent
from chatwootai.domain.threads import threads
from chatwootai.hub.yes import no_value, yes_value


def answer_to(proposal_id: str, message: Message, memory: Memory) -> Assent | None:
    """A choice that belongs to another proposal answers nothing here; a doubtful one is no yes."""
    value = chosen_plainly(message, memory)
    if value is None:
        return assent_of(message.text, cancelling=_cancels(proposal_id, memory))
    answers = {yes_value(proposal_id): Assent.YES, no_value(proposal_id): Assent.NO, "": Assent.CHANGE}
    return answers.get(value)


def _cancels(proposal_id: str, memory: Memory) -> bool:
    """Whether it was asked if something shall be cancelled: then "pode cancelar" is a yes."""
    return any(
        thread.proposal == proposal_id and thread.dialogue.startswith("cancel") for thread in threads(memory)
    )
