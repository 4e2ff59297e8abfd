"""From what was asked to the products that are meant, with what was said before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from chatwootai.crews.dialogues.words import is_size, norms_of, singular, words_of
from chatwootai.crews.sales.matching import Match, ProductIndex
from chatwootai.domain.catalog import Product
from chatwootai.domain.crews import Intent, Memory, Request

CHOSEN = re.compile(r"product:(\d+)")
LIST = re.compile(r"\s+(?:e|ou|mais|com)\s+|\s*,\s*", re.IGNORECASE)
QUANTITY = re.compile(
    r"^\d+\s+(?:(?:unidades?|frascos?|caixas?|potes?|pe[çc]as?)\s+)?(?:d[eoa]s?\s+)?", re.IGNORECASE
)
COMPLETING = frozenset({"de", "do", "da", "com", "sem", "para"})


@dataclass(frozen=True, slots=True)
class Resolved:
    """A request and what its mention means; `match` is None when no product was named at all."""

    intent: Intent
    mention: str
    match: Match | None


def resolve(requests: Sequence[Request], memory: Memory, index: ProductIndex) -> tuple[Resolved, ...]:
    """Each request in order; one may become several ("shampoo e condicionador").

    Products found become the subject of the requests after them.
    """
    subject = _remembered(memory, index)
    offered = _offered(memory) if memory.get("awaiting") else frozenset()
    done: list[Resolved] = []
    for request in requests:
        for mention, match in _matches(request.mention, subject, offered, index):
            done.append(Resolved(request.intent, mention, match))
            if match and len(match.found) == 1:
                subject = match.found
    return tuple(done)


def _matches(
    mention: str, subject: Sequence[Product], offered: frozenset[int], index: ProductIndex
) -> list[tuple[str, Match | None]]:
    picked = CHOSEN.fullmatch(mention)
    if picked:
        product = index.product(int(picked.group(1)))
        return [(mention, Match((product,)) if product else Match(()))]
    if not mention:
        return [("", Match((product,))) for product in subject] or [("", None)]
    match = _one(mention, subject, offered, index)
    parts = [part for part in LIST.split(mention) if part]
    if len(match.found) == 1 or len(parts) < 2:
        return [(mention, match)]
    listed: list[tuple[str, Match | None]] = []
    for part in parts:
        meant = _one(part, subject, offered, index)
        if not meant.found:
            return [(mention, match)]
        listed.append((part, meant))
        subject = meant.found if len(meant.found) == 1 else subject
    return listed


def _one(mention: str, subject: Sequence[Product], offered: frozenset[int], index: ProductIndex) -> Match:
    if offered:
        among = index.find(mention, offered)
        if among.found:
            return among
    if subject and _completes(mention):
        completed = _completed(mention, subject[-1], index)
        if completed.found:
            return completed
    match = index.find(mention)
    if not match.found and (thing := QUANTITY.sub("", mention)) != mention:
        match = index.find(thing)
    if len(match.found) == 1 or not subject:
        return match
    again = [product for product in subject if product in match.found]
    if len(again) == 1 and not _is_plural(mention):
        return Match((again[0],))
    completed = _in_the_same_line(mention, subject[-1], index)
    return completed if len(completed.found) == 1 else match


def _completed(mention: str, subject: Product, index: ProductIndex) -> Match:
    """ "de 1 litro" after "Shampoo de Coco 300ml": the same name otherwise, then the same kind of thing."""
    fitting = index.fitting(mention)
    words = _name(subject)
    if not fitting or not words:
        return Match(())
    whole = index.find(f"{' '.join(words)} {mention}", fitting)
    return whole if whole.found else index.find(f"{words[0]} {mention}", fitting)


def _in_the_same_line(mention: str, subject: Product, index: ProductIndex) -> Match:
    """ "o condicionador" after "Shampoo de Coco": its own. "o vermelho" after a lipstick: the red one."""
    fitting = index.fitting(mention)
    words = _name(subject)
    if not fitting or not words:
        return Match(())
    line = index.find(f"{mention} {' '.join(words[1:])}", fitting)
    return line if len(line.found) == 1 else index.find(f"{words[0]} {mention}", fitting)


def _name(product: Product) -> list[str]:
    return [word.surface for word in words_of(product.name) if not is_size(word.norm)]


def _completes(mention: str) -> bool:
    norms = norms_of(mention)
    return norms[:1] != () and (norms[0] in COMPLETING or all(is_size(norm) for norm in norms))


def _is_plural(mention: str) -> bool:
    norms = norms_of(mention)
    return bool(norms) and singular(norms[0]) != norms[0]


def _remembered(memory: Memory, index: ProductIndex) -> tuple[Product, ...]:
    kept = memory.get("products")
    ids = kept if isinstance(kept, list) else []
    found = [index.product(product_id) for product_id in ids if isinstance(product_id, int)]
    return tuple(product for product in found if product is not None)


def _offered(memory: Memory) -> frozenset[int]:
    kept = memory.get("choices")
    values = kept if isinstance(kept, list) else []
    matches = [CHOSEN.fullmatch(value) for value in values if isinstance(value, str)]
    return frozenset(int(match.group(1)) for match in matches if match)
