"""A shop with goods, a bookable professional and a customer, spoken to over REST."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import aiohttp
from tests.fixtures.odoo import BELA, RunningOdoo, running_odoo
from tests.fixtures.odoo_shop import Rows

from chatwootai.simulators.odoo.settings import Login

ZONE = ZoneInfo("America/Sao_Paulo")
STOCK = 10


@dataclass(frozen=True)
class Stock:
    """The ids of what the shop has."""

    category: str
    lamp: int
    cut: int
    maria: int
    ana: int
    calendar: int
    coupon: int


@dataclass(frozen=True)
class Shop:
    """`lamp` costs R$ 70,00, from three on 59,90; `cut` takes 45 minutes; `ana` works Mondays 9-12, 13-17."""

    session: aiohttp.ClientSession
    odoo: RunningOdoo
    rows: Rows
    has: Stock
    login: Login = BELA

    def as_user(self, login: Login) -> Shop:
        return replace(self, login=login)

    async def ask(self, method: str, path: str, body: object = None, /, **query: object) -> tuple[int, Any]:
        """The status and the decoded body, None where there is none."""
        headers = {"X-API-Key": self.login.key}
        params = {name: str(value) for name, value in query.items()}
        async with self.session.request(
            method, self.odoo.url + path, json=body, headers=headers, params=params
        ) as response:
            text = await response.text()
            return response.status, (await response.json()) if text else None

    async def raw(self, method: str, path: str, body: bytes, **headers: str) -> tuple[int, Any]:
        """A body as it is, under JSON's content type and with the key."""
        sent = {"X-API-Key": self.login.key, "Content-Type": "application/json"} | headers
        async with self.session.request(
            method, self.odoo.url + path, data=io.BytesIO(body), headers=sent
        ) as response:
            return response.status, await response.json()

    async def done(self, method: str, path: str, body: object = None, /, **query: object) -> Any:
        """The body of a success."""
        status, answer = await self.ask(method, path, body, **query)
        assert status < 300, answer
        return answer

    async def refused(
        self, status: int, method: str, path: str, body: object = None, /, **query: object
    ) -> str:
        """All that a refusal of that status tells."""
        found, answer = await self.ask(method, path, body, **query)
        assert found == status, answer
        return " ".join([answer["detail"], *(f"{e['field']}: {e['message']}" for e in answer["errors"])])

    async def order(self, quantity: int = 1, **more: object) -> Any:
        """Make a draft for lamps."""
        items = [{"product_id": self.has.lamp, "quantity": quantity}]
        return await self.done("POST", "/orders", {"customer_id": self.has.maria, "items": items} | more)

    def booking(self, start: datetime, **more: object) -> dict[str, object]:
        """The body of an appointment."""
        return {
            "service_id": self.has.cut,
            "professional_id": self.has.ana,
            "customer_id": self.has.maria,
            "starts_at": start.isoformat(),
        } | more

    async def slots(self, first: date, last: date | None = None, **more: object) -> list[str]:
        """When the service is free, as "dd/mm hh:mm"."""
        named = {"service_id": self.has.cut, "date_from": first, "date_to": last or first} | more
        page = await self.done("GET", "/appointments/available-slots", limit=200, **named)
        return [f"{datetime.fromisoformat(slot['starts_at']):%d/%m %H:%M}" for slot in page["items"]]


def monday() -> date:
    """The Monday after next: always to come."""
    today = datetime.now(ZONE).date()
    return today + timedelta(days=14 - today.weekday())


def at(day: date, clock: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), ZONE)


def furnish(rows: Rows) -> Stock:
    """Put the shop into the tables."""
    category = rows.category("Artigos de teste")
    lamp = rows.product("Luminária", "70.00", category, default_code="LUM-1")
    warehouse = rows.value("SELECT min(id) FROM erp.warehouses WHERE company_id = %s", rows.company)
    assert isinstance(warehouse, int)
    rows.stock(lamp, warehouse, STOCK)
    retail = rows.price_list("Varejo", sequence=0)
    rows.add("public.price_list_items", price_list_id=retail, applied_on="1_product", product_id=lamp,
             min_quantity=3, fixed_price="59.90")  # fmt: skip
    cut = rows.product("Corte", "120.00", category, kind="service", is_storable=False)
    rows.add("public.services", id=cut, duration_minutes=45)
    discount = rows.product("Desconto", "0", category, kind="service", is_storable=False, sale_ok=False)
    calendar = rows.add("erp.calendars", company_id=rows.company, name="Horário comercial")
    for opens, closes, period in ((9, 12, "morning"), (12, 13, "lunch"), (13, 17, "afternoon")):
        rows.add("public.working_hours", calendar_id=calendar, name="Segunda", weekday=0, hour_from=opens,
                 hour_to=closes, day_period=period)  # fmt: skip
    ana = _professional(rows, "Ana Prado", calendar, cut)
    maria = rows.customer("Maria da Silva", email="maria@example.com", phone="(11) 98765-4321",
                          phone_sanitized="+5511987654321")  # fmt: skip
    return Stock("Artigos de teste", lamp, cut, maria, ana, calendar, rows.coupon(discount, "BEMVINDA"))


def _professional(rows: Rows, name: str, calendar: int, service: int) -> int:
    partner = rows.add("erp.partners", name=name, company_id=rows.company)
    user = rows.add("erp.users", login="ana.prado@bela.example", name=name, partner_id=partner,
                    company_id=rows.company, company_ids=[rows.company], groups=["internal"])  # fmt: skip
    professional = rows.add("public.professionals", company_id=rows.company, name=name, user_id=user,
                            calendar_id=calendar)  # fmt: skip
    # A table without ids.
    rows.value(
        "WITH o AS (INSERT INTO public.professional_services VALUES (%s, %s) RETURNING 1) SELECT 1 FROM o",
        professional,
        service,
    )
    return professional


@asynccontextmanager
async def rest_shop(database: str, series: int = 18) -> AsyncIterator[Shop]:
    """The shop of company 1, served."""
    async with running_odoo(database, series=series) as odoo, aiohttp.ClientSession() as session:
        rows = Rows(database)
        yield Shop(session, odoo, rows, furnish(rows))
