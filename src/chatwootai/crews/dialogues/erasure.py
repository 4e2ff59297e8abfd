"""A wish to have her data erased: recorded in the ERP once, acknowledged, and given to a person (LGPD)."""

from __future__ import annotations

from chatwootai.crews.dialogues.handoff import handoff_text, summary
from chatwootai.crews.dialogues.parts import Part
from chatwootai.crews.dialogues.wording import Wording
from chatwootai.crews.tools import Visit
from chatwootai.domain.leads import Lead, Leads
from chatwootai.domain.ledger import Effect
from chatwootai.domain.outcomes import Handoff, HandoffReason

KIND = "erase_data"


async def record(leads: Leads, visit: Visit, message_id: int, wording: Wording) -> Part:
    """The lead's key is the message's: tried again after a crash it stays one."""
    briefing = visit.briefing
    contact = briefing.conversation.contact
    key = f"{KIND}:{briefing.conversation.key}:{message_id}"
    await leads.create(
        key,
        Lead(
            title="LGPD: apagar dados",
            contact_name=contact.name,
            phone=contact.phone_number,
            email=contact.email,
            description="O cliente pediu para apagar os seus dados pessoais.",
        ),
    )
    visit.ledger.effects.append(Effect(KIND, key))
    text = handoff_text(HandoffReason.ERASE_DATA, briefing, wording, visit.ledger)
    return Part(handoff=Handoff(HandoffReason.ERASE_DATA, text, summary(HandoffReason.ERASE_DATA, briefing)))
