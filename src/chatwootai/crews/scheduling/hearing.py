"""All that she says to this crew in one turn, taken together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from chatwootai.crews.dialogues.hello import NAME_LENGTH
from chatwootai.crews.understanding.words import fold
from chatwootai.domain.crews import Intent, Request
from chatwootai.domain.requests import Assent, Impossible, Moment

BEFORE_NAME: Final = re.compile(
    r"^(?:(?:oi|claro|sim|é|eh|e|o|a|nome|completo|dela|dele|meu|minha|se|chama|chamo|sou|me|ela|ele|aqui|no|em"
    r"|de|mãe|mae|pai|filho|filha|marido|esposa|paciente|cliente|seria|isso|da|do)[\s:,]+)+",
    re.IGNORECASE,
)
NAME: Final = re.compile(r"[^\W\d_][^\W\d_'’-]+(?:\s+[^\W\d_'’-]+){0,5}")
PARTICLES: Final = frozenset({"da", "de", "do", "das", "dos", "e"})
_NO_NAMES_WORDS: Final = """
sim nao ok oi ola bom boa obrigado obrigada tanto qualquer quero pode nenhum nenhuma depois amanha hoje
mesmo mesma eu voce claro isso nada porque quanto qual quando
"""
NO_NAMES: Final = frozenset(_NO_NAMES_WORDS.split())


@dataclass(frozen=True, slots=True)
class Said:
    """`text` are her words; `chosen` the value of the choice she took, "" for none."""

    text: str
    mention: str = ""
    chosen: str = ""
    moments: tuple[Moment, ...] = ()
    impossible: tuple[Impossible, ...] = ()
    names: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    bad_documents: tuple[str, ...] = ()
    for_whom: str = ""
    assent: Assent | None = None
    intents: frozenset[Intent] = frozenset()

    @property
    def folded(self) -> str:
        return fold(self.text)

    @property
    def without_moments(self) -> str:
        """Her words without those for days and times, which name no treatment."""
        text = self.text
        for moment in self.moments:
            text = text.replace(moment.said, " ")
        for name in self.names:
            text = re.sub(re.escape(name), " ", text, flags=re.IGNORECASE)
        return text

    @property
    def name(self) -> str:
        """The name that she gives, or that her whole answer is; "" for none."""
        return self.names[0] if self.names else _name(self.text)


def heard(requests: Sequence[Request]) -> Said:
    """Everything in these requests as one."""
    each = [request.entities for request in requests]
    assents = [request.assent for request in requests if request.assent is not None]
    intents = frozenset(request.intent for request in requests)
    chosen = next((request.chosen for request in reversed(requests) if request.chosen), "")
    if chosen.startswith("no:"):
        assents = [Assent.NO]
    if not assents and Intent.YES in intents:
        assents = [Assent.YES]
    if not assents and Intent.NO in intents:
        assents = [Assent.NO]
    return Said(
        text=", ".join(dict.fromkeys(request.text for request in requests if request.text)),
        mention=next((request.mention for request in requests if request.mention), ""),
        chosen=chosen,
        moments=tuple(dict.fromkeys(moment for found in each for moment in found.moments)),
        impossible=tuple(dict.fromkeys(kind for found in each for kind in found.impossible)),
        names=tuple(dict.fromkeys(name for found in each for name in found.names)),
        phones=tuple(dict.fromkeys(phone for found in each for phone in found.phones)),
        emails=tuple(dict.fromkeys(email for found in each for email in found.emails)),
        documents=tuple(dict.fromkeys(number for found in each for number in found.documents)),
        bad_documents=tuple(dict.fromkeys(number for found in each for number in found.bad_documents)),
        for_whom=next((found.for_whom for found in each if found.for_whom), ""),
        assent=assents[-1] if assents else None,
        intents=intents,
    )


def _name(text: str) -> str:
    plain = BEFORE_NAME.sub("", f"{text.strip().strip('.!,')} ").strip()
    if not NAME.fullmatch(plain) or fold(plain.split()[0]) in NO_NAMES or len(plain.split()[0]) > NAME_LENGTH:
        return ""
    return " ".join(
        word.lower() if word.lower() in PARTICLES else word[:1].upper() + word[1:] for word in plain.split()
    )
