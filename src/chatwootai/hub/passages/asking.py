"""How customers ask about the rules of a house, in their spelling: aliases of its policies.

A rule says "formas de pagamento", a customer "dá pra dividir". What follows is general; what only one
business is asked belongs into the questions of its profile.
"""

from __future__ import annotations

import re

from chatwootai.brazil.letters import folded
from chatwootai.hub.passages import asked_of_the_house, asked_of_trade
from chatwootai.hub.passages.topics import INSURANCE

TOPICS = (*asked_of_trade.TOPICS, *asked_of_the_house.TOPICS)

_SAME = {"insurance": "payment"}
"""Subjects of fields of a profile that have no topic of their own."""


def aliases(subject: str, title: str, text: str = "") -> tuple[str, ...]:
    """How customers ask for a rule: of the topics that its title names, else of those that its text does."""
    topics = [topic for topic in TOPICS if topic.subject == _SAME.get(subject, subject)]
    for told in (title, text):
        named = [topic for topic in topics if topic.cue.search(folded(told))]
        if named:
            return tuple(question for topic in named for question in topic.questions)
    return ()


def is_about_insurance(title: str) -> bool:
    """Whether a rule, of whatever subject, is the one about health plans."""
    return re.search(INSURANCE, folded(title)) is not None
