"""What a customer wants to know of the shop itself, and the social words around it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from chatwootai.crews.desk import ShopWindow
from chatwootai.crews.dialogues.faq import answered_by
from chatwootai.crews.dialogues.hello import GREETED, hello
from chatwootai.crews.dialogues.notunderstood import COUNTER
from chatwootai.crews.dialogues.wording import Wording
from chatwootai.crews.info.about import about
from chatwootai.crews.info.delivering import delivery
from chatwootai.crews.info.exchanging import exchange_policy
from chatwootai.crews.info.hours import tell_hours
from chatwootai.crews.info.offers import loyalty, promotions
from chatwootai.crews.info.paying import asks_pix_discount, payment, pix_discount
from chatwootai.crews.info.place import address, contact
from chatwootai.crews.info.social import social
from chatwootai.crews.info.telling import quoted
from chatwootai.crews.tools import Visit
from chatwootai.crews.understanding.words import norms_of
from chatwootai.domain.crews import Briefing, Draft, Intent, Request
from chatwootai.domain.ledger import Ledger
from chatwootai.domain.outcomes import Reply

SOCIAL = frozenset({Intent.GREETING, Intent.THANKS, Intent.GOODBYE, Intent.SMALL_TALK, Intent.IDENTITY})
PARTING = frozenset({Intent.THANKS, Intent.GOODBYE})
FROM_THE_PROFILE: Final[Mapping[Intent, Callable[[Sequence[Request], Visit, Wording], str]]] = {
    Intent.ADDRESS: address,
    Intent.CONTACT: contact,
    Intent.PAYMENT: payment,
    Intent.DELIVERY: delivery,
    Intent.EXCHANGE_POLICY: exchange_policy,
}
FROM_THE_ERP: Final[Mapping[Intent, Callable[[ShopWindow, Visit, Wording], Awaitable[str]]]] = {
    Intent.PROMOTIONS: promotions,
    Intent.LOYALTY: loyalty,
}


@dataclass(frozen=True, slots=True)
class InfoCrew:
    """Bound to one account's desk."""

    desk: ShopWindow

    async def respond(self, requests: tuple[Request, ...], briefing: Briefing, ledger: Ledger) -> Draft:
        wording = Wording(briefing)
        visit = Visit.of(briefing, ledger)
        parts = [
            await self._part(intent, requests, visit, wording)
            for intent in dict.fromkeys(request.intent for request in requests)
        ]
        parting = all(request.intent in PARTING for request in requests)
        greeting = "" if any(request.intent in SOCIAL for request in requests) else hello(briefing)
        text = greeting + (" " if parting else "\n\n").join(dict.fromkeys(part for part in parts if part))
        asked = [request.intent for request in requests if request.intent not in SOCIAL]
        topic = {"topic": asked[-1].value} if asked else {}
        remembered = {**wording.memory, COUNTER: None, **topic, GREETED: briefing.messages[-1].id}
        return Draft(Reply(text), remembered)

    async def resume(self, briefing: Briefing, ledger: Ledger) -> Draft | None:
        """Nothing stays open here: every answer is complete."""
        return None

    async def _part(self, intent: Intent, requests: Sequence[Request], visit: Visit, wording: Wording) -> str:
        asked = [request for request in requests if request.intent is intent]
        if intent in SOCIAL:
            return social(intent, requests, visit, wording)
        if intent is Intent.BUSINESS_HOURS:
            return tell_hours([request.text for request in asked], visit.briefing, wording, visit.ledger)
        known = answered_by(" ".join(request.text for request in asked), visit.briefing.profile.faq)
        if known:
            return quoted(visit, "faq", known.answer)
        if intent is Intent.PROMOTIONS and asks_pix_discount(_said(asked)):
            return pix_discount(visit, wording)
        if intent in FROM_THE_ERP:
            return await FROM_THE_ERP[intent](self.desk, visit, wording)
        if intent in FROM_THE_PROFILE:
            return FROM_THE_PROFILE[intent](asked, visit, wording)
        return await about(asked, self.desk, visit, wording)


def _said(requests: Sequence[Request]) -> str:
    return " ".join(norm for request in requests for norm in norms_of(request.text))
