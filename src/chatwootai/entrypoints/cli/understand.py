"""`chatwootai understand "texto"`: what a message of a customer is read as, without a conversation."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Final
from zoneinfo import ZoneInfo

import typer

if TYPE_CHECKING:
    from chatwootai.crews.understanding.reader import Judged
    from chatwootai.domain.requests import Amount, Entities, Moment

SAO_PAULO: Final = ZoneInfo("America/Sao_Paulo")


def understand(
    text: Annotated[str, typer.Argument(metavar="TEXTO", help="A mensagem, entre aspas.")],
    at: Annotated[
        datetime | None,
        typer.Option("--agora", help="Quando foi escrita, para “amanhã” e afins (horário de São Paulo)."),
    ] = None,
) -> None:
    """Mostra o que se entende de uma mensagem: intenções, confiança e o que foi citado."""
    from chatwootai.crews.understanding.reader import judge

    now = at.replace(tzinfo=SAO_PAULO) if at else datetime.now(SAO_PAULO)
    for judged in judge(text, now=now):
        for line in _lines(judged):
            typer.echo(line)


def _lines(judged: Judged) -> list[str]:
    request = judged.request
    crew = request.crew.value if request.crew else "pessoas"
    lines = [
        f"{request.intent.value}  (confiança {judged.confidence:.0%}, equipe: {crew})",
        f"  trecho: {request.text}",
    ]
    if request.mention:
        lines.append(f"  produto citado: {request.mention}")
    if request.assent is not None:
        lines.append(f"  resposta a uma proposta: {request.assent.value}")
    return lines + [f"  {name}: {', '.join(values)}" for name, values in _named(request.entities) if values]


def _named(entities: Entities) -> list[tuple[str, list[str]]]:
    return [
        ("quando", [_when(moment) for moment in entities.moments]),
        ("impossível", [impossible.value for impossible in entities.impossible]),
        ("quantidade", [f"{quantity.value} {quantity.of}".strip() for quantity in entities.quantities]),
        ("valor", [_amount(amount) for amount in entities.amounts]),
        ("pedido", list(entities.order_codes)),
        ("cupom", list(entities.coupons)),
        ("CPF ou CNPJ", list(entities.documents)),
        ("CPF ou CNPJ inválido", list(entities.bad_documents)),
        ("telefone", list(entities.phones)),
        ("e-mail", list(entities.emails)),
        ("CEP", list(entities.postal_codes)),
        ("nome", list(entities.names)),
        ("para quem", [entities.for_whom] if entities.for_whom else []),
    ]


def _when(moment: Moment) -> str:
    days = " ou ".join(f"{day:%d/%m/%Y}" for day in moment.days)
    at = f"{moment.at:%H:%M}" if moment.at else ""
    bounds = [
        f"{word} {time:%H:%M}"
        for word, time in (("depois das", moment.not_before), ("até as", moment.not_after))
        if time
    ]
    told = " ".join(part for part in (days, at, *bounds) if part)
    return f"“{moment.said}” = {told}" if told else f"“{moment.said}”"


def _amount(amount: Amount) -> str:
    bound = "até " if amount.at_most else "a partir de " if amount.at_least else ""
    return f"{bound}R$ {amount.value:.2f}".replace(".", ",")
