"""What is really free: the ERP's stock without what is held for others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from chatwootai.domain.catalog import Catalog, Offer
from chatwootai.domain.errors import Refusal
from chatwootai.domain.holds import Hold, HoldStore, StockClaim
from chatwootai.domain.orders import Item
from chatwootai.hub.agreements import Agreement
from chatwootai.hub.purchase_results import Refused

MOST_ALTERNATIVES = 3
MOST_COMPARED = 50
"""Products of a category whose stock is read to find alternatives; more would delay the answer."""


@dataclass(frozen=True, slots=True)
class Stock:
    """The stock of one account. A key's own hold is never in its way."""

    account: str
    catalog: Catalog
    holds: HoldStore

    async def claims(self, agreement: Agreement) -> tuple[StockClaim, ...] | Refused:
        """What to hold of these items, those of which stock is kept, or why they cannot be had.

        Units that the key holds already may be had while the ERP has them: of two who hold the same ones,
        because stock was lost meanwhile, the first to confirm gets them.
        """
        ids = [item.product_id for item in agreement.items]
        found = {level.product.id: level for level in await self.catalog.stock(ids)}
        if found.keys() != set(ids):
            return Refused(Refusal.UNKNOWN_RECORD)
        held = await self.holds.stock_held(self.account, ids, ignoring=agreement.key)
        own = await self.holds.get(self.account, agreement.key)
        claims: list[StockClaim] = []
        for item in agreement.items:
            level = found[item.product_id]
            if level.available is None:
                continue
            free = _left(level.available, held[item.product_id])
            reachable = level.available if _holds(own, item) else free
            if reachable < item.quantity:
                return Refused(Refusal.SOLD_OUT, level.product, free, level.expected)
            claims.append(StockClaim(item.product_id, item.quantity))
        return tuple(claims)

    async def oversold(self, agreement: Agreement) -> int | None:
        """A product of which the ERP's orders promise more than there is."""
        levels = await self.catalog.stock([item.product_id for item in agreement.items])
        return next((level.product.id for level in levels if level.shortfall > 0), None)

    async def sold_out(self, product_id: int, agreement: Agreement) -> Refused:
        """The refusal of a product, with what is left of it now."""
        held = await self.holds.stock_held(self.account, [product_id], ignoring=agreement.key)
        for level in await self.catalog.stock([product_id]):
            free = _left(level.available or Decimal(0), held[product_id])
            return Refused(Refusal.SOLD_OUT, level.product, free, level.expected)
        return Refused(Refusal.SOLD_OUT)

    async def alternatives(self, product_id: int, agreement: Agreement) -> tuple[Offer, ...]:
        """Free products of the same category that were not asked for: enough first, then by price."""
        asked = {item.product_id: item.quantity for item in agreement.items}
        products = await self.catalog.products()
        category = next((product.category for product in products if product.id == product_id), "")
        same = [product.id for product in products if product.category == category != ""]
        others = [id_ for id_ in same if id_ not in asked][:MOST_COMPARED]
        offers = {offer.product.id: offer for offer in await self._free([product_id, *others], agreement)}
        regarded = offers.pop(product_id, None)
        if regarded is None:
            return ()

        def rank(offer: Offer) -> tuple[bool, Decimal]:
            is_scarce = offer.available is not None and offer.available < asked[product_id]
            return is_scarce, abs(offer.price.amount - regarded.price.amount)

        free = [offer for offer in offers.values() if offer.available is None or offer.available > 0]
        return tuple(sorted(free, key=rank)[:MOST_ALTERNATIVES])

    async def _free(self, product_ids: Sequence[int], agreement: Agreement) -> list[Offer]:
        offers = await self.catalog.offers(product_ids, customer_id=agreement.customer_id)
        held = await self.holds.stock_held(self.account, product_ids, ignoring=agreement.key)
        return [_without(offer, held[offer.product.id]) for offer in offers]


def _without(offer: Offer, held: Decimal) -> Offer:
    if offer.available is None:
        return offer
    return replace(offer, available=_left(offer.available, held))


def _left(available: Decimal, held: Decimal) -> Decimal:
    """The ERP knows nothing of holds, so more may be held than there still is."""
    return max(available - held, Decimal(0))


def _holds(hold: Hold | None, item: Item) -> bool:
    claims = hold.claims if hold else ()
    return any(
        isinstance(claim, StockClaim)
        and claim.product_id == item.product_id
        and claim.quantity >= item.quantity
        for claim in claims
    )
