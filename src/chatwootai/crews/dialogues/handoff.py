"""Handing over to people: what the customer is told, and what the colleague is told."""

from __future__ import annotations

from typing import Final

from chatwootai.crews.dialogues.opening import is_open, next_opening, spoken, spoken_day, until
from chatwootai.crews.dialogues.wording import Wording
from chatwootai.crews.understanding.themes import Theme
from chatwootai.domain.conversations import Author, ChannelKind, Message
from chatwootai.domain.crews import Briefing
from chatwootai.domain.ledger import Fact, FactKind, Ledger
from chatwootai.domain.outcomes import HandoffReason

CHANNEL_NAMES: Final = {
    ChannelKind.WHATSAPP: "WhatsApp",
    ChannelKind.INSTAGRAM: "Instagram",
    ChannelKind.WEB_WIDGET: "chat do site",
    ChannelKind.API: "API",
    ChannelKind.EMAIL: "e-mail",
    ChannelKind.OTHER: "outro canal",
}
REASONS: Final = {
    HandoffReason.CUSTOMER_ASKED: "pediu para falar com uma pessoa",
    HandoffReason.NOT_UNDERSTOOD: "não consegui entender o que a pessoa quer",
    HandoffReason.INTEGRATION_FAILED: "um sistema da loja não respondeu",
    HandoffReason.GUARDRAIL: "a resposta não passou na conferência",
    HandoffReason.TURN_FAILED: "a resposta falhou",
    HandoffReason.HEALTH: "URGENTE: falou de saúde ou de uma reação; o robô não orienta",
    HandoffReason.ERASE_DATA: "pediu para apagar os dados (LGPD); o pedido foi registrado no ERP",
    HandoffReason.UPSET: "está irritada com o atendimento",
    HandoffReason.OTHER_LANGUAGE: "escreve em outro idioma",
    HandoffReason.FOLLOW_UP: "há um pedido registrado que espera por uma pessoa",
}
OPENINGS: Final = {
    HandoffReason.CUSTOMER_ASKED: (
        "Claro! Vou te passar para uma pessoa da equipe.",
        "Combinado, vou chamar uma pessoa da equipe para falar com você.",
    ),
    HandoffReason.NOT_UNDERSTOOD: (
        "Desculpa, ainda não consegui entender. Vou te passar para uma pessoa da equipe.",
        "Para não te fazer repetir, vou chamar uma pessoa da equipe para continuar.",
    ),
    HandoffReason.HEALTH: (
        "Já estou chamando uma pessoa da equipe para falar com você.",
        "Uma pessoa da equipe já foi avisada e vai falar com você.",
    ),
    HandoffReason.ERASE_DATA: (
        "Registrei o seu pedido para apagar os seus dados, e uma pessoa da equipe vai confirmar com você.",
        "O seu pedido para apagar os dados está registrado. Uma pessoa da equipe confirma com você.",
    ),
    HandoffReason.UPSET: (
        "Sinto muito por isso. Vou chamar uma pessoa da equipe para resolver com você.",
        "Peço desculpas. Já vou passar você para uma pessoa da equipe.",
    ),
    HandoffReason.FOLLOW_UP: (
        "Uma pessoa da equipe já vai continuar com você.",
        "Vou chamar uma pessoa da equipe para dar sequência.",
    ),
}
BEYOND_US = (
    "Para te ajudar de verdade com isso, já vou chamar uma pessoa da equipe.",
    "Isso é mesmo com a equipe, então vou te passar para uma pessoa.",
)
NAMES: Final = {
    Theme.LANGUAGE: "outro idioma",
    Theme.UPSET: "uma irritação",
    Theme.EXCHANGE: "troca ou devolução",
    Theme.ORDER: "um pedido feito",
    Theme.DELIVERY: "entrega",
    Theme.PAYMENT: "pagamento",
    Theme.DISCOUNT: "desconto",
    Theme.BOOKING: "agendamento",
    Theme.WHOLESALE: "atacado ou cadastro",
    Theme.CONTACT: "contato ou estacionamento",
    Theme.JOBS: "vagas",
    Theme.ADVICE: "indicação de produto",
    Theme.PHOTO: "foto de um produto",
    Theme.DETAILS: "uso ou composição de um produto",
    Theme.BUYING: "fechar uma compra",
    Theme.CATALOGUE: "o catálogo",
    Theme.OTHER: "outro assunto",
}
HERE = (
    "Ela continua a conversa com você por aqui mesmo 😊",
    "A conversa continua por aqui mesmo, é só aguardar um pouquinho 😊",
)
AWAY = (
    "Agora a loja está fechada: a resposta vem {when}. Pode deixar sua dúvida escrita aqui.",
    "Estamos fora do horário agora; a equipe te responde {when}. Se quiser, já deixa tudo escrito.",
)
AWAY_FOR_LONG = ("Agora a equipe não está, mas sua mensagem fica guardada e será respondida por aqui.",)
EXCERPT = 300
"""Characters of a message in the colleague's note; the whole is in the conversation."""
EXCERPTS = 4
"""Messages of the customer in the note: "falar com uma pessoa" alone would not tell what about."""


