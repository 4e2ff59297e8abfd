"""The kinds of turns: what customers write, what must be in the answer, and with what the ERP is asked.

Every customer asks about another product or time, so that no answer lies ready in a cache.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import aiohttp

from bench.installation import Installation
from chatwootai.domain.catalog import Offer
from chatwootai.entrypoints.one_machine.environment import SAMPLE_LOGINS
from chatwootai.hub.scheduling import scheduling_rules
from chatwootai.integrations.odoo.access import OdooAccess
from chatwootai.integrations.odoo.calendars import OdooCalendar
from chatwootai.integrations.odoo.catalog import OdooCatalog
from chatwootai.integrations.odoo.client import OdooClient
from chatwootai.integrations.profiles import load_profile

ENOUGH = 5
"""Units in stock of what is bought."""
HORIZON = timedelta(days=30)
SERVICE, SERVICE_CODE = "design de sobrancelha", "SV-DES"


@dataclass(frozen=True, slots=True)
class Kind:
    """`texts` are of one customer each; `expects` is a pattern that every answer has.

    `goes_on` says that the customers of the kind before write, in the same conversations.
    """

    name: str
    texts: Sequence[str]
    expects: str
    goes_on: bool = False
    simple: bool = True


def kinds_of(installation: Installation, customers: int) -> Sequence[Kind]:
    """The kinds for so many customers. Raises `LookupError` where the sample has too little for them."""
    offers, starts = asyncio.run(_at_hand(installation))
    if not offers or len(starts) < customers:
        raise LookupError(f"{len(offers)} products and {len(starts)} free times for {customers} customers")
    names = [offers[number % len(offers)].product.name for number in range(customers)]
    times = [f"{start:%d/%m} às {start:%H:%M}" for start in starts[:customers]]

    def same(text: str) -> Sequence[str]:
        return [text] * customers

    return (
        Kind("greeting", same("Oi, bom dia!"), "ajudar|Olá|Oi|Bom dia"),
        Kind("price of a product", [f"quanto custa o {name}?" for name in names], r"R\$"),
        Kind("stock of a product", [f"tem {name} em estoque?" for name in names], "unidade|estoque"),
        Kind("delivery time and freight", same("qual o prazo de entrega e o frete?"), "R\\$|dia"),
        Kind(
            "buying, to the summary",
            [f"quero comprar 1 {name}, retiro na loja e pago no pix" for name in names],
            "Total",
            simple=False,
        ),
        Kind("buying, the yes", same("sim, pode confirmar"), r"S\d{5}", goes_on=True, simple=False),
        Kind("order status", same("cadê meu pedido?"), r"S\d{5}", goes_on=True),
        Kind(
            "booking, to the summary",
            [f"quero marcar {SERVICE} dia {time}" for time in times],
            r"R\$ 45,00",
            simple=False,
        ),
        Kind("booking, the yes", same("sim"), "Marcad|marcad", goes_on=True, simple=False),
        Kind("not understood", same("blorf gnarfz?"), "."),
    )


async def _at_hand(installation: Installation) -> tuple[Sequence[Offer], Sequence[datetime]]:
    """Goods of which enough is there, and when the service is free, by the shop's clock."""
    profile = load_profile(installation.profile)
    zone: ZoneInfo = profile.hours.zone
    now = datetime.now(zone)
    access = OdooAccess(
        installation.odoo_url,
        "odoo",
        SAMPLE_LOGINS[installation.profile.stem],
        installation.stack.secrets.odoo_api_key,
    )
    async with aiohttp.ClientSession() as session:
        client = OdooClient(session, access)
        catalog = OdooCatalog(client, zone=zone)
        goods = [product.id for product in await catalog.products() if not product.is_service]
        offers = [each for each in await catalog.offers(goods) if (each.available or 0) >= ENOUGH]
        calendar = OdooCalendar(client, scheduling_rules(profile, now.date()), now=lambda: datetime.now(zone))
        service = next(each for each in await calendar.services() if each.code == SERVICE_CODE)
        slots = await calendar.slots(service.id, now + timedelta(days=2), now + HORIZON)
    return offers, list(dict.fromkeys(slot.start.astimezone(zone) for slot in slots))
