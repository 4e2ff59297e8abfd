"""Threads: what a crew is in the middle of. A change of subject leaves a thread open, to come back to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from chatwootai.domain.crews import CrewName, Json, Memory

KEY: Final = "threads"
"""Memory key: the open threads, the current one last; at most one for each crew."""


@dataclass(frozen=True, slots=True)
class Thread:
    """`dialogue` names what is going on ("buy", "book"), `asks` the slot that our last question asked for.

    Slots have one name everywhere: "product", "quantity", "service", "professional", "day", "slot", "name",
    "order", "document", "reason", "postal_code", "address", "payment", "coupon", "yes" (a proposal waits).
    `proposal` is the id of the proposal that waits. `times` counts how often the same was asked in a row.
    """

    crew: CrewName
    dialogue: str
    asks: str = ""
    state: Mapping[str, Json] = field(default_factory=dict)
    proposal: str = ""
    times: int = 1


def threads(memory: Memory) -> tuple[Thread, ...]:
    """All open threads, the current one last."""
    kept = memory.get(KEY)
    if not isinstance(kept, Sequence) or isinstance(kept, str):
        return ()
    return tuple(thread for item in kept if isinstance(item, Mapping) and (thread := _read(item)))


def current(memory: Memory) -> Thread | None:
    """The thread to which an answer belongs."""
    opened = threads(memory)
    return opened[-1] if opened else None


def of_crew(memory: Memory, crew: CrewName) -> Thread | None:
    """The crew's thread, current or put off."""
    return next((thread for thread in threads(memory) if thread.crew is crew), None)


def opened(memory: Memory, thread: Thread) -> dict[str, Json]:
    """What to remember so that `thread` is the current one, in place of this crew's earlier thread."""
    others = [other for other in threads(memory) if other.crew is not thread.crew]
    return {KEY: [_written(each) for each in (*others, thread)]}


def closed(memory: Memory, crew: CrewName) -> dict[str, Json]:
    """What to remember once the crew is through."""
    others = [_written(other) for other in threads(memory) if other.crew is not crew]
    return {KEY: others or None}


def _written(thread: Thread) -> dict[str, Json]:
    return {
        "crew": thread.crew.value,
        "dialogue": thread.dialogue,
        "asks": thread.asks,
        "state": dict(thread.state),
        "proposal": thread.proposal,
        "times": thread.times,
    }


def _read(item: Mapping[str, Json]) -> Thread | None:
    """None for what an older version may have left."""
    crew, state, times = item.get("crew"), item.get("state"), item.get("times")
    if crew not in set(CrewName) or not isinstance(state, Mapping) or not isinstance(times, int):
        return None
    return Thread(
        CrewName(str(crew)),
        str(item.get("dialogue") or ""),
        str(item.get("asks") or ""),
        state,
        str(item.get("proposal") or ""),
        times,
    )