def handoff_text(
    reason: HandoffReason, briefing: Briefing, wording: Wording, ledger: Ledger, theme: Theme | None = None
) -> str:
    """What happens now, and when a person will answer."""
    openings = BEYOND_US if theme else OPENINGS.get(reason, OPENINGS[HandoffReason.NOT_UNDERSTOOD])
    return f"{wording.pick('handoff', openings)} {_when(briefing, wording, ledger)}"


def summary(reason: HandoffReason, briefing: Briefing, theme: Theme | None = None) -> str:
    """The private note for the colleague who takes over."""
    conversation = briefing.conversation
    said = (*briefing.history, *briefing.messages)
    asked = [message for message in said if message.author is Author.CUSTOMER][-EXCERPTS:]
    answered = [
        message for message in briefing.history if message.author is Author.BOT and not message.private
    ]
    why = f"o robô ainda não atende: {NAMES[theme]}" if theme else REASONS[reason]
    lines = [
        f"**Conversa encaminhada por {briefing.profile.assistant}**",
        f"**Cliente:** {_plain(conversation.contact.name) or 'sem nome'}",
        f"**Canal:** {CHANNEL_NAMES[conversation.channel]}",
        f"**Motivo:** {why}",
        f"**Últimas mensagens:** {' / '.join(_excerpt(message) for message in asked) or 'nenhuma'}",
        f"**Última resposta do robô:** {_excerpt(answered[-1]) if answered else 'nenhuma'}",
    ]
    if not is_open(briefing.profile.hours, briefing.now):
        lines.append(f"**Fora do horário:** atendimento {spoken(briefing.profile.hours)}")
    return "\n\n".join(lines)


def _when(briefing: Briefing, wording: Wording, ledger: Ledger) -> str:
    hours = briefing.profile.hours
    if is_open(hours, briefing.now):
        return wording.pick("here", HERE)
    opens = next_opening(hours, briefing.now)
    if opens is None:
        return wording.pick("away", AWAY_FOR_LONG)
    clock = until(opens.time()).replace("às", "das").replace("à", "da")
    when = f"{spoken_day(opens.date(), briefing.now.date())}, a partir {clock}"
    ledger.facts.append(Fact(FactKind.TIME, "hours:next", when))
    return wording.pick("away", AWAY, {"when": when})


def _excerpt(message: Message) -> str:
    if not message.text.strip():
        return f"[{', '.join(message.attachments) or 'sem texto'}]"
    text = _plain(message.text)
    return f"“{text[:EXCERPT]}…”" if len(text) > EXCERPT else f"“{text}”"


def _plain(text: str) -> str:
    """One line, and nothing that Chatwoot would expand (Liquid) or draw (Markdown links and images)."""
    joined = " ".join(text.split())
    for mark, harmless in (("{{", "{ {"), ("{%", "{ %"), ("![", "! ["), ("](", "] (")):
        joined = joined.replace(mark, harmless)
    return joined
