"""Times that she rules out ("não posso de manhã"), and hours that look like a place in a list ("as 2")."""

from __future__ import annotations

import re
from datetime import time
from typing import Final

from chatwootai.crews.scheduling.facts import slot_named
from chatwootai.crews.scheduling.hearing import Said
from chatwootai.crews.understanding.words import fold
from chatwootai.domain.requests import Moment, PartOfDay

NEGATED: Final = re.compile(r"\bn(?:ao|um)? (?:posso|consigo|da|quero|pode|vai dar|rola)\b[^,.;?!]{0,12}$")
HOUR: Final = re.compile(r"(?:pode ser )?(?:as|pelas|la pelas) (\d{1,2})")
LAST_HOUR: Final = 23
NOON: Final = time(12)
INSTEAD: Final = {
    PartOfDay.MORNING: (NOON, None),
    PartOfDay.AFTERNOON: (None, time(11, 59)),
    PartOfDay.EVENING: (None, time(17, 59)),
}
"""What is left of a day without a part of it: not before, not after."""


def meant_moments(said: Said) -> tuple[Moment, ...]:
    """The times that she wants, without those that she rules out."""
    if not said.moments:
        return _hour(said)
    kept = [each for moment in said.moments if (each := _wanted(said.folded, moment)) is not None]
    return tuple(kept)


def _wanted(folded: str, moment: Moment) -> Moment | None:
    place = folded.find(fold(moment.said))
    if place < 0 or NEGATED.search(folded[:place]) is None:
        return moment
    if moment.part is None or moment.at is not None:
        return None
    not_before, not_after = INSTEAD[moment.part]
    return Moment(moment.said, moment.days, not_before=not_before, not_after=not_after)


def _hour(said: Said) -> tuple[Moment, ...]:
    """ "As 2", where times were offered, is an hour and not the second of them."""
    match = HOUR.fullmatch(said.folded.strip(" .!"))
    if match is None or slot_named(said.chosen) is None or int(match.group(1)) > LAST_HOUR:
        return ()
    return (Moment(said.text, at=time(int(match.group(1)))),)
