"""Customers over REST, with the checks that a Brazilian shop needs."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, LiteralString

from fastapi import Query
from pydantic import AfterValidator, BaseModel, StringConstraints

from chatwootai.simulators.odoo.errors import ValidationError
from chatwootai.simulators.odoo.models.identifications import check_identification
from chatwootai.simulators.odoo.models.phones import first_sanitized, sanitized
from chatwootai.simulators.odoo.rest.fields import Body, Change, Day, Id, Name, Paging, Search, Text, example
from chatwootai.simulators.odoo.rest.messages import worded
from chatwootai.simulators.odoo.rest.queries import (
    Page,
    Source,
    delete,
    holds,
    insert,
    listed,
    own_row,
    refuse_if_used,
    renamed,
    row_of,
    update,
)
from chatwootai.simulators.odoo.rest.refusals import conflict, documented, invalid
from chatwootai.simulators.odoo.rest.routing import router_for
from chatwootai.simulators.odoo.rest.shop import CurrentShop

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chatwootai.simulators.odoo.rest.shop import Shop

router = router_for("/customers", "Clientes")

_TABLE: LiteralString = "public.customers"
_COUNTRY = "BR"
_COLUMNS = {"document": "vat", "note": "comment", "reference": "ref"}
_CPF_LENGTH = 11
CUSTOMERS = Source(
    what="Cliente",
    select="""
SELECT c.id, c.company_id, c.name, c.is_company, c.email, c.phone, c.mobile, c.phone_sanitized,
    c.vat AS document, c.birth_date, c.street, c.street2, c.zip, c.city, s.code AS state,
    c.ref AS reference, c.comment AS note, c.active, c.created_at, c.updated_at
FROM public.customers c LEFT JOIN erp.states s ON s.id = c.state_id
WHERE (c.company_id IS NULL OR c.company_id = ANY(%(companies)s))""",
    key="c.id",
    order="c.name, c.id",
    filters={
        "text": holds("c.name", "c.email", "c.phone", "c.mobile", "c.phone_sanitized", "c.vat", "c.ref"),
        "email": "lower(c.email) = lower(%(email)s)",
        "phone": "c.phone_sanitized = %(phone)s",
        "document": "regexp_replace(upper(c.vat), '[^0-9A-Z]', '', 'g')"
        " = regexp_replace(upper(%(document)s), '[^0-9A-Z]', '', 'g')",
        "city": "erp.plain(lower(c.city)) = erp.plain(lower(%(city)s))",
        "active": "c.active = %(active)s",
    },
)
_SAME_DOCUMENT = """
SELECT id FROM public.customers
WHERE regexp_replace(upper(vat), '[^0-9A-Z]', '', 'g') = %(number)s
    AND id <> %(id)s AND company_id = %(owner)s LIMIT 1
