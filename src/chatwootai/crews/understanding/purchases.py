"""Wishes to buy that also say how it is brought or paid: what is wanted, apart from the answers beside it.

"Quero 2 cremes, retiro na loja, pago no pix" asks neither about delivery nor about payment: it is one
purchase, and whoever sells reads the rest of the message.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from chatwootai.crews.understanding.concepts import concept_of
from chatwootai.crews.understanding.reading import Item
from chatwootai.crews.understanding.words import composed, norms_of, placed_words
from chatwootai.domain.crews import Intent

_BUYING: Final = re.compile(
    r"(?:(?:oi|ola|bom|boa|dia|tarde|noite|entao|eh|e|ah|tudo|bem|eu|beleza|ok) )*"
    r"(?:quero|queria|gostaria de|vou querer|me ve|me da|vou levar|levo|separa|pode separar"
    r"|preciso de)(?: (?:comprar|levar|pedir|encomendar))? "
    r"(?:\d+|um|uma|dois|duas|tres|quatro|cinco|seis|sete|oito|nove|dez) \w{2,}"
)
"""A wish with a quantity and a thing, at the beginning."""
_COUNTED: Final = re.compile(
    r"(?:(?:oi|ola|bom|boa|dia|tarde|noite|entao|eh|e|ah|tudo|bem|eu|beleza|ok) )*"
    r"(?:quero|queria|gostaria de|vou querer|me ve|me da|vou levar|levo|separa|pode separar|manda)"
    r"(?: (?:comprar|levar|pedir|encomendar))? (?:\d{1,3}|dois|duas|tres|quatro|cinco|seis|sete|oito"
    r"|nove|dez) (?:unidades? (?:d[eoa] )?|caixas? de |potes? de |frascos? de )?(?P<thing>[a-z]{3,})\b"
)
"""A wish with a number in it: "um" may be an article, and things wished for that are no goods."""
_TAKEN_OUT: Final = re.compile(
    r"(?:(?:oi|entao|ah|nao|pode|podem|quero|queria|e|por favor) )*"
    r"(?:tir|retir|remov|exclu)(?:a|ar|e|em|er|i|ir) "
    r"(?:(?:o|a|os|as|um|uma|ess[ea]s?|\d+) )+(?!(?:pedido|compra|encomenda|produto comprado)\b)\w{3,}.* "
    r"d[oae] (?:meu |minha )?(?:carrinho|pedido|sacola|cesta|compra|lista)\b"
)
_NO_GOODS: Final = re.compile(
    r"\b(?:informac\w+|ajuda|pessoa|atendente|orcamento|horario|consulta|frete|entrega|desconto|duvida|pedido)\b"
)
_BESIDE: Final = re.compile(
    r"(?:entreg\w+|retir\w+|busc\w+|peg(?:o|ar|ando)|frete|cep|pix|boleto|cartao|credito|debito|dinheiro"
    r"|pag(?:o|ar|ando|amento)|parcel\w+|cupom|envi(?:a|ar|em))"
)
"""Words with which the manner of delivery or payment begins, after the goods."""
_LEADING: Final = frozenset(
    {"para", "com", "de", "em", "no", "na", "por", "e", "vou", "quero", "pode", "vai", "ser", "a", "o", "um"}
)
_QUESTION: Final = re.compile(
    r"\b(?:aceita\w*|entregam|da para|tem|qual|quais|quanto|quando|como|onde|posso|voces?|demora|chega)\b"
)
_MANNER: Final = frozenset({Intent.DELIVERY, Intent.PAYMENT, Intent.EXCHANGE_POLICY})


def goods_in(said: str) -> str:
    """The part of a purchase that names the goods, "" where it is no purchase or names nothing else."""
    norms = " ".join(norms_of(said))
    if "?" in said or _BUYING.match(norms) is None or _QUESTION.search(norms):
        return ""
    text = composed(said)
    words = placed_words(text)
    place = next((place for place, each in enumerate(words) if _BESIDE.fullmatch(each.word.norm)), None)
    if place is None:
        return ""
    while place and words[place - 1].word.norm in _LEADING:
        place -= 1
    goods = text[: words[place].start].rstrip(" ,;.-")
    told = " ".join(norms_of(goods))
    return goods if _BUYING.match(told) and not _NO_GOODS.search(told) else ""


def parted(said: str) -> tuple[str, str]:
    """A purchase, and what is asked after it in one breath: "quero 1 creme, quanto fica o frete?"."""
    text = composed(said)
    words = placed_words(text)
    norms = [each.word.norm for each in words]
    for place in range(1, len(words)):
        ahead = " ".join(norms[place : place + 2])
        if _BESIDE.fullmatch(norms[place]) or _QUESTION.match(ahead):
            break
    else:
        return "", ""
    while place and norms[place - 1] in _LEADING:
        place -= 1
    goods, rest = text[: words[place].start].rstrip(" ,;.-"), text[words[place].start :]
    told = " ".join(norms_of(goods))
    bought = _BUYING.match(told) is not None and not _NO_GOODS.search(told)
    return (goods, rest) if bought and "?" in rest and "?" not in goods else ("", "")


def counts_goods(said: str) -> bool:
    """ "Quero 2 batons": a wish that counts what one may buy."""
    norms = " ".join(norms_of(said))
    match = _COUNTED.match(norms)
    if match is None or "?" in said or _NO_GOODS.search(norms) or _QUESTION.search(norms):
        return False
    return concept_of(match["thing"]) not in ("treatment", "day", "body", "professional", "kin")


def takes_out(said: str) -> bool:
    """ "Pode retirar o shampoo do pedido": an article of the cart is named."""
    return "?" not in said and _TAKEN_OUT.match(" ".join(norms_of(said))) is not None


def without_manners(items: Sequence[Item]) -> list[Item]:
    """The items of one text: beside a purchase, how it is brought or paid asks nothing of its own."""
    if not any(item.intent is Intent.BUY for item in items):
        return list(items)
    return [_only_said(item) if item.intent in _MANNER and not _asks(item) else item for item in items]


def _asks(item: Item) -> bool:
    return "?" in item.text or _QUESTION.search(" ".join(norms_of(item.text))) is not None


def _only_said(item: Item) -> Item:
    return replace(item, intent=Intent.UNKNOWN, asking=False, mention="", bare=False, elliptic=False)
