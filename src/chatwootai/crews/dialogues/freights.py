"""Which ways of delivering there are, and what one costs, by the profile's rules."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Protocol

from chatwootai.brazil.money import format_brl
from chatwootai.crews.understanding.words import fold
from chatwootai.domain.ledger import Fact, FactKind, Ledger
from chatwootai.domain.money import Money
from chatwootai.domain.profiles import DeliveryRules, Freight


class Lasting(Protocol):
    """A way of delivering, by how long it takes."""

    @property
    def least_days(self) -> int: ...

    @property
    def most_days(self) -> int: ...

    @property
    def working_days(self) -> bool: ...


def serving(rules: DeliveryRules, postal_code: str) -> tuple[Freight, ...]:
    """Those that reach a postal code (eight digits), in the profile's order."""
    return tuple(
        freight
        for freight in rules.freights
        if not freight.postal_codes
        or any(first <= postal_code <= last for first, last in freight.postal_codes)
    )


def named_city(rules: DeliveryRules, text: str) -> str | None:
    """The city of the profile that a text names."""
    said = f" {fold(text)} "
    cities = [city for freight in rules.freights for city in freight.cities]
    return next((city for city in cities if f" {fold(city)} " in said.translate(_BLANKS)), None)


def to_city(rules: DeliveryRules, city: str) -> tuple[Freight, ...]:
    """Those that reach a city which the profile names."""
    return tuple(freight for freight in rules.freights if city in freight.cities or not freight.postal_codes)


def everywhere(rules: DeliveryRules) -> tuple[Freight, ...]:
    """Those that reach all of Brazil."""
    return tuple(freight for freight in rules.freights if not freight.postal_codes and not freight.cities)


def cost(freight: Freight, goods: Money) -> Money | None:
    """What it costs to deliver goods of this total after discounts; None where a person has to quote it."""
    if freight.price is None:
        return None
    if depends_on_discounts(freight, goods):
        return Money(Decimal(0), freight.price.currency)
    return freight.price


def depends_on_discounts(freight: Freight, goods: Money) -> bool:
    """Whether goods of this total are brought for nothing: a discount on them may then cost the freight."""
    return freight.free_from is not None and goods.amount >= freight.free_from.amount


def days(way: Lasting) -> str:
    """ "3 a 8 dias úteis", "1 dia útil" """
    alone = way.most_days == 1
    kind = ("dia útil" if alone else "dias úteis") if way.working_days else ("dia" if alone else "dias")
    return (
        f"{way.most_days} {kind}"
        if way.least_days == way.most_days
        else f"{way.least_days} a {way.most_days} {kind}"
    )


def spoken_days(freight: Freight) -> str:
    """ "de 3 a 8 dias úteis", "até 1 dia útil" """
    if freight.least_days == freight.most_days or freight.most_days == 1:
        return f"até {days(freight)}"
    return f"de {days(freight)}"


def line(freight: Freight, ledger: Ledger) -> str:
    """ "**Correios PAC**: R$ 18,90, grátis a partir de R$ 199,00, de 3 a 8 dias úteis" """
    if freight.price is None:
        price = "valor sob orçamento com a equipe"
    elif freight.price.amount:
        price = format_brl(freight.price)
    else:
        price = "grátis"
    free = f", grátis a partir de {format_brl(freight.free_from)}" if freight.free_from else ""
    _record([freight.price, freight.free_from], freight, ledger)
    return f"**{freight.name}**: {price}{free}, {spoken_days(freight)}"


def _record(amounts: Sequence[Money | None], freight: Freight, ledger: Ledger) -> None:
    subject = f"freight:{freight.name}"
    ledger.facts.append(Fact(FactKind.TEXT, subject, freight.name))
    ledger.facts.extend(Fact(FactKind.PRICE, subject, amount.amount) for amount in amounts if amount)


_BLANKS = str.maketrans(dict.fromkeys("?!.,;:/-\n", " "))
