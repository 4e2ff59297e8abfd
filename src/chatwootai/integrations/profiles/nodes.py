"""YAML with the line of every key, so that an error can be pointed at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import yaml
from yaml.constructor import SafeConstructor
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

Place = tuple[str | int, ...]
"""The way to a value from the top of the file: keys and positions."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A parsed file: its value, the line (from 1) of every place, and keys that stand there twice."""

    value: object
    lines: dict[Place, int]
    twice: tuple[tuple[Place, int], ...]

    def line(self, place: Place) -> int:
        """The line of a place, or of the nearest place above that is in the file."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)


def read_marked(text: str) -> Marked:
    """Raises `yaml.YAMLError` where the text is no YAML."""
    node = yaml.compose(text, Loader=yaml.SafeLoader)
    if node is None:
        return Marked({}, {(): 1}, ())
    seen = list(_places(node, ()))
    lines: dict[Place, int] = {(): node.start_mark.line + 1}
    twice = []
    for place, line in seen:
        if place in lines:
            twice.append((place, line))
        lines[place] = line
    return Marked(_construct(node), lines, tuple(twice))


def _construct(node: Node) -> object:
    value: object = SafeConstructor().construct_document(node)
    return value


def _places(node: Node, place: Place) -> Iterator[tuple[Place, int]]:
    if isinstance(node, MappingNode):
        for key, value in node.value:
            name = key.value if isinstance(key, ScalarNode) else str(key.start_mark.line + 1)
            yield (*place, name), key.start_mark.line + 1
            yield from _places(value, (*place, name))
    elif isinstance(node, SequenceNode):
        for position, value in enumerate(node.value):
            yield (*place, position), value.start_mark.line + 1
            yield from _places(value, (*place, position))
