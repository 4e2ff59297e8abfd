"""Which crew answers which intent."""

from __future__ import annotations

from typing import Final

from chatwootai.domain.crews import CrewName, Intent

_INTENTS: Final[dict[CrewName, tuple[Intent, ...]]] = {
    CrewName.SALES: (
        Intent.PRICE,
        Intent.STOCK,
        Intent.ADVICE,
        Intent.COMPARE,
        Intent.DETAILS,
        Intent.BUY,
        Intent.CART,
        Intent.USE_COUPON,
    ),
    CrewName.SUPPORT: (
        Intent.ORDER_STATUS,
        Intent.ORDER_LIST,
        Intent.CANCEL_ORDER,
        Intent.EXCHANGE,
        Intent.WRONG_ITEM,
        Intent.COMPLAINT,
        Intent.INVOICE,
    ),
    CrewName.SCHEDULING: (
        Intent.BOOK,
        Intent.AVAILABILITY,
        Intent.RESCHEDULE,
        Intent.CANCEL_BOOKING,
        Intent.MY_BOOKINGS,
        Intent.LATE,
        Intent.PROFESSIONALS,
        Intent.SERVICES,
        Intent.INSURANCE,
        Intent.PREPARATION,
    ),
    CrewName.INFO: (
        Intent.GREETING,
        Intent.THANKS,
        Intent.GOODBYE,
        Intent.SMALL_TALK,
        Intent.IDENTITY,
        Intent.BUSINESS_HOURS,
        Intent.ADDRESS,
        Intent.CONTACT,
        Intent.PAYMENT,
        Intent.DELIVERY,
        Intent.EXCHANGE_POLICY,
        Intent.PROMOTIONS,
        Intent.LOYALTY,
        Intent.ABOUT,
    ),
}
CREW_OF: Final[dict[Intent, CrewName]] = {
    intent: crew for crew, intents in _INTENTS.items() for intent in intents
}
"""Intents that are missing here belong to people."""

NAMING: Final = frozenset(
    {Intent.PRICE, Intent.STOCK, Intent.ADVICE, Intent.COMPARE, Intent.DETAILS, Intent.BUY}
)
"""Intents whose words may name a product."""

SALES: Final = frozenset({Intent.PRICE, Intent.STOCK})
"""Intents that keywords take apart product by product."""

SOCIAL: Final = frozenset(
    {Intent.GREETING, Intent.THANKS, Intent.GOODBYE, Intent.SMALL_TALK, Intent.INSULT, Intent.YES, Intent.NO}
)
"""What is said beside a wish, and is none."""
