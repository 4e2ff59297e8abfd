"""The shop's customers in its Odoo."""

from __future__ import annotations

from collections.abc import Sequence

from chatwootai.brazil import documents, phones
from chatwootai.domain.customers import Customer, NewCustomer
from chatwootai.domain.errors import BusinessRefusal, OutcomeUnknown, Refusal, RequestRefused
from chatwootai.integrations.odoo.client import OdooClient
from chatwootai.integrations.odoo.errors import SERVICE, RuleBroken
from chatwootai.integrations.odoo.loading import load
from chatwootai.integrations.odoo.products import literally
from chatwootai.integrations.odoo.values import Record, number, records, text

_PARTNER = "res.partner"
_SEVERAL = 50


class OdooCustomers:
    """`domain.customers.Customers` of the company of Odoo's user."""

    def __init__(self, client: OdooClient) -> None:
        self._client = client
        self._country: int | None = None

    async def by_phone(self, phone: str) -> Sequence[Customer]:
        wanted = set(phones.variants(phone))
        found = await self._search([["phone_sanitized", "in", sorted(wanted)]])
        # `phone_sanitized` is one number, the mobile first: what was typed in the other field is looked
        # at, too. Whatever stands between them, the last two groups of four are in every written form.
        typed = (await self._client.series()).phone_fields
        tail = [[field, "ilike", f"{phone[-8:-4]}%{phone[-4:]}"] for field in typed]
        others = await self._search([*["|"] * (len(tail) - 1), *tail])
        fitting = [customer for customer in others if wanted.intersection(customer.phones)]
        return tuple({customer.id: customer for customer in [*found, *fitting]}.values())

    async def by_email(self, email: str) -> Sequence[Customer]:
        wanted = email.strip()
        return await self._search([["email", "=ilike", literally(wanted)]]) if wanted else ()

    async def by_document(self, document: str) -> Sequence[Customer]:
        parsed = documents.parse(document)
        if parsed is None:
            return ()
        return await self._search([["vat", "in", list(documents.written_forms(parsed))]])

    async def create(self, key: str, customer: NewCustomer) -> Customer:
        identity = await self._client.identity()
        values: dict[str, object] = {
            "name": customer.name,
            "lang": "pt_BR",
            "company_id/.id": identity.company,
            "country_id/.id": await self._brazil(),
            "phone": customer.phone or False,
            "email": customer.email or False,
            "vat": _written_document(customer) or False,
        }
        try:
            id_ = await load(self._client, _PARTNER, f"contato_{key}", values)
        except RuleBroken as error:
            if customer.document:
                raise BusinessRefusal(Refusal.DOCUMENT_INVALID) from error
            raise
        made = await self._search([["id", "=", id_]])
        if not made:
            raise OutcomeUnknown(SERVICE, f"customer {id_} is not to be seen after it was created")
        return made[0]

    async def _search(self, domain: list[object]) -> tuple[Customer, ...]:
        typed = (await self._client.series()).phone_fields
        answer = await self._client.read(
            _PARTNER,
            "search_read",
            domain=domain,
            fields=["name", "email", "vat", "phone_sanitized", *typed],
            order="id",
            limit=_SEVERAL,
        )
        return tuple(_customer(row, typed) for row in records(answer))

    async def _brazil(self) -> int:
        if self._country is None:
            answer = await self._client.read("res.country", "search", domain=[["code", "=", "BR"]], limit=1)
            if not isinstance(answer, list) or not answer:
                raise RequestRefused(SERVICE, "the country BR is not on record")
            self._country = answer[0]
        return self._country


def _customer(row: Record, typed: Sequence[str]) -> Customer:
    written = (text(row, field) for field in ("phone_sanitized", *typed))
    numbers = (phones.to_e164(number_) for number_ in written if number_)
    document = documents.parse(text(row, "vat"))
    return Customer(
        id=number(row, "id"),
        name=text(row, "name"),
        phones=tuple(dict.fromkeys(found for found in numbers if found)),
        email=text(row, "email") or None,
        document=document.digits if document else None,
    )


def _written_document(customer: NewCustomer) -> str:
    if not customer.document:
        return ""
    document = documents.parse(customer.document)
    if document is None:
        raise BusinessRefusal(Refusal.DOCUMENT_INVALID)
    return document.formatted
