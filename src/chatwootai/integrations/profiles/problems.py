"""What is wrong with a profile, said to its owner in Portuguese."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import BaseModel
from pydantic_core import ErrorDetails
from rapidfuzz import fuzz, process

from chatwootai.integrations.profiles.document import ProfileDocument
from chatwootai.integrations.profiles.nodes import Place

LIKELY = 70
"""Likeness (0 to 100) from which a key that exists is offered for one that does not."""

EXPECTED: Mapping[str, str] = {
    "string_type": "esperado: um texto",
    "string_too_short": "esperado: um texto, não vazio",
    "string_too_long": "esperado: um texto de até 200 letras",
    "int_type": "esperado: um número inteiro, como 1",
    "greater_than_equal": "esperado: um número inteiro a partir de 1",
    "bool_type": "esperado: sim ou não",
    "bool_parsing": "esperado: sim ou não",
    "literal_error": "esperado: a sigla de um estado, como SP",
    "model_type": "esperado: uma lista de chaves, cada uma em sua linha",
    "model_attributes_type": "esperado: uma lista de chaves, cada uma em sua linha",
    "tuple_type": "esperado: uma lista, como [2026-12-25]",
}


def describe(error: ErrorDetails) -> str:
    """One sentence: the key, what is wrong, what was expected."""
    place = tuple(error["loc"])
    match error["type"]:
        case "extra_forbidden":
            return _unknown_key(place)
        case "missing":
            return f'falta a chave "{place[-1]}"{_inside(place)}{_meaning(place)}'
        case "value_error":
            return f'"{_dotted(place)}": {error["msg"].removeprefix("Value error, ")}'
        case kind:
            expected = EXPECTED.get(kind, error["msg"])
            return f'"{_dotted(place)}": o valor {_shown(error["input"])} não serve; {expected}'


def _unknown_key(place: Place) -> str:
    known = _keys(place[:-1])
    name = str(place[-1])
    near = process.extractOne(name.lower(), known, scorer=fuzz.ratio, score_cutoff=LIKELY)
    hint = f' Você quis dizer "{near[0]}"?' if near else ""
    return f'chave desconhecida "{name}"{_inside(place)}; esperado: {", ".join(known)}.{hint}'


def _section(place: Place) -> type[BaseModel] | None:
    model: type[BaseModel] = ProfileDocument
    for key in place:
        field = next((f for f in model.model_fields.values() if f.alias == key), None)
        annotation = field.annotation if field else None
        if not (isinstance(annotation, type) and issubclass(annotation, BaseModel)):
            return None
        model = annotation
    return model


def _keys(place: Place) -> list[str]:
    section = _section(place)
    if section is None:
        return []
    return [field.alias or name for name, field in section.model_fields.items()]


def _meaning(place: Place) -> str:
    section = _section(place[:-1])
    fields = section.model_fields.values() if section else ()
    description = next((f.description for f in fields if f.alias == place[-1]), None)
    return f": {description}" if description else ""


def _inside(place: Place) -> str:
    return f' em "{_dotted(place[:-1])}"' if place[:-1] else ""


def _dotted(place: Place) -> str:
    return ".".join(str(part + 1) if isinstance(part, int) else part for part in place)


def _shown(value: object) -> str:
    return f'"{value}"' if isinstance(value, str | int | float | bool) else "escrito ali"
