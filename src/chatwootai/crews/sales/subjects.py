"""Which products a question about products means: those it names, else those spoken of just now."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from chatwootai.crews.sales.matching import ProductIndex
from chatwootai.crews.sales.names import head_of, terms_of
from chatwootai.crews.sales.need_words import LIGHT, NEEDS, key_of
from chatwootai.crews.sales.resolving import CHOSEN, offered_products
from chatwootai.crews.sales.sounds import sound
from chatwootai.crews.understanding.words import norms_of, singular, words_of
from chatwootai.domain.catalog import Product
from chatwootai.domain.crews import Memory, Request

BETWEEN: Final = re.compile(
    r"\s+(?:e|ou|x|vs\.?|versus|com|para|pra|pro|do que|que)\s+(?=(?:o|a|os|as|um|uma|d[eoa])\s)"
    r"|\s+(?:ou|x|vs\.?|versus)\s+|\s*,\s*",
    re.IGNORECASE,
)
"""What stands between the names of two products that are compared."""
LOOSELY: Final = re.compile(r"\s+(?:e|ou|com|para|pra|pro|que)\s+", re.IGNORECASE)
"""The same where the names have no article."""
THOSE: Final = re.compile(r"\b(?:dois|duas|ambos|ambas|eles|elas|deles|delas|dess[ea]s|ess[ea]s|dest[ea]s)\b")
AROUND: Final = re.compile(
    r"^.*?\b(?:entre|diferen[çc]as?|compar\w+|d[úu]vida|indecis\w+|melhor|mais)\b[\s,:]*"
    r"(?:(?:d[eoa]s?|entre|com|pra|para|mim|eu|se|levo|pego|compro|[ée]|a|o|os|as)\s+)*",
    re.IGNORECASE | re.DOTALL,
)
"""What comes before the names."""
MOST_OF_ONE: Final = 2
MOST_WORDS: Final = 60
"""Of a text in which names are looked for; a flood of words must not cost time."""
LONGEST_NAME: Final = 8


def named_product(text: str, index: ProductIndex) -> tuple[Product, ...]:
    """The products that a text names with their kind of thing ("o shampoo de coco é vegano?")."""
    words = words_of(text)[:MOST_WORDS]
    for start, word in enumerate(words):
        if word.norm.isdigit() or not index.is_kind(word.surface) or len(word.norm) < 4:
            continue
        for end in range(min(len(words), start + LONGEST_NAME), start, -1):
            found = index.find(" ".join(each.surface for each in words[start:end])).found
            if any(_is_kind_of(word.norm, product) for product in found):
                return found
    return ()


def subject_of(request: Request, memory: Memory, index: ProductIndex) -> tuple[Product, ...]:
    """The products that a question is about; several where it is not clear which, () where none was named."""
    picked = CHOSEN.fullmatch(request.chosen)
    if picked and (product := index.product(int(picked.group(1)))):
        return (product,)
    if named := named_product(request.text, index):
        return named
    spoken = spoken_of(memory, index)
    match = index.find(request.mention) if request.mention else None
    if match is not None and match.found and (not spoken or _is_its_name(request.mention, match.found)):
        return match.found
    return spoken


def compared(request: Request, memory: Memory, index: ProductIndex) -> tuple[Product, ...]:
    """The products to be compared, in the order in which they are named."""
    spoken = spoken_of(memory, index)
    if len(spoken) > 1 and THOSE.search(" ".join(norms_of(request.text))):
        return spoken
    listed = AROUND.sub("", request.text.rstrip(" ?!."))
    kind = head_of(spoken[0].name) if spoken else ""
    found = max((_listed(by.split(listed), kind, index) for by in (BETWEEN, LOOSELY)), key=len)
    if len(found) > 1 or not spoken:
        return found
    if not found:
        return spoken
    return (*(product for product in spoken[:1] if product not in found), *found)


def _listed(parts: Sequence[str], kind: str, index: ProductIndex) -> tuple[Product, ...]:
    found: list[Product] = []
    for part in parts:
        products = _one_of(part, kind, index)
        found += [product for product in products if product not in found]
        kind = head_of(products[0].name) if products else kind
    return tuple(found)


def spoken_of(memory: Memory, index: ProductIndex) -> tuple[Product, ...]:
    """The products that the last answers were about."""
    kept = memory.get("products")
    ids = kept if isinstance(kept, list) else offered_products(memory)
    found = [index.product(id_) for id_ in ids if isinstance(id_, int)]
    return tuple(product for product in found if product is not None)


def _one_of(part: str, kind: str, index: ProductIndex) -> Sequence[Product]:
    """ "o de ácido hialurônico" after a serum is one, too."""
    products = named_product(part, index)
    if products:
        return products[:MOST_OF_ONE]
    rest = " ".join(
        word.surface for word in words_of(part) if word.norm not in {"o", "a", "os", "as", "de", "do"}
    )
    terms = terms_of(rest)[0]
    if not terms or all(key_of(term) in NEEDS or term in LIGHT for term in terms):
        return ()  # "pele oleosa" is what she needs, not what it is called
    alike = index.find(f"{kind} {rest}").found if kind else ()
    found = alike or index.find(rest).found
    own = {singular(norm) for norm in norms_of(rest)}
    return [product for product in found if own & terms_of(product.name)[0]][:MOST_OF_ONE]


def _is_kind_of(norm: str, product: Product) -> bool:
    """Exactly, or as it sounds: "oleosa" resembles the oils, and is none."""
    return sound(singular(norm)) == sound(head_of(product.name))


def _is_its_name(mention: str, found: Sequence[Product]) -> bool:
    """Whether all of a mention belongs to the name, and it is no need such as "cabelo cacheado"."""
    terms = terms_of(mention)[0]
    return (
        bool(terms)
        and all(key_of(term) not in NEEDS for term in terms)
        and any(terms <= terms_of(product.name)[0] for product in found)
    )
