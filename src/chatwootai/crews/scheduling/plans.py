"""What has been settled of an appointment so far, as the thread keeps it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from chatwootai.crews.scheduling.wishes import Wish, wish_of
from chatwootai.domain.crews import Json


@dataclass(frozen=True, slots=True)
class Plan:
    """Ids are 0 for none yet.

    `candidates` are services or appointments among which she was asked to choose; `later` those to be booked
    after this one, each a set of services that it may be. `offered` and `slot` are keys of free times.
    `for_whom` is the relation for whom she speaks, `patient` the name of who comes, "" for herself.
    `mention` are her words for the treatment.
    """

    service: int = 0
    candidates: tuple[int, ...] = ()
    later: tuple[tuple[int, ...], ...] = ()
    professional: int = 0
    wish: Wish = field(default_factory=Wish)
    offered: tuple[str, ...] = ()
    slot: str = ""
    appointment: int = 0
    for_whom: str = ""
    patient: str = ""
    mention: str = ""

    def kept(self) -> dict[str, Json]:
        written: dict[str, Json] = {
            "service": self.service,
            "candidates": list(self.candidates),
            "later": [list(each) for each in self.later],
            "professional": self.professional,
            "wish": self.wish.kept(),
            "offered": list(self.offered),
            "slot": self.slot,
            "appointment": self.appointment,
            "for_whom": self.for_whom,
            "patient": self.patient,
            "mention": self.mention,
        }
        return {name: value for name, value in written.items() if value}


def plan_of(state: Mapping[str, Json]) -> Plan:
    """What `Plan.kept` wrote."""
    later = state.get("later")
    groups = later if isinstance(later, Sequence) and not isinstance(later, str) else ()
    return Plan(
        service=_number(state.get("service")),
        candidates=_numbers(state.get("candidates")),
        later=tuple(_numbers(each) for each in groups),
        professional=_number(state.get("professional")),
        wish=wish_of(state.get("wish")),
        offered=_texts(state.get("offered")),
        slot=str(state.get("slot") or ""),
        appointment=_number(state.get("appointment")),
        for_whom=str(state.get("for_whom") or ""),
        patient=str(state.get("patient") or ""),
        mention=str(state.get("mention") or ""),
    )


def _number(kept: Json) -> int:
    return kept if isinstance(kept, int) else 0


def _numbers(kept: Json) -> tuple[int, ...]:
    return tuple(_number(each) for each in kept) if isinstance(kept, Sequence) else ()


def _texts(kept: Json) -> tuple[str, ...]:
    return tuple(str(each) for each in kept) if isinstance(kept, Sequence) else ()
