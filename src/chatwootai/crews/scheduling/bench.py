"""What the tools of scheduling work on: one turn at one desk."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from chatwootai.crews.desk import Desk
from chatwootai.crews.dialogues.hello import first_name
from chatwootai.crews.scheduling.facts import (
    AppointmentFacts,
    ProfessionalFacts,
    ServiceFacts,
    SlotFacts,
    slot_key,
)
from chatwootai.crews.scheduling.speaking import spoken_moment
from chatwootai.crews.tools import Visit
from chatwootai.crews.understanding.words import fold
from chatwootai.domain.calendars import Appointment, Slot
from chatwootai.domain.crews import Briefing, Json
from chatwootai.domain.customers import Customer
from chatwootai.domain.ledger import Fact, FactKind
from chatwootai.domain.profiles import BookingRules
from chatwootai.hub.identities import FAILURES, MOST_FAILURES, Identity, proven_phone

CLAIMS: Final = "scheduling_claims"
"""Memory key: what she has told of herself here: name, phone, email, document."""
PROVING: Final = frozenset({"document", "phone", "email"})

_MADE_UP_WORDS: Final = """
visitante visitor cliente usuario user guest anonimo contato
"""
MADE_UP: Final = frozenset(_MADE_UP_WORDS.split())
NAME_JOINTS = re.compile(r"['’.-]")
TITLE_JOINT = re.compile(r"\s*:\s*|\s+[–—-]\s+")
"""Between the treatment and for whom it is: ours is the colon, people like a dash."""


@dataclass(slots=True)
class Bench:
    """Reads each thing once in a turn, and puts what it reads into the ledger."""

    desk: Desk
    visit: Visit
    _services: tuple[ServiceFacts, ...] | None = field(default=None, init=False)
    _now: bool = field(default=False, init=False)
    _people: dict[int, tuple[ProfessionalFacts, ...]] = field(default_factory=dict, init=False)
    _identity: tuple[Mapping[str, Json], Identity] | None = field(default=None, init=False)

    @property
    def briefing(self) -> Briefing:
        return self.visit.briefing

    @property
    def rules(self) -> BookingRules:
        return self.briefing.profile.booking

    @property
    def now(self) -> datetime:
        return self.briefing.now

    @property
    def today(self) -> date:
        return self.now.date()

    def local(self, moment: datetime) -> datetime:
        return moment.astimezone(self.briefing.profile.hours.zone)

    @property
    def claims(self) -> dict[str, str]:
        kept = self.visit.memory.get(CLAIMS)
        return {str(k): str(v) for k, v in kept.items()} if isinstance(kept, Mapping) else {}

    def claim(self, **said: str) -> None:
        """Keep what she says of herself."""
        new = {name: value for name, value in said.items() if value}
        if new:
            self.visit.memory[CLAIMS] = {**self.claims, **new}

    @property
    def is_doubted(self) -> bool:
        """Whether what she told of herself was wrong so often that she may be guessing."""
        return self._failures >= MOST_FAILURES

    def doubt(self) -> None:
        """What she told of herself fits nobody: it is forgotten, and counted."""
        kept = {name: value for name, value in self.claims.items() if name not in PROVING}
        self.visit.memory |= {CLAIMS: kept or None, FAILURES: self._failures + 1}

    async def identity(self) -> Identity:
        """Who writes, as far as it is proven or claimed."""
        claims = self.claims
        if self._identity is None or self._identity[0] != claims:
            self._identity = (claims, await self._identified(claims))
        return self._identity[1]

    async def customer(self) -> Customer | None:
        """The customer whose own appointments may be told and changed (promise P10)."""
        identity = await self.identity()
        return identity.customer if identity.is_proven else None

    async def services(self) -> Sequence[ServiceFacts]:
        """All that can be booked, with what it costs this customer now."""
        if self._services is None:
            self._services = await self._read_services()
        return self._services

    def forget_prices(self) -> None:
        """They changed while she was answering: read them again, and past any cache."""
        self._services, self._now = None, True

    async def service(self, service_id: int) -> ServiceFacts | None:
        return next((each for each in await self.services() if each.id == service_id), None)

    async def people(self, service_id: int) -> Sequence[ProfessionalFacts]:
        """Who offers a service."""
        if service_id not in self._people:
            found = await self.desk.calendar.professionals(service_id)
            self._people[service_id] = tuple(ProfessionalFacts(each.id, each.name) for each in found)
            self.say(*(each.name for each in found))
        return self._people[service_id]

    @property
    def met(self) -> Mapping[int, ProfessionalFacts]:
        """The professionals of whom this turn has heard already."""
        return {person.id: person for people in self._people.values() for person in people}

    async def slot(self, service_id: int, slot: Slot) -> SlotFacts:
        """A slot as it may be told."""
        people = await self.people(service_id)
        name = next((each.name for each in people if each.id == slot.professional_id), "")
        start = self.local(slot.start)
        self.say(spoken_moment(start, self.today), kind=FactKind.TIME)
        return SlotFacts(slot_key(slot), start, slot.professional_id, name)

    async def appointment(self, entered: Appointment) -> AppointmentFacts:
        """An appointment as it may be told. Its title holds the service, and for whom it is."""
        title, patient = _parts(entered.title)
        named = next((s for s in await self.services() if fold(s.name) == fold(title)), None)
        people = await self.people(named.id) if named else ()
        name = next((each.name for each in people if each.id == entered.slot.professional_id), "")
        start = self.local(entered.slot.start)
        patient = await self._somebody_else(patient)
        self.say(title, patient)
        self.say(spoken_moment(start, self.today), kind=FactKind.TIME)
        return AppointmentFacts(
            entered.id,
            named.id if named else 0,
            named.name if named else title or "Horário",
            patient,
            start,
            self.local(entered.slot.end),
            entered.slot.professional_id,
            name,
        )

    async def _somebody_else(self, patient: str) -> str:
        """Who comes, "" for the writer herself."""
        customer = await self.customer()
        own = {first_name(name) for name in (own_name(self), customer.name if customer else "") if name}
        return "" if first_name(patient) in own else patient

    @property
    def _failures(self) -> int:
        kept = self.visit.memory.get(FAILURES)
        return kept if isinstance(kept, int) else 0

    def say(self, *texts: str, kind: FactKind = FactKind.TEXT) -> None:
        """These may be told as they stand."""
        self.visit.ledger.facts.extend(Fact(kind, "scheduling", text) for text in texts if text)

    async def _identified(self, claims: Mapping[str, str]) -> Identity:
        conversation = self.briefing.conversation
        document = claims.get("document", "")
        if proven_phone(conversation) is not None:
            return await self.desk.identities.of(conversation, document=document)
        if not document:
            return Identity()
        return await self.desk.identities.claimed(
            document, phone=claims.get("phone", ""), email=claims.get("email", "")
        )

    async def _read_services(self) -> tuple[ServiceFacts, ...]:
        listed = await self.desk.calendar.services()
        customer = await self.customer()
        catalog = self.desk.purchases.catalog if self._now else self.desk.catalog
        offers = await catalog.offers(
            [each.id for each in listed], customer_id=customer.id if customer else None
        )
        by_id = {offer.product.id: offer for offer in offers}
        services = []
        for each in listed:
            offer = by_id.get(each.id)
            if offer is None:
                continue
            product, price = offer.product, offer.price.amount
            self.visit.ledger.facts.append(Fact(FactKind.PRICE, f"product:{each.id}", price))
            minutes = int(each.duration.total_seconds()) // 60
            services.append(
                ServiceFacts(
                    each.id, each.name, each.code, minutes, price, product.category, product.description
                )
            )
        self.say(*(each.name for each in services))
        return tuple(services)


def own_name(bench: Bench) -> str:
    """How she is called: what she said, else the contact's name where that is one, else ""."""
    contact = " ".join(bench.briefing.conversation.contact.name.split())
    return bench.claims.get("name", "") or (contact if is_name(contact) else "")


def is_name(text: str) -> bool:
    """Whether a contact's name is a person's: no number, no address, and not what web widgets make up."""
    letters = all(part.isalpha() for word in text.split() for part in NAME_JOINTS.split(word) if part)
    return letters and bool(first_name(text)) and fold(text.split()[0]) not in MADE_UP


def _parts(title: str) -> tuple[str, str]:
    """The treatment and for whom it is, "" where the title does not tell."""
    parts = TITLE_JOINT.split(title.strip(), maxsplit=1)
    return parts[0], parts[1] if len(parts) > 1 else ""
