"""A complaint: heard, recorded, and in people's hands at once."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from chatwootai.crews.dialogues.parts import Part
from chatwootai.crews.support.reading import ONLY_ANNOUNCED
from chatwootai.crews.support.results import ComplaintRecorded
from chatwootai.crews.support.scene import Scene, Slots
from chatwootai.domain.errors import RequestRefused
from chatwootai.domain.outcomes import HandoffReason

COMPLAINT: Final = "complaint"
ASKED: Final = "asked"
"""Step of the slots: what she says now is the complaint."""

ASK_WHAT: Final = (
    "Sinto muito. Pode me contar o que aconteceu? Assim já passo tudo para a equipe.",
    "Sinto muito por isso. O que aconteceu? Vou levar para a equipe.",
)
RECORDED: Final = (
    "Sinto muito pelo que aconteceu. Registrei a sua reclamação para a equipe.",
    "Peço desculpas por isso. A sua reclamação está registrada com a equipe.",
)
HEARD: Final = (
    "Sinto muito pelo que aconteceu. A sua reclamação é levada a sério.",
    "Peço desculpas por isso. Vou levar o que você contou à equipe.",
)
"""Where the ERP takes no such record: nothing is claimed that was not done."""
WHY: Final = "reclamação"
WHY_THREAT: Final = "reclamação com menção a órgãos de defesa ou a processo"


async def complain(scene: Scene, slots: Slots) -> Part:
    said = scene.said
    is_announced = not slots.step and ONLY_ANNOUNCED.fullmatch(said.norm) is not None
    if not said.norm or (is_announced and not said.threatens):
        text = scene.wording.pick("support_complaint_what", ASK_WHAT)
        return scene.ask(COMPLAINT, "reason", text, replace(slots, step=ASKED))
    told = "\n".join(text for text in dict.fromkeys((slots.said, said.text)) if text)
    code = said.codes[0] if said.codes else slots.code
    is_recorded = await _recorded(scene, told, code)
    text = scene.wording.pick("support_complaint", RECORDED if is_recorded else HEARD)
    facts = (f"**Pedido citado:** {code}",) if code else ()
    why = WHY_THREAT if said.threatens else WHY
    reason = HandoffReason.FOLLOW_UP if is_recorded else HandoffReason.UPSET
    return scene.hand(text, why, facts, reason=reason, urgent=said.threatens)


async def _recorded(scene: Scene, told: str, code: str) -> bool:
    """A shop without room for leads in its ERP hears the complaint from the handoff's note alone."""
    try:
        result = await scene.tools.record_complaint(told, code)
        if not isinstance(result, ComplaintRecorded):
            # The code is nobody's that we may name: the complaint counts without it.
            await scene.tools.record_complaint(told)
    except RequestRefused:
        return False
    return True
