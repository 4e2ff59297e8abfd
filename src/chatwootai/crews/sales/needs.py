"""What a customer needs, read from her words, and carried from one turn to the next."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from chatwootai.crews.sales.need_words import keys_of, parts_of, told_words
from chatwootai.crews.understanding.concepts import concept_of
from chatwootai.crews.understanding.words import Word, is_size, norms_of, singular, words_of
from chatwootai.domain.crews import Json, Memory
from chatwootai.domain.requests import Amount

MEMORY: Final = "advice"
"""Memory key: the need that was answered last, and what was shown for it."""
GIFT: Final = re.compile(
    r"\b(?:present\w*|lembranc\w+|amigo secreto|dia d(?:as|os) (?:maes|pais|namorados)|aniversario)\b"
)
CHEAPER: Final = re.compile(
    r"(?<!\bo )(?<!\ba )(?<!\bos )(?<!\bas )(?:\bmais barat\w+|\bmais em conta|\bmenos car[oa]|\bmenor preco)"
    r"|(?<!mais )\bbarat[oa]s?\b|(?<!mais )\bbaratinh[oa]s?\b|(?<!mais )\bem conta\b"
)
"""Not "o mais barato", which is one of those that were shown."""
OTHER: Final = re.compile(
    r"\b(?:outr[oa]s?|mais opc\w+|mais algu[mn]\w*|diferentes?|nenhum[oa]? (?:dess\w+|del\w+)|nao gostei)\b"
)
MONEY: Final = re.compile(
    r"(?:r\$ ?)?\d{1,3}(?:\.\d{3})+(?:,\d{1,2})?(?: ?(?:reais|real|conto|pila))?"
    r"|r\$ ?\d+(?:[.,]\d{1,2})?|\d+(?:[.,]\d{1,2})? ?(?:reais|real|contos?|pilas?)\b",
    re.IGNORECASE,
)
CARRIES_ON: Final = re.compile(r"^(?:e |mas |ah |ok |entao )*(?:para|p|ate|de|com|sem|se|no|na) |\bentao$")
"""How one goes on with a need: "e pra pele seca?", "até 50 então"."""
JOINING: Final = frozenset(norms_of("de do da dos das com sem para e ou quem muito em no na"))
LONGEST: Final = 1_000
"""Letters in which a need is looked for."""
NOT_ILLNESS: Final = frozenset(
    {"bebe", "recem", "machucado", "machucada", "bolinha", "bolinhas", "bolha", "bolhas", "coca"}
)
"""Words that a shop hears of presents and patterns, too."""
ILLNESS: Final = re.compile(
    r"alergi\w+|gravid\w+|gestant\w+|gestac\w+|lactant\w+|amament\w+|diabet\w+|remedios?|medicament\w+|doenca\w*"
    r"|antibiotic\w+|hipertens\w+|eczema\w*|psoria\w+|pressao alta"
)


@dataclass(frozen=True, slots=True)
class Need:
    """`words` tell it, comparable and in their order; `said` are the same as she wrote them. Prices are those
    of one unit, in the shop's currency. `cheaper` and `other` are meant beside what was shown before."""

    words: tuple[str, ...] = ()
    said: str = ""
    at_most: Decimal | None = None
    at_least: Decimal | None = None
    gift: bool = False
    cheaper: bool = False
    other: bool = False
    goes_on: bool = False
    """Whether it is to be read after the one before."""

    @property
    def keys(self) -> frozenset[str]:
        return keys_of(self.words)

    @property
    def parts(self) -> frozenset[str]:
        return parts_of(self.words)

    @property
    def is_open(self) -> bool:
        """Whether it says too little to recommend anything."""
        return not self.words and not self.gift and self.at_most is None and self.at_least is None


def need_of(text: str, amounts: tuple[Amount, ...] = ()) -> Need:
    """The need in a text; money without "até" or "acima de" is what she has to spend."""
    text = text[:LONGEST]
    spoken = " ".join(norms_of(text))
    plain = _without_money(text, amounts)
    kept = _kept(told_words(plain))
    return Need(
        words=tuple(kept),
        said=_said(words_of(plain), kept),
        at_most=next((each.value for each in amounts if not each.at_least), None),
        at_least=next((each.value for each in amounts if each.at_least), None),
        gift=GIFT.search(spoken) is not None,
        cheaper=CHEAPER.search(spoken) is not None,
        other=OTHER.search(spoken) is not None,
        goes_on=CARRIES_ON.search(spoken) is not None,
    )


