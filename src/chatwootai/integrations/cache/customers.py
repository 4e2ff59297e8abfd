"""The customers, as the ERP knew them some seconds ago."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from pydantic import TypeAdapter

from chatwootai.domain.customers import Customer, Customers, NewCustomer
from chatwootai.integrations.cache.codec import Codec
from chatwootai.integrations.cache.keys import Kind, digest
from chatwootai.integrations.cache.shelves import Shelf
from chatwootai.integrations.cache.two_levels import TwoLevelCache

_CUSTOMERS = Codec(TypeAdapter[tuple[Customer, ...]](tuple[Customer, ...]))


class CachedCustomers:
    """`Customers` of one account, for greeting people by their name and finding their orders.

    Never give it to `hub.purchases` or `hub.bookings`. No change feed tells of customers: what people edit in
    the ERP is seen after two minutes. "Nobody" is never kept, so that nobody is entered twice for it.
    """

    def __init__(self, customers: Customers, cache: TwoLevelCache, account: str) -> None:
        self._customers = customers
        self._cache = cache
        self._shelf = Shelf(account, Kind.CUSTOMERS, _CUSTOMERS, seconds=120, alone=120, keeps=bool)

    async def by_phone(self, phone: str) -> Sequence[Customer]:
        return await self._by("phone", phone, self._customers.by_phone)

    async def by_email(self, email: str) -> Sequence[Customer]:
        return await self._by("email", email, self._customers.by_email)

    async def by_document(self, document: str) -> Sequence[Customer]:
        return await self._by("document", document, self._customers.by_document)

    async def create(self, key: str, customer: NewCustomer) -> Customer:
        """Whatever comes of it, everything is read anew: she may share a number with somebody who is kept."""
        try:
            return await self._customers.create(key, customer)
        finally:
            await self._cache.invalidate(self._shelf.account, Kind.CUSTOMERS)

    async def _by(
        self, what: str, value: str, read: Callable[[str], Awaitable[Sequence[Customer]]]
    ) -> Sequence[Customer]:
        async def load() -> tuple[Customer, ...]:
            return tuple(await read(value))

        return await self._cache.get(self._shelf, digest(what, value), load)
