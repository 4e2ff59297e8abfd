"""What a customer says, taken apart: the things she names, in the domain's types."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from enum import StrEnum


class PartOfDay(StrEnum):
    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"


@dataclass(frozen=True, slots=True)
class Moment:
    """A day, a time, or both, as she said it, resolved against today in the shop's zone.

    `days` are the days that it may mean, in order: one for "quarta", several for "fim de semana" or "semana
    que vem", none where she named only a time. `at` is the time of day; `part` stands for "de manhã" and the
    like, where no time is named; `not_before` and `not_after` for "depois das 15h", "até as 10". `sure` is
    false where Brazilians themselves would ask back ("quinta que vem", "dia 5 às 8"). `said` are her words.
    """

    said: str
    days: tuple[date, ...] = ()
    at: time | None = None
    part: PartOfDay | None = None
    not_before: time | None = None
    not_after: time | None = None
    sure: bool = True


class Impossible(StrEnum):
    """Something that cannot be, so that it is refused kindly instead of being guessed at."""

    DAY = "day"
    """31 de fevereiro."""
    TIME = "time"
    """Às 25h."""
    PAST = "past"
    """Ontem."""
    QUANTITY = "quantity"
    """-3, 0."""


@dataclass(frozen=True, slots=True)
class Amount:
    """Money she names. `at_most` for "até 100", `at_least` for "acima de 50", neither for "de 80 reais"."""

    value: Decimal
    at_most: bool = False
    at_least: bool = False


@dataclass(frozen=True, slots=True)
class Quantity:
    """A count and the words after it: 3 "cremes". `said` as written ("três", "meia dúzia de")."""

    value: int
    said: str
    of: str = ""


@dataclass(frozen=True, slots=True)
class Entities:
    """Everything of one text, in the order in which it was said.

    `phones` are E.164; `documents` are valid CPF and CNPJ without punctuation, `bad_documents` look like one
    and fail its check digits. `order_codes` are in capitals ("S00027"); a bare number counts as one only
    after a word such as "pedido". `coupons` are in capitals. `names` are people's names that she gives as
    such ("me chamo Ana Souza", "é para o João"). `postal_codes` are eight digits. `for_whom` is the relation
    for whom she speaks ("mãe", "filho"), "" for herself.
    """

    moments: tuple[Moment, ...] = ()
    impossible: tuple[Impossible, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    amounts: tuple[Amount, ...] = ()
    order_codes: tuple[str, ...] = ()
    coupons: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    bad_documents: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    postal_codes: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    for_whom: str = ""


class Assent(StrEnum):
    """How a text answers a question that asks for a yes."""

    YES = "yes"
    """An unreserved yes, and nothing else that would change what was asked."""
    NO = "no"
    CHANGE = "change"
    """ "sim, mas duas unidades", "pode ser, só que às 15h": a yes to something else than what was shown."""
    LATER = "later"
    """ "vou pensar", "depois te falo"."""
