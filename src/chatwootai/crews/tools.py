"""Tools: typed functions of a crew that a dialogue calls directly and a model by name.

A toolbox is an object bound to one conversation; each of its methods marked with `tool` is a tool. Arguments
name products, slots and proposals, never customers or accounts: whose conversation it is, the toolbox knows.
"""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import ParamSpec, TypeVar, get_type_hints

from pydantic import ConfigDict, TypeAdapter, ValidationError, create_model

from chatwootai.domain.crews import Briefing, Json
from chatwootai.domain.errors import ToolRetry
from chatwootai.domain.ledger import Ledger

P = ParamSpec("P")
T = TypeVar("T")

_DESCRIPTION = "__tool_description__"


@dataclass(slots=True)
class Visit:
    """One turn of one conversation, as toolboxes are bound to it.

    `memory` is what the next turn will know, begun with what this one knew; tools and dialogues write into
    it, and the draft carries it on. `ledger` takes the facts and effects.
    """

    briefing: Briefing
    ledger: Ledger
    memory: dict[str, Json] = field(default_factory=dict)

    @classmethod
    def of(cls, briefing: Briefing, ledger: Ledger) -> Visit:
        return cls(briefing, ledger, dict(briefing.memory))


@dataclass(frozen=True, slots=True)
class Tool:
    """`parameters` is the JSON schema of the arguments; `description` is Portuguese, for the model."""

    name: str
    description: str
    parameters: Mapping[str, object]
    call: Callable[[Mapping[str, object]], Awaitable[object]]
    """Raises `ToolRetry` for arguments that do not fit; returns what a model may read, as JSON values."""


def tool(description: str) -> Callable[[Callable[P, Awaitable[T]]], Callable[P, Awaitable[T]]]:
    """Mark an async method as a tool; `description` tells a model, in Portuguese, when and how to use it."""

    def mark(method: Callable[P, Awaitable[T]]) -> Callable[P, Awaitable[T]]:
        setattr(method, _DESCRIPTION, description)
        return method

    return mark


def tools_of(toolbox: object) -> tuple[Tool, ...]:
    """The tools of a toolbox, by name."""
    methods = inspect.getmembers(toolbox, inspect.iscoroutinefunction)
    return tuple(
        _tool(name, method, description)
        for name, method in methods
        if isinstance(description := getattr(method, _DESCRIPTION, None), str)
    )


def _tool(name: str, method: Callable[..., Awaitable[object]], description: str) -> Tool:
    hints = get_type_hints(method)
    returned = TypeAdapter(hints.pop("return"))
    fields = {
        parameter.name: (
            hints[parameter.name],
            ... if parameter.default is inspect.Parameter.empty else parameter.default,
        )
        for parameter in inspect.signature(method).parameters.values()
    }
    arguments_of = create_model(  # type: ignore[call-overload]  # fields are known at run time alone
        name, __config__=ConfigDict(extra="forbid"), **fields
    )

    async def call(arguments: Mapping[str, object]) -> object:
        try:
            checked = arguments_of.model_validate(arguments)
        except ValidationError as error:
            wrong = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
            raise ToolRetry(f"Argumentos errados para {name}: {wrong}") from error
        given = {field_name: getattr(checked, field_name) for field_name in fields}
        return returned.dump_python(await method(**given), mode="json")

    return Tool(name, description, arguments_of.model_json_schema(), call)
