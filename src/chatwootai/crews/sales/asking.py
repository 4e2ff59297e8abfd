"""Asking back: which product, among these, or something near."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from chatwootai.crews.dialogues.notunderstood import PERSON_CHOICE
from chatwootai.crews.dialogues.quoting import quoted
from chatwootai.crews.dialogues.wording import Wording
from chatwootai.crews.sales.matching import ProductIndex
from chatwootai.crews.sales.resolving import Resolved
from chatwootai.domain.catalog import Product
from chatwootai.domain.conversations import Choice
from chatwootai.domain.crews import CrewName, Intent, Memory, Request
from chatwootai.domain.ledger import Fact, FactKind, Ledger

MOST_CHOICES = 5
MOST_NEAR = 3
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
    "Não encontrei {what} por aqui. O mais parecido que temos:",
    "Procurei e não achei {what}. Será que é algo assim?",
)
NOTHING = (
    "Não encontrei {what} por aqui.{categories} Posso procurar outro nome ou te passar para uma pessoa.",
    "Procurei e não achei {what}.{categories} Se quiser, tenta outro nome, ou eu te passo para uma pessoa.",
)
WHICH_PRODUCT = {
    Intent.PRICE: (
        "Claro! De qual produto você quer saber o preço?",
        "Me diz qual é o produto que eu vejo o preço para você 😊",
    ),
    Intent.STOCK: (
        "Claro! Qual produto você procura?",
        "Me diz qual é o produto que eu vejo se temos 😊",
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


def question(
    unanswered: Sequence[Resolved], index: ProductIndex, wording: Wording, ledger: Ledger
) -> Question:
    """One question for the first request that needs one; what is missing is said of each."""
    if not unanswered:
        return Question()
    ambiguous = [item for item in unanswered if item.match and len(item.match.found) > 1]
    missing = [item for item in unanswered if item.match and len(item.match.found) <= 1]
    if ambiguous:
        first, rest = ambiguous[0], ambiguous[1:]
        text, choices = _which(first, wording, ledger)
        apart = [wording.pick("nothing", _short(), {"what": quoted(item.mention)}) for item in missing]
        later = tuple(f"{item.intent.value}|{item.mention}" for item in rest)
        return Question("\n\n".join([*apart, text]), choices, _wanted(first), waits=True, later=later)
    if missing:
        text, choices = _missing(missing[0], index, wording, ledger)
        apart = [wording.pick("nothing", _short(), {"what": quoted(item.mention)}) for item in missing[1:]]
        return Question("\n\n".join([*apart, text]), choices, _wanted(missing[0]), waits=True)
    intent = _wanted(unanswered[0])
    return Question(wording.pick("which_product", WHICH_PRODUCT[intent]), (), intent, waits=True)


def pending(memory: Memory) -> tuple[Request, ...]:
    """Requests whose question was put off, now that the one before it is answered."""
    kept = memory.get("later")
    requests = []
    for item in kept if isinstance(kept, list) else ():
        intent, _, mention = str(item).partition("|")
        requests.append(Request(Intent(intent), CrewName.SALES, mention, mention))
    return tuple(requests)


def _which(item: Resolved, wording: Wording, ledger: Ledger) -> tuple[str, tuple[Choice, ...]]:
    found = item.match.found if item.match else ()
    slot, variants = ("which", WHICH) if len(found) <= MOST_CHOICES else ("which_of_many", WHICH_OF_MANY)
    return wording.pick(slot, variants, {"what": quoted(item.mention)}), _choices(
        found[:MOST_CHOICES], ledger
    )


def _missing(
    item: Resolved, index: ProductIndex, wording: Wording, ledger: Ledger
) -> tuple[str, tuple[Choice, ...]]:
    near = item.match.near[:MOST_NEAR] if item.match else ()
    what = quoted(item.mention) if not item.mention.startswith("product:") else "esse produto"
    if near:
        return wording.pick("near", NEAR, {"what": what}), (*_choices(near, ledger), PERSON_CHOICE)
    names = [name.rsplit("/", 1)[-1].strip() for name in index.categories()[:MOST_CATEGORIES]]
    ledger.facts.extend(Fact(FactKind.TEXT, "category", name) for name in names)
    categories = f" Trabalhamos com {', '.join(names)}." if names else ""
    return wording.pick("nothing", NOTHING, {"what": what, "categories": categories}), (PERSON_CHOICE,)


def _choices(products: Sequence[Product], ledger: Ledger) -> tuple[Choice, ...]:
    titles = [product.name for product in products]
    choices = []
    for product in products:
        ledger.facts.append(Fact(FactKind.TEXT, f"product:{product.id}", product.name))
        twin = titles.count(product.name) > 1
        title = f"{product.name} ({product.code or product.id})" if twin else product.name
        choices.append(Choice(title, f"product:{product.id}"))
    return tuple(choices)


def _short() -> tuple[str, ...]:
    return ("Não encontrei {what} por aqui.", "Já {what} eu não encontrei.")


def _wanted(item: Resolved) -> Intent:
    return item.intent if item.intent in WHICH_PRODUCT else Intent.STOCK
