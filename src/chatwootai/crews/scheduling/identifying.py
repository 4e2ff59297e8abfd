"""For whom it is, and who writes: asked only where it is not known."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from chatwootai.crews.dialogues.notunderstood import PERSON_CHOICE
from chatwootai.crews.dialogues.parts import Part
from chatwootai.crews.scheduling import wordings as say
from chatwootai.crews.scheduling.asking import Turn
from chatwootai.crews.scheduling.bench import own_name
from chatwootai.crews.scheduling.hearing import Said
from chatwootai.crews.scheduling.plans import Plan
from chatwootai.crews.scheduling.proposing import claimed_phone
from chatwootai.crews.scheduling.speaking import of_possessive
from chatwootai.domain.outcomes import HandoffReason
from chatwootai.hub.identities import proven_phone

INTRODUCED: Final = re.compile(r"\b(?:me chamo|meu nome|nome de|sou [ao]|aqui (?:eh|e) [ao]?)\b")


def take_who(turn: Turn, said: Said, plan: Plan, asks: str) -> Plan:
    """What she says of herself, and of the one for whom she speaks."""
    bench = turn.bench
    bench.claim(
        phone=next(iter(said.phones), ""),
        email=next(iter(said.emails), ""),
        document=next(iter(said.documents), ""),
    )
    if said.for_whom:
        plan = replace(plan, for_whom=said.for_whom)
    named = said.name if asks == "name" and not said.moments else next(iter(said.names), "")
    if plan.for_whom and not plan.patient:
        return replace(plan, patient=named or _whole_name(said))
    if asks in ("phone", "document") and not named:
        named = _whole_name(said)
    if named and (asks in ("name", "phone", "document") or INTRODUCED.search(said.folded)):
        bench.claim(name=named)
    return plan


def _whole_name(said: Said) -> str:
    """ "Maria Souza", said before it was asked; a single word may be anything."""
    words = said.name.split() if not said.moments and not said.chosen else []
    return said.name if len(words) > 1 and all(word[0].isupper() for word in said.text.split()) else ""


async def ask_who(turn: Turn, dialogue: str, plan: Plan, *, progress: bool = True) -> Part | None:
    """The next thing to know of people before a booking can be shown, None when all is known."""
    pick, bench = turn.wording.pick, turn.bench
    if plan.for_whom and not plan.patient:
        text = pick("patient", say.PATIENT, {"of_whom": of_possessive(plan.for_whom)})
        return turn.ask(dialogue, "name", plan, text, progress=progress)
    identity, is_known = await bench.identity(), proven_phone(bench.briefing.conversation) is not None
    if identity.is_proven:
        return None
    # A document alone changes nothing of what is asked: who types one is not told whether it is on record.
    if is_known and identity.candidates:
        return turn.ask(dialogue, "document", plan, pick("document", say.DOCUMENT), progress=False)
    if not own_name(bench):
        return turn.ask(dialogue, "name", plan, pick("name", say.NAME), progress=progress)
    if not is_known and not claimed_phone(bench):
        return turn.ask(dialogue, "phone", plan, pick("phone", say.PHONE), progress=progress)
    return None


async def ask_proof(turn: Turn, dialogue: str, said: Said, plan: Plan) -> Part | None:
    """What proves who she is, before anything of hers is told (promise P10); None when it is proven."""
    pick, bench = turn.wording.pick, turn.bench
    if said.bad_documents:
        return turn.ask(dialogue, "document", plan, pick("bad_document", say.BAD_DOCUMENT), progress=False)
    if bench.is_doubted:
        note = "não foi possível confirmar quem é a pessoa"
        return turn.hand_over(HandoffReason.FOLLOW_UP, pick("doubted", say.DOUBTED), note)
    identity = await bench.identity()
    if identity.is_proven:
        return None
    if proven_phone(bench.briefing.conversation) is not None:
        if identity.candidates:
            return turn.ask(dialogue, "document", plan, pick("document", say.DOCUMENT), progress=False)
        return none_of_yours(turn)
    claims = bench.claims
    if not claims.get("document"):
        return turn.ask(dialogue, "document", plan, pick("proof", say.PROOF), progress=False)
    if not (claims.get("phone") or claims.get("email")):
        more = pick("proof_more", say.PROOF_MORE)
        return turn.ask(dialogue, "document", plan, more, progress=bool(said.documents))
    bench.doubt()
    turn.close()
    turn.wording.offer_person()
    return Part(pick("not_found", say.NOT_FOUND), (PERSON_CHOICE,))


def none_of_yours(turn: Turn) -> Part:
    """She has no appointment; whatever treatment she names next is to be booked."""
    return turn.ask("book", "service", Plan(), turn.wording.pick("none_of_yours", say.NONE_OF_YOURS))
