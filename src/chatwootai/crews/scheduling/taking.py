"""Taking from her words what an appointment needs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from chatwootai.crews.scheduling.asking import Turn
from chatwootai.crews.scheduling.bench import Bench
from chatwootai.crews.scheduling.facts import slot_named
from chatwootai.crews.scheduling.hearing import Said
from chatwootai.crews.scheduling.negating import meant_moments
from chatwootai.crews.scheduling.people import (
    cued_words,
    is_indifferent,
    name_words,
    without_people,
)
from chatwootai.crews.scheduling.plans import Plan
from chatwootai.crews.scheduling.team import known_names, named_in
from chatwootai.crews.scheduling.treatments import Meant, Treatments
from chatwootai.crews.scheduling.wishes import Wish, meanings
from chatwootai.crews.understanding.words import fold
from chatwootai.domain.requests import Moment

SERVICE: Final = "service:"
TOLD_PRODUCTS: Final = "products"
"""Memory key of the sales crew: the products of which its last answer told."""
HIS: Final = frozenset({"marido", "esposo", "pai", "namorado", "noivo", "irmão", "sogro", "avô", "tio"})
HERS: Final = frozenset({"mãe", "mulher", "esposa", "namorada", "noiva", "irmã", "sogra", "avó", "tia"})
"""Grown-ups: of children nobody knows which cut is meant."""
ANY_TIME: Final = re.compile(
    r"\b(?:qualquer (?:um|horario|uma|hora)|tanto faz|o que (?:tiver|for)|pode ser qualquer"
    r"|mais (?:cedo|proximo) (?:possivel|que (?:tiver|der|houver))|o quanto antes"
    r"|primeiro (?:horario|que tiver))\b"
)
EARLIER: Final = re.compile(r"\b(?:mais cedo|antes)\b")
LATER_ON: Final = re.compile(r"\b(?:mais tarde|depois|mais pro fim|mais para o fim)\b")
PUTS_OFF: Final = re.compile(r"\b(?:fal|vej|respond|decid|avis|volt|pens|retorn|confirm|cham|digo|ver\b)\w*")
OTHERS: Final = re.compile(
    r"\b(?:outr[oa]s? (?:dia|data|horario|hora|opcao|opcoes)s?|outr[oa]s?\b|nenhum(?:a)?\b|(?:tem|ha) mais"
    r"|nao (?:posso|consigo|da|vai dar))"
)


async def sifted(turn: Turn, said: Said) -> Said:
    """Without names that are none of a patient, and with times as they are meant."""
    said = replace(said, moments=meant_moments(said))
    if not said.names:
        return said
    known = Treatments(await turn.bench.services())
    cued = cued_words(said.text)

    def is_person(name: str) -> bool:
        meant = known.find(name)
        return not (meant.found and not meant.rest) and not set(name_words(name)[:1]) & cued

    return replace(said, names=tuple(name for name in said.names if is_person(name)))


def take_when(turn: Turn, said: Said, plan: Plan) -> Plan:
    """The time that she chooses among those offered, or another wish."""
    chosen = _chosen_slot(turn.bench, said, plan)
    if chosen:
        return replace(plan, slot=chosen)
    if said.moments:
        return replace(plan, wish=plan.wish.with_moments(said.moments), slot="")
    offered = [turn.bench.local(found[0]) for key in plan.offered if (found := slot_named(key))]
    if not offered:
        return plan
    if takes_any(said.text):
        return replace(plan, slot=plan.offered[0])
    return _earlier_or_later(said, plan, offered)


def _earlier_or_later(said: Said, plan: Plan, offered: Sequence[datetime]) -> Plan:
    """ "Mais tarde" is later on the day of which we spoke, or on the first that was offered."""
    days = plan.wish.days or (offered[0].date(),)
    clocks = [start for start in offered if start.date() in days] or list(offered)
    if LATER_ON.search(said.folded):
        after = (clocks[-1] + timedelta(minutes=1)).time()
        return replace(plan, wish=Wish(days, not_before=after), slot="")
    if EARLIER.search(said.folded):
        before = (clocks[0] - timedelta(minutes=1)).time()
        return replace(plan, wish=Wish(days, not_after=before), slot="")
    return plan


def takes_any(text: str) -> bool:
    """ "Qualquer um", "tanto faz" """
    return ANY_TIME.search(fold(text)) is not None


def wants_later_times(said: Said) -> bool:
    """ "Tem mais tarde?", but not "te falo mais tarde"."""
    return LATER_ON.search(said.folded) is not None and PUTS_OFF.search(said.folded) is None


def wants_others(said: Said) -> bool:
    """ "Outro dia", "nenhum desses": none of the times offered, and no other one named."""
    return not said.moments and OTHERS.search(said.folded) is not None


async def take_service(turn: Turn, said: Said, plan: Plan) -> tuple[Plan, tuple[Meant, ...]]:
    """The plan with the treatment she names, and what she may have meant where that is not clear."""
    pressed = said.chosen.removeprefix(SERVICE)
    if said.chosen.startswith(SERVICE) and pressed.isdecimal():
        # A button of old, or a forged one, may name what is not booked here.
        known = await turn.bench.service(int(pressed))
        return (_for_service(plan, known.id), ()) if known else (plan, ())
    text = await _naming(turn, said)
    among = [found for id_ in plan.candidates if (found := await turn.bench.service(id_))]
    if among and not plan.service:
        meant = Treatments(among).find(text)
        if len(meant.found) == 1:
            return _for_service(plan, meant.found[0].id), ()
    meants = await turn.tools.meant(text)
    named = [_of_kin(meant, plan.for_whom) for meant in meants if meant.found]
    if plan.service:
        named = [meant for meant in named if meant.by_name]
    if not named:
        return plan, meants if not plan.service else ()
    first, *rest = named
    later = tuple(tuple(service.id for service in meant.found) for meant in rest)
    if len(first.found) == 1:
        changed = _for_service(plan, first.found[0].id)
        return replace(changed, later=later or plan.later, mention=text), ()
    if plan.service in {service.id for service in first.found}:
        return plan, ()
    if plan.service and not said.mention:
        return plan, ()
    return replace(_for_service(plan, 0), later=later or plan.later, mention=text), (first,)


def _of_kin(meant: Meant, kin: str) -> Meant:
    """ "Meu marido quer cortar o cabelo": of the cuts the one for men."""
    ending = "masculin" if kin in HIS else "feminin" if kin in HERS else ""
    fitting = tuple(each for each in meant.found if ending and ending in fold(each.name))
    return replace(meant, found=fitting) if len(fitting) == 1 else meant


def names_something(meants: Sequence[Meant]) -> bool:
    """Whether she named a treatment, known or not."""
    return any(meant.found or meant.rest for meant in meants)


async def spoken_of(turn: Turn) -> int:
    """The treatment whose price another crew told just before, 0 for none: "e pode marcar pra sexta?" """
    told = turn.tools.visit.memory.get(TOLD_PRODUCTS)
    if not isinstance(told, Sequence) or len(told) != 1 or not isinstance(told[0], int):
        return 0
    return told[0] if await turn.bench.service(told[0]) else 0


async def take_person(turn: Turn, said: Said, plan: Plan) -> Plan:
    """The professional whom she wants, None where she takes anybody."""
    if is_indifferent(said.text):
        return replace(plan, professional=0)
    person = await named_in(turn.bench, said.text, said.names)
    return replace(plan, professional=person.id) if person else plan


async def _naming(turn: Turn, said: Said) -> str:
    return without_people(said.without_moments, await known_names(turn.bench))


def _for_service(plan: Plan, service_id: int) -> Plan:
    if service_id == plan.service and service_id:
        return plan
    return replace(plan, service=service_id, candidates=(), offered=(), slot="")


def _chosen_slot(bench: Bench, said: Said, plan: Plan) -> str:
    """A time named in words goes before a place in the list: "às 3" is 15h, and not the third."""
    fitting = [key for key in plan.offered if _is_named(bench, key, said.moments)]
    if len(fitting) == 1:
        return fitting[0]
    names_time = any(moment.at is not None for moment in said.moments)
    return said.chosen if slot_named(said.chosen) and not names_time else ""


def _is_named(bench: Bench, key: str, moments: Sequence[Moment]) -> bool:
    found = slot_named(key)
    if found is None or len(moments) != 1:
        return False
    start, moment = bench.local(found[0]), moments[0]
    if moment.at is None or (moment.days and start.date() not in moment.days):
        return False
    return start.time() in meanings(moment.at)
