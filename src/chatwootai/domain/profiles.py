"""The profile of a business: who it is, when it is open, what its rules are, how it speaks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from decimal import Decimal
from enum import StrEnum
from zoneinfo import ZoneInfo

from chatwootai.domain.calendars import ServiceRule
from chatwootai.domain.money import Money

MonthDay = tuple[int, int]
"""Month and day of a holiday that comes every year."""


class Feast(StrEnum):
    """Days that move with Easter and are a holiday where a city has made them one."""

    CARNIVAL = "Carnaval"
    """Monday and Tuesday."""
    ASH_WEDNESDAY = "Quarta-feira de Cinzas"
    CORPUS_CHRISTI = "Corpus Christi"


@dataclass(frozen=True, slots=True)
class OpenPeriod:
    """From `opens` until `closes` on one day; `closes` is after `opens`, and neither crosses midnight."""

    opens: time
    closes: time


@dataclass(frozen=True, slots=True)
class BusinessHours:
    """When people are there. Weekdays as in `date.weekday()`: 0 is Monday. Times are in `zone`."""

    zone: ZoneInfo
    week: Mapping[int, tuple[OpenPeriod, ...]]
    closed_on: frozenset[date] = frozenset()
    """Extra closed days, besides the public holidays."""
    holidays_state: str | None = None
    """State (UF) whose public holidays close the shop; None for national holidays alone."""
    holidays_city: str | None = None
    """City of that state whose own holidays close the shop as well."""
    municipal_holidays: tuple[MonthDay | Feast, ...] | None = None
    """All holidays of the city, instead of those that are known of it; None for the known ones."""
    closed_on_holidays: bool = True


@dataclass(frozen=True, slots=True)
class HandoffRules:
    """Where conversations go. An agent wins over a team; with neither, anybody may take it."""

    team_id: int | None = None
    agent_id: int | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    """How else the shop is reached; each is told as it stands here."""

    phone: str | None = None
    whatsapp: str | None = None
    email: str | None = None
    site: str | None = None
    instagram: str | None = None
    parking: str | None = None


@dataclass(frozen=True, slots=True)
class Freight:
    """One way of delivering. It serves a postal code that lies in `postal_codes` (pairs of eight digits, ends
    included); without any, everywhere. `price` is None where a person has to quote it. From `free_from` on
    (total of the goods after discounts) it costs nothing. `least_days` and `most_days` are working days
    unless `working_days` is false."""

    name: str
    price: Money | None
    least_days: int
    most_days: int
    free_from: Money | None = None
    postal_codes: tuple[tuple[str, str], ...] = ()
    cities: tuple[str, ...] = ()
    """As told to customers, and to know a city that she names."""
    working_days: bool = True


@dataclass(frozen=True, slots=True)
class DeliveryRules:
    """`pickup` tells when and where an order can be fetched, None where it cannot."""

    freights: tuple[Freight, ...] = ()
    pickup: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class PaymentRules:
    """`instalments` are the most without interest, from a total of `instalments_from` on, none smaller than
    `least_instalment`. `pix_discount` is a percentage that people grant at the checkout: told, never
    computed into an order. `how` tells how one pays an order made here."""

    methods: tuple[str, ...] = ()
    instalments: int = 1
    instalments_from: Money | None = None
    least_instalment: Money | None = None
    pix_discount: Decimal | None = None
    how: str | None = None


@dataclass(frozen=True, slots=True)
class ExchangeRules:
    """Days since the customer received it. `regret_days` for what was bought at a distance and is unopened,
    `defect_days` for what is broken or wrong. `conditions` is told as it stands. `excluded` are categories or
    product codes that are exchanged for a defect alone."""

    regret_days: int = 7
    defect_days: int = 30
    conditions: str | None = None
    excluded: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BookingRules:
    """How appointments are made. `services` by the product's code in the ERP.

    Until `free_until` before it begins an appointment is moved or cancelled free; later at `late_fee` percent
    of the price, None where only people do it. `tolerance` is how late one may come. At most `daily_limit`
    appointments of one customer on a day, None without a limit. `preparation` by code.
    """

    services: Mapping[str, ServiceRule] = field(default_factory=dict)
    step: timedelta = timedelta(minutes=30)
    notice: timedelta = timedelta(hours=2)
    horizon: timedelta = timedelta(days=60)
    free_until: timedelta = timedelta(hours=24)
    late_fee: Decimal | None = None
    tolerance: timedelta = timedelta(minutes=15)
    daily_limit: int | None = None
    preparation: Mapping[str, str] = field(default_factory=dict)
    insurance: str | None = None
    """What is told of health plans; None where that is no question of this business."""


@dataclass(frozen=True, slots=True)
class Policy:
    """A rule of the house in words. `subject` is one of delivery, payment, exchange, warranty, hours,
    booking, promotion, loyalty, health, about. It holds from `valid_from` to `valid_until`, both included."""

    subject: str
    title: str
    text: str
    valid_from: date | None = None
    valid_until: date | None = None

    def is_valid(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_until is None or day <= self.valid_until
        )


@dataclass(frozen=True, slots=True)
class Faq:
    """`questions` are ways of asking, the first is the title."""

    questions: tuple[str, ...]
    answer: str


EMERGENCY = "Se for uma emergência, ligue agora para o SAMU (192) ou vá ao pronto-socorro mais próximo."


@dataclass(frozen=True, slots=True)
class HealthRules:
    """`emergency` is said to whoever reports a reaction or an emergency, before a person takes over."""

    emergency: str = EMERGENCY
    care: bool = False
    """Whether the business itself treats people (a clinic)."""


@dataclass(frozen=True, slots=True)
class Tone:
    """`forbidden` are words that replies never use. `close` speaks like a friend of the house, else politely
    and without exclamation marks."""

    close: bool = True
    forbidden: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ForeignTexts:
    """What is said in another language: a greeting that tells what the assistant can do there, and that a
    person takes over."""

    welcome: str
    handoff: str


@dataclass(frozen=True, slots=True)
class Profile:
    name: str
    """Short name: the file's stem."""
    business: str
    """As customers know it."""
    assistant: str
    """The name with which the bot introduces itself."""
    hours: BusinessHours
    handoff: HandoffRules = field(default_factory=HandoffRules)
    address: str | None = None
    currency: str = "BRL"
    emoji: bool = True
    """Whether replies may carry an emoji."""
    tone: Tone = field(default_factory=Tone)
    crews: frozenset[str] = frozenset({"sales", "support", "info"})
    """Values of `CrewName` that answer for this business."""
    contact: Contact = field(default_factory=Contact)
    delivery: DeliveryRules = field(default_factory=DeliveryRules)
    payment: PaymentRules = field(default_factory=PaymentRules)
    exchange: ExchangeRules = field(default_factory=ExchangeRules)
    booking: BookingRules = field(default_factory=BookingRules)
    health: HealthRules = field(default_factory=HealthRules)
    policies: tuple[Policy, ...] = ()
    faq: tuple[Faq, ...] = ()
    languages: Mapping[str, ForeignTexts] = field(default_factory=dict)
    """By language ("en", "es")."""
    examples: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Sentences of this business's customers by the value of their `Intent`, to learn from."""
    about: str | None = None
    """What the shop says of itself: wholesale, jobs, catalogue."""
    loyalty: str | None = None
    proposal_minutes: int = 15
    """How long a proposal waits for a yes and keeps its stock or slot."""
