"""Payment, as the profile rules it: only what was asked for, forms, instalments, the discount of Pix."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from chatwootai.brazil.money import format_brl
from chatwootai.crews.dialogues.opening import joined
from chatwootai.crews.dialogues.wording import Wording
from chatwootai.crews.info.telling import not_here, quoted
from chatwootai.crews.tools import Visit
from chatwootai.crews.understanding.words import fold, norms_of
from chatwootai.domain.crews import Request
from chatwootai.domain.ledger import Fact, FactKind
from chatwootai.domain.money import Money

METHODS = ("Aceitamos {methods}.", "Você pode pagar com {methods}.")
ACCEPTED = ("Sim, aceitamos {methods}.", "Sim, você pode pagar com {methods}.")
NOT_ACCEPTED = ("Não, {methods} não aceitamos.", "Infelizmente não aceitamos {methods}.")
INSTALMENTS = (
    "No cartão, em até {times}x sem juros{conditions}.",
    "Dá para parcelar em até {times}x sem juros no cartão{conditions}.",
)
NO_INSTALMENTS = ("O pagamento é à vista.", "Não parcelamos; o pagamento é à vista.")
FEWER = ("Parcelamos em até {times}x sem juros no cartão{conditions}.",)
PIX = ("No Pix há {percent}% de desconto.", "Pagando no Pix, você tem {percent}% de desconto.")
NO_PIX_DISCOUNT = ("No Pix o preço é o mesmo, sem desconto.", "Não temos desconto no Pix.")
SPLITTING: Final = re.compile(r"\b(?:parcel\w*|prestac\w+|vezes|juros|\d+ ?x|dividi\w*|divide\w*)\b")
TIMES: Final = re.compile(r"\b(\d{1,2}) ?(?:x|vezes)\b")
DISCOUNT: Final = re.compile(r"\b(?:descont\w*|mais barato|a vista)\b")
HOW: Final = re.compile(
    r"\b(?:como (?:\w+ ){0,3}pag\w+|chave (?:do )?pix|link (?:de|para) pag\w+"
    r"|(?:qual|manda|passa) (?:o |a )?pix)\b"
)
MEANS: Final = (
    ("Pix", re.compile(r"\bpix\b"), re.compile("pix")),
    ("boleto", re.compile(r"\bboletos?\b"), re.compile("boleto")),
    ("cartão de crédito", re.compile(r"\bcredito\b"), re.compile("credito")),
    ("cartão de débito", re.compile(r"\bdebito\b"), re.compile("debito")),
    ("cartão", re.compile(r"\bcart(?:ao|oes)\b(?! de (?:cred|deb)| presente)"), re.compile("cartao")),
    ("dinheiro", re.compile(r"\b(?:dinheiro|especie)\b"), re.compile("dinheiro")),
    ("cheque", re.compile(r"\bcheques?\b"), re.compile("cheque")),
    (
        "vale-alimentação ou refeição",
        re.compile(r"\bvale (?:alimentacao|refeicao)|\bvr\b|\bva\b"),
        re.compile("vale"),
    ),
    ("PayPal", re.compile(r"\bpay ?pal\b"), re.compile("paypal")),
    ("transferência", re.compile(r"\b(?:transferencia|ted|doc|deposito)\b"), re.compile("transf|depos")),
    ("crediário", re.compile(r"\b(?:crediario|carne|fiado)\b"), re.compile("crediario|carne")),
    ("bitcoin", re.compile(r"\b(?:bitcoins?|cripto\w*)\b"), re.compile("bitcoin|cripto")),
)
"""How a customer names a form, and how a profile does."""
ON_CARDS: Final = frozenset({"cartão", "cartão de crédito"})


def payment(requests: Sequence[Request], visit: Visit, wording: Wording) -> str:
    """What was asked of payment; all of it where that is not clear."""
    rules = visit.briefing.profile.payment
    said = " ".join(norm for request in requests for norm in norms_of(request.text))
    if HOW.search(said) and rules.how:
        return quoted(visit, "payment", rules.how)
    if not rules.methods:
        return not_here(visit, wording)
    if asks_pix_discount(said):
        return pix_discount(visit, wording)
    if SPLITTING.search(said):
        return _splitting(said, visit, wording)
    named = [name for name, asked, _ in MEANS if asked.search(said)]
    return _named(named, visit, wording) if named else _everything(visit, wording)


def asks_pix_discount(said: str) -> bool:
    """ "Tem desconto no pix?", "à vista fica mais barato?" """
    return DISCOUNT.search(said) is not None and re.search(r"\b(?:pix|a vista)\b", said) is not None


def pix_discount(visit: Visit, wording: Wording) -> str:
    percent = visit.briefing.profile.payment.pix_discount
    if not percent:
        return wording.pick("no_pix", NO_PIX_DISCOUNT)
    shown = f"{percent.normalize():f}".replace(".", ",")
    visit.ledger.facts.append(Fact(FactKind.TEXT, "payment:pix", f"{shown}%"))
    return wording.pick("pix", PIX, {"percent": shown})


def _everything(visit: Visit, wording: Wording) -> str:
    rules = visit.briefing.profile.payment
    methods = _spoken(rules.methods, visit, " ou ")
    sentences = [wording.pick("methods", METHODS, {"methods": methods})]
    if rules.instalments > 1:
        sentences.append(_instalments(INSTALMENTS, visit, wording))
    if rules.pix_discount:
        sentences.append(pix_discount(visit, wording))
    return " ".join(sentences)


def _splitting(said: str, visit: Visit, wording: Wording) -> str:
    most = visit.briefing.profile.payment.instalments
    if most <= 1:
        return wording.pick("no_instalments", NO_INSTALMENTS)
    wanted = [int(times) for times in TIMES.findall(said)]
    if wanted and max(wanted) > most:
        return _instalments(FEWER, visit, wording)
    sentence = _instalments(INSTALMENTS, visit, wording)
    return f"Sim! {sentence}" if wanted and wording.is_close else sentence


def _named(named: Sequence[str], visit: Visit, wording: Wording) -> str:
    """Yes for what there is, no for what there is not."""
    rules = visit.briefing.profile.payment
    told = {name: pattern for name, _, pattern in MEANS}
    found = [method for method in rules.methods if any(told[name].search(fold(method)) for name in named)]
    missing = [name for name in named if not any(told[name].search(fold(each)) for each in rules.methods)]
    if not found:
        no = wording.pick("not_accepted", NOT_ACCEPTED, {"methods": joined(missing, " nem ")})
        methods = _spoken(rules.methods, visit, " ou ")
        return f"{no} {wording.pick('methods', METHODS, {'methods': methods})}"
    sentences = [wording.pick("accepted", ACCEPTED, {"methods": _spoken(found, visit, " e ")})]
    if missing:
        sentences.append(f"Só não aceitamos {joined(missing, ' nem ')}.")
    if ON_CARDS & set(named) and rules.instalments > 1:
        sentences.append(_instalments(INSTALMENTS, visit, wording))
    if "Pix" in named and rules.pix_discount:
        sentences.append(pix_discount(visit, wording))
    return " ".join(sentences)


def _instalments(variants: Sequence[str], visit: Visit, wording: Wording) -> str:
    rules = visit.briefing.profile.payment
    words = {"times": str(rules.instalments), "conditions": _conditions(visit)}
    return wording.pick("instalments", variants, words)


def _spoken(methods: Sequence[str], visit: Visit, last: str) -> str:
    return joined([quoted(visit, "payment", method) for method in methods], last)


def _conditions(visit: Visit) -> str:
    rules = visit.briefing.profile.payment
    parts = []
    if rules.instalments_from:
        parts.append(f"a partir de {_told(rules.instalments_from, visit)}")
    if rules.least_instalment:
        parts.append(f"com parcela mínima de {_told(rules.least_instalment, visit)}")
    return f", {', '.join(parts)}" if parts else ""


def _told(money: Money, visit: Visit) -> str:
    visit.ledger.facts.append(Fact(FactKind.PRICE, "payment", money.amount))
    return format_brl(money)
