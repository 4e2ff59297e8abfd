"""Money that she names: what `brazil.money` finds, amounts in words, and numbers that a limit makes money."""

from __future__ import annotations

import re
from decimal import Decimal

from chatwootai.brazil.money import find_amounts
from chatwootai.crews.understanding.numerals import NAME, number
from chatwootai.crews.understanding.readable import Readable, Span
from chatwootai.domain.requests import Amount

CURRENCY = r"(?:reais|real|contos?|pilas?|paus?|mangos?)"
SPELLED = re.compile(
    rf"\b(?P<words>(?:(?:cento|duzentos|trezentos|quatrocentos|quinhentos) e )?{NAME}(?: mil)?|mil) (?:de )?"
    rf"{CURRENCY}\b"
)
HUNDREDS = re.compile(r"^(cento|duzentos|trezentos|quatrocentos|quinhentos) e ")
PLAIN = r"(?P<{}>[0-9]{{2,5}}(?:,[0-9]{{2}})?)(?![\w/:%\x00]|[.,][0-9])"
NOT_MONEY_AFTER = (
    r"(?!,? ?(?:e|a|ou) ?[0-9]{1,2} ?h)(?! (?:ml|g|kg|litros?|metros?|cm|h|hs|hrs|horas?|min|minutos?|dias?"
    r"|semanas?|m[eê]s|meses|anos?|un|unidades?|pessoas|pecas|vezes|parcelas|x|da (?:manha|tarde|noite)"
    r"|d[aeo]s? \w+|cremes?|kits?)\b)"
)
AT_MOST = re.compile(
    r"\b(?:ate(?: uns| umas)?|no maximo|maximo(?: de)?|menos d[eo]|abaixo d[eo]|nao passe d[eo]|limite(?: de"
    r"| eh)?|por menos de|no max|max|teto(?: de)?|nao mais (?:que|de)|inferior a) (?:(?:os|a|uns) )?"
    + PLAIN.format("value")
    + NOT_MONEY_AFTER
)
AT_LEAST = re.compile(
    r"\b(?:acima d[eo]|mais d[eo]|a partir d[eo]|no minimo|minimo(?: de)?|pelo menos|superior a) "
    + PLAIN.format("value")
    + NOT_MONEY_AFTER
)
ABOUT = re.compile(
    r"\b(?:uns|por volta de|em torno de|na faixa d[eo]s?|cerca de|orcamento (?:de|eh)|gastar(?: uns)?"
    r"|pagar(?: uns)?|por|custa(?:va)?|valor(?: de| eh)?) " + PLAIN.format("value") + NOT_MONEY_AFTER
)
BETWEEN = re.compile(
    r"\b(?P<lead>entre|de|na faixa de|na faixa entre) (?:r\$ ?)?"
    + PLAIN.format("value")
    + r" (?:e|a|ate) (?:r\$ ?)?"
    + PLAIN.format("value2")
    + NOT_MONEY_AFTER
)
LEAST_BARE = 25
"""Smaller bare numbers may be hours, and those up to 31 after "dia" were read as days."""
LIMIT_BEFORE = re.compile(
    r"\b(?P<most>ate|no maximo|maximo|menos d[eo]|abaixo d[eo]|limite|no max|max|teto|nao passe d[eo]"
    r"|inferior a)(?: uns| umas| os| de| eh| a)* ?$|\b(?P<least>acima d[eo]|mais d[eo]|a partir d[eo]"
    r"|no minimo|minimo|pelo menos|superior a)(?: uns| os| de)* ?$"
)
LIMIT_AFTER = re.compile(
    r" ?(?:(?P<most>(?:para|pra) baixo|ou menos|no maximo)|(?P<least>(?:para|pra) cima|ou mais|no minimo))\b"
)
REACH = 24


def read_amounts(text: Readable) -> tuple[tuple[tuple[int, Amount], ...], tuple[Span, ...]]:
    """Amounts with their places, in order, and the spans that they take up."""
    found: dict[Span, Amount] = {}
    for money in find_amounts(text.surface):
        found[money.start, money.end] = _limited(money.value, text.folded, money.start, money.end)
    for match in SPELLED.finditer(text.folded):
        if not _overlaps(match.span(), found):
            found[match.span()] = _limited(Decimal(_spelled(match["words"])), text.folded, *match.span())
    for match in BETWEEN.finditer(text.folded):
        first, second = _plain(match["value"]), _plain(match["value2"])
        if LEAST_BARE <= first < second and not _overlaps(match.span(), found):
            found[match.span("value")] = Amount(first, at_least=True)
            found[match.span("value2")] = Amount(second, at_most=True)
    for pattern, most, least in ((AT_MOST, True, False), (AT_LEAST, False, True), (ABOUT, False, False)):
        for match in pattern.finditer(text.folded):
            value = _plain(match["value"])
            if value >= LEAST_BARE and not _overlaps(match.span("value"), found):
                found[match.span("value")] = Amount(value, at_most=most, at_least=least)
    ordered = _bounds(text.folded, sorted(found.items()))
    return tuple((span[0], amount) for span, amount in ordered), tuple(span for span, _ in ordered)


def _bounds(folded: str, ordered: list[tuple[Span, Amount]]) -> list[tuple[Span, Amount]]:
    """ "Entre 50 e 100 reais": the first is the least, the second the most."""
    for place in range(len(ordered) - 1):
        (first, low), (second, high) = ordered[place : place + 2]
        between = folded[first[1] : second[0]].strip()
        lead = re.search(r"\b(entre|de) ?$", folded[: first[0]])
        if lead and between in (("e",) if lead.group(1) == "entre" else ("a", "ate")):
            ordered[place] = (first, Amount(low.value, at_least=True))
            ordered[place + 1] = (second, Amount(high.value, at_most=True))
    return ordered


def _limited(value: Decimal, folded: str, start: int, end: int) -> Amount:
    limit = LIMIT_BEFORE.search(folded, max(0, start - REACH), start)
    after = LIMIT_AFTER.match(folded, end)
    return Amount(
        value,
        at_most=bool((limit and limit["most"]) or (after and after["most"])),
        at_least=bool((limit and limit["least"]) or (after and after["least"])),
    )


def _overlaps(span: Span, found: dict[Span, Amount]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in found)


def _plain(said: str) -> Decimal:
    return Decimal(said.replace(",", "."))


def _spelled(words: str) -> int:
    thousands = words.endswith(" mil")
    words = words.removesuffix(" mil")
    hundreds = HUNDREDS.match(words)
    value = number(hundreds.group(1)) + number(words[hundreds.end() :]) if hundreds else number(words)
    return value * 1000 if thousands else value
