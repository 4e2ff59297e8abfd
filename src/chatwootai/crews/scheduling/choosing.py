"""Which treatment: asking back, among a few, among many, or saying that there is none such."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from chatwootai.crews.dialogues.parts import Part
from chatwootai.crews.dialogues.quoting import quoted
from chatwootai.crews.scheduling import wordings as say
from chatwootai.crews.scheduling.asking import Turn
from chatwootai.crews.scheduling.facts import ServiceFacts
from chatwootai.crews.scheduling.hearing import Said
from chatwootai.crews.scheduling.plans import Plan
from chatwootai.crews.scheduling.speaking import listed
from chatwootai.crews.scheduling.taking import SERVICE
from chatwootai.crews.scheduling.team import services_of, somebody
from chatwootai.crews.scheduling.treatments import Meant
from chatwootai.domain.conversations import Choice

BOOK: Final = "book"
MOST: Final = 10
"""Choices that a list on WhatsApp holds."""
KINDS: Final = 8
"""Names told in a sentence."""


async def ask_service(
    turn: Turn, said: Said, plan: Plan, meants: Sequence[Meant], *, progress: bool = True
) -> Part:
    """One short question for the treatment, with choices where there are few."""
    found = [service for meant in meants for service in meant.found]
    rest = next((meant.rest for meant in meants if meant.rest), "")
    if found:
        return which_of(turn, plan, found, quoted(said.mention or meants[0].said), progress=progress)
    if rest:
        return await _not_here(turn, plan, rest)
    if plan.professional:
        return await _of_person(turn, plan)
    services = await turn.bench.services()
    if len(services) <= MOST:
        text = turn.wording.pick("which_service", say.WHICH_SERVICE)
        return _asked(turn, plan, services, text, progress=progress)
    words = {"kinds": kinds(services)}
    text = turn.wording.pick("many", say.MANY, words)
    return turn.ask(BOOK, "service", replace(plan, candidates=()), text, progress=progress)


def which_of(
    turn: Turn, plan: Plan, found: Sequence[ServiceFacts], what: str, *, progress: bool = True
) -> Part:
    """Which of these; more than a list holds are named in a sentence."""
    if len(found) > MOST:
        text = turn.wording.pick("many", say.MANY, {"kinds": kinds(found)})
        return turn.ask(BOOK, "service", replace(plan, candidates=_ids(found)), text, progress=progress)
    text = turn.wording.pick("which_of_these", say.WHICH_OF_THESE, {"what": what})
    return _asked(turn, plan, found, text, progress=progress)


def kinds(services: Sequence[ServiceFacts]) -> str:
    """Categories where there are several, else the first names, in words."""
    categories = list(dict.fromkeys(each.category.rsplit("/", 1)[-1].strip() for each in services))
    if len(services) > KINDS and 1 < len(categories) <= KINDS and all(categories):
        return listed([name[:1].lower() + name[1:] for name in categories])
    names = [_lowered(each.name) for each in services]
    if len(names) > KINDS:
        return f"{', '.join(names[:KINDS])} e outros"
    return listed(names)


async def _not_here(turn: Turn, plan: Plan, rest: str) -> Part:
    what = quoted(rest)
    near = await turn.tools.similar_services(rest)
    if near:
        text = turn.wording.pick("near", say.NEAR, {"what": what})
        return _asked(turn, plan, near, _capital(text), progress=True)
    words = {"what": what, "kinds": kinds(await turn.bench.services())}
    text = _capital(turn.wording.pick("not_here", say.NOT_HERE, words))
    return turn.ask(BOOK, "service", replace(plan, candidates=()), text, progress=False)


async def _of_person(turn: Turn, plan: Plan) -> Part:
    person = await somebody(turn.bench, plan.professional)
    ids = await services_of(turn.bench, person) if person else ()
    services = [each for each in await turn.bench.services() if each.id in ids]
    name = person.name if person else ""
    text = turn.wording.pick("which_of_person", say.WHICH_OF_PERSON, {"person": name})
    return _asked(turn, plan, services[:MOST], text, progress=True)


def _asked(turn: Turn, plan: Plan, services: Sequence[ServiceFacts], text: str, *, progress: bool) -> Part:
    choices = tuple(Choice(each.name, f"{SERVICE}{each.id}") for each in services)
    return turn.ask(
        BOOK, "service", replace(plan, candidates=_ids(services)), text, choices, progress=progress
    )


def _ids(services: Sequence[ServiceFacts]) -> tuple[int, ...]:
    return tuple(each.id for each in services)


def _lowered(name: str) -> str:
    first = name.split()[0]
    return name if first.isupper() or "-" in first else name[:1].lower() + name[1:]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
