"""Rows of a table of texts, taken apart into records with their lines, and made into values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from chatwootai.simulators.odoo.errors import BadValue
from chatwootai.simulators.odoo.orm.fields import Kind
from chatwootai.simulators.odoo.orm.values import identifier, parse_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from chatwootai.simulators.odoo.orm.fields import Field, Json

Path = tuple[str, ...]
Row = dict[Path, str]

_YES = ("1", "true", "yes", "sim", "verdadeiro")


@dataclass(slots=True)
class Imported:
    """One record: its own cells, and per list of lines the cells of each line."""

    cells: Row
    lines: dict[str, list[Row]] = field(default_factory=dict)


def records_in(
    paths: Sequence[Path], data: Sequence[Sequence[str]], lists: frozenset[str]
) -> Iterator[Imported]:
    """The records; a row with nothing but cells of lines continues the record before it."""
    current: Imported | None = None
    for texts in data:
        filled = {path: text for path, text in zip(paths, texts, strict=False) if text != ""}
        own = {path: text for path, text in filled.items() if path[0] not in lists}
        if own or current is None:
            if current is not None:
                yield current
            current = Imported(own)
        for name in lists:
            line = {path[1:]: text for path, text in filled.items() if path[0] == name and len(path) > 1}
            if line:
                current.lines.setdefault(name, []).append(line)
    if current is not None:
        yield current


def plain_value(name: str, described: Field, text: str) -> Json:
    """The value of a field that is no link; `BadValue` where the text does not fit."""
    match described.kind:
        case Kind.BOOLEAN:
            return text.lower() in _YES
        case Kind.INTEGER:
            return int(parse_number(text))
        case Kind.FLOAT | Kind.MONETARY:
            return float(parse_number(text))
        case Kind.SELECTION:
            return _option(name, described, text)
        case _:
            return text


def numbers_in(text: str) -> list[int]:
    """Database ids separated by commas."""
    try:
        return [identifier(int(part)) for part in text.split(",")]
    except ValueError:
        raise BadValue(f"Invalid database id '{text}'") from None


def _option(name: str, described: Field, text: str) -> str:
    for key, label in described.selection:
        if text.lower() in (key.lower(), label.lower()):
            return key
    raise BadValue(f"Value '{text}' not found in selection field '{name}'")
