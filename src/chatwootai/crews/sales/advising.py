"""Advice: from a need in her words to two or three products, each with a reason of its own description."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from chatwootai.crews.desk import Desk
from chatwootai.crews.dialogues.handoff import handoff_text, summary
from chatwootai.crews.dialogues.health import to_a_person
from chatwootai.crews.dialogues.notunderstood import COUNTER, PERSON_CHOICE
from chatwootai.crews.dialogues.parts import Part
from chatwootai.crews.dialogues.quoting import quoted
from chatwootai.crews.dialogues.wording import Wording
from chatwootai.crews.sales.advice_tools import AdviceTools
from chatwootai.crews.sales.advice_wordings import (
    BEYOND,
    CLOSINGS,
    LEADS,
    MISSING,
    NO_CHEAPER,
    NO_OTHER,
    NOTHING,
    ONLY_ONE,
    OPEN,
    OPEN_AGAIN,
)
from chatwootai.crews.sales.matching import ProductIndex
from chatwootai.crews.sales.names import head_of
from chatwootai.crews.sales.needs import Need, after, kept, need_of, remembered
from chatwootai.crews.sales.recommending import MOST, Fitness, Recommendation, Suggestion
from chatwootai.crews.sales.showing import (
    DIALOGUE,
    choices_of,
    is_checking_out,
    is_for_a_person,
    line,
    offered,
    spoken_of,
)
from chatwootai.crews.tools import Visit
from chatwootai.crews.understanding.words import fold
from chatwootai.domain.catalog import Offer, Product
from chatwootai.domain.conversations import Choice
from chatwootai.domain.crews import CrewName, Request
from chatwootai.domain.ledger import Fact, FactKind
from chatwootai.domain.outcomes import Handoff, HandoffReason
from chatwootai.domain.threads import of_crew

CATEGORY_VALUE: Final = "category:"
"""Values of the choices that ask what she looks for."""
MOST_CATEGORIES: Final = 6
CENT: Final = Decimal("0.01")
SERVICES: Final = "servico"

SAME_LINE: Final = "da mesma linha"
BOUGHT: Final = "você já comprou"


async def advise(
    requests: Sequence[Request], visit: Visit, desk: Desk, wording: Wording, index: ProductIndex
) -> Part:
    """One recommendation for all that a turn says of what she needs."""
    text = " ".join(request.text for request in requests)
    if is_for_a_person(text, await desk.catalog.products(), visit):
        return to_a_person(visit, wording)
    return await _Advising(visit, desk, wording, index).respond(requests)


@dataclass(frozen=True, slots=True)
class _Advising:
    visit: Visit
    desk: Desk
    wording: Wording
    index: ProductIndex

    @property
    def tools(self) -> AdviceTools:
        return AdviceTools(self.desk, self.visit)

    async def respond(self, requests: Sequence[Request]) -> Part:
        self.visit.memory[COUNTER] = None
        before, shown = remembered(self.visit.memory)
        products = await self.desk.catalog.products()
        kinds = frozenset(head_of(product.name) for product in products)
        own = self._need(requests)
        need = after(own, before, kinds)
        if need.is_open:
            return self._ask(products)
        if own.cheaper and not own.words and shown:
            return await self._cheaper(need, shown)
        chosen = await self.tools.recommended(need, shown if need.other else ())
        if need.other and shown and (chosen.beyond_price or not chosen.suggestions):
            return self._to_person(self.wording.pick("no_other", NO_OTHER))
        return self._told(need, chosen, shown if need.other else ())

    async def _cheaper(self, need: Need, shown: Sequence[int]) -> Part:
        """What costs less than the cheapest that was shown."""
        offers = await self.desk.catalog.offers(list(shown))
        least = min((offer.price.amount for offer in offers), default=Decimal(0))
        wanted = replace(need, at_most=least - CENT, at_least=None)
        chosen = await self.tools.recommended(wanted, shown)
        if not chosen.suggestions or chosen.beyond_price:
            self.visit.memory.update(kept(need, shown))
            return self._nothing_cheaper(offers)
        return self._told(replace(need, at_most=need.at_most), chosen, shown)

    def _nothing_cheaper(self, offers: Sequence[Offer]) -> Part:
        """What was shown last stays offered."""
        text = self.wording.pick("no_cheaper", NO_CHEAPER)
        products = [offer.product for offer in offers][-MOST:]
        if is_checking_out(self.visit) or not products:
            return Part(text)
        choices = choices_of(products)
        spoken_of(self.visit, [product.id for product in products], waits=True)
        offered(self.visit, choices)
        return Part(text, choices)

    def _need(self, requests: Sequence[Request]) -> Need:
        request = requests[0]
        if request.chosen.startswith(CATEGORY_VALUE):
            return need_of(request.chosen.removeprefix(CATEGORY_VALUE))
        text = " ".join(each.text for each in requests)
        return need_of(text, tuple(amount for each in requests for amount in each.entities.amounts))

    def _told(self, need: Need, chosen: Recommendation, before: Sequence[int]) -> Part:
        care = self.visit.briefing.profile.health.care
        if not chosen.suggestions or (care and chosen.fitness is Fitness.UNSAID):
            return self._nothing(need, chosen)
        products = [suggestion.offer.product for suggestion in chosen.suggestions]
        waits = not is_checking_out(self.visit)
        lead = self._lead(need, chosen)
        lines = [_line(suggestion) for suggestion in chosen.suggestions]
        only_one = len(products) == 1 and chosen.fitness is not Fitness.UNSAID
        closings = ONLY_ONE if only_one else CLOSINGS[chosen.fitness]
        closing = self.wording.pick("advice_closing", closings) if waits else ""
        self.visit.memory.update(kept(need, [*before, *(product.id for product in products)]))
        spoken_of(self.visit, [product.id for product in products], waits=waits)
        text = "\n".join([lead, *lines, *([f"\n{closing}"] if closing else [])])
        if not waits:
            return Part(text)
        choices = choices_of(products)
        if chosen.fitness is Fitness.UNSAID:
            self.wording.offer_person()
            choices = (*choices, PERSON_CHOICE)
        offered(self.visit, choices)
        return Part(text, choices)

    def _lead(self, need: Need, chosen: Recommendation) -> str:
        if chosen.beyond_price:
            lead = self.wording.pick("advice_beyond", BEYOND)
        else:
            words = {"what": _what(need)}
            lead = self.wording.pick(f"advice_{chosen.fitness.value}", LEADS[chosen.fitness], words)
        if not chosen.missing:
            return lead
        return f"{self._missing(chosen)}\n{lead}"

    def _missing(self, chosen: Recommendation) -> str:
        return self.wording.pick("advice_missing", MISSING, {"name": chosen.missing[0].product.name})

    def _nothing(self, need: Need, chosen: Recommendation) -> Part:
        self.visit.memory.update(kept(need, ()))
        if chosen.missing:
            spoken_of(self.visit, [chosen.missing[0].product.id])
            return self._to_person(self._missing(chosen), asks=False)
        return self._to_person(self.wording.pick("advice_nothing", NOTHING, {"what": _what(need)}))

    def _to_person(self, text: str, *, asks: bool = True) -> Part:
        """Says honestly that there is nothing, and offers a person."""
        if is_checking_out(self.visit):
            return Part(text)
        if asks:
            self.wording.offer_person()
        offered(self.visit, (PERSON_CHOICE,))
        self.visit.memory["topic"] = "advice"
        return Part(text, (PERSON_CHOICE,))

    def _ask(self, products: Sequence[Product]) -> Part:
        """One short question with the shop's categories; the third time people are asked."""
        thread = of_crew(self.visit.memory, CrewName.SALES)
        times = thread.times + 1 if thread and (thread.dialogue, thread.asks) == (DIALOGUE, "need") else 1
        if times > 2:
            reason, briefing = HandoffReason.NOT_UNDERSTOOD, self.visit.briefing
            text = handoff_text(reason, briefing, self.wording, self.visit.ledger)
            return Part(handoff=Handoff(reason, text, summary(reason, briefing)))
        names = [name for name in self.index.categories() if _is_sold(name, products)][:MOST_CATEGORIES]
        self.visit.ledger.facts.extend(Fact(FactKind.TEXT, "category", name) for name in names)
        choices = tuple(Choice(_last(name), f"{CATEGORY_VALUE}{name}") for name in names)
        variants = OPEN if times == 1 else OPEN_AGAIN
        example = "presente até 100 reais"
        text = self.wording.pick("advice_open", variants, {"example": example})
        if is_checking_out(self.visit):
            return Part(text)
        offered(self.visit, choices, asks="need", times=times)
        self.visit.memory["topic"] = "advice"
        return Part(text, choices)


def _is_sold(category: str, products: Sequence[Product]) -> bool:
    """Whether it holds goods: services are booked."""
    return SERVICES not in fold(category) and any(
        product.category == category and not product.is_service for product in products
    )


def _what(need: Need) -> str:
    return quoted(need.said) if need.said else ("presente" if need.gift else "isso")


def _last(category: str) -> str:
    return category.rsplit("/", 1)[-1].strip()


def _line(suggestion: Suggestion) -> str:
    notes = [SAME_LINE] * suggestion.same_line + [BOUGHT] * suggestion.bought_before
    return line(suggestion.offer, suggestion.reason, ", ".join(notes))
