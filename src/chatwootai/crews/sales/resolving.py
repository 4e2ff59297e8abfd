"""From what was asked to the products that are meant, with what was said before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from chatwootai.crews.sales.matching import Match, ProductIndex
from chatwootai.crews.sales.ranking import Rank, rank_of
from chatwootai.crews.understanding.words import is_size, norms_of, singular, words_of
from chatwootai.domain.catalog import Product
from chatwootai.domain.crews import Intent, Memory, Request

CHOSEN = re.compile(r"product:(\d+)")
LIST = re.compile(r"\s+(?:e|ou|mais|com)\s+|\s*,\s*", re.IGNORECASE)
QUANTITY = re.compile(
    r"^\d+\s+(?:(?:unidades?|frascos?|caixas?|potes?|pe[çc]as?)\s+)?(?:d[eoa]s?\s+)?", re.IGNORECASE
)
POOL = "pool"
"""Memory key: the products about which a question is open; there may be more than were offered."""
ALIKE = 8
"""Likes of a product among which "a maior" is looked for."""
COMPLETING = frozenset({"de", "do", "da", "com", "sem", "para"})


@dataclass(frozen=True, slots=True)
class Resolved:
    """A request and what its mention means; `match` is None when no product was named at all."""

    intent: Intent
    mention: str
    match: Match | None
    rank: Rank | None = None
    """By what one of `match.found` is wanted."""


def resolve(requests: Sequence[Request], memory: Memory, index: ProductIndex) -> tuple[Resolved, ...]:
    """Each request in order; one may become several ("shampoo e condicionador").

    Products found become the subject of the requests after them.
    """
    subject = _remembered(memory, index)
    offered = offered_products(memory) if memory.get("awaiting") else ()
    done: list[Resolved] = []
    for request in requests:
        rank, named = rank_of(request.mention)
        if rank is not None:
            ranked = _ranked(rank, named, subject, _pool(memory) or offered, index)
            done.append(Resolved(request.intent, named or request.mention, ranked, rank))
            continue
        for mention, match in _matches(request.mention, subject, offered, index):
            done.append(Resolved(request.intent, mention, match))
            if match is not None and len(match.found) == 1:
                subject = match.found
    return _refined(done)


def _refined(done: Sequence[Resolved]) -> tuple[Resolved, ...]:
    """Without a name that a later one made precise: "o batom", "matte vermelho" is one lipstick."""
    precise = {product.id: place for place, item in enumerate(done) for product in _precise(item)}
    return tuple(
        item
        for place, item in enumerate(done)
        if not any(precise.get(product.id, -1) > place for product in _ambiguous(item))
    )


def _precise(item: Resolved) -> tuple[Product, ...]:
    found = item.match.found if item.match else ()
    return found if len(found) == 1 else ()


def _ambiguous(item: Resolved) -> tuple[Product, ...]:
    found = item.match.found if item.match else ()
    return found if len(found) > 1 and item.mention else ()


def _ranked(
    rank: Rank, named: str, subject: Sequence[Product], offered: Sequence[int], index: ProductIndex
) -> Match | None:
    """Among what a rank is meant: what is named, what is offered, or what was spoken of and its likes."""
    if named:
        return index.find(named)
    pool = tuple(product for id_ in offered if (product := index.product(id_)))
    if not pool and subject:
        sizes = index.sizes(subject[-1])
        by_size = rank in (Rank.BIGGEST, Rank.SMALLEST) and len(sizes) > 1
        pool = sizes if by_size else (subject[-1], *index.alternatives(subject[-1])[:ALIKE])
    return Match(pool) if pool else None


def _matches(
    mention: str, subject: Sequence[Product], offered: Sequence[int], index: ProductIndex
) -> list[tuple[str, Match | None]]:
    picked = CHOSEN.fullmatch(mention)
    if picked:
        product = index.product(int(picked.group(1)))
        return [(mention, Match((product,)) if product else Match(()))]
    if not mention:
        open_choice = tuple(product for id_ in offered if (product := index.product(id_)))
        if open_choice:
            return [("", Match(open_choice))]
        return [("", Match((product,))) for product in subject] or [("", None)]
    match = _one(mention, subject, frozenset(offered), index)
    parts = [part for part in LIST.split(mention) if part]
    if len(parts) < 2 or (len(match.found) == 1 and not _is_each_its_own(parts, match.found[0], index)):
        return [(mention, match)]
    listed: list[tuple[str, Match | None]] = []
    for part in (QUANTITY.sub("", part) for part in parts):
        meant = _one(part, subject, frozenset(offered), index)
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
        spoken_of = index.product(min(offered))
        subject = (spoken_of,) if spoken_of else subject
    if subject and _completes(mention):
        completed = _completed(mention, subject[-1], index)
        if completed.found:
            return completed
    match = index.find(mention)
    if subject and (line := _property_of(mention, match, subject[-1], index)):
        return line
    if not match.found and (thing := QUANTITY.sub("", mention)) != mention:
        match = index.find(thing)
    if len(match.found) == 1 or not subject:
        return match
    return _companion(mention, match, subject, index)


def _companion(mention: str, match: Match, subject: Sequence[Product], index: ProductIndex) -> Match:
    """Which of several is meant beside what was spoken of: itself again, its own conditioner, its kit."""
    again = [product for product in subject if product in match.found]
    if len(again) == 1 and not _is_plural(mention):
        return Match((again[0],))
    completed = _in_the_same_line(mention, subject[-1], index)
    if len(completed.found) == 1:
        return completed
    alone = len(norms_of(mention)) == 1 and not _is_plural(mention)
    companion = index.closest(match.found, subject[-1]) if alone else None
    return Match((companion,)) if companion else match


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
    if index.is_kind(mention):
        fitting &= index.of_kind(mention)
    if not fitting or not words:
        return Match(())
    line = index.find(f"{mention} {' '.join(words[1:])}", fitting)
    if len(line.found) == 1 or index.is_kind(mention):
        return line
    return index.find(f"{words[0]} {mention}", fitting)


def _property_of(mention: str, match: Match, subject: Product, index: ProductIndex) -> Match | None:
    """ "e média?" after a foundation is its shade, though something else is of medium strength."""
    if index.is_kind(mention) or (len(match.found) == 1 and _shares_kind(match, subject, index)):
        return None
    line = _in_the_same_line(mention, subject, index)
    wanted = line.found if len(match.found) != 1 else line.found[:1] * (len(line.found) == 1)
    return line if wanted else None


def _shares_kind(match: Match, subject: Product, index: ProductIndex) -> bool:
    return any(index.kind(product) == index.kind(subject) for product in match.found)


def _is_each_its_own(parts: Sequence[str], found: Product, index: ProductIndex) -> bool:
    """Whether a list asks for several things, not for one whose name holds them all, such as a kit."""
    counted = any(QUANTITY.match(part) for part in parts)
    named = set(norms_of(found.name))
    kinds = [norms_of(QUANTITY.sub("", part))[0] for part in parts if norms_of(QUANTITY.sub("", part))]
    return all(index.is_kind(kind) for kind in kinds) and (
        counted or not all(singular(kind) in named for kind in kinds)
    )


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


def _pool(memory: Memory) -> tuple[int, ...]:
    kept = memory.get(POOL)
    return tuple(id_ for id_ in kept if isinstance(id_, int)) if isinstance(kept, list) else ()


def offered_products(memory: Memory) -> tuple[int, ...]:
    """Ids of the products among which the customer was asked to choose, in the order shown."""
    kept = memory.get("choices")
    values = kept if isinstance(kept, list) else []
    matches = [CHOSEN.fullmatch(value) for value in values if isinstance(value, str)]
    return tuple(int(match.group(1)) for match in matches if match)