def after(need: Need, before: Need | None, kinds: Collection[str]) -> Need:
    """The need with what an earlier one still says: kind of thing and price.

    `kinds` are the words that name a kind of thing which the shop sells.
    """
    if before is None:
        return need
    if not need.words and not need.gift:
        need = replace(need, words=before.words, said=before.said, gift=before.gift)
    elif need.goes_on and not _kinds(need, kinds):
        kept = _kinds(before, kinds)
        if not kept and before.gift:
            return replace(need, gift=True, at_most=need.at_most or before.at_most)
        said = " ".join([*kept, need.said])
        need = replace(need, words=(*kept, *need.words), said=said)
    elif not need.goes_on:
        return need
    if need.at_most is None and need.at_least is None:
        need = replace(need, at_most=before.at_most, at_least=before.at_least)
    return need


def remembered(memory: Memory) -> tuple[Need | None, tuple[int, ...]]:
    """The need that was answered last, and the products shown for it so far."""
    kept = memory.get(MEMORY)
    if not isinstance(kept, Mapping):
        return None, ()
    words, shown = kept.get("words"), kept.get("shown")
    need = Need(
        words=tuple(map(str, words)) if isinstance(words, list) else (),
        said=str(kept.get("said") or ""),
        at_most=_decimal(kept.get("at_most")),
        at_least=_decimal(kept.get("at_least")),
        gift=bool(kept.get("gift")),
    )
    return need, tuple(id_ for id_ in shown if isinstance(id_, int)) if isinstance(shown, list) else ()


def kept(need: Need, shown: Collection[int]) -> dict[str, Json]:
    """What to remember of a need and of what was shown for it."""
    return {
        MEMORY: {
            "words": list(need.words),
            "said": need.said,
            "at_most": None if need.at_most is None else str(need.at_most),
            "at_least": None if need.at_least is None else str(need.at_least),
            "gift": need.gift,
            "shown": list(shown),
        }
    }


def speaks_of_illness(text: str, product_names: str = "") -> bool:
    """Whether a text speaks of pregnancy, allergy, illness or medicine, beyond the names of products."""
    named = set(norms_of(product_names))
    words = [norm for norm in norms_of(text) if norm not in named]
    return ILLNESS.search(" ".join(words)) is not None or any(
        concept_of(word) in ("symptom", "condition") and word not in NOT_ILLNESS for word in words
    )


def _kept(words: tuple[str, ...]) -> list[str]:
    """Without relatives and without numbers that count years or reais: those of sizes and seats stay."""
    found: list[str] = []
    for place, word in enumerate(words):
        following = words[place + 1] if place + 1 < len(words) else ""
        counts = word.isdigit() and "seats" not in keys_of((following,))
        if counts or concept_of(word) in ("kin", "day") or GIFT.fullmatch(word) or word == "anos":
            continue
        if word not in found or is_size(word):
            found.append(word)
    return found


def _said(words: Sequence[Word], kept: Collection[str]) -> str:
    """Her words from the first that tells the need to the last, with what joins them."""
    places = [place for place, word in enumerate(words) if word.norm in kept]
    if not places:
        return ""
    first = places[0] - 1 if places[0] and words[places[0] - 1].norm == "quem" else places[0]
    span = words[first : places[-1] + 1]
    return " ".join(word.surface for word in span if word.norm in kept or word.norm in JOINING)


def _without_money(text: str, amounts: tuple[Amount, ...]) -> str:
    plain = MONEY.sub(" ", text)
    for amount in amounts:
        plain = re.sub(rf"\b{amount.value.normalize():f}\b", " ", plain)
    return plain


def _kinds(need: Need, kinds: Collection[str]) -> tuple[str, ...]:
    return tuple(word for word in need.words if singular(word) in kinds)


def _decimal(value: Json) -> Decimal | None:
    return Decimal(value) if isinstance(value, str) and value else None
