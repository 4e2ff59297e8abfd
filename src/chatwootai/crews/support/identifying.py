"""Finding out whose orders they are, where the channel does not prove it."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from chatwootai.crews.dialogues.parts import Part
from chatwootai.crews.support.results import Identification
from chatwootai.crews.support.scene import Scene, Slots
from chatwootai.hub.identities import proven_phone

ASK_BOTH: Final = (
    "Para ver seus pedidos com segurança, informe o CPF e também o e-mail ou o telefone do cadastro.",
    "Antes de falar de pedidos, preciso confirmar o cadastro: qual é o CPF e o e-mail ou telefone?",
)
ASK_SECOND: Final = (
    "Certo. Agora informe o e-mail ou o telefone do cadastro.",
    "Falta só mais um dado: o e-mail ou o telefone do cadastro.",
)
ASK_DOCUMENT: Final = (
    "Para localizar o cadastro certo, informe o seu CPF.",
    "Qual é o seu CPF? Com ele eu localizo o cadastro certo.",
)
BAD_DOCUMENT: Final = (
    "Esse CPF não confere. Pode enviar de novo?",
    "Algum número desse CPF não bate. Pode conferir e enviar de novo?",
)
FAILED: Final = (
    "Não consegui confirmar o cadastro. Confira o CPF e o e-mail ou telefone e envie de novo.",
    "Esses dados não confirmaram o cadastro. Pode conferir o CPF e o e-mail ou telefone e enviar outra vez?",
)
EXHAUSTED: Final = (
    "Não consegui confirmar o cadastro, e por segurança quem continua é a equipe.",
    "Por segurança, como o cadastro não foi confirmado, a equipe continua daqui.",
)
WHY: Final = "não foi possível confirmar quem é a cliente"


async def identified(scene: Scene, dialogue: str, slots: Slots) -> Part | None:
    """None once it is proven; else the question that is open, or a person."""
    owners = scene.tools.owners
    if await owners.customer_id() is not None:
        return None
    said = scene.said
    known = replace(
        slots,
        document=said.documents[0] if said.documents else slots.document,
        email=said.emails[0] if said.emails else slots.email,
        phone=said.phones[0] if said.phones else slots.phone,
    )
    if not known.document:
        return await _ask_document(scene, dialogue, known)
    match await scene.tools.identify(known.document, known.email, known.phone):
        case Identification.PROVEN:
            return None
        case Identification.INCOMPLETE:
            text = scene.wording.pick("support_second", ASK_SECOND)
            return scene.ask(dialogue, "document", text, known, progress=known.document != slots.document)
        case Identification.FAILED:
            text = scene.wording.pick("support_failed", FAILED)
            anew = replace(slots, document="", email="", phone="")
            return scene.ask(dialogue, "document", text, anew, progress=True)
        case Identification.EXHAUSTED:
            return scene.hand(scene.wording.pick("support_exhausted", EXHAUSTED), WHY)


async def _ask_document(scene: Scene, dialogue: str, slots: Slots) -> Part:
    if scene.said.bad_documents:
        text = scene.wording.pick("support_bad_document", BAD_DOCUMENT)
        return scene.ask(dialogue, "document", text, slots)
    shared = proven_phone(scene.visit.briefing.conversation) is not None and bool(
        (await scene.tools.owners.identity()).candidates
    )
    text = scene.wording.pick("support_document", ASK_DOCUMENT if shared else ASK_BOTH)
    return scene.ask(dialogue, "document", text, slots)
