"""Instalments without interest, to the cent."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_DOWN

from chatwootai.brazil.money import format_brl
from chatwootai.domain.money import CENT, Money
from chatwootai.domain.profiles import PaymentRules


@dataclass(frozen=True, slots=True)
class Instalments:
    """`count` payments that add up to the total: `first` carries the cents that do not part evenly."""

    count: int
    first: Money
    others: Money

    @property
    def total(self) -> Money:
        return Money(self.first.amount + self.others.amount * (self.count - 1), self.first.currency)


def instalments_of(total: Money, rules: PaymentRules) -> Instalments | None:
    """The most instalments that the shop grants for this total, None for a single payment.

    None of them is smaller than the shop's least instalment.
    """
    granted = (instalments_in(total, rules, count) for count in range(rules.instalments, 1, -1))
    return next((found for found in granted if found is not None), None)


def instalments_in(total: Money, rules: PaymentRules, count: int) -> Instalments | None:
    """So many instalments of this total, None where the shop does not grant them. `count` is two or more."""
    since = rules.instalments_from
    if count > rules.instalments or (since is not None and total.amount < since.amount):
        return None
    least = rules.least_instalment.amount if rules.least_instalment is not None else CENT
    others = (total.amount / count).quantize(CENT, rounding=ROUND_DOWN)
    if others < max(least, CENT):
        return None
    first = total.amount - others * (count - 1)
    return Instalments(count, Money(first, total.currency), Money(others, total.currency))


def spoken(instalments: Instalments) -> str:
    """ "3x de R$ 30,24 sem juros", with the first apart where it differs."""
    count, first, others = instalments.count, format_brl(instalments.first), format_brl(instalments.others)
    if instalments.first == instalments.others:
        return f"{count}x de {others} sem juros"
    return f"{count}x sem juros: a 1ª de {first} e as outras de {others}"
