"""From a theme to what our crews do about it: one short question, with choices that stand for intents."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from chatwootai.crews.understanding.belonging import CREW_OF
from chatwootai.crews.understanding.offered_intents import value_of
from chatwootai.crews.understanding.themes import Theme
from chatwootai.domain.conversations import Choice
from chatwootai.domain.crews import Intent

MOST: Final = 2
"""Besides the choice of a person: three are shown as buttons."""
QUESTIONS = (
    "É sobre {about}, certo? O que você precisa?",
    "Posso ajudar com {about}. Qual destas opções é a sua?",
)
TITLES: Final = {
    Intent.ORDER_STATUS: "Onde está o pedido",
    Intent.CANCEL_ORDER: "Cancelar um pedido",
    Intent.EXCHANGE: "Trocar ou devolver",
    Intent.WRONG_ITEM: "Veio errado",
    Intent.EXCHANGE_POLICY: "Regras de troca",
    Intent.DELIVERY: "Frete e prazo",
    Intent.PAYMENT: "Formas de pagamento",
    Intent.PROMOTIONS: "Promoções de hoje",
    Intent.BOOK: "Marcar um horário",
    Intent.RESCHEDULE: "Remarcar",
    Intent.CONTACT: "Nossos contatos",
    Intent.ADVICE: "Pedir indicação",
    Intent.PRICE: "Preço de um produto",
    Intent.BUY: "Comprar",
    Intent.BUSINESS_HOURS: "Horário",
}
"""At most 20 letters, as buttons have them."""
BY_THEME: Final = {
    Theme.ORDER: (Intent.ORDER_STATUS, Intent.CANCEL_ORDER),
    Theme.EXCHANGE: (Intent.EXCHANGE, Intent.WRONG_ITEM, Intent.EXCHANGE_POLICY),
    Theme.DELIVERY: (Intent.DELIVERY, Intent.ORDER_STATUS),
    Theme.PAYMENT: (Intent.PAYMENT,),
    Theme.DISCOUNT: (Intent.PROMOTIONS, Intent.PRICE),
    Theme.BOOKING: (Intent.BOOK, Intent.RESCHEDULE),
    Theme.CONTACT: (Intent.CONTACT,),
    Theme.ADVICE: (Intent.ADVICE, Intent.PRICE),
    Theme.DETAILS: (Intent.ADVICE, Intent.PRICE),
    Theme.BUYING: (Intent.BUY, Intent.PRICE),
    Theme.CATALOGUE: (Intent.PRICE,),
}
"""Themes that are missing here are for people."""
ANYTHING: Final = (Intent.PRICE, Intent.BOOK, Intent.BUSINESS_HOURS, Intent.ORDER_STATUS)
"""What is offered to whom nothing was understood of."""


def leading(theme: Theme, crews: Collection[str]) -> tuple[Choice, ...]:
    """What crews of this business do about a theme; () where that is for people."""
    return _choices(BY_THEME.get(theme, ()), crews)


def anything(crews: Collection[str]) -> tuple[Choice, ...]:
    """What is asked for most, as far as this business does it."""
    return _choices(ANYTHING, crews)


def _choices(intents: tuple[Intent, ...], crews: Collection[str]) -> tuple[Choice, ...]:
    done = [intent for intent in intents if CREW_OF[intent].value in crews]
    return tuple(Choice(TITLES[intent], value_of(intent)) for intent in done[:MOST])
