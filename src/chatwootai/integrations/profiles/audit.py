"""What the schema cannot see: rules that have expired, that contradict each other, or that the ERP belies."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import combinations

from chatwootai.brazil.money import find_amounts, format_brl
from chatwootai.domain.profiles import Policy, Profile
from chatwootai.integrations.profiles.nodes import Place

SOON = timedelta(days=30)


class Weight(StrEnum):
    ERROR = "erro"
    WARNING = "aviso"


@dataclass(frozen=True, slots=True)
class Objection:
    """`place` is where in the file, `text` what is wrong and what to do, for the owner."""

    weight: Weight
    place: Place
    text: str


INSTALMENTS = re.compile(r"(\d+)\s*(?:x|vezes)", re.IGNORECASE)
DAYS = re.compile(r"(\d+)\s+dias", re.IGNORECASE)
HOURS = re.compile(r"(\d+)\s+horas?\s+antes", re.IGNORECASE)
FREE = re.compile(r"gr[áa]tis[^.;]*?a partir de\s+R\$\s*[\d.,]*\d", re.IGNORECASE)


def audit(profile: Profile, today: date) -> list[Objection]:
    """Every objection, in the order of the file's sections."""
    return [
        *_closed_days(profile, today),
        *_expired(profile, today),
        *_twice(profile),
        *_payment(profile),
        *_exchange(profile),
        *_booking(profile),
        *_freights(profile),
        *_questions(profile),
    ]


def _closed_days(profile: Profile, today: date) -> Iterator[Objection]:
    past = [day for day in profile.hours.closed_on if day < today]
    if past:
        days = ", ".join(f"{day:%d/%m/%Y}" for day in sorted(past))
        yield Objection(
            Weight.WARNING, ("atendimento", "fechado_em"), f"estes dias já passaram: {days}; apague-os"
        )


def _expired(profile: Profile, today: date) -> Iterator[Objection]:
    for position, policy in enumerate(profile.policies):
        if policy.valid_until and policy.valid_until < today:
            text = (
                f'a regra "{policy.title}" venceu em {policy.valid_until:%d/%m/%Y}; apague-a ou mude a data'
            )
            yield Objection(Weight.ERROR, ("regras", position), text)


def _twice(profile: Profile) -> Iterator[Objection]:
    """Two rules of one subject and title that say different things of the same days."""
    numbered = list(enumerate(profile.policies))
    for (_, first), (position, second) in combinations(numbered, 2):
        same = (first.subject, first.title.casefold()) == (second.subject, second.title.casefold())
        if same and first.text != second.text and _overlap(first, second):
            text = f'há duas regras "{second.title}" que valem nos mesmos dias e dizem coisas diferentes'
            yield Objection(Weight.ERROR, ("regras", position), text)


def _overlap(first: Policy, second: Policy) -> bool:
    begins = max(first.valid_from or date.min, second.valid_from or date.min)
    ends = min(first.valid_until or date.max, second.valid_until or date.max)
    return begins <= ends


def _payment(profile: Profile) -> Iterator[Objection]:
    most = profile.payment.instalments
    for place, text in _texts(profile, {"payment"}):
        told = [int(match.group(1)) for match in INSTALMENTS.finditer(text)]
        if told and most not in told:
            said = f"o texto fala em {told[0]}x e pagamento.parcelas diz {most}; deixe os dois iguais"
            yield Objection(Weight.ERROR, place, said)


def _exchange(profile: Profile) -> Iterator[Objection]:
    rules = profile.exchange
    known = {rules.regret_days, rules.defect_days}
    for place, text in _texts(profile, {"exchange"}):
        told = {int(match.group(1)) for match in DAYS.finditer(text)}
        if told and not told & known:
            days = " e ".join(str(day) for day in sorted(told))
            said = (
                f"o texto fala em {days} dias, e trocas diz {rules.regret_days} (arrependimento) "
                f"e {rules.defect_days} (defeito)"
            )
            yield Objection(Weight.ERROR, place, said)


def _booking(profile: Profile) -> Iterator[Objection]:
    hours = int(profile.booking.free_until / timedelta(hours=1))
    if not profile.booking.services:
        if "scheduling" in profile.crews:
            yield Objection(Weight.ERROR, ("equipes",), 'a equipe "agenda" não tem nenhum serviço em agenda')
        return
    for place, text in _texts(profile, {"booking"}):
        told = [int(match.group(1)) for match in HOURS.finditer(text)]
        if told and hours not in told:
            said = f"o texto fala em {told[0]} horas antes e agenda.cancelamento_gratis_horas diz {hours}"
            yield Objection(Weight.ERROR, place, said)


def _freights(profile: Profile) -> Iterator[Objection]:
    names: set[str] = set()
    limits = {each.free_from.amount for each in profile.delivery.freights if each.free_from}
    for position, freight in enumerate(profile.delivery.freights):
        if freight.name.casefold() in names:
            yield Objection(
                Weight.ERROR, ("entrega", "formas", position), f'"{freight.name}" aparece duas vezes'
            )
        names.add(freight.name.casefold())
    for place, text in _texts(profile, {"delivery"}):
        told = {amount.value for part in FREE.findall(text) for amount in find_amounts(part)}
        for amount in sorted(told - limits):
            said = (
                f"o texto dá frete grátis a partir de {format_brl(amount)}; nenhuma forma de entrega diz isso"
            )
            yield Objection(Weight.ERROR, place, said)


def _questions(profile: Profile) -> Iterator[Objection]:
    seen: dict[str, str] = {}
    for position, faq in enumerate(profile.faq):
        for question in faq.questions:
            other = seen.setdefault(question.casefold(), faq.answer)
            if other != faq.answer:
                said = f'a pergunta "{question}" tem duas respostas diferentes'
                yield Objection(Weight.ERROR, ("perguntas", position), said)


def _texts(profile: Profile, subjects: set[str]) -> Iterator[tuple[Place, str]]:
    for position, policy in enumerate(profile.policies):
        if policy.subject in subjects:
            yield ("regras", position), policy.text
