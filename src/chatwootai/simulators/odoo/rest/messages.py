"""What pydantic finds wrong with a request, in Brazilian Portuguese."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic_core import PydanticCustomError

from chatwootai.simulators.odoo.rest.refusals import FieldProblem

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

WORDED = "worded"
"""The type of errors whose message is in Portuguese already."""

_UNREADABLE = {"json_invalid", "json_type"}
_TEXTS = {
    "missing": "Campo obrigatório.",
    "extra_forbidden": "Campo desconhecido.",
    "string_type": "Deve ser um texto.",
    "string_unicode": "O texto tem caracteres inválidos.",
    "string_too_short": "Deve ter no mínimo {min_length} caractere(s).",
    "string_too_long": "Deve ter no máximo {max_length} caracteres.",
    "string_pattern_mismatch": "O formato é inválido.",
    "int_type": "Deve ser um número inteiro.",
    "int_parsing": "Deve ser um número inteiro.",
    "int_parsing_size": "O número é grande demais.",
    "int_from_float": "Deve ser um número inteiro.",
    "greater_than_equal": "Deve ser no mínimo {ge}.",
    "greater_than": "Deve ser maior que {gt}.",
    "less_than_equal": "Deve ser no máximo {le}.",
    "less_than": "Deve ser menor que {lt}.",
    "decimal_type": "Deve ser um número, como 49.90.",
    "decimal_parsing": "Deve ser um número, como 49.90.",
    "decimal_max_digits": "Deve ter no máximo {max_digits} algarismos.",
    "decimal_max_places": "Deve ter no máximo {decimal_places} casas decimais.",
    "decimal_whole_digits": "Deve ter no máximo {whole_digits} algarismos antes do ponto decimal.",
    "finite_number": "Deve ser um número finito.",
    "bool_type": "Deve ser true ou false.",
    "bool_parsing": "Deve ser true ou false.",
    "timezone_aware": "Informe o fuso horário, como em 2026-11-30T14:00:00-03:00.",
    "literal_error": "Valor desconhecido: use {expected}.",
    "enum": "Valor desconhecido: use {expected}.",
    "list_type": "Deve ser uma lista.",
    "too_short": "Informe no mínimo {min_length} item(ns).",
    "too_long": "Informe no máximo {max_length} itens.",
    "model_type": "Deve ser um objeto JSON.",
    "model_attributes_type": "Deve ser um objeto JSON.",
    "dict_type": "Deve ser um objeto JSON.",
}
_BY_PREFIX = {
    "datetime": "Deve ser uma data com hora e fuso, como 2026-11-30T14:00:00-03:00.",
    "date": "Deve ser uma data, como 2026-11-30.",
    "time": "Deve ser um horário, como 08:30.",
}


def worded(text: str) -> PydanticCustomError:
    """An error for validators to raise, with a text for people."""
    # Braces would be taken for places to fill in.
    return PydanticCustomError(WORDED, "{text}", {"text": text})


def is_unreadable(errors: Sequence[Mapping[str, Any]]) -> bool:
    """Whether the body could not be read at all."""
    return any(error["type"] in _UNREADABLE for error in errors)


def field_problems(errors: Sequence[Mapping[str, Any]]) -> list[FieldProblem]:
    """One message per wrong field. Values are never repeated: they may be personal, or no valid text."""
    return [FieldProblem(field=_path(error["loc"]), message=_message(error)) for error in errors]


def _path(location: Sequence[str | int]) -> str:
    path = ".".join(map(str, location))
    # Names of unknown fields come from the client and need not be encodable.
    return path.encode(errors="replace").decode()[:200]


def _message(error: Mapping[str, Any]) -> str:
    kind, context = str(error["type"]), dict(error.get("ctx") or {})
    if kind == WORDED:
        return str(context["text"])
    if isinstance(context.get("expected"), str):
        context["expected"] = context["expected"].replace(" or ", " ou ")
    if text := _TEXTS.get(kind):
        return text.format_map(context)
    family = next((prefix for prefix in _BY_PREFIX if kind.startswith(f"{prefix}_")), "")
    return _BY_PREFIX.get(family, "Valor inválido.")
