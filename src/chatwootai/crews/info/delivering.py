"""Delivery and picking up: what serves the place that was named, what it costs, how long it takes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from chatwootai.brazil.money import format_brl
from chatwootai.crews.dialogues.freights import everywhere, named_city, to_city
from chatwootai.crews.dialogues.freights_told import ASK_CEP, listed, to_postal_code
from chatwootai.crews.dialogues.opening import joined
from chatwootai.crews.dialogues.wording import Wording
from chatwootai.crews.info.telling import not_here, quoted
from chatwootai.crews.tools import Visit
from chatwootai.crews.understanding.words import norms_of
from chatwootai.domain.crews import Request
from chatwootai.domain.ledger import Fact, FactKind
from chatwootai.domain.money import Money
from chatwootai.domain.profiles import Freight
from chatwootai.domain.threads import current

TO_CITY = ("Para {city} temos:", "Em {city}, a entrega pode ser:")
TO_BRAZIL = ("Sim, entregamos em todo o Brasil:", "Entregamos em todo o Brasil, assim:")
WAYS = ("Entregamos assim:", "As formas de entrega são:")
TERMS = ("Os prazos de entrega são:", "O prazo depende da forma de entrega:")
FREE = ("O frete é grátis {limits}.", "Frete grátis {limits}.")
NO_FREE = ("Não temos frete grátis.", "No momento não há frete grátis.")
DEPENDS = (
    "A entrega depende do endereço. Qual é o seu CEP?",
    "Preciso do CEP para ver se entregamos no seu endereço. Pode informar?",
)
ONLY_BRAZIL = ("Não, entregamos só no Brasil.", "Por enquanto entregamos só no Brasil.")
NO_PICKUP = ("Não temos retirada na loja.", "Retirada na loja nós não temos.")
PICKUP: Final = re.compile(
    r"\b(?:retir\w+|(?:busc|peg)(?:ar|o|amos)|passo para pegar)\b(?! (?:em casa|aqui))"
)
DELIVERS: Final = re.compile(r"\b(?:entreg\w*|fretes?|envi\w+|mand\w+|motoboy|correios?|sedex|pac)\b")
TERM: Final = re.compile(
    r"\b(?:prazos?|quanto tempo|quantos dias|demora\w*|quando (?:\w+ )?cheg\w+"
    r"|chega (?:quando|em)|rapido|hoje|amanha|sabados?|domingos?|feriados?)\b"
)
FREE_ASKED: Final = re.compile(
    r"\b(?:frete|entrega|envio)s? (?:eh )?(?:gratis|gratuit[oa]s?|free)\b|\bgratis\b"
)
COSTS: Final = re.compile(r"\b(?:quanto (?:\w+ ){0,2}(?:fic|cust|sai|eh|paga)\w*|valor|preco|taxa)\b")
ELSEWHERE: Final = re.compile(
    r"\b(?:entreg\w*|envi\w+|mand\w+|fretes?|e)(?: (?:tambem|voces))* (?:em|para|no|na|ate)(?: (?:o|a))? "
    r"(?!casa\b|minha\b|meu\b|hoje\b|amanha\b|mim\b|cep\b|domic|sabado|domingo|segunda|terca|quarta|quinta"
    r"|sexta|outr[oa]s?\b|qual\w*\b|quant\w+|todo|fora|presente|feriado|dia\b|mesmo\b|quem\b|voce|ca\b)[a-z]{3,}"
)
"""Names a place that no rule names."""
ABROAD: Final = re.compile(r"\b(?:fora do (?:brasil|pais)|exterior|outr[oa]s? pais(?:es)?|internaciona\w+)\b")
EVERYWHERE: Final = re.compile(
    r"\b(?:todo (?:o )?(?:brasil|pais)|outr[oa]s? (?:cidade|estado)s?|fora d\w+)\b"
)


def delivery(requests: Sequence[Request], visit: Visit, wording: Wording) -> str:
    """The ways of delivering, to her postal code or city where she names one, or how to pick up."""
    rules = visit.briefing.profile.delivery
    said = " ".join(norm for request in requests for norm in norms_of(request.text))
    if PICKUP.search(said) and not DELIVERS.search(said):
        return quoted(visit, "pickup", rules.pickup) if rules.pickup else wording.pick("no_pickup", NO_PICKUP)
    if not rules.freights:
        return quoted(visit, "pickup", rules.pickup) if rules.pickup else not_here(visit, wording)
    codes = [code for request in requests for code in request.entities.postal_codes]
    if codes:
        return to_postal_code(codes[-1], visit, wording)
    if ABROAD.search(said):
        return wording.pick("only_brazil", ONLY_BRAZIL)
    if FREE_ASKED.search(said):
        return _free(visit, wording)
    city = named_city(rules, said)
    if city:
        lead = wording.pick("to_city", TO_CITY, {"city": quoted(visit, "city", city)})
        return listed(lead, to_city(rules, city), visit)
    if ELSEWHERE.search(said) or EVERYWHERE.search(said):
        return _elsewhere(visit, wording)
    return _ways(said, visit, wording)


def _elsewhere(visit: Visit, wording: Wording) -> str:
    """A place of which no rule tells: what reaches all of Brazil, and the rest by its postal code."""
    reaching = everywhere(visit.briefing.profile.delivery)
    if not reaching:
        return wording.pick("depends", DEPENDS)
    text = listed(wording.pick("to_brazil", TO_BRAZIL), reaching, visit)
    return "\n".join(part for part in (text, _ask_code(visit, wording)) if part)


def _ways(said: str, visit: Visit, wording: Wording) -> str:
    rules = visit.briefing.profile.delivery
    if TERM.search(said) and not COSTS.search(said):
        parts = [listed(wording.pick("terms", TERMS), rules.freights, visit, priced=False)]
        parts.append(quoted(visit, "delivery", rules.note) if rules.note else "")
    else:
        parts = [listed(wording.pick("ways", WAYS), rules.freights, visit)]
        asks_cost = COSTS.search(said) is not None or "frete" in said
        parts.append(quoted(visit, "pickup", rules.pickup) if rules.pickup and not asks_cost else "")
    return "\n".join(part for part in (*parts, _ask_code(visit, wording)) if part)


def _ask_code(visit: Visit, wording: Wording) -> str:
    """Not where another question is open, which would then be asked beside it."""
    return "" if current(visit.memory) else wording.pick("ask_cep", ASK_CEP)


def _free(visit: Visit, wording: Wording) -> str:
    freights = visit.briefing.profile.delivery.freights
    limits = [_limit(each, each.free_from, visit) for each in freights if each.free_from]
    limits += [
        f"na opção {quoted(visit, 'freight', each.name)}"
        for each in freights
        if each.price is not None and not each.price.amount
    ]
    if not limits:
        return wording.pick("no_free", NO_FREE)
    return wording.pick("free", FREE, {"limits": joined(limits, " e ")})


def _limit(freight: Freight, free_from: Money, visit: Visit) -> str:
    name = quoted(visit, f"freight:{freight.name}", freight.name)
    visit.ledger.facts.append(Fact(FactKind.PRICE, f"freight:{freight.name}", free_from.amount))
    return f"a partir de {format_brl(free_from)} ({name})"
