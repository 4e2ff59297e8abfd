"""Answers to an open question of ours, told from new wishes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from chatwootai.crews.understanding.answerable import (
    CHOICES,
    PERSONAL,
    WHENEVER,
    asks_how,
    asks_or_wants,
    explains,
    is_indifferent,
    picks_one,
)
from chatwootai.crews.understanding.belonging import CREW_OF, SOCIAL
from chatwootai.crews.understanding.certain import certain_intent
from chatwootai.crews.understanding.reading import Item
from chatwootai.crews.understanding.words import norms_of
from chatwootai.domain.crews import CrewName, Intent
from chatwootai.domain.requests import Assent, Entities
from chatwootai.domain.threads import Thread

FREE_TEXT: Final = frozenset({"reason", "name", "address", "feedback"})
"""Slots that any words may fill."""
CLEAR: Final = 0.8
"""Confidence from which a wish is not taken for the answer to a question of free text."""
SHORT: Final = 5
"""Words that name a person, a treatment or a time, and no more: "com a Dra. Marina"."""
PLAIN: Final = 0.95
"""The same, where no word of the text asks or wants anything."""

_FILLER_WORDS: Final = """
a o as os de da do das dos na no nas nos em para pra por e ou com eh pode podem ser seria prefiro prefere
quero queria gostaria melhor entao mesmo sim so acho que dia hora horas horario favor meu minha numero
codigo pedido cpf cnpj cep nome chamo sou tudo bem ok fica bom boa esta perfeito vou esse essa isso aqui ai
la oi as partir ate depois antes umas uns um uma perto volta tipo telefone celular email aquele aquela este
esta unidade unidades qualquer tanto faz mim me se der conseguir desse dessa proxima proximo vem feira cedo
da manha tarde noite claro pelo pela
"""
_FILLERS: Final = frozenset(_FILLER_WORDS.split())
_BOOKING_WORDS: Final = frozenset({"marca", "marcar", "agenda", "agendar", "reserva", "reservar"})
"""Fillers, but only where an appointment is being made."""
_PLACE_WORDS: Final = """
primeiro primeira segundo segunda terceiro terceira quarto quarta quinto quinta ultimo ultima opcao maior
menor grande pequeno pequena medio media mais barato barata caro cara outro outra ambos dois duas
"""
_PLACES: Final = frozenset(_PLACE_WORDS.split())
YES_ASKED: Final = "yes"
"""The slot of a question that wants a yes or a no."""
_MEANS: Final = frozenset(
    {"pix", "boleto", "cartao", "credito", "debito", "dinheiro", "vista", "avista", "parcelado", "vezes", "x"}
)
_BESIDE_MEANS: Final = frozenset(
    {"no", "de", "em", "a", "o", "por", "e", "com", "pode", "ser", "vai", "prefiro", "via"}
)
HOW: Final = frozenset({"postal_code", "payment"})
"""Slots that a bare word fills: "retirada", "no crédito"."""
_CONTINUES: Final[dict[str, frozenset[Intent]]] = {
    "product": frozenset({Intent.BUY, Intent.ADVICE}),
    "quantity": frozenset({Intent.BUY, Intent.CART}),
    "service": frozenset({Intent.BOOK, Intent.SERVICES, Intent.AVAILABILITY}),
    "professional": frozenset({Intent.BOOK, Intent.PROFESSIONALS, Intent.AVAILABILITY}),
    "day": frozenset({Intent.BOOK, Intent.AVAILABILITY, Intent.BUSINESS_HOURS}),
    "time": frozenset({Intent.BOOK, Intent.AVAILABILITY, Intent.BUSINESS_HOURS}),
    "slot": frozenset({Intent.BOOK, Intent.AVAILABILITY, Intent.BUSINESS_HOURS}),
    "order": frozenset({Intent.ORDER_STATUS, Intent.ORDER_LIST}),
    "coupon": frozenset({Intent.USE_COUPON}),
    "payment": frozenset({Intent.PAYMENT}),
    "postal_code": frozenset({Intent.DELIVERY, Intent.ADDRESS}),
    "address": frozenset({Intent.DELIVERY, Intent.ADDRESS}),
}
"""Wishes that, without a question mark, only answer the question for this slot."""
_DIALOGUE_OF: Final = {Intent.RESCHEDULE: "reschedule", Intent.CANCEL_BOOKING: "cancel_booking"}


def only_answers(text: str, entities: Entities, asks: str = "") -> bool:
    """Whether a text says nothing but a day, a code, a name or whatever else a question may ask for."""
    if "?" in text:
        return False
    norms = norms_of(text)
    if not norms:
        return False
    if asks and (explains(asks, text) or (asks in CHOICES and is_indifferent(text))):
        return True
    fillers = _FILLERS | _BOOKING_WORDS if asks in WHENEVER | {YES_ASKED} else _FILLERS
    left = [norm for norm in norms if norm not in fillers and not norm[0].isdigit()]
    named = _named_by(entities)
    if named and all(norm in named for norm in left):
        return True
    if (
        left != ["mais"]
        and all(norm in _PLACES for norm in left)
        and (left or any(norm[0].isdigit() for norm in norms))
    ):
        return True
    means = all(norm in _MEANS or norm in _BESIDE_MEANS or norm.isdigit() for norm in norms)
    return means and any(norm in _MEANS for norm in norms) and asks in {"", "payment"}


def in_thread(items: Sequence[Item], thread: Thread, has_entities: Sequence[bool]) -> list[Item]:
    """The items of a turn while a question is open: answers first, in one piece, then what else is wanted."""
    turned = [_turned(item, thread, named=named) for item, named in zip(items, has_entities, strict=True)]
    answers = [item for item in turned if item.intent is Intent.ANSWER]
    others = [item for item in turned if item.intent is not Intent.ANSWER]
    if len(answers) > 1:
        text = " ".join(item.text for item in answers)
        mention = next((item.mention for item in answers if item.mention), "")
        answers = [replace(answers[0], text=text, mention=mention)]
    return [*answers, *others]


def crew_of(item: Item, thread: Thread | None, crews: frozenset[str]) -> CrewName | None:
    """Who answers: the crew that asked, the crew of the intent, or nobody of this business."""
    if item.intent in (Intent.ANSWER, Intent.YES, Intent.NO):
        return thread.crew if thread else None
    if item.bare and item.intent is Intent.UNKNOWN:
        crew: CrewName | None = CrewName.SALES
    else:
        crew = CREW_OF.get(item.intent)
    return crew if crew is not None and crew.value in crews else None


def _turned(item: Item, thread: Thread, *, named: bool) -> Item:
    if not _answers(item, thread, named=named):
        return item
    unnamed = thread.asks in PERSONAL or is_indifferent(item.text)
    return replace(item, intent=Intent.ANSWER, bare=False, mention="" if unnamed else item.mention)


def _answers(item: Item, thread: Thread, *, named: bool) -> bool:
    if item.intent is Intent.ANSWER:
        return True
    if thread.asks in CHOICES and picks_one(item.text) and certain_intent(item.text) is None:
        return True
    if item.declined or item.intent in (Intent.PERSON, Intent.HEALTH, Intent.ERASE_DATA):
        return False
    asks = "?" in item.text
    beside = item.intent in SOCIAL or item.confidence < CLEAR
    if item.assent in (Assent.CHANGE, Assent.LATER) and not asks and beside:
        return True
    if thread.asks in FREE_TEXT and not asks:
        clear = CLEAR if asks_or_wants(item.text) else PLAIN
        told = item.intent in _CONTINUES.get(thread.asks, ())
        return told or item.confidence < clear or CREW_OF.get(item.intent) in (None, thread.crew)
    if item.bare or item.intent is Intent.UNKNOWN:
        return not asks or named
    if asks or _DIALOGUE_OF.get(item.intent) is not None:
        return False
    if item.intent not in _CONTINUES.get(thread.asks, ()):
        return False
    short = thread.asks in WHENEVER and len(norms_of(item.text)) <= SHORT
    if short and not asks_or_wants(item.text):
        return True
    return named or bool(item.mention) or (thread.asks in HOW and not asks_how(item.text))


def _named_by(entities: Entities) -> frozenset[str]:
    """The comparable words of everything that the entities quote."""
    said = [moment.said for moment in entities.moments]
    said += [quantity.said for quantity in entities.quantities]
    said += [*entities.order_codes, *entities.coupons, *entities.emails, *entities.names]
    words = {norm for text in said for norm in norms_of(text)}
    if entities.documents or entities.bad_documents or entities.phones or entities.postal_codes:
        words.add("")
    return frozenset(words)
