"""Comparison: products side by side, by what can be measured or read, never by opinion."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from chatwootai.brazil.money import format_brl
from chatwootai.crews.desk import Desk
from chatwootai.crews.dialogues.health import to_a_person
from chatwootai.crews.dialogues.notunderstood import COUNTER
from chatwootai.crews.dialogues.parts import Part
from chatwootai.crews.dialogues.quoting import quoted
from chatwootai.crews.dialogues.wording import Wording
from chatwootai.crews.sales.advice_tools import AdviceTools, Compared
from chatwootai.crews.sales.answering import stated_in
from chatwootai.crews.sales.matching import ProductIndex
from chatwootai.crews.sales.need_words import LIGHT_KEYS, keys_of, told_words
from chatwootai.crews.sales.needs import Need, need_of
from chatwootai.crews.sales.showing import (
    choices_of,
    is_checking_out,
    is_for_a_person,
    offered,
    spoken_of,
    stock_of,
)
from chatwootai.crews.sales.subjects import compared
from chatwootai.crews.tools import Visit
from chatwootai.crews.understanding.words import is_size, norms_of
from chatwootai.domain.catalog import Product
from chatwootai.domain.crews import Request

MOST: Final = 4
SIDE_BY_SIDE: Final = ("Lado a lado:", "Comparando:")
WHICH_TWO: Final = (
    "Quais produtos você quer comparar? Me diz os dois nomes.",
    "Me diz os nomes dos dois que eu coloco lado a lado.",
)
WITH_WHAT: Final = (
    "Com qual produto você quer comparar **{name}**?",
    "Comparar **{name}** com qual?",
)
DEPENDS: Final = (
    "Qual é melhor depende do que você procura: preço, tamanho ou para que vai usar. O que conta mais?",
    "Melhor para quê? Me diz o que conta mais (preço, tamanho ou o uso) e eu vejo.",
)
CHEAPEST: Final = ("O mais em conta é **{name}**, por {price}.", "Em preço, ganha **{name}**: {price}.")
BIGGEST: Final = ("O maior é **{name}**.", "Em tamanho, o maior é **{name}**.")
NO_SIZE: Final = (
    "Pelo que está informado, não dá para dizer qual é maior.",
    "Qual é maior, nomes e descrições não deixam comparar.",
)
SAYS: Final = "Sobre {what}: a descrição de **{name}** diz “{told}”."
SILENT: Final = "Sobre {what}, a descrição de {names} não diz nada."
ASKS_BETTER: Final = re.compile(r"\b(?:melhor(?:es)?|vale (?:mais )?a pena|compensa|recomenda|indica)\b")
ASKS_PRICE: Final = re.compile(r"\b(?:barat\w+|em conta|preco|valor|car[oa]s?)\b")
ASKS_SIZE: Final = re.compile(r"\b(?:maior(?:es)?|menor(?:es)?|tamanho|rende|dura mais|vem mais)\b")
NO_NEED: Final = keys_of(
    (
        "diferenca",
        "compara",
        "comparar",
        "dois",
        "duas",
        "ambos",
        "maior",
        "menor",
        "tamanho",
        "rende",
        "dura",
    )
)
FIGURE: Final = re.compile(r"(\d+(?:\.\d+)?)(\D+)")


async def compare(
    requests: Sequence[Request], visit: Visit, desk: Desk, wording: Wording, index: ProductIndex
) -> Part:
    """Two to four products side by side, and which is first by what she asks."""
    request = requests[0]
    products = compared(request, visit.memory, index)[:MOST]
    if is_for_a_person(request.text, products, visit):
        return to_a_person(visit, wording)
    visit.memory[COUNTER] = None
    if len(products) < 2:
        return _which(products, visit, wording)
    found = await AdviceTools(desk, visit).compare([product.id for product in products])
    judged = _judged(request, found, wording)
    lines = [wording.pick("side_by_side", SIDE_BY_SIDE), *(_line(each) for each in found)]
    text = "\n".join([*lines, *(["", *judged] if judged else [])])
    waits = not is_checking_out(visit)
    spoken_of(visit, [product.id for product in products], waits=waits)
    if not waits:
        return Part(text)
    choices = choices_of(products)
    offered(visit, choices)
    return Part(text, choices)


def _which(products: Sequence[Product], visit: Visit, wording: Wording) -> Part:
    if products:
        text = wording.pick("compare_with", WITH_WHAT, {"name": products[0].name})
        spoken_of(visit, [products[0].id])
    else:
        text = wording.pick("compare_which", WHICH_TWO)
    if not is_checking_out(visit):
        offered(visit, (), asks="compare")
    return Part(text)


def _line(each: Compared) -> str:
    offer = each.offer
    figures = ", ".join(part for part in (format_brl(offer.price), stock_of(offer), each.sizes) if part)
    told = " ".join(offer.product.description.split())
    return f"• **{offer.product.name}**: {figures}." + (f" {told}" if told else "")


def _judged(request: Request, found: Sequence[Compared], wording: Wording) -> list[str]:
    """Which is first by price, by size, or by what the descriptions say of her need."""
    spoken = " ".join(norms_of(request.text))
    told: list[str] = []
    if ASKS_PRICE.search(spoken):
        told.append(_cheapest(found, wording))
    if ASKS_SIZE.search(spoken):
        biggest = _biggest(found)
        variants = BIGGEST if biggest else NO_SIZE
        told.append(wording.pick("biggest", variants, {"name": biggest.name if biggest else ""}))
    need = _need(request, [each.offer.product for each in found])
    if need.words:
        told += _by_need(need, [each.offer.product for each in found])
    if not told and ASKS_BETTER.search(spoken):
        told.append(wording.pick("depends", DEPENDS))
    return told


def _cheapest(found: Sequence[Compared], wording: Wording) -> str:
    offer = min((each.offer for each in found), key=lambda offer: offer.price.amount)
    words = {"name": offer.product.name, "price": format_brl(offer.price)}
    return wording.pick("cheapest", CHEAPEST, words)


def _biggest(found: Sequence[Compared]) -> Product | None:
    """By the size in the name, where all are measured alike and one is bigger than the others."""
    sizes = [_size(each.offer.product) for each in found]
    known = [size for size in sizes if size is not None]
    if len(known) < len(found) or len({unit for _, unit in known}) > 1:
        return None
    most = max(amount for amount, _ in known)
    first = [each.offer.product for each, size in zip(found, known, strict=True) if size[0] == most]
    return first[0] if len(first) == 1 else None


def _size(product: Product) -> tuple[Decimal, str] | None:
    sizes = [norm for norm in norms_of(product.name) if is_size(norm)]
    match = FIGURE.fullmatch(sizes[-1]) if sizes else None
    return (Decimal(match[1]), match[2]) if match else None


def _need(request: Request, products: Sequence[Product]) -> Need:
    """What is left of the question besides the names: "pele oleosa"."""
    named = keys_of(word for product in products for word in told_words(product.name))
    need = need_of(request.text)
    words = tuple(word for word in need.words if not keys_of((word,)) & (named | NO_NEED))
    told = keys_of(words) - LIGHT_KEYS
    said = " ".join(words) if told else ""
    return Need(words if told else (), said)


def _by_need(need: Need, products: Sequence[Product]) -> list[str]:
    what = quoted(need.said)
    stated = {product.id: stated_in(product, need.said) for product in products}
    lines = [
        SAYS.format(what=what, name=product.name, told=" ".join(stated[product.id]))
        for product in products
        if stated[product.id]
    ]
    silent = [f"**{product.name}**" for product in products if not stated[product.id]]
    return [*lines, SILENT.format(what=what, names=" e ".join(silent))] if silent else lines
