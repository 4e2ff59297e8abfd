"""What no crew answers: health, a person, data to erase, insults, other languages, and the rest."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Final

from chatwootai.crews.dialogues import erasure, health, insults, languages
from chatwootai.crews.dialogues.answers import refuses_person, remembered
from chatwootai.crews.dialogues.faq import answered_by
from chatwootai.crews.dialogues.freights_told import to_postal_code
from chatwootai.crews.dialogues.leading import BY_THEME, leading
from chatwootai.crews.dialogues.notunderstood import (
    COUNTER,
    PERSON_CHOICE,
    beyond,
    handed_over,
    not_understood,
    theme_text,
    unseen_text,
)
from chatwootai.crews.dialogues.parts import Part, joined
from chatwootai.crews.dialogues.quoting import quoted
from chatwootai.crews.dialogues.wording import Wording
from chatwootai.crews.tools import Visit
from chatwootai.crews.understanding.reading import declines_person
from chatwootai.crews.understanding.themes import Theme, theme_of
from chatwootai.crews.understanding.words import norms_of
from chatwootai.domain.conversations import Choice
from chatwootai.domain.crews import Briefing, CrewName, Draft, Intent, Request
from chatwootai.domain.leads import Leads
from chatwootai.domain.ledger import Fact, FactKind, Ledger
from chatwootai.domain.outcomes import HandoffReason, Reply

DECLINED = (
    "Tudo bem, seguimos por aqui! Me conta o que você procura 😊",
    "Sem problema, continuo com você por aqui. O que você gostaria de saber?",
)
PARTLY = (
    "Só não entendi {what}. Pode me dizer de outro jeito, ou prefere falar com uma pessoa da equipe?",
    "A parte de {what} eu não entendi. Quer que eu te passe para uma pessoa da equipe?",
)
URGENT = re.compile(r"\b(?:reclame aqui|procon|advogad[oa]|processar)\b")
BEYOND: Final = {
    Intent.BOOK: Theme.BOOKING,
    Intent.AVAILABILITY: Theme.BOOKING,
    Intent.RESCHEDULE: Theme.BOOKING,
    Intent.CANCEL_BOOKING: Theme.BOOKING,
    Intent.MY_BOOKINGS: Theme.BOOKING,
    Intent.LATE: Theme.BOOKING,
    Intent.PROFESSIONALS: Theme.BOOKING,
    Intent.SERVICES: Theme.BOOKING,
    Intent.INSURANCE: Theme.BOOKING,
    Intent.PREPARATION: Theme.BOOKING,
    Intent.ORDER_STATUS: Theme.ORDER,
    Intent.ORDER_LIST: Theme.ORDER,
    Intent.CANCEL_ORDER: Theme.ORDER,
    Intent.INVOICE: Theme.ORDER,
    Intent.EXCHANGE: Theme.EXCHANGE,
    Intent.WRONG_ITEM: Theme.EXCHANGE,
    Intent.COMPLAINT: Theme.UPSET,
    Intent.BUY: Theme.BUYING,
    Intent.CART: Theme.BUYING,
    Intent.USE_COUPON: Theme.DISCOUNT,
    Intent.ADVICE: Theme.ADVICE,
    Intent.COMPARE: Theme.ADVICE,
    Intent.DETAILS: Theme.DETAILS,
    Intent.PRICE: Theme.CATALOGUE,
    Intent.STOCK: Theme.CATALOGUE,
}
"""What a business whose profile names no crew for it says of an intent."""


@dataclass(frozen=True, slots=True)
class Frontdesk:
    """A crew in form: it takes the requests that have no crew."""

    leads: Leads

    async def respond(self, requests: tuple[Request, ...], briefing: Briefing, ledger: Ledger) -> Draft:
        """Health before everything; then whoever must be called; then an honest question."""
        wording = Wording(briefing)
        visit = Visit.of(briefing, ledger)
        by_intent = {request.intent: request for request in requests}
        if Intent.HEALTH in by_intent:
            return _draft(health.to_a_person(visit, wording), visit, wording)
        if erase := by_intent.get(Intent.ERASE_DATA):
            message_id = erase.message_id or briefing.messages[-1].id
            return _draft(await erasure.record(self.leads, visit, message_id, wording), visit, wording)
        if Intent.PERSON in by_intent and (language := languages.just_spoken(briefing)):
            return _draft(languages.to_a_person(visit, language), visit, wording)
        if Intent.PERSON in by_intent:
            urgent = URGENT.search(_said(requests)) is not None
            return handed_over(HandoffReason.CUSTOMER_ASKED, briefing, wording, ledger, urgent=urgent)
        if foreign := by_intent.get(Intent.OTHER_LANGUAGE):
            return _draft(languages.answer(visit, foreign.text, wording), visit, wording)
        if Intent.INSULT in by_intent:
            return _draft(insults.answer(visit, wording), visit, wording)
        return self._rest(requests, visit, wording)

    async def resume(self, briefing: Briefing, ledger: Ledger) -> Draft | None:
        """Nothing of the desk stays open."""
        return None

    def _rest(self, requests: tuple[Request, ...], visit: Visit, wording: Wording) -> Draft:
        briefing = visit.briefing
        if answer := _from_faq(requests, visit) or _freight(requests, visit, wording):
            return Draft(Reply(answer), {**wording.memory, COUNTER: None})
        mine = {request.intent for request in requests}
        answered = {each.intent for each in briefing.requests if each.crew} - mine
        if answered:
            return _partly(requests, answered, briefing, wording)
        theme = next((BEYOND[request.intent] for request in requests if request.intent in BEYOND), None)
        if theme is not None:
            return beyond(theme, briefing, wording, visit.ledger)
        if all(_declines(request, briefing) for request in requests):
            return Draft(Reply(wording.pick("declined", DECLINED)), wording.memory)
        return not_understood(briefing, visit.ledger)


def _draft(part: Part, visit: Visit, wording: Wording) -> Draft:
    return Draft(joined([part]), {**visit.memory, **wording.memory, COUNTER: None})


def _said(requests: tuple[Request, ...]) -> str:
    return " ".join(norm for request in requests for norm in norms_of(request.text))


def _from_faq(requests: tuple[Request, ...], visit: Visit) -> str:
    """The profile's answer to what no crew of this business takes, "" where it has none."""
    text = " ".join(request.text for request in requests)
    known = answered_by(text, visit.briefing.profile.faq) if text else None
    if known is None:
        return ""
    visit.ledger.facts.append(Fact(FactKind.TEXT, "faq", known.answer))
    return known.answer


