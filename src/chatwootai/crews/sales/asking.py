"""Asking back: which product, among these, or something near."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from chatwootai.brazil.money import format_brl
from chatwootai.crews.dialogues.answers import PRICED
from chatwootai.crews.dialogues.notunderstood import PERSON_CHOICE
from chatwootai.crews.dialogues.quoting import quoted
from chatwootai.crews.dialogues.wording import Wording
from chatwootai.crews.sales.matching import ProductIndex
from chatwootai.crews.sales.resolving import Resolved
from chatwootai.crews.sales.telling import record, sold_out
from chatwootai.crews.understanding.words import norms_of
from chatwootai.domain.catalog import Catalog, Offer, Product
from chatwootai.domain.conversations import Choice
from chatwootai.domain.crews import CrewName, Intent, Memory, Request
from chatwootai.domain.ledger import Fact, FactKind, Ledger

MOST_CHOICES = 5
MOST_NEAR = 3
READ_NEAR = 6
"""Read to show so many that are there."""
MOST_CATEGORIES = 4

WHICH = (
    "Temos mais de uma opção para {what}. Qual delas você quer?",
    "Para {what} temos estas opções. Qual é a sua?",
)
WHICH_OF_MANY = (
    "Temos várias opções para {what}. É alguma destas? Se não for, me diz mais um pedacinho do nome.",
    "Para {what} temos bastante coisa. Seria uma destas? Se não, me conta mais um detalhe.",
)
NEAR = (
    "Exatamente {what} eu não encontrei. O mais parecido que temos:",
    "Não achei {what} com esse nome. Será que é algo assim?",
)
NOTHING = (
    "Não encontrei {what} por aqui.{categories} Quer tentar outro nome ou falar com uma pessoa?",
    "Procurei e não achei {what}.{categories} Tenta outro nome, ou prefere falar com uma pessoa?",
)
NEED = (
    "Para {what} eu ainda não sei indicar o produto certo, mas a equipe sabe. Quer falar com uma pessoa?",
    "Indicação para {what} é com a equipe. Posso chamar alguém para falar com você?",
)
NEEDS = re.compile(r"(?:pele|cabelos?|rosto|fios?|unhas?|barba|corpo) \w+")
"""A skin or hair to be cared for, where no product of such a name is found."""
NONE_OF_THEM = re.compile(
    r"(?:nao |eh |quero )*(?:nenhum[oa]?|outr[oa]s?|ess[ea]s?|dess[ea]s?)"
    r"(?: (?:d?ess[ea]s?|d?est[ea]s?|del[ea]s|dos|das|dois|duas|opcao|opcoes|produtos?|coisa|nao|ai))*"
)
OTHERS = (
    "Sem problema! Me conta um pouco mais do que você procura, ou prefere falar com uma pessoa?",
    "Tudo bem! Qual seria então? Se preferir, chamo uma pessoa para te ajudar.",
)
WHICH_PRODUCT = {
    Intent.PRICE: (
        "Claro! De qual produto você quer saber o preço?",
        "Me diz qual é o produto que eu vejo o preço para você 😊",
    ),
    Intent.STOCK: (
        "Claro! Qual produto você procura?{categories}",
        "Me diz qual é o produto que eu vejo se temos 😊{categories}",
    ),
}


@dataclass(frozen=True, slots=True)
class Question:
    """`intent` is what the answer will be about; `later` are other ambiguous names, asked about next."""

    text: str = ""
    choices: tuple[Choice, ...] = ()
    intent: Intent | None = None
    waits: bool = False
    later: tuple[str, ...] = ()
    pool: tuple[int, ...] = ()
    """All products that may be meant; more than are offered."""


async def question(
    unanswered: Sequence[Resolved], index: ProductIndex, catalog: Catalog, wording: Wording, ledger: Ledger
) -> Question:
    """One question for the first request that needs one; what is missing is said of each."""
    if not unanswered:
        return Question()
    ambiguous = [item for item in unanswered if item.match and len(item.match.found) > 1]
    missing = [item for item in unanswered if item.match and len(item.match.found) <= 1]
    if ambiguous:
        first, rest = ambiguous[0], ambiguous[1:]
        pool = tuple(product.id for product in first.match.found) if first.match else ()
        text, products = _which(first, index, wording)
        choices = await _choices(products, catalog, ledger)
        apart = [wording.pick("nothing", _short(), {"what": quoted(item.mention)}) for item in missing]
        later = tuple(f"{item.intent.value}|{item.mention}" for item in rest)
        return Question("\n\n".join([*apart, text]), choices, _wanted(first), True, later, pool)
    if missing:
        text, products = _missing(missing[0], index, wording, ledger)
        choices = (*(await _choices(products, catalog, ledger, there_first=True))[:MOST_NEAR], PERSON_CHOICE)
        apart = [wording.pick("nothing", _short(), {"what": quoted(item.mention)}) for item in missing[1:]]
        return Question("\n\n".join([*apart, text]), choices, _wanted(missing[0]), waits=True)
    intent = _wanted(unanswered[0])
    words = {"categories": _categories(index, ledger)}
    return Question(wording.pick("which_product", WHICH_PRODUCT[intent], words), (), intent, waits=True)


def pending(memory: Memory) -> tuple[Request, ...]:
    """Requests whose question was put off, now that the one before it is answered."""
    kept = memory.get("later")
    requests = []
    for item in kept if isinstance(kept, list) else ():
        intent, _, mention = str(item).partition("|")
        requests.append(Request(Intent(intent), CrewName.SALES, mention, mention))
    return tuple(requests)


def others(wording: Wording) -> Question:
    """After "nenhum desses"."""
    wording.offer_person()
    return Question(wording.pick("others", OTHERS), (PERSON_CHOICE,))


def _which(item: Resolved, index: ProductIndex, wording: Wording) -> tuple[str, Sequence[Product]]:
    found = item.match.found if item.match else ()
    slot, variants = ("which", WHICH) if len(found) <= MOST_CHOICES else ("which_of_many", WHICH_OF_MANY)
    what = quoted(index.without_additions(item.mention))
    return wording.pick(slot, variants, {"what": what}), found[:MOST_CHOICES]


def _missing(
    item: Resolved, index: ProductIndex, wording: Wording, ledger: Ledger
) -> tuple[str, Sequence[Product]]:
    near = item.match.near[:READ_NEAR] if item.match else ()
    what = quoted(item.mention) if not item.mention.startswith("product:") else "esse produto"
    wording.offer_person()
    need = NEEDS.search(" ".join(norms_of(item.mention)))
    if need and not index.is_kind(item.mention):
        return wording.pick("need", NEED, {"what": what}), ()
    if near:
        return wording.pick("near", NEAR, {"what": what}), near
    words = {"what": what, "categories": _categories(index, ledger)}
    return wording.pick("nothing", NOTHING, words), ()


def _categories(index: ProductIndex, ledger: Ledger) -> str:
    names = [name.rsplit("/", 1)[-1].strip() for name in index.categories()[:MOST_CATEGORIES]]
    ledger.facts.extend(Fact(FactKind.TEXT, "category", name) for name in names)
    lowered = ", ".join(name[:1].lower() + name[1:] for name in names)
    return f" Trabalhamos com {lowered} e mais." if names else ""


async def _choices(
    products: Sequence[Product], catalog: Catalog, ledger: Ledger, *, there_first: bool = False
) -> tuple[Choice, ...]:
    """Each with its price, which is what most are about to ask."""
    if not products:
        return ()
    offers = await catalog.offers([product.id for product in products])
    if there_first:
        offers = sorted(offers, key=sold_out)
    record(offers, ledger)
    names = [offer.product.name for offer in offers]
    return tuple(
        Choice(_title(offer, twin=names.count(offer.product.name) > 1), f"product:{offer.product.id}")
        for offer in offers
    )


def _title(offer: Offer, *, twin: bool) -> str:
    product = offer.product
    name = f"{product.name} ({product.code or product.id})" if twin else product.name
    return f"{name}{PRICED}{'em falta' if sold_out(offer) else format_brl(offer.price)}"


def _short() -> tuple[str, ...]:
    return ("Não encontrei {what} por aqui.", "Já {what} eu não encontrei.")


def _wanted(item: Resolved) -> Intent:
    return item.intent if item.intent in WHICH_PRODUCT else Intent.STOCK
