"""Everything that a customer names in one text: days and times, counts, money, codes, people."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime

from chatwootai.crews.understanding.amounts import read_amounts
from chatwootai.crews.understanding.identifiers import read_identifiers
from chatwootai.crews.understanding.moments import read_moments
from chatwootai.crews.understanding.people import for_whom, read_names
from chatwootai.crews.understanding.quantities import IMPOSSIBLE, read_quantities
from chatwootai.crews.understanding.readable import Readable, readable
from chatwootai.crews.understanding.words import UNIT
from chatwootai.domain.requests import Entities, Impossible, Quantity

SIZES = re.compile(
    rf"(?<![\w])[0-9]+(?:[.,/][0-9]+)? ?(?:{UNIT}|mg|km|m2|gb|tb|mah|w|v|volts?|watts?|hz|polegadas?|pol"
    rf"|anos?|%"
    r"|min|minutos?|graus|segundos?|centimetros?|mililitros?|comprimidos|capsulas)\b(?![/])"
    r"|(?<![\w])[0-9]+(?:[.,][0-9]+)? ?(?:%|º c|°|\")"
    rf"|\b(?:um|uma|dois|duas|tres|quatro|cinco|meio|dez) (?:litros?|metros?|quilos?|gramas?|minutos?|anos)\b"
    r"|(?<![\w])[0-9]+(?:[.,][0-9]+)? ?(?:x|×) ?[0-9]+(?:[.,][0-9]+)?(?: ?(?:cm|m|mm))?\b(?! ?reais)"
)
LABELLED = re.compile(
    r"\b(?:fps|fator|tom|cor|tam|tamanho|numero|num|no|n°|opcao|item|grau|nivel|tipo|apto|apartamento|ap"
    r"|casa|km|bloco|quadra|lote|andar|sala|modelo|ref|referencia|protocolo|linha|versao"
    r"|galaxy|iphone|calco|visto|peso|tenho|nota)(?:[.:]"
    r"|(?<=no)(?=[0-9 ]))? ?[a-z]?[0-9]+(?:[.,][0-9]+)?(?![\w/:])(?! ?h)(?! anos)"
)
NUMBERED = re.compile(r"\b(?:vitamina|vit|omega|coenzima)(?P<number> ?[a-z]?[0-9]{1,2})(?![\w/:])(?! ?h)")
"""What is counted, with the number that belongs to its name."""
AFTER_NAME = re.compile(
    r" (?:fps|fator) ?[0-9]{1,3}(?!\w)"
    r"|(?:(?<=vitamina)|(?<=coenzima)|(?<=omega)|(?<=vit)) ?[a-z]?[0-9]{1,2}(?!\w)"
)
INSTALMENTS = re.compile(
    r"(?<![\w])(?:em (?:ate )?|de (?:ate )?)?[0-9]{1,2} ?(?:x|vezes)\b(?! (?!no|na|sem|com|de|em|por|iguais"
    r"|r\$|ou|e|pra|para|fica|da|juros|cartao|credito|debito|tem|pode|s/)[a-z]{2})|(?<![\w])(?:duas|tres"
    r"|quatro|cinco|seis|dez|doze) vezes\b|(?<![\w])[0-9]{1,2} parcelas\b"
)
ADDRESS_NUMBER = re.compile(
    r"\b(?:rua|av|avenida|travessa|alameda|praca|rodovia"
    r"|estrada)\b\.? [^\n,0-9]{2,40},? (?:n[o°]?\.? ?)?[0-9]{1,5}\b"
)
COUNTED_HINT = re.compile(
    r"[0-9]|\b(?:um|uma|dois|duas|tres|quatro|cinco|seis|sete|oito|nove|dez|onze|doze|quinze|vinte|trinta"
    r"|cem|zero|duzia|par|mil)\b"
)
MONEY_HINT = re.compile(r"[0-9]|\b(?:reais|real|conto|contos|pila|pilas|paus?|mangos?)\b")


def read_entities(text: str, now: datetime) -> Entities:
    """What the first 1,500 characters of `text` name; `now` is aware and in the zone of the shop."""
    whole = readable(text)
    codes = read_identifiers(whole)
    rest = codes.rest
    amounts, spans = (
        read_amounts(rest.without_all(ADDRESS_NUMBER)) if MONEY_HINT.search(rest.folded) else ((), ())
    )
    rest = rest.without(spans).without_all(ADDRESS_NUMBER)
    rest = rest.without(match.span("number") for match in NUMBERED.finditer(rest.folded))
    rest = rest.without_all(INSTALMENTS, SIZES, LABELLED)
    moments = read_moments(rest, now)
    rest = rest.without(moments.spans)
    counted = read_quantities(rest) if COUNTED_HINT.search(rest.folded) else None
    impossible: tuple[Impossible, ...] = moments.impossible
    if counted is not None and counted.impossible:
        impossible = (*impossible, IMPOSSIBLE)
    return Entities(
        moments=moments.moments,
        impossible=impossible,
        quantities=tuple(_full(each, whole) for each in counted.quantities) if counted else (),
        amounts=tuple(amount for _, amount in amounts),
        order_codes=codes.order_codes,
        coupons=codes.coupons,
        documents=codes.documents,
        bad_documents=codes.bad_documents,
        phones=codes.phones,
        emails=codes.emails,
        postal_codes=codes.postal_codes,
        names=read_names(whole),
        for_whom=for_whom(whole),
    )


def _full(quantity: Quantity, whole: Readable) -> Quantity:
    """With the number that tells its kind apart: "2 protetor solar" of "2 protetor solar fps 50"."""
    start = whole.surface.find(quantity.of) if quantity.of else -1
    end = start + len(quantity.of)
    match = AFTER_NAME.match(whole.folded, end) if start >= 0 else None
    if match is None:
        return quantity
    return replace(quantity, of=whole.surface[start : match.end()])
