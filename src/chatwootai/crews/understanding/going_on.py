"""What goes on with the last answer: how many it should be, more of what was advised, "e pro hemograma?"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from chatwootai.crews.dialogues.faq import answered_by
from chatwootai.crews.understanding.entities import read_entities
from chatwootai.crews.understanding.listening import Listening
from chatwootai.crews.understanding.numerals import NUMBER
from chatwootai.crews.understanding.plain import plain_intent, speaks_of_all
from chatwootai.crews.understanding.reading import Item
from chatwootai.crews.understanding.words import norms_of
from chatwootai.domain.conversations import Author
from chatwootai.domain.crews import Briefing, CrewName, Intent
from chatwootai.domain.profiles import Profile
from chatwootai.domain.requests import Assent
from chatwootai.domain.threads import Thread, current

_TOPIC: Final = "topic"
_CART: Final = "cart"
_OF_SALES: Final = frozenset({CrewName.SALES.value, Intent.ADVICE.value})
_INTERJECTED: Final = (
    r"(?:(?:nao|ah|opa|pera|perai|espera|calma|desculpa|na|verdade|vdd|alias|eh|e|mas|errei|me enganei|so que"
    r"|quis dizer|eu|beleza|ops|oops|entao|moca?) )*"
)
_CORRECTED: Final = re.compile(
    rf"{_INTERJECTED}(?:(?:sao|seriam|seria|era|eram|quero|queria|vou querer|vou levar|coloca|deixa|poe|bota"
    rf"|mudar?|troca|altera|corrige|manda|leva|para|a|so|somente|apenas|mesmo|por|quantidade) )+(?:{NUMBER})"
    r"(?: (?:unidades?|so|mesmo|apenas|por favor|entao|deles|delas|cada))*"
)
""" "Nao pera, sao so 2": how many of what is being bought."""
_CLOSES: Final = re.compile(
    r"\b(?:confirm|fech|finaliz|conclu)\w* (?:(?:o|a|meu|minha|ess[ea]|est[ea]) )*"
    r"(?:pedido|compra|carrinho)\b"
)
_MORE: Final = re.compile(
    r"(?:(?:e|mas|nao|tem|teria|voces?|quero|queria|ver|me|mostra|existe|ah|ai|algum|alguma|alguns|algo|um|uma|de"
    r"|por|so) )*"
    r"(?:(?:mais|outr[oa]s?) (?:opc\w+|opcao|tipos?|marcas?|modelos?|sugest\w+|produtos?|algu[mn]\w*)"
    r"|outr[oa]s?|(?:um |uma )?(?:mais barat[oa]s?|mais em conta|menos car[oa]s?|baratinh[oa]s?"
    r"|melhor|diferente))"
    r"(?: (?:ai|por favor|disponivel|tambem|que ess[ea]s?|d?ess[ea]|sem ser ess[ea]s?|nao))*"
)
""" "Tem outro?", "algum mais em conta?" """
_BY_MEANS: Final = re.compile(
    r"e (?:se )?(?:(?:for|eu|pagar|no|na|em|com|de|por|via|parcelar|parcelado|a) )*"
    r"(?:pix|boleto|cartao|credito|debito|dinheiro|vista|avista|(?:\d+ )?(?:x|vezes))"
    r"(?: de (?:credito|debito))?"
)
_NOT_YET: Final = frozenset({Assent.NO, Assent.LATER})
""" "Não, pera": followed by how many, it changes what was shown."""
_COUNTED: Final = frozenset({"quantity", "product", "need", "detail", "compare"})
"""Slots that "so 2" answers."""
_PREPARED: Final = frozenset({Intent.PREPARATION, Intent.INSURANCE})
_LONGEST: Final = 7
"""Words of "e pra fazer o exame de glicose?"."""
_EARLIER: Final = 4
"""Messages of hers through which a chain of "e …?" is followed back."""
_ASKED: Final = frozenset(
    {
        Intent.UNKNOWN,
        Intent.SERVICES,
        Intent.STOCK,
        Intent.ADVICE,
        Intent.BOOK,
        Intent.AVAILABILITY,
        Intent.PROFESSIONALS,
        Intent.PREPARATION,
        Intent.SMALL_TALK,
        Intent.OTHER_LANGUAGE,
    }
)
"""What a question that the profile answers may be taken for."""


@dataclass(frozen=True, slots=True)
class _Talk:
    briefing: Briefing
    thread: Thread | None
    ear: Listening

    @property
    def topic(self) -> str:
        topic = self.briefing.memory.get(_TOPIC)
        return topic if isinstance(topic, str) else ""

    @property
    def of_sales(self) -> bool:
        if self.thread is not None:
            return self.thread.crew is CrewName.SALES
        return self.topic in _OF_SALES or self.has_cart

    @property
    def has_cart(self) -> bool:
        return bool(self.briefing.memory.get(_CART))


def gone_on(items: Sequence[Item], briefing: Briefing, ear: Listening) -> list[Item]:
    """The items with the intents that they have after what was answered last."""
    talk = _Talk(briefing, current(briefing.memory), ear)
    return [_gone_on(item, talk) for item in items]


def of_profile(item: Item, profile: Profile) -> Item:
    """A question that the profile surely answers, for the crew that reads it out."""
    asked = item.intent in _ASKED and not item.declined and not item.chosen
    if not asked or CrewName.INFO.value not in profile.crews:
        return item
    if item.intent is Intent.BOOK and "?" not in item.text:
        return item
    if answered_by(item.text, profile.faq) is None:
        return item
    return replace(item, intent=Intent.ABOUT, mention="", bare=False, elliptic=False)


def _gone_on(item: Item, talk: _Talk) -> Item:
    if item.chosen or item.declined:
        return item
    spoken = " ".join(norms_of(item.text))
    if talk.of_sales and (intent := _of_sales(item, spoken, talk)) is not None:
        assent = Assent.CHANGE if intent is Intent.BUY and item.assent in _NOT_YET else item.assent
        return replace(item, intent=intent, mention="", bare=False, elliptic=False, assent=assent)
    told = _told(item, spoken, talk)
    return item if told is None else replace(item, intent=told, bare=False, elliptic=False)


def _of_sales(item: Item, spoken: str, talk: _Talk) -> Intent | None:
    asks = "?" in item.text
    answers = item.intent is Intent.ANSWER and talk.thread is not None and talk.thread.asks in _COUNTED
    if not asks and not answers and _CORRECTED.fullmatch(spoken):
        return Intent.BUY
    if item.intent is Intent.YES and talk.thread is None and _CLOSES.search(spoken):
        return Intent.BUY
    if talk.topic == Intent.ADVICE.value and _MORE.fullmatch(spoken):
        return Intent.ADVICE
    if not talk.has_cart:
        return None
    hers = item.intent is Intent.ORDER_STATUS and plain_intent(item.text) is Intent.ORDER_STATUS
    summed = item.intent is Intent.PRICE and not item.mention and speaks_of_all(spoken)
    return Intent.CART if hers or summed else None


def _told(item: Item, spoken: str, talk: _Talk) -> Intent | None:
    if talk.topic == Intent.PAYMENT.value and _BY_MEANS.fullmatch(spoken):
        return Intent.PAYMENT
    if talk.topic == Intent.BUSINESS_HOURS.value and talk.thread is None:
        dated = item.intent is Intent.ANSWER and read_entities(item.text, talk.briefing.now).moments
        return Intent.BUSINESS_HOURS if dated else None
    words = spoken.split()
    goes_on = words[:1] == ["e"] and len(words) <= _LONGEST and (item.bare or item.intent in _ASKED)
    if not goes_on or talk.topic != CrewName.SCHEDULING.value:
        return None
    return _asked_before(talk)


def _asked_before(talk: _Talk) -> Intent | None:
    """PREPARATION or INSURANCE, where her last messages asked for it or went on with it."""
    said = [message.text for message in talk.briefing.history if message.author is Author.CUSTOMER]
    for text in reversed(said[-_EARLIER:]):
        intents = {item.intent for item in talk.ear.read([(0, text)])}
        if found := intents & _PREPARED:
            return min(found)
        if norms_of(text)[:1] != ("e",):
            return None
    return None
