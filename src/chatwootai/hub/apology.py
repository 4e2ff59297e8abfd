"""What a customer and a colleague read when a turn could not be completed (promise P6)."""

from __future__ import annotations

from chatwootai.domain.crews import Draft
from chatwootai.domain.outcomes import Handoff, HandoffReason
from chatwootai.hub.view import View

APOLOGY = (
    "Desculpa, tive um problema aqui e não consegui te responder agora. "
    "Já avisei uma pessoa da equipe, que continua o seu atendimento por aqui."
)
QUOTE_LIMIT = 300


def apology(view: View, reason: HandoffReason) -> Draft:
    """Hands the conversation over with what was asked last."""
    asked = " / ".join(m.text for m in view.waiting if m.text) or "(mensagem sem texto)"
    summary = (
        "🤖 Passei esta conversa para a equipe porque não consegui responder (falha técnica).\n"
        f"O cliente escreveu: “{asked[:QUOTE_LIMIT]}”\n"
        "Ele recebeu um pedido de desculpas e espera uma resposta sua."
    )
    return Draft(Handoff(reason, APOLOGY, summary))
