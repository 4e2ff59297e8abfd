"""Requests and complaints as the people of the shop find them in the ERP."""

from __future__ import annotations

from typing import Final

from chatwootai.crews.support.deadlines import Since
from chatwootai.crews.support.results import ExchangeProposed
from chatwootai.crews.support.wishes import Reason, Wish
from chatwootai.domain.conversations import Author
from chatwootai.domain.crews import Briefing
from chatwootai.domain.leads import Lead

REASONS: Final = {
    Reason.DEFECT: "defeito ou avaria",
    Reason.WRONG: "veio errado ou faltando",
    Reason.REGRET: "desistência",
}
WISHES: Final = {Wish.EXCHANGE: "Troca", Wish.RETURN: "Devolução"}
SPEAKERS: Final = {Author.CUSTOMER: "Cliente", Author.BOT: "Assistente"}
MESSAGES: Final = 12
EXCERPT: Final = 500
TITLE: Final = 120
"""Characters of a lead's title, so that it stays one line in a list."""


def exchange_lead(shown: ExchangeProposed, buyer: int, briefing: Briefing) -> Lead:
    wish = WISHES[shown.wish]
    what = ", ".join(shown.names)
    since = "saída" if shown.counted.since is Since.SHIPPED else "data do pedido"
    counted = shown.counted
    lines = [
        f"{wish} pedida pelo atendimento.",
        f"Pedido: {shown.code}",
        f"Produtos: {what}",
        f"Motivo: {REASONS[shown.reason]}",
        f"Dias desde a {since} ({counted.day:%d/%m/%Y}): {counted.days}, de {shown.allowed} do prazo",
    ]
    description = "\n".join(lines)
    return _lead(f"{wish}: {shown.code}, {what}", description, buyer, briefing)


def complaint_lead(text: str, code: str, buyer: int | None, briefing: Briefing) -> Lead:
    about = f": pedido {code}" if code else ""
    description = "\n".join((f"Reclamação pelo atendimento{about}.", text))
    return _lead(f"Reclamação{about}", description, buyer, briefing)


def complaint_key(briefing: Briefing) -> str:
    """One complaint for a turn, however often the turn is tried."""
    key = briefing.conversation.key
    return f"reclamacao-{key.account}-{key.conversation}-{briefing.messages[0].id}"


def _lead(title: str, description: str, buyer: int | None, briefing: Briefing) -> Lead:
    contact = briefing.conversation.contact
    return Lead(
        title=title if len(title) <= TITLE else f"{title[: TITLE - 1]}…",
        contact_name=contact.name,
        phone=contact.phone_number,
        email=contact.email,
        description=description,
        customer_id=buyer,
        transcript=_transcript(briefing),
    )


def _transcript(briefing: Briefing) -> str:
    said = [
        message
        for message in (*briefing.history, *briefing.messages)
        if message.author in SPEAKERS and not message.private
    ]
    return "\n".join(
        f"{SPEAKERS[message.author]}: {' '.join(message.text.split())[:EXCERPT] or '[sem texto]'}"
        for message in said[-MESSAGES:]
    )
