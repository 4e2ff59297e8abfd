"""The desk: all that the crews of one account work with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from chatwootai.domain.accounts import AccountId
from chatwootai.domain.calendars import Calendar
from chatwootai.domain.catalog import Catalog
from chatwootai.domain.customers import Customers
from chatwootai.domain.knowledge import KnowledgeBase
from chatwootai.domain.leads import Leads
from chatwootai.domain.orders import Orders, Quoting
from chatwootai.domain.promotions import Promotions
from chatwootai.hub.bookings import Bookings
from chatwootai.hub.closings import Closings
from chatwootai.hub.identities import Identities
from chatwootai.hub.purchases import Purchases


@dataclass(frozen=True, slots=True)
class Desk:
    """`catalog`, `customers`, `knowledge`, `promotions` and `quotes` may answer from a cache; `purchases`,
    `bookings` and `orders` never do."""

    account: AccountId
    catalog: Catalog
    customers: Customers
    identities: Identities
    knowledge: KnowledgeBase
    promotions: Promotions
    orders: Orders
    quotes: Quoting
    purchases: Purchases
    calendar: Calendar
    bookings: Bookings
    leads: Leads
    closings: Closings
    """From a yes to a written act."""


class ShopWindow(Protocol):
    """What can be told without writing anything: all that the info crew needs."""

    @property
    def catalog(self) -> Catalog: ...

    @property
    def promotions(self) -> Promotions: ...

    @property
    def identities(self) -> Identities: ...
