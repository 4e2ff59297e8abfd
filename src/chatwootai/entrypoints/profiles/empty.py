"""A shop of which only the profile is known: nothing to sell, no promotions, nobody in the books."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from chatwootai.domain.catalog import Offer, Product, StockLevel
from chatwootai.domain.customers import Customer, NewCustomer
from chatwootai.domain.errors import RequestRefused
from chatwootai.domain.promotions import Promotion
from chatwootai.hub.identities import Identities


class NoCatalog:
    """`Catalog` without products."""

    async def products(self) -> Sequence[Product]:
        return ()

    async def search(self, text: str, limit: int = 10) -> Sequence[Product]:
        return ()

    async def offers(
        self, product_ids: Sequence[int], *, customer_id: int | None = None, quantity: Decimal = Decimal(1)
    ) -> Sequence[Offer]:
        return ()

    async def stock(self, product_ids: Sequence[int]) -> Sequence[StockLevel]:
        return ()


class NoPromotions:
    """`Promotions` without any."""

    async def valid_on(self, day: date) -> Sequence[Promotion]:
        return ()

    async def points(self, customer_id: int) -> Decimal | None:
        return None


class NoCustomers:
    """`Customers` without anybody; nobody can be entered."""

    async def by_phone(self, phone: str) -> Sequence[Customer]:
        return ()

    async def by_email(self, email: str) -> Sequence[Customer]:
        return ()

    async def by_document(self, document: str) -> Sequence[Customer]:
        return ()

    async def create(self, key: str, customer: NewCustomer) -> Customer:
        raise RequestRefused("erp", "no ERP is connected")


class EmptyWindow:
    """`crews.desk.ShopWindow`."""

    catalog = NoCatalog()
    promotions = NoPromotions()
    identities = Identities(NoCustomers())
