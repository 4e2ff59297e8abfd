"""Telling the ways of delivering to a postal code, or all of them."""

from __future__ import annotations

from collections.abc import Sequence

from chatwootai.brazil.postal import Cep
from chatwootai.crews.dialogues.freights import line, serving, spoken_days
from chatwootai.crews.dialogues.wording import Wording
from chatwootai.crews.tools import Visit
from chatwootai.domain.ledger import Fact, FactKind
from chatwootai.domain.profiles import Freight

ASK_CEP = (
    "Qual é o seu CEP? Assim eu vejo o que vale para o seu endereço.",
    "Se quiser, mande o CEP que eu confiro para o seu endereço.",
)
TO_CEP = ("Para o CEP {cep} temos:", "No CEP {cep}, a entrega pode ser:")
NOT_SERVED = (
    "Para o CEP {cep} não temos entrega.",
    "Infelizmente ainda não entregamos no CEP {cep}.",
)


def to_postal_code(code: str, visit: Visit, wording: Wording) -> str:
    """What serves a postal code of eight digits; where nothing does, how to pick up."""
    rules = visit.briefing.profile.delivery
    cep = Cep(code).formatted
    visit.ledger.facts.append(Fact(FactKind.TEXT, "cep", cep))
    found = serving(rules, code)
    if found:
        return listed(wording.pick("to_cep", TO_CEP, {"cep": cep}), found, visit)
    refused = wording.pick("not_served", NOT_SERVED, {"cep": cep})
    if not rules.pickup:
        return refused
    visit.ledger.facts.append(Fact(FactKind.TEXT, "pickup", rules.pickup))
    return f"{refused} {rules.pickup}"


def listed(lead: str, freights: Sequence[Freight], visit: Visit, *, priced: bool = True) -> str:
    """One line for each; without prices where only the time was asked for."""
    lines = [line(freight, visit.ledger) if priced else _timed(freight, visit) for freight in freights]
    return "\n".join([lead, *(f"• {each}" for each in lines)])


def _timed(freight: Freight, visit: Visit) -> str:
    visit.ledger.facts.append(Fact(FactKind.TEXT, f"freight:{freight.name}", freight.name))
    return f"**{freight.name}**: {spoken_days(freight)}"
