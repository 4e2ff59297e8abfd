"""One answer from the parts of several crews, and what it leaves to remember."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from chatwootai.domain.crews import Draft, Json, Memory
from chatwootai.domain.outcomes import Handoff, Reply
from chatwootai.domain.threads import current, of_crew, opened
from chatwootai.hub.yes import SHOWN, SHOWN_NOW

CHOICES: Final = "choices"
TITLES: Final = "choice_titles"
"""Memory keys: values and titles of the choices that the last answer offers."""


@dataclass(frozen=True, slots=True)
class Part:
    """One crew's part of the answer. `acted` says that it committed something, which has to be told."""

    name: str
    draft: Draft
    acted: bool = False

    @property
    def shows(self) -> Json:
        """The id of the proposal that this part shows; None where it shows none."""
        return self.draft.memory.get(SHOWN) if self.draft.memory.get(SHOWN_NOW) else None


def joined(parts: Sequence[Part], before: Memory) -> Draft:
    """The parts in their order; a question with choices comes last, beside its buttons.

    A proposal comes last of all: "sim" must mean it, and nothing else. Of two the later is the one that still
    waits; the text of the other is left out, unless it tells of something done.
    """
    shown = next((part for part in reversed(parts) if part.shows), None)
    told = [part for part in parts if part is shown or part.acted or not _waits(part)]
    outcome = _outcome(told, shown)
    memory = dict(before)
    for part in parts:
        memory = merged(memory, part.draft.memory)
    if isinstance(outcome, Reply):
        memory |= _answered_next(told, shown, memory)
    memory[SHOWN] = shown.shows if shown and isinstance(outcome, Reply) else None
    memory |= _offered(outcome)
    return Draft(outcome, {key: value for key, value in memory.items() if value is not None})


def merged(memory: Memory, later: Memory) -> dict[str, Json]:
    """What the next crew of the turn knows. Which proposal the last answer showed stays what it was."""
    kept = {key: value for key, value in later.items() if key not in (SHOWN, SHOWN_NOW)}
    return {**memory, **kept}


def _waits(part: Part) -> bool:
    return bool(part.shows) and isinstance(part.draft.outcome, Reply)


def _outcome(parts: Sequence[Part], shown: Part | None) -> Reply | Handoff:
    """A handoff among them makes the whole a handoff, and questions are left out: people will ask them."""
    handoff = next((p.draft.outcome for p in parts if isinstance(p.draft.outcome, Handoff)), None)
    replies = [(part, part.draft.outcome) for part in parts if isinstance(part.draft.outcome, Reply)]
    if handoff is not None:
        kept = [reply.text for part, reply in replies if part.acted or not (reply.choices or part is shown)]
        text = "\n\n".join([*kept, handoff.text])
        return Handoff(handoff.reason, text, handoff.summary, handoff.urgent)
    ranked = _ranked(replies, shown)
    text = "\n\n".join(reply.text for _, reply in ranked)
    return Reply(text, ranked[-1][1].choices if ranked else ())


def _ranked(replies: Sequence[tuple[Part, Reply]], shown: Part | None) -> Sequence[tuple[Part, Reply]]:
    return sorted(replies, key=lambda each: (each[0] is shown, bool(each[1].choices)))


def _answered_next(parts: Sequence[Part], shown: Part | None, memory: Memory) -> Mapping[str, Json]:
    """Keep the thread of the question that stands last the current one: she answers that."""
    replies = [(part, part.draft.outcome) for part in parts if isinstance(part.draft.outcome, Reply)]
    if not replies:
        return {}
    last, reply = _ranked(replies, shown)[-1]
    asked = current(last.draft.memory)
    is_asked = asked is not None and asked.crew.value == last.name and bool(reply.choices)
    own = of_crew(memory, asked.crew) if asked and is_asked else None
    return opened(memory, own) if own else {}


def _offered(outcome: Reply | Handoff) -> Mapping[str, Json]:
    """Only what is offered can be chosen, whatever the crews remember."""
    if isinstance(outcome, Handoff):
        return {CHOICES: None, TITLES: None}
    if not outcome.choices:
        return {}
    return {
        CHOICES: [choice.value for choice in outcome.choices],
        TITLES: [choice.title for choice in outcome.choices],
    }
