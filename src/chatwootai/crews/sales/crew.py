"""The sales crew: what is asked goes to its dialogue, and their answers become one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from chatwootai.crews.desk import Desk
from chatwootai.crews.dialogues.hello import GREETED, hello
from chatwootai.crews.dialogues.notunderstood import COUNTER
from chatwootai.crews.dialogues.parts import Part, joined
from chatwootai.crews.dialogues.wording import Wording
from chatwootai.crews.sales.buying import buy, show_again
from chatwootai.crews.sales.counter import CatalogNames, PriceCounter
from chatwootai.crews.sales.guiding import guide, guided_of, together
from chatwootai.crews.sales.matching import ProductIndex
from chatwootai.crews.sales.ordering import DIALOGUE
from chatwootai.crews.tools import Visit
from chatwootai.crews.understanding.words import norms_of
from chatwootai.domain.crews import Briefing, CrewName, Draft, Intent, Json, Request
from chatwootai.domain.ledger import Ledger
from chatwootai.domain.outcomes import Handoff, Reply
from chatwootai.domain.threads import of_crew
from chatwootai.hub.yes import no_value, yes_value

BUYING: Final = frozenset({Intent.BUY, Intent.CART, Intent.USE_COUPON})
ANSWERS: Final = frozenset({Intent.ANSWER, Intent.YES, Intent.NO})
TO_PROPOSALS: Final = (yes_value(""), no_value(""))
"""How the values of buttons under a summary begin."""
WANTS: Final = re.compile(
    r"\b(?:quero|queria|vou (?:querer|levar|ficar)|lev[oa]|fico|compro|manda|separa|reserva)\b"
)


@dataclass(slots=True)
class SalesCrew:
    """Bound to one account; keeps the index of its catalogue's names until they change."""

    desk: Desk
    _names: CatalogNames = field(default_factory=CatalogNames, init=False)

    async def respond(self, requests: tuple[Request, ...], briefing: Briefing, ledger: Ledger) -> Draft:
        visit, wording = Visit.of(briefing, ledger), Wording(briefing)
        index = await self._names.index(self.desk.catalog)
        bought = [request for request in requests if _is_buying(request, visit)]
        asked = tuple(request for request in requests if request not in bought)
        parts = [await self._told(asked, visit, wording, index)] if asked else []
        if bought:
            parts.append(await buy(bought, visit, self.desk, wording, index))
            visit.memory.update({COUNTER: None, "topic": "sales"})
        elif not any(part.choices or part.handoff for part in parts):
            again = await show_again(visit, self.desk, wording, index)
            parts += [again] if again is not None else []
        return _draft(parts, visit, wording)

    async def resume(self, briefing: Briefing, ledger: Ledger) -> Draft | None:
        visit, wording = Visit.of(briefing, ledger), Wording(briefing)
        index = await self._names.index(self.desk.catalog)
        part = await show_again(visit, self.desk, wording, index)
        return _draft([part], visit, wording) if part is not None else None

    async def _told(
        self, requests: tuple[Request, ...], visit: Visit, wording: Wording, index: ProductIndex
    ) -> Part:
        guided, others = guided_of(requests, visit, index)
        parts = [await guide(guided, visit, self.desk, wording, index)] if guided else []
        if others:
            parts.append(await PriceCounter(self.desk.catalog).answer(others, visit, wording, index))
        return together(parts)


def _is_buying(request: Request, visit: Visit) -> bool:
    if request.intent in BUYING or request.chosen.startswith(TO_PROPOSALS):
        return True
    if request.intent is Intent.STOCK and request.entities.quantities and _wants(request):
        return True
    thread = of_crew(visit.memory, CrewName.SALES)
    if thread is None or thread.dialogue != DIALOGUE:
        return request.intent in (Intent.ANSWER, Intent.YES) and _wants(request)
    if request.intent in ANSWERS or request.chosen:
        return True
    return thread.asks == "product" and request.mention.startswith("product:")


def _wants(request: Request) -> bool:
    """ "Quero os dois", "fico com o maior", after what was told of them."""
    return "?" not in request.text and WANTS.search(" ".join(norms_of(request.text))) is not None


def _draft(parts: Sequence[Part], visit: Visit, wording: Wording) -> Draft:
    outcome = joined(parts)
    memory: dict[str, Json] = {**visit.memory, **wording.memory}
    if isinstance(outcome, Handoff):
        return Draft(outcome, memory)
    memory[GREETED] = visit.briefing.messages[-1].id
    return Draft(Reply(hello(visit.briefing) + outcome.text, outcome.choices), memory)
