"""CPF and CNPJ of Brazilian contacts."""

from __future__ import annotations

from validate_docbr import CNPJ, CPF

from chatwootai.simulators.odoo.errors import ValidationError

_CPF_LENGTH = 11
_FORMATS = {"CPF": "123.456.789-09", "CNPJ": "11.222.333/0001-81"}


def check_identification(number: str, kind: str | None, owner: str) -> None:
    """Refuse a number with wrong check digits; `kind` is the name of the identification type, if any.

    Other documents (passport, foreign id) are taken as they are.
    """
    wanted = _wanted(number, kind)
    if wanted is None or _valid(number, wanted):
        return
    raise ValidationError(
        f"O número de {wanted} [{number}] de {owner} não parece ser válido."
        f"\nO formato esperado é {_FORMATS[wanted]}."
    )


def _wanted(number: str, kind: str | None) -> str | None:
    if kind in _FORMATS:
        return kind
    if kind not in (None, "VAT"):
        return None
    return "CPF" if sum(letter.isalnum() for letter in number) <= _CPF_LENGTH else "CNPJ"


def _valid(number: str, kind: str) -> bool:
    return bool(CPF().validate(number) if kind == "CPF" else CNPJ().validate(number))
