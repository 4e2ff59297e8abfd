"""Parts of a crew's answer: one for each thing that was asked, joined to one text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from chatwootai.domain.conversations import Choice
from chatwootai.domain.outcomes import Handoff, Reply


@dataclass(frozen=True, slots=True)
class Part:
    """`handoff` ends the conversation with the bot; its own text then stands in place of `text`."""

    text: str = ""
    choices: tuple[Choice, ...] = ()
    handoff: Handoff | None = None


def joined(parts: Sequence[Part]) -> Reply | Handoff:
    """The answers in their order, then the last question that has choices, beside its buttons.

    With a handoff among them the whole is one, and questions are left out: people will ask them.
    """
    plain = [part.text for part in parts if part.text and not part.choices]
    questions = [part for part in parts if part.choices]
    handoff = next((part.handoff for part in parts if part.handoff), None)
    if handoff is not None:
        text = "\n\n".join([*plain, handoff.text])
        return Handoff(handoff.reason, text, handoff.summary, handoff.urgent)
    text = "\n\n".join([*plain, *(part.text for part in questions if part.text)])
    return Reply(text, questions[-1].choices if questions else ())
