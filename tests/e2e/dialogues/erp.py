"""The shop's ERP as its people see it: what a customer has there, and what is for sale at what price."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import aiohttp
from tests.e2e.dialogues.scripts import ShopAct
from tests.fixtures.product import REPOSITORY, RunningProduct

from chatwootai.domain.calendars import Appointment, Service, Slot
from chatwootai.domain.catalog import Offer, Product
from chatwootai.domain.customers import NewCustomer
from chatwootai.domain.orders import Item, Order
from chatwootai.domain.profiles import Profile
from chatwootai.hub.scheduling import scheduling_rules
from chatwootai.integrations.odoo.access import OdooAccess
from chatwootai.integrations.odoo.calendars import OdooCalendar
from chatwootai.integrations.odoo.catalog import OdooCatalog
from chatwootai.integrations.odoo.client import OdooClient
from chatwootai.integrations.odoo.customers import OdooCustomers
from chatwootai.integrations.odoo.order_rows import OrderRows
from chatwootai.integrations.odoo.orders import OdooOrders
from chatwootai.integrations.odoo.values import Record, records
from chatwootai.integrations.profiles import load_profile

KEY = "CHATWOOTAI_ACCOUNTS__LOJA__ODOO__"


@dataclass(frozen=True, slots=True)
class Holdings:
    """All that the ERP has of one customer. `drafts` are orders that nobody confirmed."""

    known: bool
    orders: tuple[Order, ...]
    drafts: int
    appointments: tuple[Appointment, ...]
    leads: tuple[str, ...]


class Erp:
    """Reads, and enters what a scenario needs before it begins."""

    def __init__(self, product: RunningProduct, session: aiohttp.ClientSession, profile: str) -> None:
        self.profile: Profile = load_profile(REPOSITORY / "profiles" / f"{profile}.yaml")
        self.zone = self.profile.hours.zone
        access = OdooAccess(
            product.odoo, "odoo", product.secret(f"{KEY}LOGIN"), product.secret(f"{KEY}API_KEY")
        )
        self.client = OdooClient(session, access)
        self.catalog = OdooCatalog(self.client, zone=self.zone)
        self.customers = OdooCustomers(self.client)
        self.orders = OdooOrders(self.client)
        self.rows = OrderRows(self.client, "BRL")
        rules = scheduling_rules(self.profile, datetime.now(self.zone).date())
        self.calendar = OdooCalendar(self.client, rules, now=lambda: datetime.now(UTC))
        self._session = session
        self._url = product.odoo
        self._products: dict[str, Product] = {}
        self._services: dict[str, Service] = {}

    async def learn(self) -> None:
        """Read what is for sale; prices and stock are read when they are asked for."""
        self._products = {product.code: product for product in await self.catalog.products()}
        self._services = {service.code: service for service in await self.calendar.services()}

    def product(self, code: str) -> Product:
        return self._products[code]

    def service(self, code: str) -> Service:
        return self._services[code]

    def service_of(self, appointment: Appointment) -> str:
        """The code of what is booked, by its title."""
        titles = sorted(self._services.values(), key=lambda service: -len(service.name))
        return next((each.code for each in titles if each.name in appointment.title), "")

    async def offer(self, code: str, quantity: Decimal = Decimal(1)) -> Offer:
        (offer,) = await self.catalog.offers([self.product(code).id], quantity=quantity)
        return offer

    async def total(self, items: Mapping[str, Decimal]) -> Decimal:
        """What the ERP charges a newcomer for these goods, without freight and coupons."""
        wanted = [Item(self.product(code).id, quantity) for code, quantity in items.items()]
        return (await self.orders.quote(wanted)).total.amount

    async def change(self, act: ShopAct) -> None:
        """Set prices and stock, as people do in the ERP."""
        for code, quantity in act.stock.items():
            await self._change(code, {"stock_quantity": str(quantity)})
        for code, price in act.price.items():
            await self._change(code, {"list_price": str(price)})

    async def enter(self, key: str, customer: NewCustomer) -> int:
        return (await self.customers.create(key, customer)).id

    async def order(self, key: str, customer: int, items: Mapping[str, Decimal], *, delivered: bool) -> Order:
        """A confirmed order, whose goods have left the shop today if `delivered`."""
        wanted = [Item(self.product(code).id, quantity) for code, quantity in items.items()]
        draft = await self.orders.draft(key, customer, wanted)
        order = await self.orders.confirm(draft.id)
        if delivered:
            domain: list[object] = [["origin", "=", order.code]]
            pickings = await self.search("stock.picking", domain, ["id"])
            await self.client.write("stock.picking", "button_validate", [int(str(p["id"])) for p in pickings])
        return order

    async def booking(self, key: str, customer: int, name: str, code: str, *, soon: bool) -> Appointment:
        """Book the first free slot, from the day after tomorrow on unless it shall be `soon`."""
        service, now = self.service(code), datetime.now(UTC)
        if soon:
            person = (await self.calendar.professionals(service.id))[0]
            start = now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=2)
            slot = Slot(start, start + service.duration, person.id)
        else:
            start = now + timedelta(days=2)
            slot = (await self.calendar.slots(service.id, start, start + timedelta(days=20)))[0]
        return await self.calendar.book(key, service.id, slot, customer, f"{service.name} – {name}")

    async def holdings(self, customer: int | None, phone: str | None, name: str) -> Holdings:
        """What belongs to a customer: by her id if she was known, else by what she gives of herself."""
        ids = [customer] if customer else await self._ids(phone, name)
        leads = await self.search(
            "crm.lead",
            ["|", "|", ["partner_id", "in", ids], ["contact_name", "=", name], ["phone", "=", phone or "?"]],
            ["name", "description"],
        )
        told = tuple(f"{lead['name']}\n{lead['description'] or ''}" for lead in leads)
        if not ids:
            return Holdings(False, (), 0, (), told)
        orders = [order for id_ in ids for order in await self.orders.of_customer(id_, limit=50)]
        drafts = await self.search(
            "sale.order", [["partner_id", "in", ids], ["state", "in", ["draft", "sent"]]], ["id"]
        )
        now = datetime.now(UTC)
        appointments = [each for id_ in ids for each in await self.calendar.of_customer(id_, now)]
        return Holdings(True, tuple(orders), len(drafts), tuple(appointments), told)

    async def search(self, model: str, domain: list[object], fields: list[str]) -> list[Record]:
        answer = await self.client.read(model, "search_read", domain=domain, fields=fields)
        return records(answer)

    async def _change(self, code: str, figures: Mapping[str, str]) -> None:
        url = f"{self._url}/simulator/products/{self.product(code).id}"
        async with self._session.patch(url, json=figures) as response:
            response.raise_for_status()

    async def _ids(self, phone: str | None, name: str) -> list[int]:
        by_phone = [each.id for each in await self.customers.by_phone(phone)] if phone else []
        by_name = await self.search("res.partner", [["name", "=", name]], ["id"])
        return sorted({*by_phone, *(int(str(row["id"])) for row in by_name)})
