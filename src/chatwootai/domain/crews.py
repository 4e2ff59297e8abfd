"""Ports between the hub and its crews."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from chatwootai.domain.conversations import Conversation, Message
from chatwootai.domain.ledger import Ledger
from chatwootai.domain.outcomes import Handoff, Reply
from chatwootai.domain.profiles import Profile
from chatwootai.domain.requests import Assent, Entities

Json = str | int | bool | None | Sequence["Json"] | Mapping[str, "Json"]

Memory = Mapping[str, Json]
"""What a conversation must remember until the next turn; plain JSON values, no floats."""


class CrewName(StrEnum):
    SALES = "sales"
    SUPPORT = "support"
    SCHEDULING = "scheduling"
    INFO = "info"


class Intent(StrEnum):
    """What the customer wants. One message may hold several."""

    # Social.
    GREETING = "greeting"
    THANKS = "thanks"
    GOODBYE = "goodbye"
    SMALL_TALK = "small_talk"
    IDENTITY = "identity"
    """Whether she talks to a person or a machine, and its name."""
    INSULT = "insult"

    # Sales.
    PRICE = "price"
    STOCK = "stock"
    ADVICE = "advice"
    """What to buy for a need: skin, hair, a room, a present, a budget."""
    COMPARE = "compare"
    DETAILS = "details"
    """How a product is used, what is in it, whom it suits, its size."""
    BUY = "buy"
    """Buying, putting something into the cart, taking it out, closing the order."""
    CART = "cart"
    """What is in the cart, what it comes to."""
    USE_COUPON = "use_coupon"

    # Support.
    ORDER_STATUS = "order_status"
    """Where an order is, its tracking, that it has not arrived."""
    ORDER_LIST = "order_list"
    CANCEL_ORDER = "cancel_order"
    EXCHANGE = "exchange"
    """Exchange or return of something bought, money back."""
    WRONG_ITEM = "wrong_item"
    """Broken, leaking, expired, missing, or not what was ordered."""
    COMPLAINT = "complaint"
    INVOICE = "invoice"
    """Nota fiscal, receipt, second copy of a boleto."""

    # Scheduling.
    BOOK = "book"
    AVAILABILITY = "availability"
    """Which times are free for a treatment."""
    RESCHEDULE = "reschedule"
    CANCEL_BOOKING = "cancel_booking"
    MY_BOOKINGS = "my_bookings"
    LATE = "late"
    """She will be late, or missed her appointment."""
    PROFESSIONALS = "professionals"
    SERVICES = "services"
    """Which treatments there are."""
    INSURANCE = "insurance"
    PREPARATION = "preparation"
    """What to do before a procedure: fasting, what to bring, what to wear."""

    # Info.
    BUSINESS_HOURS = "business_hours"
    ADDRESS = "address"
    CONTACT = "contact"
    """Telephone, site, Instagram, parking."""
    PAYMENT = "payment"
    DELIVERY = "delivery"
    """Freight, how long it takes, where the shop delivers, picking up."""
    EXCHANGE_POLICY = "exchange_policy"
    """What the rule is, without an order of hers being meant; warranty, too."""
    PROMOTIONS = "promotions"
    """Promotions, discounts, which coupons there are."""
    LOYALTY = "loyalty"
    ABOUT = "about"
    """Jobs, wholesale, catalogue, photographs, and whatever else of the shop itself."""

    # To people, and the rest.
    HEALTH = "health"
    """A reaction, a symptom, whether something may be used by somebody pregnant or ill. Never advice."""
    PERSON = "person"
    ERASE_DATA = "erase_data"
    OTHER_LANGUAGE = "other_language"
    YES = "yes"
    NO = "no"
    ANSWER = "answer"
    """Says only what an open question of ours asked for: a day, a name, a choice, a product's bare name."""
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Request:
    """One thing the customer wants. `mention` is how she named the product, "" when she did not.

    `text` are her words for it, `message_id` the message in which they stand. `chosen` is the value of the
    choice that she took, "" for free text. `entities` are what `text` names. `assent` is how the message
    answers a question that asks for a yes, None where it does not.
    """

    intent: Intent
    crew: CrewName | None
    """None where no crew answers it: a person, or nothing understood."""
    text: str
    mention: str = ""
    message_id: int = 0
    chosen: str = ""
    entities: Entities = field(default_factory=Entities)
    assent: Assent | None = None


@dataclass(frozen=True, slots=True)
class Briefing:
    """All that a crew may know of a turn.

    `messages` are those of this turn, oldest first; `history` are earlier ones of the conversation,
    notes and activities left out. `now` is aware and in the shop's zone.
    """

    conversation: Conversation
    profile: Profile
    messages: tuple[Message, ...]
    now: datetime
    history: tuple[Message, ...] = ()
    memory: Memory = field(default_factory=dict)
    requests: tuple[Request, ...] = ()
    """All that was understood of the turn, by whichever crew it is answered; () until it is read."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A crew's answer to its requests, and what to remember. Nothing was sent yet."""

    outcome: Reply | Handoff
    memory: Memory = field(default_factory=dict)


class Understanding(Protocol):
    """Reads what a turn asks for."""

    def requests(self, briefing: Briefing) -> tuple[Request, ...]:
        """At least one request; `UNKNOWN` with no crew where nothing is understood."""
        ...


class Crew(Protocol):
    """Answers requests of its kind with its tools."""

    async def respond(self, requests: tuple[Request, ...], briefing: Briefing, ledger: Ledger) -> Draft:
        """Answer all of `requests` in one text. Facts read go into `ledger`.

        Raises `IntegrationError` when a system it needs does not answer.
        """
        ...

    async def resume(self, briefing: Briefing, ledger: Ledger) -> Draft | None:
        """The open question of this crew once more, after another crew answered something in between.

        None where nothing of this crew is open.
        """
        ...
