"""Every price and stock figure in a draft is a fact that was read for this conversation (promise P8)."""

from __future__ import annotations

import re
from decimal import Decimal

from chatwootai.domain.ledger import FactKind, Ledger

PRICE = re.compile(r"R\$\s*(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d{1,2}))?")
APART = r"(?<![\w.,])(?<!R\$)(?<!R\$\s)"
ENDS = r"(?!\w|[.,]\d|\$)"
STOCK = re.compile(r"(\d+)\s*(?:unidades?|peças?|itens|item)\b", re.IGNORECASE)


def ungrounded(text: str, ledger: Ledger) -> tuple[str, ...]:
    """The figures of `text` that no fact of the turn backs, as they were written.

    Names that were read may hold figures of their own ("Kit 3 peças") and are not looked into, where they
    stand by themselves: a coupon called "129" hides no "R$ 129,90".
    """
    for name in sorted(ledger.texts(), key=len, reverse=True):
        if name.strip() and name in text:
            text = re.sub(rf"{APART}{re.escape(name)}{ENDS}", " ", text)
    return (
        *_without_fact(_prices(text), ledger, FactKind.PRICE),
        *_without_fact(_stocks(text), ledger, FactKind.STOCK),
    )


def _without_fact(said: list[tuple[str, Decimal]], ledger: Ledger, kind: FactKind) -> list[str]:
    known = ledger.numbers(kind)
    return [written for written, amount in said if amount not in known]


def _prices(text: str) -> list[tuple[str, Decimal]]:
    return [
        (match.group(0), Decimal(f"{match.group(1).replace('.', '')}.{match.group(2) or '00'}"))
        for match in PRICE.finditer(text)
    ]


def _stocks(text: str) -> list[tuple[str, Decimal]]:
    return [(match.group(0), Decimal(match.group(1))) for match in STOCK.finditer(text)]
