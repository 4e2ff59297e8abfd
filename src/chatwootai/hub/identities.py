"""Who writes, as the ERP knows her, and whether that is proven.

WhatsApp proves the number from which somebody writes. Whatever else a contact holds (the e-mail of a web
form, the telephone typed into it, a CPF in a message) anybody may have typed: it finds a customer, but it
opens nobody's orders.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from chatwootai.brazil.phones import from_whatsapp
from chatwootai.domain.accounts import ConversationKey
from chatwootai.domain.conversations import ChannelKind, Conversation
from chatwootai.domain.customers import Customer, Customers, NewCustomer

FAILURES: Final = "support_failures"
"""Memory key: how often what she said of herself did not fit, whichever crew asked."""
MOST_FAILURES: Final = 2
"""Then a person continues: somebody may be trying out telephones and addresses."""


class Proof(StrEnum):
    PROVEN = "proven"
    CLAIMED = "claimed"
    """One thing that she typed fits."""
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Identity:
    """`customer` is None where nobody, or more than one, fits; then `candidates` are those who do."""

    customer: Customer | None = None
    proof: Proof = Proof.NONE
    candidates: tuple[Customer, ...] = ()

    @property
    def is_proven(self) -> bool:
        return self.customer is not None and self.proof is Proof.PROVEN


@dataclass(frozen=True, slots=True)
class Identities:
    """Bound to one account. Raises `IntegrationError` as `Customers` does."""

    customers: Customers

    async def of(self, conversation: Conversation, *, document: str = "") -> Identity:
        """The customer behind a conversation. A document tells apart those who share a telephone."""
        phone = proven_phone(conversation)
        if phone is None:
            return Identity()
        found = tuple(await self.customers.by_phone(phone))
        if document and len(found) > 1:
            found = tuple(each for each in found if each.document == document) or found
        return _identity(found, Proof.PROVEN)

    async def claimed(self, document: str, *, phone: str = "", email: str = "") -> Identity:
        """Whom a document names. It is proven only with a second thing that strangers do not read off it."""
        found = tuple(await self.customers.by_document(document))
        backed = tuple(
            each
            for each in found
            if (phone and phone in each.phones) or (email and email.lower() == (each.email or "").lower())
        )
        return _identity(backed, Proof.PROVEN) if backed else _identity(found, Proof.CLAIMED)


def proven_phone(conversation: Conversation) -> str | None:
    """The E.164 number from which she writes, where the channel vouches for it."""
    if conversation.channel is not ChannelKind.WHATSAPP or not conversation.contact.phone_number:
        return None
    return from_whatsapp(conversation.contact.phone_number)


def customer_key(conversation: ConversationKey, new: NewCustomer) -> str:
    """The key under which somebody of this conversation is entered: once, however often she buys or books,
    and in whatever turn that was tried again."""
    said = (new.name, new.phone, new.email, new.document)
    told = "\n".join([conversation.account, str(conversation.conversation), *(each or "" for each in said)])
    return hashlib.sha256(told.encode()).hexdigest()


def _identity(found: tuple[Customer, ...], proof: Proof) -> Identity:
    if len(found) == 1:
        return Identity(found[0], proof)
    return Identity(None, Proof.NONE, found)
