"""Customers in memory that behave as `domain.customers.Customers` promises."""

from __future__ import annotations

from collections.abc import Sequence

from tests.fakes.script import Script

from chatwootai.brazil.documents import parse
from chatwootai.brazil.phones import variants
from chatwootai.domain.customers import Customer, Customers, NewCustomer
from chatwootai.domain.errors import BusinessRefusal, Refusal


class FakeCustomers:
    """`Customers`. As in the ERP nothing prevents that people enter somebody twice. `script` says what is
    to happen."""

    def __init__(self, script: Script | None = None) -> None:
        self.script = script or Script()
        self._customers: dict[int, Customer] = {}
        self._keys: dict[str, int] = {}

    async def by_phone(self, phone: str) -> Sequence[Customer]:
        same = set(variants(phone))
        return await self.script.run("by_phone", lambda: [c for c in self.all() if same & set(c.phones)])

    async def by_email(self, email: str) -> Sequence[Customer]:
        wanted = email.strip().casefold()
        return await self.script.run(
            "by_email", lambda: [c for c in self.all() if wanted and (c.email or "").casefold() == wanted]
        )

    async def by_document(self, document: str) -> Sequence[Customer]:
        wanted = _bare(document)
        return await self.script.run(
            "by_document", lambda: [c for c in self.all() if wanted and c.document == wanted]
        )

    async def create(self, key: str, customer: NewCustomer) -> Customer:
        return await self.script.run("create", lambda: self._create(key, customer))

    # People's acts, and what a test asks.

    def all(self) -> list[Customer]:
        """Everybody, oldest first."""
        return list(self._customers.values())

    def enter(self, new: NewCustomer) -> Customer:
        """Somebody enters a customer, whoever is there already."""
        document = _bare(new.document) if new.document else None
        phones = (new.phone,) if new.phone else ()
        customer = Customer(len(self._customers) + 1, new.name, phones, new.email, document)
        self._customers[customer.id] = customer
        return customer

    def _create(self, key: str, new: NewCustomer) -> Customer:
        if key in self._keys:
            return self._customers[self._keys[key]]
        if new.document and parse(new.document) is None:
            raise BusinessRefusal(Refusal.DOCUMENT_INVALID)
        customer = self.enter(new)
        self._keys[key] = customer.id
        return customer


def _bare(document: str) -> str:
    return "".join(sign for sign in document.upper() if sign.isalnum())


def _keeps_to_the_port(customers: FakeCustomers) -> Customers:
    return customers