def _freight(requests: tuple[Request, ...], visit: Visit, wording: Wording) -> str:
    """A postal code and nothing else asks what it costs to deliver there."""
    codes = [code for request in requests for code in request.entities.postal_codes]
    rules = visit.briefing.profile.delivery
    informs = CrewName.INFO.value in visit.briefing.profile.crews
    return to_postal_code(codes[-1], visit, wording) if codes and rules.freights and informs else ""


def _declines(request: Request, briefing: Briefing) -> bool:
    refused = any(refuses_person(message, briefing) for message in briefing.messages)
    return refused or declines_person(request.text)


def _partly(
    requests: tuple[Request, ...], answered: AbstractSet[Intent], briefing: Briefing, wording: Wording
) -> Draft:
    """What another crew left over; its own choices, if it offers any, stay the ones that count."""
    asked = [request for request in requests if request.text]
    if not asked:
        return Draft(Reply(unseen_text(briefing, wording)), wording.memory)
    theme = next((BEYOND[r.intent] for r in asked if r.intent in BEYOND), None)
    choices: tuple[Choice, ...] = ()
    if theme is None:
        theme = next((theme for request in asked if (theme := theme_of(request.text))), None)
        choices = leading(theme, briefing.profile.crews) if theme else ()
    taken = bool(briefing.memory.get("choices"))
    if theme is None or (choices and taken) or not answered.isdisjoint(BY_THEME.get(theme, ())):
        choices = ()
        text = _regret(asked[0].text, wording)
    else:
        text = theme_text(theme, wording, choices)
    if taken:
        return Draft(Reply(text), wording.memory)
    shown = (*choices, PERSON_CHOICE)
    return Draft(Reply(text, shown), {**wording.memory, **remembered(shown)})


def _regret(said: str, wording: Wording) -> str:
    wording.offer_person()
    return wording.pick("partly", PARTLY, {"what": quoted(said.removeprefix("e "))})
