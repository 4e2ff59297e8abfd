"""Reading the texts of a turn, with an ear for the answer to what we have asked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from typing import Final

from chatwootai.crews.understanding.answerable import without_courtesy
from chatwootai.crews.understanding.assent import assent_of
from chatwootai.crews.understanding.belonging import SOCIAL
from chatwootai.crews.understanding.entities import read_entities
from chatwootai.crews.understanding.fragments import fragments_of
from chatwootai.crews.understanding.model import IntentModel
from chatwootai.crews.understanding.reading import Item
from chatwootai.crews.understanding.reading import read as keywords_of
from chatwootai.crews.understanding.replying import YES_ASKED, only_answers
from chatwootai.crews.understanding.wishes import BY_KEYWORDS, wishes_of
from chatwootai.domain.crews import Intent
from chatwootai.domain.requests import Assent

MOST_WORDS: Final = 300
"""Of a burst that is read together; a flood of short words must not cost time."""
_REPEATED: Final = re.compile(r"\b(\w{1,20})(?:\s+\1\b){3,}")
_MARK: Final = re.compile(r"[,;.!\n](?!\d)")


@dataclass(frozen=True, slots=True)
class Listening:
    """How texts are read: with which model, when, and to which open question of ours.

    `asks` is the slot of that question, "" without one; `cancelling` tells that it wants a yes to cancelling,
    to which "cancela" is no refusal.
    """

    model: IntentModel
    now: datetime
    asks: str = ""
    cancelling: bool = False

    def read(self, texts: Sequence[tuple[int, str]]) -> list[Item]:
        """The items of texts that were written in a row, each with the message in which it begins."""
        if not texts:
            return []
        whole, begins = _shortened("\n".join(text for _, text in texts)), 0
        if self.asks not in ("", YES_ASKED):
            whole, begins = without_courtesy(whole)
        answer, rest = self._leading_answer(whole)
        if answer:
            first = Item(Intent.ANSWER, answer, message_id=texts[0][0])
            return [first, *self.read([(texts[-1][0], rest)])]
        assent = assent_of(whole, cancelling=self.cancelling)
        if self._only_answers(whole):
            return [Item(Intent.ANSWER, whole, message_id=texts[0][0], assent=assent)]
        wishes = _without_declined(wishes_of(whole, self.model), whole)
        declined = any(item.declined for item in wishes)
        if (
            assent in (Assent.YES, Assent.NO)
            and not declined
            and (self.asks == YES_ASKED or not any(map(_is_wish, wishes)))
        ):
            intent = Intent.YES if assent is Assent.YES else Intent.NO
            return [Item(intent, whole, message_id=texts[-1][0], assent=assent)]
        return [
            replace(item, message_id=_message_at(item.start + begins, texts), assent=assent)
            for item in wishes
        ]

    def _leading_answer(self, text: str) -> tuple[str, str]:
        """ "sexta, e qual o endereço?": the answer before the first mark, and what follows; "" for none."""
        mark = _MARK.search(text) if self.asks else None
        if mark is None or not any(letter.isalpha() for letter in text[mark.end() :]):
            return "", text
        answer, rest = text[: mark.start()], text[mark.end() :]
        said = self._only_answers(answer) and not self._only_answers(rest)
        return (answer, rest) if said else ("", text)

    def _only_answers(self, text: str) -> bool:
        return only_answers(text, read_entities(text, self.now), self.asks)


def _shortened(text: str) -> str:
    """The text without words said four times in a row, up to its three hundredth word."""
    text = _REPEATED.sub(r"\1", text)
    words = list(islice(re.finditer(r"\w+", text), MOST_WORDS))
    return text[: words[-1].end()] + text[words[-1].end() :][:2] if len(words) == MOST_WORDS else text


def _without_declined(wishes: list[Item], text: str) -> list[Item]:
    """ "Não precisa me passar pra ninguém": the no and the person were cut apart."""
    if not any(item.intent is Intent.PERSON for item in wishes):
        return wishes
    keyword = [item for fragment in fragments_of(text) for item in keywords_of(fragment)]
    if any(item.intent is Intent.PERSON for item in keyword) or not any(item.declined for item in keyword):
        return wishes
    return [
        replace(item, intent=Intent.UNKNOWN, declined=True) if item.intent is Intent.PERSON else item
        for item in wishes
    ]


def _is_wish(item: Item) -> bool:
    """Whether it is more than what is said along with a yes or a no."""
    beside = item.intent in SOCIAL or item.intent is Intent.UNKNOWN
    return not beside and item.confidence >= BY_KEYWORDS


def _message_at(start: int, texts: Sequence[tuple[int, str]]) -> int:
    position = 0
    for message_id, text in texts:
        position += len(text) + 1
        if start < position:
            return message_id
    return texts[-1][0]
