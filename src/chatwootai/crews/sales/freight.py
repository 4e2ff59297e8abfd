"""What delivering costs, by the rules of the shop's profile."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

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
    served = [_quote(each, goods) for each in rules.freights if _serves(each, postal_code)]
    priced = [quote for quote in served if quote.price is not None]
    return tuple(
        quote
        for place, quote in enumerate(priced)
        if not any(_beats(other, quote, earlier=rank < place) for rank, other in enumerate(priced))
    ) or tuple(served)


def depends_on_discounts(freight: Freight, goods: Money) -> bool:
    """Whether a discount on these goods may make the difference between free and not."""
    return freight.free_from is not None and goods.amount >= freight.free_from.amount


def days(quote: FreightQuote) -> str:
    """ "1 a 2 dias úteis", "1 dia útil" """
    alone = quote.most_days == 1
    kind = ("dia útil" if alone else "dias úteis") if quote.working_days else ("dia" if alone else "dias")
    if quote.least_days == quote.most_days:
        return f"{quote.most_days} {kind}"
    return f"{quote.least_days} a {quote.most_days} {kind}"


def chosen_of(quotes: Sequence[FreightQuote], name: str) -> FreightQuote | None:
    """The way that she chose, or the only one."""
    if len(quotes) == 1:
        return quotes[0]
    return next((quote for quote in quotes if quote.name == name), None)


def _serves(freight: Freight, postal_code: str) -> bool:
    ranges = freight.postal_codes
    return not ranges or any(first <= postal_code <= last for first, last in ranges)


def _quote(freight: Freight, goods: Money) -> FreightQuote:
    price = freight.price
    if price is not None and depends_on_discounts(freight, goods):
        price = Money(Decimal(0), price.currency)
    return FreightQuote(freight.name, price, freight.least_days, freight.most_days, freight.working_days)


def _beats(other: FreightQuote, quote: FreightQuote, *, earlier: bool) -> bool:
    if other is quote or other.price is None or quote.price is None:
        return False
    if other.working_days != quote.working_days or other.price.amount > quote.price.amount:
        return False
    if other.least_days > quote.least_days or other.most_days > quote.most_days:
        return False
    return earlier or replace(other, name=quote.name) != quote
