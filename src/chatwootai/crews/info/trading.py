"""Payment, delivery and exchanges, as the profile rules them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from chatwootai.brazil.money import format_brl
from chatwootai.brazil.postal import Cep
from chatwootai.crews.dialogues.freights import line, named_city, serving, to_city
from chatwootai.crews.dialogues.opening import joined
from chatwootai.crews.dialogues.wording import Wording
from chatwootai.crews.info.telling import nearest, not_here, policies, quoted
from chatwootai.crews.tools import Visit
from chatwootai.crews.understanding.words import norms_of
from chatwootai.domain.crews import Request
from chatwootai.domain.ledger import Fact, FactKind
from chatwootai.domain.money import Money
from chatwootai.domain.profiles import Freight

METHODS = ("Aceitamos {methods}.", "Você pode pagar com {methods}.")
INSTALMENTS = (
    "No cartão, em até {times}x sem juros{conditions}.",
    "Dá para parcelar em até {times}x sem juros no cartão{conditions}.",
)
NO_INSTALMENTS = ("O pagamento é à vista.", "Não parcelamos; o pagamento é à vista.")
PIX = ("No Pix há {percent}% de desconto.", "Pagando no Pix, você tem {percent}% de desconto.")
ASK_CEP = (
    "Me passa o seu CEP que eu vejo o que vale para o seu endereço?",
    "Se quiser, me manda o CEP que eu confiro para o seu endereço.",
)
TO_CEP = ("Para o CEP {cep} temos:", "No CEP {cep}, a entrega pode ser:")
TO_CITY = ("Para {city} temos:", "Em {city}, a entrega pode ser:")
WAYS = ("Entregamos assim:", "As formas de entrega são:")
NOT_SERVED = (
    "Para o CEP {cep} não temos entrega.",
    "Infelizmente ainda não entregamos no CEP {cep}.",
)
PICKUP = re.compile(r"\b(?:retir\w+|busc\w+|pegar|pego) ?(?:\w+ ){0,2}(?:na|no|ai|loja|pessoalmente)?\b")
WARRANTY = re.compile(r"\bgarantias?\b")


def payment(requests: Sequence[Request], visit: Visit, wording: Wording) -> str:
    """Which forms there are, in how many instalments, and what Pix saves."""
    del requests
    rules = visit.briefing.profile.payment
    if not rules.methods:
        return not_here(visit, wording)
    methods = joined([quoted(visit, "payment", method) for method in rules.methods], " ou ")
    sentences = [wording.pick("methods", METHODS, {"methods": methods})]
    if rules.instalments > 1:
        words = {"times": str(rules.instalments), "conditions": _conditions(visit)}
        sentences.append(wording.pick("instalments", INSTALMENTS, words))
    if rules.pix_discount:
        percent = f"{rules.pix_discount.normalize():f}".replace(".", ",")
        sentences.append(wording.pick("pix", PIX, {"percent": percent}))
    return " ".join(sentences)


def _conditions(visit: Visit) -> str:
    rules = visit.briefing.profile.payment
    parts = []
    if rules.instalments_from:
        parts.append(f"a partir de {_told(rules.instalments_from, visit)}")
    if rules.least_instalment:
        parts.append(f"com parcela mínima de {_told(rules.least_instalment, visit)}")
    return f", {', '.join(parts)}" if parts else ""


def delivery(requests: Sequence[Request], visit: Visit, wording: Wording) -> str:
    """The ways of delivering, to her postal code or city where she names one, or how to pick up."""
    rules = visit.briefing.profile.delivery
    said = " ".join(norm for request in requests for norm in norms_of(request.text))
    pickup = quoted(visit, "pickup", rules.pickup) if rules.pickup else ""
    if PICKUP.search(said) and pickup and "entreg" not in said and "frete" not in said:
        return pickup
    if not rules.freights:
        return pickup or not_here(visit, wording)
    codes = [code for request in requests for code in request.entities.postal_codes]
    if codes:
        return _to_postal_code(codes[-1], visit, wording)
    city = named_city(rules, said)
    if city:
        lead = wording.pick("to_city", TO_CITY, {"city": quoted(visit, "city", city)})
        return _listed(lead, to_city(rules, city), visit)
    lines = _listed(wording.pick("ways", WAYS), rules.freights, visit)
    return "\n".join(part for part in (lines, pickup, wording.pick("ask_cep", ASK_CEP)) if part)


def _to_postal_code(code: str, visit: Visit, wording: Wording) -> str:
    rules = visit.briefing.profile.delivery
    cep = quoted(visit, "cep", Cep(code).formatted)
    found = serving(rules, code)
    if found:
        return _listed(wording.pick("to_cep", TO_CEP, {"cep": cep}), found, visit)
    sentences = [wording.pick("not_served", NOT_SERVED, {"cep": cep})]
    if rules.pickup:
        sentences.append(quoted(visit, "pickup", rules.pickup))
    return " ".join(sentences)


def _listed(lead: str, freights: Sequence[Freight], visit: Visit) -> str:
    note = visit.briefing.profile.delivery.note
    lines = [lead, *(f"• {line(freight, visit.ledger)}" for freight in freights)]
    return "\n".join([*lines, quoted(visit, "delivery", note)] if note else lines)


def exchange_policy(requests: Sequence[Request], visit: Visit, wording: Wording) -> str:
    """The rule that was asked for, word for word."""
    said = " ".join(request.text for request in requests)
    warranty = WARRANTY.search(" ".join(norms_of(said))) is not None
    rules = policies(visit, {"warranty"} if warranty else {"exchange"})
    if rules:
        return "\n".join(quoted(visit, rule.subject, rule.text) for rule in nearest(rules, said))
    exchange = visit.briefing.profile.exchange
    if warranty:
        return not_here(visit, wording)
    days = f"Você tem até {exchange.regret_days} dias do recebimento para trocar ou devolver."
    return " ".join([days, quoted(visit, "exchange", exchange.conditions)] if exchange.conditions else [days])


def _told(money: Money, visit: Visit) -> str:
    visit.ledger.facts.append(Fact(FactKind.PRICE, "payment", money.amount))
    return format_brl(money)
