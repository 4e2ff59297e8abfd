"""The clauses of an answer, each by what it does to the question that was asked."""

from __future__ import annotations

import re
from enum import Enum

from chatwootai.crews.understanding import assent_words as say

AGREEING = re.compile("[👍👌✅🆗☑✔💯🤝]+")
REFUSING = re.compile("[👎❌✖🚫🙅⛔]+")
STRETCHED = re.compile(r"([a-z])\1{2,}")
DOUBLED_END = re.compile(r"\b([a-z]{2,}?)([aeioum])\2+\b")
STRETCHED_WORDS = (
    (re.compile(r"\bs+i+[mn]+\b"), "sim"),
    (re.compile(r"\bn+a+o+\b"), "nao"),
    (re.compile(r"\bo+k+(?:e+y*)?\b"), "ok"),
    (re.compile(r"\bc+l+a+r+o+\b"), "claro"),
)
PERSONAL_NUMBER = re.compile(r"[\w.+-]+@[\w.-]+|\+?\(?[0-9][0-9(). /-]{8,}[0-9]")
SEEN = re.compile(r"\b(?:a+h+|hu?m+|o+h+|a+ta+h?)\b[ ,.!…\n]*")
""" "Ah, sim" is what one says who has read and understood."""
UNDERSTOOD = re.compile(r"^\W*(?:(?:a+h+|hu?m+) )?entendi\b[ ,.!…]+")
CLAUSE = re.compile(r"([^.!?,;:\n…()]+)([.!?,;:\n…() ]*)")
ORNAMENT = re.compile(r"[^\w\s]|_")
RETURNING = re.compile(
    r"(?:quero|queria) (?:trocar|devolver)(?: (?:um|uma|o|a|meu|minha) \w+)?(?: que\b.*)?$"
)
"""What was bought before, not what is asked now."""
HOW_ARE_YOU = re.compile(
    r"(?:(?:oi|ola|opa|bom dia|boa tarde|boa noite) )*tudo (?:bem|bom|joia)(?: com (?:vc|voce)s?)?"
)
ASKS_FOR_CHANGE = re.compile(r"(?:pode ser|pode marcar|pode agendar|marca|agenda)\b")
LEAVE = re.compile(
    r"\b(?:pode|quero|manda|marca|agenda|reserva|confirma|fech|faz|vamos|certeza|isso eh|isso e|esse|essa)"
)
LONGEST_PHRASE = 5


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


def clauses_of(shown: str, *, cancelling: bool) -> list[Clause]:
    """The clauses of a folded text in their order; `cancelling` as in `assent_of`."""
    spelled = REFUSING.sub(" , nao , ", AGREEING.sub(" , sim ", PERSONAL_NUMBER.sub(" ", shown)))
    spelled = SEEN.sub("ah ", UNDERSTOOD.sub("", spelled))
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
    """A yes with more words behind it in the same breath.

    "Pode me mandar uma foto" asks for something, and agrees to nothing.
    """
    asks_leave = LEAVE.search(said.removesuffix(rest)) is not None
    if say.DOUBT.search(rest):
        return [Clause.OPEN]
    if _asks(rest, asked=asked):
        return [Clause.OPEN] if asks_leave else [kind, Clause.ASKING]
    if say.NO.match(rest):
        return [kind, Clause.NO]
    if RETURNING.match(said):
        return [Clause.OPEN]
    if asked and not (
        ASKS_FOR_CHANGE.match(said) and (say.NUMBERED.search(rest) or say.CHANGING.search(rest))
    ):
        return [Clause.OPEN]
    if say.CHANGING.search(rest) or say.NUMBERED.search(rest) or say.CHANGE_START.match(said):
        return [Clause.CHANGE]
    return [Clause.OPEN]


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
    kind, position = Clause.COURTESY, 0
    read_only = False
    while position < len(words):
        for length in range(min(LONGEST_PHRASE, len(words) - position), 0, -1):
            phrase = tuple(words[position : position + length])
            if phrase in strong:
                kind = kind if read_only and phrase in say.READ_AS_WELL else Clause.STRONG
            elif phrase in say.WEAK:
                nothing = read_only or phrase in say.NOT_ALONE
                kind = kind if kind is Clause.STRONG or nothing else Clause.WEAK
            elif phrase not in say.OBJECTS and not (length == 1 and _is_filler(words[position])):
                continue
            read_only = phrase == ("ah",) or (read_only and phrase in say.READ_AS_WELL | say.WEAK)
            position += length
            break
        else:
            break
    return kind, position


def _is_filler(word: str) -> bool:
    return word in say.FILLERS or word in say.ACKNOWLEDGING
