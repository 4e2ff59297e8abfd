"""Amounts of money in reais: written as Brazilians write them, and read in what customers type.

What is ambiguous is read so:

- "1.234" is a thousand and more, for the dot parts thousands here; "12.50" has cents, for two digits cannot.
- "1,234" is no amount: three decimals are no money, and a comma parts no thousands here.
- In a sentence a bare number counts when it has two decimals ("49,90"), one group of thousands ("1.234"), or
  stands after "10x de". Other whole numbers may be anything; `parse_brl` reads them where a price was asked.
- "12.50" may be the 12th or ten to one: only "dia 12.50" and "às 12.50" are held for those.
- "1,20 x 2,40" is a size, so "29,90 x 3" is passed over as well; "3x 29,90" is an amount.
- "rs" is laughter, unless it touches the number ("50rs"). Dollars and euros are no reais.
- Words ("cinquenta") are not read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from babel.numbers import format_currency

from chatwootai.domain.money import CENT, Money

NUMBER = (
    r"(?:[0-9]{1,3}(?:\.[0-9]{3}){1,3}(?:,[0-9]{1,2})?"
    r"|[0-9]{1,3}(?:,[0-9]{3}){1,3}\.[0-9]{2}"
    r"|[0-9]{1,9}(?:[.,][0-9]{1,2})?)"
)
"""At most twelve digits before the cents: longer ones are codes."""

SIGN = r"(?<![a-z])r?\$ *"
CURRENCY = r"(?: ?(?:de )?(?:reais|real|contos?|pilas?|paus?|mangos?|centavos?|brl)\b|(?<=[0-9])rs\b)"
TOKEN = re.compile(
    rf"(?:(?P<sign>{SIGN})|(?<![a-zà-ÿ0-9])(?<![0-9][.,/:])|(?<=[0-9]x))"
    rf"(?P<number>{NUMBER})(?![0-9]|[.,/:][0-9])"
    rf"(?: ?(?P<scale>mil|k|milhão|milhao|milhões|milhoes)\b)?"
    rf"(?P<currency>{CURRENCY})?"
    rf"(?: e (?P<cents>[0-9]{{1,2}}) centavos?\b)?"
    r"(?![a-zà-ÿ0-9])",
    re.IGNORECASE,
)
"""A number with all that may make it money."""

SCALES = {"mil": 1_000, "k": 1_000}
MILLION = 1_000_000

BARE = re.compile(
    r"(?!0[0-9])(?:[0-9]{1,6}[.,][0-9]{2}|[0-9]{1,3}\.[0-9]{3}|[0-9.]{5,},[0-9]{2}|[0-9,]{5,}\.[0-9]{2})"
)
BEFORE = re.compile(
    r"(?:\b(?:dias?|às|as|ás|pedido|número|numero|nº|n°|protocolo|código|codigo|ref|cep|cpf|rg"
    r"|tv|tela|monitor|resolução|vídeo|video|câmera|camera)[.:]?|[$€£#]|[0-9][.,][0-9]+ *[x×]|[0-9][-–]) *$",
    re.IGNORECASE,
)
"""What makes the bare number after it something else: a date, an hour, a code, a screen, a width."""

AFTER = re.compile(
    r" *(?:[%°ºª\"”]|[x×] *[0-9]|[-–][0-9]|(?:ml|l|lts?|litros?|gr?s?|gramas?|mg|kgs?|quilos?|mm|cm|m|m2|m²"
    r"|km|metros?|polegadas?|de (?:altura|largura|comprimento|profundidade)|h|hrs?|horas?|min|minutos?|dias?"
    r"|semanas?|m[eê]s|meses|anos?|un|und|unid|unidades?|p[çc]s?|peças?|pecas?|par|pares|caixas?|kits?|pessoas"
    r"|seguidores|vezes|parcelas|x|v|volts|w|watts|mah|gb|tb|mb|g?hz|pontos|estrelas|d[óo]lares|euros|usd)\b)",
    re.IGNORECASE,
)
"""What makes the bare number before it something else: a unit, another currency, a second measure."""

INSTALMENTS = re.compile(r"[0-9] ?x *(?:de|por) +$", re.IGNORECASE)
RANGE_BEGINS = re.compile(rf" *(?:a|e|até|ou|[-–]) *{NUMBER}{CURRENCY}", re.IGNORECASE)
RANGE_ENDS = re.compile(rf"{SIGN}{NUMBER} *(?:a|até|[-–]) *$", re.IGNORECASE)
REACH = 40
"""Characters before a number that can say what it is."""

SPACES = str.maketrans(dict.fromkeys("\u00a0\u2007\u2009\u202f\t\n\r", " "))
MARKUP = " *_~.!?"


@dataclass(frozen=True, slots=True)
class Amount:
    """Reais, to the cent and never negative, and where in the text they stand: from `start` up to `end`."""

    value: Decimal
    start: int
    end: int


def format_brl(amount: Decimal | Money) -> str:
    """ "R$ 1.234,50", with a plain space as people type it; money of another currency with its own sign.

    Raises ValueError for NaN and infinity.
    """
    if isinstance(amount, Decimal) and not amount.is_finite():
        raise ValueError(f"{amount} is no amount of money")
    money = amount if isinstance(amount, Money) else Money(amount)
    return format_currency(money.amount, money.currency, locale="pt_BR").translate(SPACES)


def parse_brl(text: str) -> Decimal | None:
    """The amount that the whole of `text` is, to the cent: "R$ 1.234,50", "50", "50 conto", "1,5 mil"."""
    match = TOKEN.fullmatch(text.translate(SPACES).strip(MARKUP))
    return _value(match) if match else None


def find_amounts(text: str) -> tuple[Amount, ...]:
    """Every amount in a sentence, in its order; sizes, dates, hours, telephones and codes are none."""
    plain = text.translate(SPACES)
    return tuple(
        Amount(_value(match), *match.span()) for match in TOKEN.finditer(plain) if _is_money(match, plain)
    )


def _is_money(match: re.Match[str], text: str) -> bool:
    if match["sign"] or match["currency"] or match["cents"]:
        return True
    start, end = match.span()
    reach = max(0, start - REACH)
    if RANGE_BEGINS.match(text, end):
        return True
    if AFTER.match(text, end):
        return False
    if RANGE_ENDS.search(text, reach, start) or INSTALMENTS.search(text, reach, start):
        return True
    if BEFORE.search(text, reach, start):
        return False
    return bool(match["scale"] or BARE.fullmatch(match["number"]))


def _value(match: re.Match[str]) -> Decimal:
    scale = (match["scale"] or "").lower()
    value = _decimal(match["number"]) * (SCALES.get(scale, MILLION) if scale else 1)
    if "centavo" in (match["currency"] or "").lower():
        value *= CENT
    return Money(value + Decimal(match["cents"] or 0) * CENT).amount


def _decimal(number: str) -> Decimal:
    head, mark, tail = number.rpartition("," if number.rfind(",") > number.rfind(".") else ".")
    if not mark or (mark == "." and len(tail) == 3):
        return Decimal(number.replace(".", ""))
    return Decimal(f"{head.replace('.', '').replace(',', '')}.{tail}")
