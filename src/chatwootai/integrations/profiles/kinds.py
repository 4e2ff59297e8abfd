"""Kinds of values that several sections of a profile use."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from chatwootai.brazil.money import parse_brl
from chatwootai.domain.money import Money

YES_OR_NO = {"sim": True, "não": False, "nao": False}


class Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, validate_default=True)


def _boolean(written: object) -> object:
    return YES_OR_NO.get(written.strip().lower(), written) if isinstance(written, str) else written


def _iso_date(written: object) -> object:
    # YAML reads 2026-12-25 as a date by itself; a quoted one arrives as text.
    if isinstance(written, date):
        return written
    try:
        return date.fromisoformat(str(written))
    except ValueError as error:
        raise ValueError(f'"{written}" não é uma data; escreva ano-mês-dia, como 2026-12-25') from error


def _money(written: object) -> object:
    """ "18,90", "R$ 1.500,00", and 18.9 as YAML reads 18.90."""
    if isinstance(written, Money):
        return written
    amount = None
    if isinstance(written, int | float) and not isinstance(written, bool):
        amount = Decimal(str(written))
    elif isinstance(written, str):
        amount = parse_brl(written)
    if amount is None or not amount.is_finite() or amount < 0:
        raise ValueError(f'"{written}" não é um valor em reais; escreva como "18,90"')
    return Money(amount)


def _percent(written: object) -> object:
    text = str(written).strip().removesuffix("%").strip().replace(",", ".")
    try:
        percent = Decimal(text)
    except InvalidOperation as error:
        raise ValueError(f'"{written}" não é uma porcentagem; escreva como 5 ou "12,5"') from error
    if not percent.is_finite() or not 0 <= percent <= 100:
        raise ValueError(f'"{written}" não é uma porcentagem; vai de 0 a 100')
    return percent


Text = Annotated[str, Field(min_length=1, max_length=200)]
LongText = Annotated[str, Field(min_length=1, max_length=1000)]
YesNo = Annotated[
    bool,
    BeforeValidator(_boolean),
    WithJsonSchema({"enum": [True, False, "sim", "não"], "description": "sim ou não"}),
]
Day = Annotated[date, BeforeValidator(_iso_date), WithJsonSchema({"type": "string", "format": "date"})]
Reais = Annotated[
    Money,
    BeforeValidator(_money),
    WithJsonSchema({"type": ["string", "number"], "examples": ["18,90"], "description": "Valor em reais."}),
]
Percent = Annotated[
    Decimal,
    BeforeValidator(_percent),
    WithJsonSchema({"type": ["string", "number"], "examples": [5], "description": "De 0 a 100."}),
]
Count = Annotated[int, Field(ge=0, strict=True)]
