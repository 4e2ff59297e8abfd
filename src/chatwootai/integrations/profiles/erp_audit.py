"""What a profile names and the ERP does not have."""

from __future__ import annotations

from collections.abc import Iterator

from rapidfuzz import fuzz, process

from chatwootai.domain.calendars import Calendar
from chatwootai.domain.catalog import Catalog
from chatwootai.domain.profiles import Profile
from chatwootai.integrations.profiles.audit import Objection, Weight

LIKELY = 60


async def audit_against_erp(profile: Profile, catalog: Catalog, calendar: Calendar) -> list[Objection]:
    """`calendar` tells everybody who works there, whoever the profile names.

    Raises `IntegrationError` when the ERP does not answer.
    """
    products = await catalog.products()
    codes = {product.code for product in products if product.code}
    categories = {product.category for product in products}
    objections = [*_services(profile, codes), *_excluded(profile, codes | categories)]
    missing = {objection.place for objection in objections}
    for service in await calendar.services():
        known = {person.name for person in await calendar.professionals(service.id)}
        rule = profile.booking.services.get(service.code)
        position = list(profile.booking.services).index(service.code) if rule else 0
        place = ("agenda", "servicos", position)
        for name in rule.professionals if rule and place not in missing else ():
            if name not in known:
                hint = _hint(name, known)
                text = f'o ERP não tem o profissional "{name}" de {service.name}.{hint}'
                objections.append(Objection(Weight.ERROR, place, text))
    return objections


def _services(profile: Profile, codes: set[str]) -> Iterator[Objection]:
    for position, code in enumerate(profile.booking.services):
        if code not in codes:
            text = f'o ERP não vende o serviço de código "{code}".{_hint(code, codes)}'
            yield Objection(Weight.ERROR, ("agenda", "servicos", position), text)


def _excluded(profile: Profile, known: set[str]) -> Iterator[Objection]:
    for position, name in enumerate(profile.exchange.excluded):
        if name not in known:
            text = f'o ERP não tem a categoria nem o código "{name}".{_hint(name, known)}'
            yield Objection(Weight.ERROR, ("trocas", "so_por_defeito", position), text)


def _hint(name: str, known: set[str]) -> str:
    near = process.extractOne(name, sorted(known), scorer=fuzz.ratio, score_cutoff=LIKELY)
    return f' Você quis dizer "{near[0]}"?' if near else ""
