"""Who works here. The profile knows their names; the calendar is asked about those who are meant alone."""

from __future__ import annotations

from collections.abc import Sequence

from chatwootai.crews.scheduling.bench import Bench
from chatwootai.crews.scheduling.facts import ProfessionalFacts
from chatwootai.crews.scheduling.people import person_named


async def team(bench: Bench) -> Sequence[ProfessionalFacts]:
    """Everybody. One question to the calendar for each group of people, not for each treatment."""
    found: dict[int, ProfessionalFacts] = {}
    asked: set[tuple[str, ...]] = set()
    for service in await bench.services():
        names = _names(bench, service.code)
        if names is None or names in asked or (names and set(names) <= {p.name for p in found.values()}):
            continue
        asked.add(names)
        found.update({person.id: person for person in await bench.people(service.id)})
    return tuple(found.values())


async def known_names(bench: Bench) -> Sequence[ProfessionalFacts]:
    """Their names, to look for in a text. The ids are places in this list and mean nothing elsewhere."""
    rules = bench.rules.services.values()
    if any(not rule.professionals for rule in rules):
        return await team(bench)
    names = dict.fromkeys(name for rule in rules for name in rule.professionals)
    return tuple(ProfessionalFacts(place, name) for place, name in enumerate(names, start=1))


async def named_in(bench: Bench, text: str, names: Sequence[str] = ()) -> ProfessionalFacts | None:
    """The one whom `text` names, as the calendar has her. `names` are people who are no professionals."""
    known = await known_names(bench)
    place = person_named(text, known, names)
    name = next((each.name for each in known if each.id == place), None)
    if name is None:
        return None
    for service in await bench.services():
        if name not in (_names(bench, service.code) or (name,)):
            continue
        person = next((each for each in await bench.people(service.id) if each.name == name), None)
        if person is not None:
            return person
    return None


async def somebody(bench: Bench, person_id: int) -> ProfessionalFacts | None:
    """By id; asked of the calendar only when this turn has not met her yet."""
    met = bench.met.get(person_id)
    return met or next((each for each in await team(bench) if each.id == person_id), None)


async def services_of(bench: Bench, person: ProfessionalFacts) -> tuple[int, ...]:
    """The treatments that somebody offers, as the profile says."""
    rules = bench.rules.services
    codes = {
        code for code, rule in rules.items() if not rule.professionals or person.name in rule.professionals
    }
    return tuple(each.id for each in await bench.services() if each.code in codes)


def _names(bench: Bench, code: str) -> tuple[str, ...] | None:
    rule = bench.rules.services.get(code)
    return rule.professionals if rule else None