"""
# It changes nothing and yet makes rivals start again. Hardly anything else locks the company's own contact.
_QUEUE_UP = """
UPDATE erp.partners SET name = name WHERE id = (SELECT partner_id FROM erp.companies WHERE id = %(owner)s)
"""
_STATE = """
SELECT s.id, s.country_id FROM erp.states s JOIN erp.countries c ON c.id = s.country_id
WHERE c.code = %(country)s AND s.code = %(state)s
"""
_COUNTRY_ID = "SELECT id FROM erp.countries WHERE code = %(country)s"
_KIND = "SELECT id FROM erp.identification_types WHERE name = %(kind)s"
_USES: Mapping[str, LiteralString] = {
    "pedidos": "SELECT 1 FROM public.orders WHERE customer_id = %(id)s",
    "agendamentos": "SELECT 1 FROM public.appointments a WHERE a.customer_id = %(id)s OR EXISTS ("
    "SELECT FROM erp.appointment_partners l WHERE l.appointment_id = a.id AND l.partner_id = %(id)s)",
    "faturas": "SELECT 1 FROM erp.invoices WHERE partner_id = %(id)s",
    "entregas": "SELECT 1 FROM erp.pickings WHERE partner_id = %(id)s",
    "cartões de fidelidade": "SELECT 1 FROM erp.loyalty_cards WHERE partner_id = %(id)s",
    "oportunidades": "SELECT 1 FROM erp.leads WHERE partner_id = %(id)s",
    "contatos": "SELECT 1 FROM public.customers WHERE parent_id = %(id)s",
}


def _telephone(number: str) -> str:
    if sanitized(number, _COUNTRY) is None:
        raise worded("Não é um telefone válido: informe DDD e número, como (11) 98765-4321.")
    return number


def _document(number: str) -> str:
    try:
        check_identification(number, None, "")
    except ValidationError as error:
        raise worded("Não é um CPF nem um CNPJ válido.") from error
    return number


Phone = Annotated[Name, AfterValidator(_telephone)]
Document = Annotated[Name, AfterValidator(_document)]
Email = Annotated[Name, StringConstraints(pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$")]
PostalCode = Annotated[str, StringConstraints(pattern=r"^[0-9]{5}-?[0-9]{3}$")]
State = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]


class Customer(BaseModel):
    """A customer; `phone_sanitized` is the one number in E.164 that searches compare."""

    id: int
    name: str
    is_company: bool
    email: str | None
    phone: str | None
    mobile: str | None
    phone_sanitized: str | None
    document: str | None
    birth_date: date | None
    street: str | None
    street2: str | None
    zip: str | None
    city: str | None
    state: str | None
    reference: str | None
    note: str | None
    active: bool
    created_at: datetime
    updated_at: datetime


class _Details(Body):
    email: Email | None = None
    phone: Phone | None = None
    mobile: Phone | None = None
    document: Document | None = None
    birth_date: Day | None = None
    street: Name | None = None
    street2: Name | None = None
    zip: PostalCode | None = None
    city: Name | None = None
    state: State | None = None
    reference: Name | None = None
    note: Text | None = None


class NewCustomer(_Details):
    """A customer to add; the document is a CPF or a CNPJ."""

    model_config = example(
        name="Maria da Silva", phone="(11) 98765-4321", email="maria@example.com", document="123.456.789-09"
    )

    name: Name
    is_company: bool = False
    active: bool = True


class CustomerChanges(_Details, Change):
    """What to change of a customer."""

    kept = frozenset({"name", "is_company", "active"})

    name: Name | None = None
    is_company: bool | None = None
    active: bool | None = None


class CustomerFilters(Paging):
    """Which customers to list."""

    text: Search | None = None
    email: Search | None = None
    phone: Phone | None = None
    document: Search | None = None
    city: Search | None = None
    active: bool | None = None

    @property
    def filters(self) -> dict[str, object]:
        values = super().filters
        return values | ({"phone": sanitized(self.phone, _COUNTRY)} if self.phone else {})


@router.get("", summary="Listar clientes")
async def list_customers(shop: CurrentShop, filters: Annotated[CustomerFilters, Query()]) -> Page[Customer]:
    """Clientes da empresa da chave, por nome. `phone` aceita qualquer escrita do número."""
    return await listed(shop, CUSTOMERS, filters, Customer)


@router.get("/{customer_id}", summary="Ver um cliente", responses=documented(404))
async def read_customer(shop: CurrentShop, customer_id: Id) -> Customer:
    """Um cliente."""
    return Customer.model_validate(await row_of(shop, CUSTOMERS, customer_id))


@router.post("", status_code=201, summary="Criar um cliente", responses=documented(409))
async def create_customer(shop: CurrentShop, body: NewCustomer) -> Customer:
    """Recusado se outro cliente da empresa já tem o CPF ou CNPJ."""
    values = body.model_dump(exclude_none=True)
    await _refuse_twin(shop, body.document, 0, shop.company)
    country = await shop.rows(_COUNTRY_ID, {"country": _COUNTRY})
    own = {"company_id": shop.company, "country_id": country[0]["id"] if country else None}
    columns = own | await _columns(shop, values)
    columns["phone_sanitized"] = first_sanitized((body.mobile, body.phone), _COUNTRY)
    return await read_customer(shop, await insert(shop, _TABLE, columns))


@router.patch("/{customer_id}", summary="Alterar um cliente", responses=documented(403, 404, 409))
async def change_customer(shop: CurrentShop, customer_id: Id, body: CustomerChanges) -> Customer:
    """Altera só os campos informados; null esvazia um campo."""
    row = await own_row(shop, CUSTOMERS, customer_id)
    await _refuse_twin(shop, body.document, customer_id, row["company_id"])
    columns = await _columns(shop, body.given)
    if {"phone", "mobile"} & columns.keys():
        merged = row | columns
        columns["phone_sanitized"] = first_sanitized((merged["mobile"], merged["phone"]), _COUNTRY)
    await update(shop, _TABLE, customer_id, columns)
    return await read_customer(shop, customer_id)


@router.delete(
    "/{customer_id}", status_code=204, summary="Excluir um cliente", responses=documented(403, 404, 409)
)
async def delete_customer(shop: CurrentShop, customer_id: Id) -> None:
    """Recusado se algum registro depende do cliente, como um pedido ou um agendamento."""
    await own_row(shop, CUSTOMERS, customer_id)
    await refuse_if_used(shop, customer_id, _USES, 'Para esconder, altere "active" para false.')
    await delete(shop, _TABLE, customer_id)


async def _columns(shop: Shop, values: Mapping[str, object]) -> dict[str, object]:
    columns = renamed(values, _COLUMNS)
    if "state" in columns:
        state = columns.pop("state")
        columns["state_id"] = await _state(shop, str(state)) if state else None
    if "vat" in columns:
        number = columns["vat"]
        kind = "CPF" if len(_bare(str(number))) <= _CPF_LENGTH else "CNPJ"
        kinds = await shop.rows(_KIND, {"kind": kind}) if number else []
        columns["identification_type_id"] = kinds[0]["id"] if kinds else None
    return columns


async def _state(shop: Shop, code: str) -> int:
    rows = await shop.rows(_STATE, {"country": _COUNTRY, "state": code})
    if not rows:
        raise invalid("body.state", "Não é a sigla de um estado brasileiro.")
    return int(rows[0]["id"])


async def _refuse_twin(shop: Shop, document: str | None, number: int, owner: int) -> None:
    if not document:
        return
    named = {"number": _bare(document), "id": number, "owner": owner}
    await shop.rows(_QUEUE_UP, named)
    if await shop.rows(_SAME_DOCUMENT, named):
        raise conflict("Outro cliente já tem esse CPF ou CNPJ.")


def _bare(document: str) -> str:
    return "".join(letter for letter in document.upper() if letter.isalnum())
