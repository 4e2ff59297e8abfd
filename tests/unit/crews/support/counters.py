"""A shop whose people enter orders, and a customer who writes about them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from decimal import Decimal

from tests.fixtures.talking import PHONE, ZONE, Shop, Talk

from chatwootai.crews.dialogues.frontdesk import Frontdesk
from chatwootai.crews.support.crew import SupportCrew
from chatwootai.crews.understanding.reader import Reader
from chatwootai.domain.conversations import ChannelKind, Contact
from chatwootai.domain.crews import CrewName
from chatwootai.domain.customers import Customer
from chatwootai.domain.orders import Item, Order, PaymentState, Shipment, ShipmentState

READY, WAITING, DONE = ShipmentState.READY, ShipmentState.WAITING, ShipmentState.DONE


class Counter:
    """A shop whose people enter orders, and a customer who writes about them."""

    def __init__(self, name: str = "cosmeticos", channel: ChannelKind = ChannelKind.WHATSAPP) -> None:
        self.shop = Shop(name)
        self.shop.proposals.now = lambda: self.shop.now
        self.ana = self.shop.customer(document="52998224725")
        self.crew = SupportCrew(self.shop.desk)
        contact = Contact(1, "Ana Souza", PHONE if channel is ChannelKind.WHATSAPP else None)
        reader = Reader()
        self.talk: Talk = self.shop.talk(
            reader,
            {CrewName.SUPPORT: self.crew},
            Frontdesk(self.shop.leads),
            channel=channel,
            contact=contact,
        )

    def day(self, days: int) -> datetime:
        """Noon of a day so many days from today, in the shop's zone."""
        return datetime.combine(self.shop.now.date() + timedelta(days=days), time(12), ZONE)

    def order(
        self,
        *codes: str,
        placed: int = -3,
        shipments: tuple[Shipment, ...] = (Shipment(READY),),
        payment: PaymentState = PaymentState.NOT_INVOICED,
        of: Customer | None = None,
        locked: bool = False,
    ) -> Order:
        """Somebody enters an order of these goods and confirms it, so many days ago."""
        orders = self.shop.orders
        items = [Item(self.shop.product(code).id, Decimal(1)) for code in codes or ("SH-COCO-300",)]
        drafted = orders._enter("", (of or self.ana).id, orders._quote(items))
        confirmed = orders._confirm(drafted.id)
        orders._orders[drafted.id] = replace(
            confirmed, placed_at=self.day(placed), shipments=shipments, payment=payment, locked=locked
        )
        return orders._orders[drafted.id]

    def now(self, order: Order) -> Order:
        return self.shop.orders._orders[order.id]

    def left(self, days: int, **more: str) -> Shipment:
        """A shipment that left so many days ago."""
        return Shipment(DONE, self.day(days), self.day(days), **more)
