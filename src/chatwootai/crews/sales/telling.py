"""Sentences about prices and stock. Every figure comes from an offer; none is computed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from chatwootai.brazil.money import format_brl
from chatwootai.crews.dialogues.wording import Wording
from chatwootai.domain.catalog import Offer
from chatwootai.domain.crews import Intent
from chatwootai.domain.ledger import Fact, FactKind, Ledger


@dataclass(frozen=True, slots=True)
class Told:
    """An offer, what is wanted of it, and what may replace it when it is sold out."""

    offer: Offer
    wanted: frozenset[Intent]
    instead: tuple[Offer, ...] = ()


PRICES = (
    "**{name}** custa {price}.",
    "**{name}** sai por {price}.",
    "O preço de **{name}** é {price}.",
)
SOLD_OUT_PRICES = (
    "**{name}** custa {price}, mas está em falta no momento.",
    "**{name}** sai por {price}, só que no momento está em falta.",
)
IN_STOCK = (
    "Temos sim! **{name}** custa {price}, com {stock} em estoque.",
    "Tem sim! **{name}**, a {price} cada, e há {stock} em estoque.",
    "Sim! **{name}** sai por {price}; temos {stock} em estoque.",
)
LAST_ONE = (
    "Temos sim, mas é a última unidade: **{name}**, por {price}.",
    "Tem sim, e é a última unidade! **{name}** sai por {price}.",
)
FOR_SALE = (
    "Temos sim! **{name}** sai por {price}.",
    "Tem sim! **{name}**, por {price}.",
)
SOLD_OUT = (
    "Poxa, **{name}** está em falta no momento.",
    "No momento, **{name}** está em falta.",
)
INSTEAD = (
    "De parecido, temos {others}.",
    "Se servir, temos {others}.",
)
LIST_LEADS = ("Aqui vai:", "Olha só:", "Vamos lá:")


def record(offers: Sequence[Offer], ledger: Ledger) -> None:
    """Put the figures of these offers where the guardrails find them."""
    for offer in offers:
        subject = f"product:{offer.product.id}"
        ledger.facts.append(Fact(FactKind.TEXT, subject, offer.product.name))
        ledger.facts.append(Fact(FactKind.PRICE, subject, offer.price.amount))
        if offer.available is not None:
            ledger.facts.append(Fact(FactKind.STOCK, subject, offer.available))


def tell(told: Sequence[Told], wording: Wording) -> str:
    """All offers in one text, "" for none."""
    if len(told) == 1:
        return _sentence(told[0], wording)
    if not told:
        return ""
    lines = [_line(item) for item in told]
    named = {item.offer.product.id for item in told}
    missing = [item for item in told if not any(other.product.id in named for other in item.instead)]
    instead = [text for item in missing if (text := _instead(item, wording))]
    return "\n".join([wording.pick("list", LIST_LEADS), *lines, *instead])


def sold_out(offer: Offer) -> bool:
    """None is no stock kept, which is not the same as nothing left."""
    return offer.available is not None and offer.available <= 0


def _sentence(told: Told, wording: Wording) -> str:
    offer = told.offer
    words = {"name": offer.product.name, "price": format_brl(offer.price), "stock": _stock(offer)}
    slot, variants = _wording_of(told)
    sentences = [wording.pick(slot, variants, words), _instead(told, wording)]
    return " ".join(sentence for sentence in sentences if sentence)


def _wording_of(told: Told) -> tuple[str, Sequence[str]]:
    if sold_out(told.offer):
        return ("sold_out_price", SOLD_OUT_PRICES) if Intent.PRICE in told.wanted else ("sold_out", SOLD_OUT)
    if Intent.STOCK not in told.wanted:
        return "price", PRICES
    if told.offer.available == 1:
        return "last_one", LAST_ONE
    return ("in_stock", IN_STOCK) if _stock(told.offer) else ("for_sale", FOR_SALE)


def _line(told: Told) -> str:
    offer = told.offer
    parts = [format_brl(offer.price)]
    if sold_out(offer):
        parts.append("em falta no momento")
    elif Intent.STOCK in told.wanted:
        parts.append(_line_stock(offer))
    return f"• **{offer.product.name}**: {', '.join(part for part in parts if part)}"


def _line_stock(offer: Offer) -> str:
    if offer.available == 1:
        return "última unidade"
    stock = _stock(offer)
    return f"temos {stock}" if stock else "temos sim"


def _stock(offer: Offer) -> str:
    """ "12 unidades"; "" where there is no whole number to say, for a rounded one would be no fact."""
    available = offer.available
    if available is None or available != available.to_integral_value() or available <= 1:
        return ""
    return f"{available:.0f} unidades"


def _instead(told: Told, wording: Wording) -> str:
    if not told.instead:
        return ""
    others = " ou ".join(f"**{offer.product.name}** ({format_brl(offer.price)})" for offer in told.instead)
    return wording.pick("instead", INSTEAD, {"others": others})
