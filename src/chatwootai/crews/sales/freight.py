"""What delivering costs, by the rules of the shop's profile."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from chatwootai.crews.dialogues.freights import cost, serving
from chatwootai.domain.money import Money
from chatwootai.domain.profiles import DeliveryRules, Freight


@dataclass(frozen=True, slots=True)
class FreightQuote:
    """One way of delivering there. `price` is None where a person has to quote it."""

    name: str
    price: Money | None
    least_days: int
    most_days: int
    working_days: bool = True

    @property
    def is_free(self) -> bool:
        return self.price is not None and self.price.amount == 0


def quotes_for(postal_code: str, goods: Money, rules: DeliveryRules) -> tuple[FreightQuote, ...]:
    """The ways to a postal code (eight digits) worth choosing among, in the profile's order.

    `goods` is their total after discounts. What costs as much and takes as long as another way, or more, is
    left out, and so is what a person would have to quote where there is another.
    """
    served = [_quote(each, goods) for each in serving(rules, postal_code)]
    priced = [quote for quote in served if quote.price is not None]
    return tuple(
        quote
        for place, quote in enumerate(priced)
        if not any(_beats(other, quote, earlier=rank < place) for rank, other in enumerate(priced))
    ) or tuple(served)


def chosen_of(quotes: Sequence[FreightQuote], name: str) -> FreightQuote | None:
    """The way that she chose, or the only one."""
    if len(quotes) == 1:
        return quotes[0]
    return next((quote for quote in quotes if quote.name == name), None)


def _quote(freight: Freight, goods: Money) -> FreightQuote:
    return FreightQuote(
        freight.name, cost(freight, goods), freight.least_days, freight.most_days, freight.working_days
    )


def _beats(other: FreightQuote, quote: FreightQuote, *, earlier: bool) -> bool:
    if other is quote or other.price is None or quote.price is None:
        return False
    if other.working_days != quote.working_days or other.price.amount > quote.price.amount:
        return False
    if other.least_days > quote.least_days or other.most_days > quote.most_days:
        return False
    return earlier or replace(other, name=quote.name) != quote
