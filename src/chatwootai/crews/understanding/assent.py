"""Whether a text answers a question with yes, no, something else, or later.

A yes must be one in every word: whatever is not known to be harmless beside it leaves the question open, for
what follows a yes is written. A no, a change and a delay are only ever taken for one another.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum

from chatwootai.crews.understanding import assent_words as say
from chatwootai.crews.understanding.readable import readable
from chatwootai.domain.requests import Assent

AGREEING = re.compile("[👍👌✅🆗☑✔💯🤝]+")
REFUSING = re.compile("[👎❌✖🚫🙅⛔]+")
DOUBTING = re.compile("[🤔😕🙄🤨😒🤷😬]")
STRETCHED = re.compile(r"([a-z])\1{2,}")
DOUBLED_END = re.compile(r"\b([a-z]{2,}?)([aeioum])\2+\b")
STRETCHED_WORDS = (
    (re.compile(r"\bs+i+[mn]+\b"), "sim"),
    (re.compile(r"\bn+a+o+\b"), "nao"),
    (re.compile(r"\bo+k+(?:e+y*)?\b"), "ok"),
    (re.compile(r"\bc+l+a+r+o+\b"), "claro"),
)
PERSONAL_NUMBER = re.compile(r"[\w.+-]+@[\w.-]+|\+?\(?[0-9][0-9(). /-]{8,}[0-9]")
UNDERSTOOD = re.compile(r"^\W*(?:(?:a+h+|hu?m+) )?entendi\b[ ,.!…]+")
CLAUSE = re.compile(r"([^.!?,;:\n…()]+)([.!?,;:\n…() ]*)")
ORNAMENT = re.compile(r"[^\w\s]|_")
READ_ONLY = re.compile(r"(?:a+h+|hu?m+|o+h+|a+ta+h?|entendi)[ ,.!…]+(?:sim|claro|certo|isso)(?: sim)?\W*")
""" "Ah, sim" is what one says who has understood."""
HOW_ARE_YOU = re.compile(
    r"(?:(?:oi|ola|opa|bom dia|boa tarde|boa noite) )*tudo (?:bem|bom|joia)(?: com (?:vc|voce)s?)?"
)
ASKS_FOR_CHANGE = re.compile(r"(?:pode ser|pode marcar|pode agendar|marca|agenda)\b")
LEAVE = re.compile(
    r"(?:pode|quero|manda|marca|agenda|reserva|confirma|fech|faz|vamos|certeza|isso eh|isso e|esse|essa)"
)
LONGEST_PHRASE = 5
LONGEST_ANSWER = 300
"""Characters; nobody says yes at greater length."""


class Clause(Enum):
    STRONG = 1
    WEAK = 2
    COURTESY = 3
    NO = 4
    CHANGE = 5
    LATER = 6
    ASKING = 7
    """A question or another request, which leaves what was asked as it is."""
    COUNTED = 8
    """A number, a day or an hour by itself: after a yes it changes what was asked."""
    OPEN = 9
    """All else: it makes a yes uncertain."""


YESES = frozenset((Clause.STRONG, Clause.WEAK))
HARMLESS = YESES | {Clause.COURTESY, Clause.ASKING}


def assent_of(text: str, *, cancelling: bool = False) -> Assent | None:
    """How `text` answers a question that asks for a yes; None where it does not, or not clearly.

    `cancelling` tells that the question was whether to cancel something, so that "pode cancelar" is a yes.
    """
    shown = readable(text).folded.strip()
    if not shown or len(shown) > LONGEST_ANSWER:
        return None
    clauses = _clauses(shown, cancelling=cancelling)
    kinds = [kind for kind in clauses if kind is not Clause.COURTESY]
    if not kinds:
        return None
    if Clause.LATER in kinds:
        return Assent.LATER
    if Clause.CHANGE in kinds or (kinds[0] in YESES and Clause.COUNTED in kinds):
        return Assent.CHANGE
    if Clause.NO in kinds:
        return _refusal(kinds)
    if kinds[0] in YESES and HARMLESS.issuperset(kinds) and not DOUBTING.search(shown):
        return Assent.YES if _firm(kinds, shown) else None
    return None


def _refusal(kinds: Sequence[Clause]) -> Assent | None:
    """ "Tá, não quero" refuses; "sim, não" is neither."""
    return None if Clause.STRONG in kinds else Assent.NO


def _firm(kinds: Sequence[Clause], shown: str) -> bool:
    """A weak yes is none after "ah" or a greeting, and some of them are none by themselves."""
    if READ_ONLY.fullmatch(shown):
        return False
    if Clause.STRONG in kinds:
        return True
    first = re.match(r"[a-z]+", shown)
    return (first is None or first.group() not in say.ACKNOWLEDGING) and Clause.ASKING not in kinds


def _clauses(shown: str, *, cancelling: bool) -> list[Clause]:
    spelled = REFUSING.sub(" , nao , ", AGREEING.sub(" , sim , ", PERSONAL_NUMBER.sub(" ", shown)))
    spelled = UNDERSTOOD.sub("", spelled)
    for pattern, word in STRETCHED_WORDS:
        spelled = pattern.sub(word, spelled)
    found: list[Clause] = []
    for match in CLAUSE.finditer(spelled):
        words = _words(match.group(1))
        if words:
            found += _kinds(words, asked="?" in match.group(2), cancelling=cancelling)
    return found


def _words(clause: str) -> list[str]:
    plain = DOUBLED_END.sub(r"\1\2", STRETCHED.sub(r"\1", ORNAMENT.sub(" ", clause)))
    return plain.split()


def _kinds(words: list[str], *, asked: bool, cancelling: bool) -> list[Clause]:
    said = " ".join(words)
    if asked and HOW_ARE_YOU.fullmatch(said):
        return [Clause.COURTESY]
    kind, read = _yes(words, cancelling=cancelling)
    rest = " ".join(words[read:])
    if kind in YESES and not rest:
        return [Clause.OPEN] if asked else [kind]
    if kind is Clause.COURTESY and not rest:
        return [Clause.OPEN] if asked else [kind]
    if say.UNDECIDED.search(said):
        return [Clause.LATER] if say.LATER.search(said) else [Clause.OPEN]
    if say.LATER.search(said):
        return [Clause.LATER]
    whole = _whole(said, asked=asked)
    if kind in YESES and whole is not Clause.NO:
        return _after_yes(kind, rest, said, asked=asked)
    return [whole]


def _after_yes(kind: Clause, rest: str, said: str, *, asked: bool) -> list[Clause]:
    """A yes with more words behind it in the same breath."""
    if say.DOUBT.search(rest):
        return [Clause.OPEN]
    if _asks(rest, asked=asked):
        return [Clause.OPEN] if _asks_leave(said) else [kind, Clause.ASKING]
    if say.NO.match(rest):
        return [kind, Clause.NO]
    if asked and not (
        ASKS_FOR_CHANGE.match(said) and (say.NUMBERED.search(rest) or say.CHANGING.search(rest))
    ):
        return [Clause.OPEN]
    if say.CHANGING.search(rest) or say.NUMBERED.search(rest) or say.CHANGE_START.match(said):
        return [Clause.CHANGE]
    return [Clause.OPEN]


def _asks_leave(said: str) -> bool:
    """ "Pode me mandar uma foto" asks for something, and agrees to nothing."""
    return LEAVE.match(said) is not None


def _whole(said: str, *, asked: bool) -> Clause:
    if say.DOUBT.search(said):
        return Clause.OPEN
    if say.NO.match(said):
        return Clause.NO
    if _asks(said, asked=asked):
        return Clause.ASKING
    if say.CHANGE_START.match(said):
        return Clause.CHANGE
    if say.PERSONAL.match(said):
        return Clause.COURTESY
    reserved = re.match(r"(?:e )?(?:mas|so que|porem)\b", said)
    if reserved and len(said.split()) > 1 and (not asked or say.NUMBERED.search(said)):
        return Clause.CHANGE
    counted = say.NUMBERED.search(said) and not asked and not re.match(r"(?:so )?(?:se|caso|quando)\b", said)
    return Clause.COUNTED if counted else Clause.OPEN


def _asks(said: str, *, asked: bool) -> bool:
    if say.FORBIDDEN_IN_QUESTION.search(said):
        return False
    return bool(say.ASKING.match(said) or (asked and say.ASKING_WITH_MARK.match(said)))


def _yes(words: list[str], *, cancelling: bool) -> tuple[Clause, int]:
    """What the words from the first on are together, and how many of them."""
    strong = say.STRONG | say.CANCELLING if cancelling else say.STRONG
    kind, position, alone = Clause.COURTESY, 0, True
    while position < len(words):
        for length in range(min(LONGEST_PHRASE, len(words) - position), 0, -1):
            phrase = tuple(words[position : position + length])
            if phrase in strong:
                kind, alone = Clause.STRONG, False
            elif phrase in say.WEAK:
                alone = alone and phrase in say.NOT_ALONE
                kind = kind if kind is Clause.STRONG or alone else Clause.WEAK
            elif phrase not in say.OBJECTS and not (length == 1 and _is_filler(words[position])):
                continue
            position += length
            break
        else:
            break
    return kind, position


def _is_filler(word: str) -> bool:
    return word in say.FILLERS or word in say.ACKNOWLEDGING
