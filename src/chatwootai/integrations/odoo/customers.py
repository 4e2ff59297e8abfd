"""The shop's customers in its Odoo."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from chatwootai.brazil import documents, phones
from chatwootai.domain.customers import Customer, NewCustomer
from chatwootai.domain.errors import BusinessRefusal, OutcomeUnknown, Refusal, RequestRefused
from chatwootai.integrations.odoo.access import PORTUGUESE
from chatwootai.integrations.odoo.client import OdooClient
from chatwootai.integrations.odoo.errors import SERVICE, ModuleMissing, RightMissing, RuleBroken
from chatwootai.integrations.odoo.known_fields import KnownFields
from chatwootai.integrations.odoo.loading import load
from chatwootai.integrations.odoo.products import literally
from chatwootai.integrations.odoo.values import Record, number, records, text

_PARTNER = "res.partner"
_SEVERAL = 50
_KIND = "l10n_latam_identification_type_id"
_OF_SOME = ["phone", "mobile", "phone_sanitized", "email_normalized", "lang", _KIND]
"""19 has no mobile; numbers in one form are the module sms's, kinds of documents l10n_latam_base's."""
_NUMBERS = ("phone_sanitized", "phone", "mobile")


class OdooCustomers:
    """`domain.customers.Customers` of the company of Odoo's user."""

    def __init__(self, client: OdooClient) -> None:
        self._client = client
        self._of_some = KnownFields(client, _PARTNER, _OF_SOME)
        self._numbers: dict[tuple[str, str], int | None] = {}

    async def by_phone(self, phone: str) -> Sequence[Customer]:
        wanted, known = set(phones.variants(phone)), await self._of_some.names()
        # `phone_sanitized` is one number, the mobile first: what was typed in the other field is looked
        # at, too. Whatever stands between them, the last two groups of four are in every written form.
        tail = f"%{literally(phone[-8:-4])}%{literally(phone[-4:])}"
        terms: list[object] = [[name, "ilike", tail] for name in ("phone", "mobile") if name in known]
        if "phone_sanitized" in known:
            terms.append(["phone_sanitized", "in", sorted(wanted)])
        found = await self._search([*["|"] * (len(terms) - 1), *terms])
        return tuple(customer for customer in found if wanted.intersection(customer.phones))

    async def by_email(self, email: str) -> Sequence[Customer]:
        wanted = email.strip()
        if not wanted:
            return ()
        typed: list[object] = [["email", "=ilike", literally(wanted)]]
        if "email_normalized" in await self._of_some.names():  # also of "Maria <maria@example.com>"
            typed = ["|", *typed, ["email_normalized", "=", wanted.lower()]]
        return await self._search(typed)

    async def by_document(self, document: str) -> Sequence[Customer]:
        parsed = documents.parse(document)
        if parsed is None:
            return ()
        return await self._search([["vat", "in", list(documents.written_forms(parsed))]])

    async def create(self, key: str, customer: NewCustomer) -> Customer:
        values = await self._values(customer)
        try:
            id_ = await load(self._client, _PARTNER, f"contato_{key}", values)
        except RuleBroken as error:
            if customer.document:
                raise BusinessRefusal(Refusal.DOCUMENT_INVALID) from error
            raise
        made = await self._search([["id", "=", id_]], {"active_test": False})
        if not made:
            raise OutcomeUnknown(SERVICE, f"customer {id_} is not to be seen after it was created")
        return made[0]

    async def _values(self, customer: NewCustomer) -> dict[str, object]:
        document = documents.parse(customer.document) if customer.document else None
        if customer.document and document is None:
            raise BusinessRefusal(Refusal.DOCUMENT_INVALID)
        country = await self._number("res.country", "code", "BR")
        if country is None:
            raise RequestRefused(SERVICE, "the country BR is not on record")
        values: dict[str, object] = {
            "name": customer.name,
            "company_id/.id": (await self._client.identity()).company,
            "country_id/.id": country,
            "phone": customer.phone or False,
            "email": customer.email or False,
            "vat": document.formatted if document else False,
        }
        if PORTUGUESE in await self._of_some.options("lang"):  # one that is not installed fails the row
            values["lang"] = PORTUGUESE
        if document is not None and _KIND in await self._of_some.names():
            kind = await self._number("l10n_latam.identification.type", "name", document.kind.value)
            if kind is not None:
                values[f"{_KIND}/.id"] = kind
        return values

    async def _search(
        self, domain: list[object], context: Mapping[str, object] | None = None
    ) -> tuple[Customer, ...]:
        known = await self._of_some.names()
        answer = await self._client.read(
            _PARTNER,
            "search_read",
            context=context,
            domain=domain,
            fields=["name", "email", "vat", *(name for name in _NUMBERS if name in known)],
            order="id",
            limit=_SEVERAL,
        )
        return tuple(map(_customer, records(answer)))

    async def _number(self, model: str, field: str, value: str) -> int | None:
        """The id of a record that every shop has, asked once; None where there is none."""
        if (model, value) not in self._numbers:
            try:
                answer = await self._client.read(
                    model, "search_read", domain=[[field, "=", value]], fields=["id"], order="id", limit=1
                )
            except (ModuleMissing, RightMissing):
                answer = []
            rows = records(answer)
            self._numbers[model, value] = number(rows[0], "id") if rows else None
        return self._numbers[model, value]


def _customer(row: Record) -> Customer:
    written = (text(row, field) for field in _NUMBERS)
    numbers = (phones.to_e164(number_) for number_ in written if number_)
    document = documents.parse(text(row, "vat"))
    return Customer(
        id=number(row, "id"),
        name=text(row, "name"),
        phones=tuple(dict.fromkeys(found for found in numbers if found)),
        email=text(row, "email") or None,
        document=document.digits if document else None,
    )
