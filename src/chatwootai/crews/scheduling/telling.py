"""What can be told without booking: treatments, people, health plans, how to prepare."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Final

from chatwootai.brazil.money import format_brl
from chatwootai.crews.dialogues.notunderstood import PERSON_CHOICE
from chatwootai.crews.dialogues.parts import Part
from chatwootai.crews.dialogues.quoting import quoted
from chatwootai.crews.scheduling.asking import Turn
from chatwootai.crews.scheduling.choosing import kinds
from chatwootai.crews.scheduling.facts import ServiceFacts
from chatwootai.crews.scheduling.hearing import Said
from chatwootai.crews.scheduling.people import stranger
from chatwootai.crews.scheduling.plans import Plan
from chatwootai.crews.scheduling.speaking import listed, spoken_length
from chatwootai.crews.scheduling.taking import SERVICE, take_service
from chatwootai.crews.scheduling.team import named_in, services_of, team
from chatwootai.crews.scheduling.treatments import Meant
from chatwootai.domain.conversations import Choice

MOST_LINES: Final = 8
MOST_CHOICES: Final = 10
FEW: Final = 3
PREPARATION: Final = "preparation"
OFFERED: Final = (
    "Fazemos, sim! **{service}**: {price}, {length}.{description}{ask}",
    "Sim, temos! **{service}** custa {price} e leva {length}.{description}{ask}",
)
SEVERAL: Final = (
    "Temos estas opções:\n{lines}\n\nQuer ver os horários de alguma?",
    "Fazemos, sim:\n{lines}\n\nPara qual delas você quer ver horários?",
)
ALL: Final = (
    "Temos {kinds}. Sobre qual você quer saber?",
    "Fazemos {kinds}. Quer saber de algum?",
)
NOT_OFFERED: Final = (
    "{what} nós não fazemos. Temos {kinds}.",
    "Não temos {what} por aqui. Fazemos {kinds}.",
)
WHO: Final = (
    "**{service}** é com {people}.{ask}",
    "Quem faz **{service}** é {people}.{ask}",
)
DOES: Final = (
    "{person} atende por aqui, sim: {services}.{ask}",
    "Sim, {person} atende: {services}.{ask}",
)
STRANGER: Final = ("Não temos {person} na equipe. Atendem aqui: {people}.",)
TEAM: Final = (
    "Nossa equipe: {people}. De qual serviço você quer saber?",
    "Atendem aqui: {people}. Para qual serviço seria?",
)
NO_INSURANCE: Final = (
    "Sobre convênio eu não tenho essa informação. Quer que eu chame uma pessoa da equipe?",
    "Essa dúvida sobre convênio é com a equipe. Posso chamar alguém para você?",
)
INSURANCE_UNKNOWN: Final = "Sobre convênio eu não tenho informação; é uma dúvida para a equipe."
PREPARE: Final = ("Para **{service}**: {preparation}", "Preparo para **{service}**: {preparation}")
NO_PREPARATION: Final = (
    "Não tenho nenhum preparo indicado para **{service}**.",
    "Para **{service}** não há preparo indicado por aqui.",
)
WHICH_PREPARATION: Final = (
    "Para qual serviço ou exame você quer saber o preparo?",
    "O preparo é para qual serviço?",
)


async def services(turn: Turn, said: Said) -> Part:
    """What there is, with its price and how long it takes."""
    plan, meants = await take_service(turn, said, Plan())
    service = await turn.bench.service(plan.service) if plan.service else None
    if service is not None:
        words = {
            "service": service.name,
            "price": _price(service),
            "length": spoken_length(timedelta(minutes=service.minutes)),
            "ask": _ask(turn),
            "description": f" {service.description}" if service.description else "",
        }
        turn.bench.say(service.description)
        return _then_times(turn, plan, turn.wording.pick("offered", OFFERED, words))
    found = [each for meant in meants for each in meant.found]
    if found and len(found) <= MOST_LINES:
        lines = "\n".join(f"• **{each.name}**: {_price(each)}" for each in found)
        text = turn.wording.pick("several", SEVERAL, {"lines": lines})
        return turn.ask("book", "service", replace(plan, candidates=tuple(each.id for each in found)), text)
    rest = next((meant.rest for meant in meants if meant.rest), "")
    known = kinds(found or await turn.bench.services())
    if rest and not found:
        text = turn.wording.pick("not_offered", NOT_OFFERED, {"what": quoted(rest), "kinds": known})
        return Part(text[:1].upper() + text[1:])
    return turn.ask("book", "service", Plan(), turn.wording.pick("all", ALL, {"kinds": known}))


async def professionals(turn: Turn, said: Said) -> Part:
    """Who works here, who does what, what somebody does."""
    person = await named_in(turn.bench, said.text, said.names)
    if person is not None:
        offered = [
            found for id_ in await services_of(turn.bench, person) if (found := await turn.bench.service(id_))
        ]
        words = {"person": person.name, "services": kinds(offered), "ask": _ask(turn)}
        plan = Plan(professional=person.id, candidates=tuple(each.id for each in offered))
        if len(offered) == 1:
            plan = replace(plan, service=offered[0].id)
        return _then_times(turn, plan, turn.wording.pick("does", DOES, words))
    people = await team(turn.bench)
    unknown = stranger(said.text, people)
    if unknown:
        words = {"person": unknown, "people": listed([each.name for each in people])}
        return Part(turn.wording.pick("stranger", STRANGER, words))
    plan, meants = await take_service(turn, said, Plan())
    plan = (
        plan if plan.service or (meants[:1] and meants[0].found) else replace(plan, service=turn.plan.service)
    )
    service = await turn.bench.service(plan.service) if plan.service else _first(meants)
    if service is not None:
        offering = listed([each.name for each in await turn.bench.people(service.id)])
        words = {"service": service.name, "people": offering, "ask": _ask(turn)}
        return _then_times(turn, replace(plan, service=service.id), turn.wording.pick("who", WHO, words))
    words = {"people": listed([each.name for each in people])}
    return turn.ask("book", "service", Plan(), turn.wording.pick("team", TEAM, words))


def insurance(turn: Turn) -> Part:
    """As the profile tells it."""
    told = turn.bench.rules.insurance
    if told is None and turn.thread is not None:
        return Part(INSURANCE_UNKNOWN)
    if told is None:
        turn.wording.offer_person()
        return Part(turn.wording.pick("no_insurance", NO_INSURANCE), (PERSON_CHOICE,))
    turn.bench.say(told)
    return Part(told)


async def preparation(turn: Turn, said: Said) -> Part:
    """For the treatment that she names, else for those that she has booked. Never advice of our own."""
    thread = turn.thread
    asked = thread is not None and thread.dialogue == PREPARATION
    plan, meants = await take_service(turn, said, Plan(candidates=turn.plan.candidates) if asked else Plan())
    if plan.service:
        service = await turn.bench.service(plan.service)
        if asked:
            turn.close()
        return Part(_prepare(turn, [service] if service else []))
    going_on = await turn.bench.service(turn.plan.service) if turn.plan.service else None
    found = [each for meant in meants for each in meant.found]
    booked = [await turn.bench.service(each.service_id) for each in await turn.tools.my_appointments()]
    own = [each for each in dict.fromkeys([going_on, *booked]) if each is not None]
    fitting = [each for each in own if each in found] or ([] if found else own)
    if fitting or 0 < len(found) <= FEW:
        return Part(_prepare(turn, fitting or found))
    choices = tuple(Choice(each.name, f"{SERVICE}{each.id}") for each in found[:MOST_CHOICES])
    candidates = tuple(each.id for each in found[:MOST_CHOICES])
    text = turn.wording.pick("which_preparation", WHICH_PREPARATION)
    return turn.ask(PREPARATION, "service", Plan(candidates=candidates), text, choices, progress=False)


def _prepare(turn: Turn, asked: list[ServiceFacts]) -> str:
    texts: list[str] = []
    for service in asked:
        told = turn.bench.rules.preparation.get(service.code, "")
        turn.bench.say(told)
        variants = PREPARE if told else NO_PREPARATION
        texts.append(variants[len(texts) % 2].format(service=service.name, preparation=told))
    return "\n".join(texts)


def _then_times(turn: Turn, plan: Plan, text: str) -> Part:
    """A yes, or a day, goes on to the times of this."""
    asks = "day" if plan.service else "service"
    return turn.ask("book", asks, plan, text)


def _ask(turn: Turn) -> str:
    """Nothing more is asked while something else waits for an answer."""
    return "" if turn.thread else " Quer ver os horários?"


def _price(service: ServiceFacts) -> str:
    return format_brl(service.price) if service.price else "sem custo"


def _first(meants: tuple[Meant, ...]) -> ServiceFacts | None:
    """Whoever does one of those does the others, too, where a group was named ("escova")."""
    return meants[0].found[0] if meants and meants[0].found else None
