"""Port to the people who buy, as the ERP knows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Customer:
    """`phones` are E.164; `document` is CPF or CNPJ without punctuation."""

    id: int
    name: str
    phones: tuple[str, ...] = ()
    email: str | None = None
    document: str | None = None


@dataclass(frozen=True, slots=True)
class NewCustomer:
    name: str
    phone: str | None = None
    email: str | None = None
    document: str | None = None


class Customers(Protocol):
    """Bound to one account's company. Several hits are all returned: the crew asks, and never guesses.

    Raises `ServiceUnavailable`, `RequestRefused`, and `OutcomeUnknown` from `create`.
    """

    async def by_phone(self, phone: str) -> Sequence[Customer]:
        """Customers with this number (E.164), written with or without the ninth digit."""
        ...

    async def by_email(self, email: str) -> Sequence[Customer]:
        """Customers with this address; case does not matter."""
        ...

    async def by_document(self, document: str) -> Sequence[Customer]:
        """Customers with this CPF or CNPJ, however it was punctuated here or there."""
        ...

    async def create(self, key: str, customer: NewCustomer) -> Customer:
        """The customer of this key, created if there is none: once, however often and wherever called.

        `BusinessRefusal(DOCUMENT_INVALID)` where the ERP does not take the document.
        """
        ...
