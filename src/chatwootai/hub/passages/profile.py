"""The rules and texts of a profile as passages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from chatwootai.brazil.letters import folded
from chatwootai.domain.knowledge import Passage, PassageKind
from chatwootai.domain.profiles import BusinessHours, Contact, Freight, Profile
from chatwootai.hub.passages.asking import aliases, is_about_insurance

_WEEKDAYS = ("segunda", "terça", "quarta", "quinta", "sexta", "sábado", "domingo")


def profile_passages(profile: Profile, day: date) -> tuple[Passage, ...]:
    """What the profile tells, of rules those that hold on `day`.

    What it tells in fields (freights, hours, …) is a passage only where no rule is about the same: two that
    say the same would push others out of the best three.
    """
    rules = [rule for rule in profile.policies if rule.is_valid(day)]
    subjects = {rule.subject for rule in rules}
    if any(is_about_insurance(rule.title) for rule in rules):
        subjects.add("insurance")
    found = [_policy(rule.subject, rule.title, rule.text) for rule in rules]
    found += [
        _policy(subject, title, text) for subject, title, text in _fields(profile) if subject not in subjects
    ]
    found += [
        Passage(
            f"faq:{_slug(faq.questions[0])}",
            PassageKind.FAQ,
            faq.questions[0],
            faq.answer,
            aliases=faq.questions[1:],
        )
        for faq in profile.faq
        if faq.questions
    ]
    return tuple(_each_key_once(found))


def _policy(subject: str, title: str, text: str) -> Passage:
    return Passage(
        f"policy:{_slug(title)}", PassageKind.POLICY, title, text, aliases=aliases(subject, title, text)
    )


def _fields(profile: Profile) -> Iterator[tuple[str, str, str]]:
    """Subject, title and text of what has fields of its own and something in them."""
    delivery, payment, contact = profile.delivery, profile.payment, profile.contact
    freights = " ".join([*map(_freight, delivery.freights), delivery.note or ""]).strip()
    methods = f"{', '.join(payment.methods)}. {payment.how or ''}".strip() if payment.methods else None
    told = (
        ("delivery", "Prazo de entrega e frete", freights),
        ("pickup", "Retirada na loja", delivery.pickup),
        ("payment", "Formas de pagamento", methods),
        ("exchange", "Troca e devolução", profile.exchange.conditions),
        ("hours", "Horário de funcionamento", _hours(profile.hours)),
        ("address", "Endereço", profile.address),
        ("parking", "Estacionamento", contact.parking),
        ("contact", "Telefone, e-mail e redes sociais", _ways(contact)),
        ("loyalty", "Programa de fidelidade", profile.loyalty),
        ("about", f"Sobre {profile.business}", profile.about),
        ("insurance", "Convênios e planos de saúde", profile.booking.insurance),
    )
    for subject, title, text in told:
        if text:
            yield subject, title, text


def _freight(freight: Freight) -> str:
    days = f"{freight.least_days} a {freight.most_days} dias{' úteis' if freight.working_days else ''}"
    cities = f" ({', '.join(freight.cities)})" if freight.cities else ""
    return f"{freight.name}{cities}: {days}."


def _hours(hours: BusinessHours) -> str:
    days = [
        f"{name}: " + (" e ".join(f"{p.opens:%H:%M} às {p.closes:%H:%M}" for p in periods) or "fechado")
        for number, name in enumerate(_WEEKDAYS)
        for periods in [hours.week.get(number, ())]
    ]
    return "; ".join(days).capitalize() + "."


def _ways(contact: Contact) -> str:
    known = (contact.phone, contact.whatsapp, contact.email, contact.site, contact.instagram)
    return ", ".join(way for way in known if way)


def _slug(title: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", folded(title)).strip("-") or "sem-titulo"


def _each_key_once(passages: Iterable[Passage]) -> Iterator[Passage]:
    """Two rules of one title get "-2" behind the second's key."""
    seen: dict[str, int] = {}
    for passage in passages:
        times = seen[passage.key] = seen.get(passage.key, 0) + 1
        yield passage if times == 1 else replace(passage, key=f"{passage.key}-{times}")
