"""Services over REST: what is booked by appointment, at a price and for a duration."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Annotated, LiteralString

from fastapi import Query
from pydantic import BaseModel, Field

from chatwootai.simulators.odoo.rest import goods
from chatwootai.simulators.odoo.rest.fields import (
    Body,
    Change,
    Id,
    Money,
    Name,
    Paging,
    Search,
    Text,
    example,
)
from chatwootai.simulators.odoo.rest.queries import (
    Page,
    Source,
    delete,
    holds,
    insert,
    listed,
    own_row,
    refuse_if_used,
    row_of,
    update,
)
from chatwootai.simulators.odoo.rest.refusals import documented
from chatwootai.simulators.odoo.rest.routing import router_for
from chatwootai.simulators.odoo.rest.shop import CurrentShop

router = router_for("/services", "Serviços")

_TABLE: LiteralString = "public.services"
_OWN = frozenset({"duration_minutes", "preparation"})
SERVICES = Source(
    what="Serviço",
    select="""
SELECT p.id, p.company_id, p.default_code AS code, p.name, p.description_sale AS description,
    g.name AS category, p.list_price AS price, p.currency, v.duration_minutes, v.preparation, p.active,
    ARRAY(SELECT o.professional_id FROM public.professional_services o WHERE o.service_id = p.id
        ORDER BY o.professional_id) AS professional_ids,
    v.created_at, greatest(p.updated_at, v.updated_at) AS updated_at
FROM public.services v
JOIN public.products p ON p.id = v.id
JOIN erp.categories g ON g.id = p.category_id
WHERE (p.company_id IS NULL OR p.company_id = ANY(%(companies)s))""",
    key="p.id",
    order="p.name, p.id",
    filters={
        "text": holds("p.name", "p.default_code", "p.description_sale"),
        "category": "erp.plain(lower(g.name)) = erp.plain(lower(%(category)s))",
        "professional_id": "EXISTS (SELECT FROM public.professional_services o"
        " WHERE o.service_id = p.id AND o.professional_id = %(professional_id)s)",
        "active": "p.active = %(active)s",
    },
)

Minutes = Annotated[int, Field(ge=5, le=720, description="Duração em minutos")]


class Service(BaseModel):
    """A service; `professional_ids` are those who offer it."""

    id: int
    code: str | None
    name: str
    description: str | None
    category: str
    price: Decimal
    currency: str
    duration_minutes: int
    preparation: str | None
    professional_ids: list[int]
    active: bool
    created_at: datetime
    updated_at: datetime


class NewService(Body):
    """A service to add. Who offers it is said at the professional."""

    model_config = example(name="Limpeza de pele", category="Estética", price="150.00", duration_minutes=60)

    name: Name
    category: Name
    price: Money
    duration_minutes: Minutes
    code: Name | None = None
    description: Text | None = None
    preparation: Text | None = None
    active: bool = True


class ServiceChanges(Change):
    """What to change of a service."""

    kept = frozenset({"name", "category", "price", "duration_minutes", "active"})

    name: Name | None = None
    category: Name | None = None
    price: Money | None = None
    duration_minutes: Minutes | None = None
    code: Name | None = None
    description: Text | None = None
    preparation: Text | None = None
    active: bool | None = None


class ServiceFilters(Paging):
    """Which services to list."""

    text: Search | None = None
    category: Search | None = None
    professional_id: Id | None = None
    active: bool | None = None


@router.get("", summary="Listar serviços")
async def list_services(shop: CurrentShop, filters: Annotated[ServiceFilters, Query()]) -> Page[Service]:
    """Serviços da empresa da chave, por nome."""
    return await listed(shop, SERVICES, filters, Service)


@router.get("/{service_id}", summary="Ver um serviço", responses=documented(404))
async def read_service(shop: CurrentShop, service_id: Id) -> Service:
    """Um serviço, com preço, duração e quem o oferece."""
    return Service.model_validate(await row_of(shop, SERVICES, service_id))


@router.post("", status_code=201, summary="Criar um serviço")
async def create_service(shop: CurrentShop, body: NewService) -> Service:
    """O serviço pertence à empresa da chave; a moeda é a dela."""
    number = await goods.add(shop, body.model_dump(exclude=set(_OWN)), "service")
    await insert(shop, _TABLE, body.model_dump(include=set(_OWN)) | {"id": number})
    return await read_service(shop, number)


@router.patch("/{service_id}", summary="Alterar um serviço", responses=documented(403, 404))
async def change_service(shop: CurrentShop, service_id: Id, body: ServiceChanges) -> Service:
    """Altera só os campos informados. Agendamentos já feitos mantêm sua duração."""
    await own_row(shop, SERVICES, service_id)
    given = body.given
    await goods.change(shop, service_id, {name: given[name] for name in given.keys() - _OWN})
    await update(shop, _TABLE, service_id, {name: given[name] for name in given.keys() & _OWN})
    return await read_service(shop, service_id)


@router.delete(
    "/{service_id}", status_code=204, summary="Excluir um serviço", responses=documented(403, 404, 409)
)
async def delete_service(shop: CurrentShop, service_id: Id) -> None:
    """Recusado se há agendamentos ou itens de pedidos com o serviço."""
    await own_row(shop, SERVICES, service_id)
    await refuse_if_used(shop, service_id, goods.USES, goods.ARCHIVE)
    await delete(shop, goods.TABLE, service_id)
