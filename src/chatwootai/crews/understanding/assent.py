"""Whether a text answers a question with yes, no, something else, or later.

A yes must be one in every word: whatever is not known to be harmless beside it leaves the question open, for
what follows a yes is written. A no, a change and a delay are only ever taken for one another.
"""

from __future__ import annotations

import re

from chatwootai.crews.understanding.clauses import YESES, Clause, clauses_of
from chatwootai.crews.understanding.readable import readable
from chatwootai.domain.requests import Assent

DOUBTING = re.compile("[🤔😕🙄🤨😒🤷😬]")
LONGEST_ANSWER = 300
"""Characters; nobody says yes at greater length."""

HARMLESS = YESES | {Clause.COURTESY, Clause.ASKING}


def assent_of(text: str, *, cancelling: bool = False) -> Assent | None:
    """How `text` answers a question that asks for a yes; None where it does not, or not clearly.

    `cancelling` tells that the question was whether to cancel something, so that "pode cancelar" is a yes.
    """
    shown = readable(text).folded.strip()
    if not shown or len(shown) > LONGEST_ANSWER:
        return None
    clauses = clauses_of(shown, cancelling=cancelling)
    kinds = [kind for kind in clauses if kind is not Clause.COURTESY]
    if not kinds:
        return None
    if Clause.LATER in kinds:
        return Assent.LATER
    if Clause.CHANGE in kinds or (kinds[0] in YESES and Clause.COUNTED in kinds):
        return Assent.CHANGE
    if Clause.NO in kinds:
        # "Tá, não quero" refuses; "sim, não" is neither.
        return None if Clause.STRONG in kinds else Assent.NO
    if kinds[0] in YESES and HARMLESS.issuperset(kinds) and not DOUBTING.search(shown):
        # "Ok, qual o preço?" has read, and asks.
        return None if Clause.STRONG not in kinds and Clause.ASKING in kinds else Assent.YES
    return None
