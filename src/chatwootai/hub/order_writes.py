"""Writes to orders that end in something known: what got no answer is looked up by its key."""

from __future__ import annotations

from dataclasses import dataclass, replace

from chatwootai.domain.errors import BusinessRefusal, Refusal, RequestRefused
from chatwootai.domain.orders import Order, Orders, OrderState
from chatwootai.hub.agreements import Agreement, has_discount
from chatwootai.hub.lookups import Lookups
from chatwootai.hub.purchase_results import Refused


@dataclass(frozen=True, slots=True)
class OrderWrites:
    """Each raises `BusinessRefusal`, and `OutcomeUnknown` where nothing was found."""

    orders: Orders
    lookups: Lookups

    async def draft(self, agreement: Agreement) -> Order:
        key, items, coupon, note = agreement.key, agreement.items, agreement.coupon, agreement.note
        customer_id = agreement.customer_id
        if customer_id is None:
            raise ValueError(f"{key} is nobody's, and cannot be drafted")

        async def seen() -> Order | None:
            # The ERP takes a coupon in a call of its own: without its discount the draft is half made.
            found = await self.orders.find(key)
            is_whole = found is not None and (coupon is None or has_discount(found))
            return found if is_whole else None

        return await self.lookups.settle(
            lambda: self.orders.draft(key, customer_id, items, coupon=coupon, note=note), seen
        )

    async def confirm(self, order: Order) -> Order:
        async def seen() -> Order | None:
            found = await self.orders.get(order.id)
            return found if found and found.state is not OrderState.DRAFT else None

        try:
            return await self.lookups.settle(lambda: self.orders.confirm(order.id), seen)
        except RequestRefused as error:
            # The ERP refuses without a reason that could be told when somebody deleted it just now.
            if await self.orders.get(order.id) is None:
                raise BusinessRefusal(Refusal.ORDER_CANCELLED, order.code) from error
            raise

    async def cancel(self, order: Order) -> Order:
        async def seen() -> Order | None:
            found = await self.orders.get(order.id)
            return found if found and found.state is OrderState.CANCELLED else None

        return await self.lookups.settle(lambda: self.orders.cancel(order.id), seen)

    async def undo(self, order: Order, refused: Refused) -> Refused:
        """Cancel our order for this reason; where that is forbidden, the reason is why."""
        try:
            return replace(refused, order=await self.cancel(order))
        except BusinessRefusal as refusal:
            return Refused(refusal.reason, order=await self.orders.get(order.id) or order)
