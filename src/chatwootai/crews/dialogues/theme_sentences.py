"""What is said of each theme that no crew answers yet: what we cannot do, and a person on offer."""

from __future__ import annotations

from typing import Final

from chatwootai.crews.understanding.themes import Theme

_PERSON: Final = ("Quer falar com uma pessoa?", "Posso chamar alguém para falar com você?")

SENTENCES: Final[dict[Theme, tuple[str, str]]] = {
    Theme.LANGUAGE: (
        "Eu só entendo português 🙈 I only understand Portuguese. Say “yes” and a person will help you.",
        "Ainda só falo português 🙈 Sorry, Portuguese only. Say “yes” to talk to a person.",
    ),
    Theme.UPSET: (
        "Sinto muito por isso. Quer que eu chame uma pessoa da equipe para resolver com você?",
        "Desculpa pelo transtorno. Posso te passar agora para uma pessoa da equipe?",
    ),
    Theme.EXCHANGE: (
        "Sinto muito! Trocas e devoluções são direto com a equipe. {person}",
        "Puxa! Quem cuida de trocas e devoluções é a equipe. {person}",
    ),
    Theme.ORDER: (
        "Ainda não consigo consultar pedidos por aqui, mas a equipe consegue. {person}",
        "Pedidos eu ainda não consigo ver; quem acompanha é a equipe. {person}",
    ),
    Theme.DELIVERY: (
        "Sobre entrega e frete, eu ainda não tenho as informações, mas a equipe tem. {person}",
        "Entrega e frete são com a equipe, que te passa tudo certinho. {person}",
    ),
    Theme.PAYMENT: (
        "Sobre formas de pagamento, eu ainda não tenho as informações, mas a equipe tem. {person}",
        "Quem confirma as formas de pagamento é a equipe. {person}",
    ),
    Theme.DISCOUNT: (
        "Descontos e promoções eu não consigo confirmar por aqui; a equipe consegue. {person}",
        "Quem cuida de descontos e promoções é a equipe. {person}",
    ),
    Theme.BOOKING: (
        "Agendar eu ainda não consigo por aqui, mas a equipe marca. {person}",
        "Quem marca os horários é a equipe. {person}",
    ),
    Theme.WHOLESALE: (
        "Esse assunto é direto com a equipe. {person}",
        "Sobre isso, quem responde é a equipe. {person}",
    ),
    Theme.CONTACT: (
        "Isso eu não tenho aqui comigo, mas a equipe te informa. {person}",
        "Essa informação eu não tenho, mas a equipe tem. {person}",
    ),
    Theme.JOBS: (
        "Sobre vagas, quem responde é a equipe. {person}",
        "Vagas são com a equipe. {person}",
    ),
    Theme.ADVICE: (
        "Para indicar o produto certo, prefiro deixar com quem entende: a nossa equipe 😊 {person}",
        "Indicação é com a equipe, que conhece bem cada produto. {person}",
    ),
    Theme.PHOTO: (
        "Fotos eu ainda não consigo enviar, mas a equipe consegue. {person}",
        "Quem envia fotos é a equipe. {person}",
    ),
    Theme.DETAILS: (
        "Detalhes sobre o uso e a composição eu prefiro não arriscar; a equipe sabe. {person}",
        "Esse detalhe do produto eu não tenho, mas a equipe tem. {person}",
    ),
    Theme.BUYING: (
        "Ainda não fecho pedidos por aqui, mas a equipe fecha. {person}",
        "Quem fecha a compra é a equipe, rapidinho. {person}",
    ),
    Theme.CATALOGUE: (
        "Catálogo eu não consigo enviar, mas vejo o preço de qualquer produto. Ou prefere falar com alguém?",
        "O catálogo é com a equipe, mas preço e estoque eu te digo. Ou prefere falar com uma pessoa?",
    ),
    Theme.OTHER: (
        "Isso eu ainda não sei responder, mas a equipe sabe. {person}",
        "Sobre isso, quem responde é a equipe. {person}",
    ),
}


def sentences_of(theme: Theme) -> tuple[str, ...]:
    """Wordings that say what we cannot do, and offer a person."""
    return tuple(
        sentence.replace("{person}", person)
        for sentence, person in zip(SENTENCES[theme], _PERSON, strict=True)
    )
