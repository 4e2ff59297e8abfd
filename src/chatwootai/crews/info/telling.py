"""Quoting the profile: rules of the house word for word, and what is valid today alone."""

from __future__ import annotations

from collections.abc import Collection

from chatwootai.crews.dialogues.wording import Wording
from chatwootai.crews.tools import Visit
from chatwootai.crews.understanding.vocabulary import FILLERS
from chatwootai.crews.understanding.words import norms_of, singular
from chatwootai.domain.ledger import Fact, FactKind
from chatwootai.domain.profiles import Policy

STEM = 5
SHORTEST = 4
"""Letters of a word that tells something: shorter ones ("se", "não", "dia") stand everywhere."""
NOT_HERE = (
    "Essa informação eu não tenho aqui. Quer que eu chame uma pessoa da equipe?",
    "Isso eu não sei informar com certeza. Posso chamar uma pessoa da equipe para você?",
)


def policies(visit: Visit, subjects: Collection[str]) -> list[Policy]:
    """The rules of these subjects that hold today."""
    today = visit.briefing.now.date()
    return [
        policy
        for policy in visit.briefing.profile.policies
        if policy.subject in subjects and policy.is_valid(today)
    ]


def nearest(found: list[Policy], text: str, most: int = 1) -> list[Policy]:
    """Those that share most telling words with what was asked, the profile's order deciding among equals."""
    asked = _telling(text)

    def shared(policy: Policy) -> int:
        return 2 * len(asked & _telling(policy.title)) + len(asked & _telling(policy.text))

    return sorted(found, key=shared, reverse=True)[:most]


def _telling(text: str) -> set[str]:
    """Stems stand for "trocar", "troca" and "trocado" alike."""
    words = {singular(norm) for norm in norms_of(text)} - FILLERS
    return {word[:STEM] for word in words if len(word) >= SHORTEST}


def quoted(visit: Visit, subject: str, text: str) -> str:
    """A text of the profile, which then may be said word for word."""
    visit.ledger.facts.append(Fact(FactKind.TEXT, subject, text))
    return text


def not_here(visit: Visit, wording: Wording) -> str:
    """Nothing is invented: a person is offered."""
    wording.offer_person()
    return wording.pick("not_here", NOT_HERE)
