"""Buying: stock that is not oversold and orders that are placed once, although the ERP prevents neither.

Promises P4 and P11. Whatever decides happens alone with the products, in whatever process. The hold of a key
is given back at the very end: while it is there, a confirmed order of this key was not checked yet.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from chatwootai.domain.catalog import Catalog
from chatwootai.domain.errors import BusinessRefusal, Refusal
from chatwootai.domain.holds import HoldStore, StockClaim
from chatwootai.domain.money import Money
from chatwootai.domain.orders import Item, Order, OrderLine, Orders, OrderState
from chatwootai.hub.agreements import Agreement, merged, require_quantities
from chatwootai.hub.lookups import Lookups
from chatwootai.hub.order_writes import OrderWrites
from chatwootai.hub.purchase_results import Cancelled, Placed, Refused, Reserved
from chatwootai.hub.stock import Stock

__all__ = ["Cancelled", "Placed", "Purchases", "Refused", "Reserved"]


@dataclass(frozen=True, slots=True)
class Purchases:
    """One account's purchases. `hold_seconds` is how long a proposal keeps its units.

    A key is one proposal's, never used for another: the same call with the same key may be repeated whatever
    happened. Raises `ServiceUnavailable`, `RequestRefused`, and `OutcomeUnknown` when a write got no answer
    and was not found: the same call, later, ends right.
    """

    account: str
    orders: Orders
    catalog: Catalog
    holds: HoldStore
    hold_seconds: float = 900.0
    lookups: Lookups = field(default_factory=Lookups)

    async def reserve(
        self,
        key: str,
        customer_id: int | None,
        items: Sequence[Item],
        coupon: str | None = None,
        note: str = "",
    ) -> Reserved | Refused:
        """Price the items and keep their units for this key. A coupon is tried on a draft in the ERP.

        `note` tells the shop's people what else was agreed; give the same to `confirm`, for the draft of a
        coupon becomes the order. Without `customer_id` it is the price of a customer whom nobody knows;
        a coupon needs one.
        """
        require_quantities(items)
        agreement = Agreement(key, customer_id, merged(items), coupon, note=note)
        if not agreement.items:
            return Refused(Refusal.ORDER_EMPTY)
        async with self._alone(agreement):
            outcome = await self._reserve(agreement)
            if isinstance(outcome, Refused):
                await self.holds.release(self.account, key)
        return await self._advised(outcome, agreement) if isinstance(outcome, Refused) else outcome

    async def confirm(
        self,
        key: str,
        customer_id: int,
        items: Sequence[Item],
        accepted_total: Money,
        coupon: str | None = None,
        note: str = "",
    ) -> Placed | Refused:
        """Place the order to which the customer said yes: these items, for this total, or nothing.

        What was begun here is ended here: after an error call this again, not `reserve`.
        """
        require_quantities(items)
        agreement = Agreement(key, customer_id, merged(items), coupon, accepted_total, note)
        if not agreement.items:
            return Refused(Refusal.ORDER_EMPTY)
        async with self._alone(agreement):
            outcome = await self._confirm(agreement)
            await self.holds.release(self.account, key)
        return await self._advised(outcome, agreement) if isinstance(outcome, Refused) else outcome

    async def abandon(self, key: str) -> None:
        """Give back what a proposal keeps: the customer said no, or wants something else instead.

        Without it her own proposal is in the way of her next one. An order that was placed stays.
        """
        order = await self.orders.find(key)
        if order is not None and order.state is OrderState.DRAFT:
            await self._writes.undo(order, Refused(Refusal.ORDER_CANCELLED))
        await self.holds.release(self.account, key)

    async def cancel(self, order_id: int) -> Cancelled | Refused:
        """Cancel an order where that is allowed; one that is cancelled already is `Cancelled`."""
        order = await self.orders.get(order_id)
        if order is None:
            return Refused(Refusal.UNKNOWN_RECORD)
        try:
            cancelled = await self._writes.cancel(order)
        except BusinessRefusal as refusal:
            return Refused(refusal.reason, order=await self.orders.get(order_id))
        if order.key:
            await self.holds.release(self.account, order.key)
        return Cancelled(cancelled)

    @property
    def _stock(self) -> Stock:
        return Stock(self.account, self.catalog, self.holds)

    @property
    def _writes(self) -> OrderWrites:
        return OrderWrites(self.orders, self.lookups)

    def _alone(self, agreement: Agreement) -> AbstractAsyncContextManager[None]:
        return self.holds.alone(self.account, agreement.subjects)

    async def _hold(self, key: str, claims: Sequence[StockClaim]) -> datetime | None:
        if not claims:
            return None
        hold = await self.holds.place(self.account, key, claims, timedelta(seconds=self.hold_seconds))
        return hold.expires_at

    async def _reserve(self, agreement: Agreement) -> Reserved | Refused:
        claims = await self._stock.claims(agreement)
        if isinstance(claims, Refused):
            return claims
        try:
            priced = await self._priced(agreement)
        except BusinessRefusal as refusal:
            return Refused(refusal.reason)
        if isinstance(priced, Refused):
            return priced
        lines, total = priced
        return Reserved(agreement.key, lines, total, await self._hold(agreement.key, claims))

    async def _priced(self, agreement: Agreement) -> tuple[tuple[OrderLine, ...], Money] | Refused:
        if agreement.coupon is None:
            quote = await self.orders.quote(agreement.items, customer_id=agreement.customer_id)
            return quote.lines, quote.total
        order = await self._writes.draft(agreement)
        broken = agreement.broken_by(order)
        if broken is Refusal.COUPON_NOT_APPLICABLE:
            return await self._writes.undo(order, Refused(broken))
        return Refused(broken, order=order) if broken else (order.lines, order.total)

    async def _confirm(self, agreement: Agreement) -> Placed | Refused:
        order = await self.orders.find(agreement.key)
        if order is not None and order.state is not OrderState.DRAFT:
            return await self._met_again(order, agreement)
        claims = await self._stock.claims(agreement)
        if isinstance(claims, Refused):
            return await self._unclaimed(agreement, claims)
        await self._hold(agreement.key, claims)
        try:
            return await self._place(order or await self._writes.draft(agreement), agreement)
        except BusinessRefusal as refusal:
            return Refused(refusal.reason, order=await self.orders.find(agreement.key))

    async def _unclaimed(self, agreement: Agreement, refused: Refused) -> Placed | Refused:
        order = await self.orders.find(agreement.key)
        if order is None:
            return refused
        if order.state is OrderState.DRAFT:
            return await self._writes.undo(order, refused)
        # An earlier run's confirmation came just now: it is ours that took the units.
        return await self._met_again(order, agreement)

    async def _place(self, order: Order, agreement: Agreement) -> Placed | Refused:
        broken = agreement.broken_by(order)
        if broken:
            return await self._writes.undo(order, Refused(broken))
        return await self._checked(await self._writes.confirm(order), agreement)

    async def _met_again(self, order: Order, agreement: Agreement) -> Placed | Refused:
        """An earlier run came this far, or a person did. What she changed, we do not undo."""
        broken = agreement.broken_by(order)
        if broken is Refusal.ORDER_CANCELLED:
            claims = await self._stock.claims(agreement)
            return replace(claims if isinstance(claims, Refused) else Refused(broken), order=order)
        if broken:
            return Refused(broken, order=order)
        if await self.holds.get(self.account, agreement.key) is None:
            return Placed(order)
        return await self._checked(order, agreement)

    async def _checked(self, order: Order, agreement: Agreement) -> Placed | Refused:
        """The order as it is now. Where others acted in the ERP in the same moment, ours yields."""
        now = await self.orders.get(order.id)
        if now is None:
            return Refused(Refusal.ORDER_CANCELLED)
        broken = agreement.broken_by(now)
        if broken:
            return await self._writes.undo(now, Refused(broken))
        if now.state is not OrderState.CONFIRMED:
            # A person took it back to a draft: hers now, and not sold.
            return Refused(Refusal.ORDER_CHANGED, order=now)
        product_id = await self._stock.oversold(agreement)
        if product_id is None:
            return Placed(now)
        undone = await self._writes.undo(now, Refused(Refusal.SOLD_OUT))
        if undone.reason is not Refusal.SOLD_OUT:
            return undone
        return replace(await self._stock.sold_out(product_id, agreement), order=undone.order)

    async def _advised(self, refused: Refused, agreement: Agreement) -> Refused:
        if refused.reason is not Refusal.SOLD_OUT or refused.product is None:
            return refused
        others = await self._stock.alternatives(refused.product.id, agreement)
        return replace(refused, alternatives=others)
