"""Whose orders may be told in this conversation, and proving that she is who she says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from chatwootai.brazil.documents import parse
from chatwootai.crews.support.results import Identification
from chatwootai.crews.tools import Visit
from chatwootai.domain.customers import Customer
from chatwootai.domain.errors import ToolFailed
from chatwootai.hub.identities import FAILURES, MOST_FAILURES, Identities, Identity

PROVEN: Final = "support_customer"
"""Memory key: the customer who proved herself in this conversation by more than its channel."""
LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
REACH: Final = 50
"""Orders among which a code is looked up."""

UNPROVEN: Final = (
    "Ainda não se sabe de quem são os pedidos. Peça o CPF e também o e-mail ou o telefone do cadastro, "
    "e chame identify. Não diga se o cadastro existe."
)


@dataclass(frozen=True, slots=True)
class Owners:
    """Bound to one conversation. Raises `IntegrationError` as `Customers` does."""

    identities: Identities
    visit: Visit

    async def identity(self) -> Identity:
        """What the channel itself proves."""
        return await self.identities.of(self.visit.briefing.conversation)

    async def customer_id(self) -> int | None:
        """The customer whose orders may be told; None while that is not proven."""
        kept = self.visit.memory.get(PROVEN)
        if isinstance(kept, int):
            return kept
        identity = await self.identity()
        return identity.customer.id if identity.customer and identity.is_proven else None

    async def require(self) -> int:
        customer_id = await self.customer_id()
        if customer_id is None:
            raise ToolFailed(UNPROVEN)
        return customer_id

    async def identify(self, document: str, email: str, phone: str) -> Identification:
        """Prove by a document and a second thing that strangers do not know, twice at most."""
        if self._failures >= MOST_FAILURES:
            return Identification.EXHAUSTED
        parsed = parse(document)
        if parsed is None:
            return self._failed()
        customer = await self._proven(parsed.digits, email.strip(), phone)
        if customer is not None:
            self.visit.memory |= {PROVEN: customer.id, FAILURES: None}
            return Identification.PROVEN
        return self._failed() if email or phone else Identification.INCOMPLETE

    async def _proven(self, document: str, email: str, phone: str) -> Customer | None:
        conversation = self.visit.briefing.conversation
        by_channel = await self.identities.of(conversation, document=document)
        if by_channel.is_proven and by_channel.customer and by_channel.customer.document == document:
            return by_channel.customer
        if not email and not phone:
            return None
        claimed = await self.identities.claimed(document, phone=phone, email=email)
        return claimed.customer if claimed.is_proven else None

    @property
    def _failures(self) -> int:
        kept = self.visit.memory.get(FAILURES)
        return kept if isinstance(kept, int) else 0

    def _failed(self) -> Identification:
        times = self._failures + 1
        self.visit.memory[FAILURES] = times
        return Identification.EXHAUSTED if times >= MOST_FAILURES else Identification.FAILED


def same_code(said: str, known: str) -> bool:
    """ "27", "s27" and "#27" mean S00027."""
    one, other = _bare(said), _bare(known)
    if one == other:
        return bool(one)
    digits, of_known = one.lstrip(LETTERS), other.lstrip(LETTERS)
    return digits.isdigit() and of_known.isdigit() and int(digits) == int(of_known)


def _bare(code: str) -> str:
    return "".join(sign for sign in code.upper() if sign.isalnum() and sign.isascii())
