"""The terms of proposals of this crew: all that was shown and will be written, as JSON and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from chatwootai.domain.calendars import Slot
from chatwootai.domain.crews import Json


@dataclass(frozen=True, slots=True)
class Terms:
    """`customer_id` is 0 where she becomes a customer by this; then `name` and the rest tell who she is.

    `slot` is the time agreed; `before` is where the appointment is now, when it moves.
    """

    service_id: int
    service: str
    slot: Slot
    professional: str
    price: Decimal
    customer_id: int = 0
    title: str = ""
    patient: str = ""
    name: str = ""
    phone: str = ""
    email: str = ""
    document: str = ""
    appointment_id: int = 0
    before: Slot | None = None
    fee: Decimal | None = None
    percent: Decimal | None = None

    def kept(self) -> dict[str, Json]:
        written: dict[str, Json] = {
            "service_id": self.service_id,
            "service": self.service,
            "slot": _slot(self.slot),
            "professional": self.professional,
            "price": str(self.price),
            "customer_id": self.customer_id,
            "title": self.title,
            "patient": self.patient,
            "name": self.name,
            "phone": self.phone,
            "email": self.email,
            "document": self.document,
            "appointment_id": self.appointment_id,
            "before": _slot(self.before) if self.before else None,
            "fee": None if self.fee is None else str(self.fee),
            "percent": None if self.percent is None else str(self.percent),
        }
        return {name: value for name, value in written.items() if value not in (None, "", 0)}


def terms_of(kept: Mapping[str, Json]) -> Terms:
    """What `Terms.kept` wrote. Raises `KeyError`, `TypeError` or `ValueError` for anything else."""
    before, fee, percent = kept.get("before"), kept.get("fee"), kept.get("percent")
    return Terms(
        service_id=int(str(kept.get("service_id", 0))),
        service=str(kept["service"]),
        slot=_read_slot(kept["slot"]),
        professional=str(kept.get("professional", "")),
        price=Decimal(str(kept["price"])),
        customer_id=int(str(kept.get("customer_id", 0))),
        title=str(kept.get("title", "")),
        patient=str(kept.get("patient", "")),
        name=str(kept.get("name", "")),
        phone=str(kept.get("phone", "")),
        email=str(kept.get("email", "")),
        document=str(kept.get("document", "")),
        appointment_id=int(str(kept.get("appointment_id", 0))),
        before=_read_slot(before) if before else None,
        fee=Decimal(str(fee)) if fee is not None else None,
        percent=Decimal(str(percent)) if percent is not None else None,
    )


def _slot(slot: Slot) -> list[Json]:
    return [slot.start.isoformat(), slot.end.isoformat(), slot.professional_id]


def _read_slot(kept: Json) -> Slot:
    if not isinstance(kept, list | tuple):
        raise TypeError(f"no slot: {kept!r}")
    start, end, professional = kept
    return Slot(datetime.fromisoformat(str(start)), datetime.fromisoformat(str(end)), int(str(professional)))
