"""What the REST face offers: as OpenAPI for programs, and as a page for people."""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter
from fastapi.openapi.utils import get_openapi
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader

if TYPE_CHECKING:
    from collections.abc import Sequence

_TITLE = "Simulação do Odoo: API REST"
_ABOUT = (
    "Produtos, clientes, pedidos, serviços, profissionais, agendamentos e regras de negócio das lojas"
    " simuladas. Uma chave vê e altera somente os registros da sua empresa. Valores em dinheiro são textos"
    " decimais; preços e totais são calculados pela loja e nunca aceitos do cliente."
)
_SUCCESSES = {"200": "Feito", "201": "Criado", "204": "Excluído"}
_METHODS = ("get", "post", "patch", "delete")
_TEMPLATES = Environment(
    loader=PackageLoader("chatwootai.simulators.odoo"),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
)


def description_of(routers: Sequence[APIRouter]) -> APIRouter:
    """The routes that describe the operations of these routers; they need no key."""
    router = APIRouter(include_in_schema=False)

    @lru_cache(maxsize=1)
    def schema() -> dict[str, Any]:
        routes = [route for each in routers for route in each.routes]
        document = get_openapi(title=_TITLE, version="1.0.0", description=_ABOUT, routes=routes)
        for operation in (each for path in document["paths"].values() for each in path.values()):
            for status, answer in operation["responses"].items():
                answer["description"] = _SUCCESSES.get(status, answer["description"])
        return document

    @router.get("/openapi.json")
    async def openapi() -> dict[str, Any]:
        """The OpenAPI document."""
        return schema()

    @router.get("/docs")
    async def page() -> HTMLResponse:
        """The list of operations."""
        operations = sorted(_operations(schema()), key=lambda operation: str(operation["tag"]))
        groups = [(tag, list(group)) for tag, group in groupby(operations, key=lambda each: each["tag"])]
        template = _TEMPLATES.get_template("rest.html.j2")
        return HTMLResponse(template.render(title=_TITLE, about=_ABOUT, groups=groups))

    return router


def _operations(schema: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "tag": operation["tags"][0],
            "method": method.upper(),
            "path": path,
            "summary": operation["summary"],
            "description": operation["description"],
            "parameters": operation.get("parameters", []),
            "fields": _fields(schema, operation),
            "answers": sorted(operation["responses"].items()),
        }
        for path, methods in schema["paths"].items()
        for method, operation in methods.items()
        if method in _METHODS
    ]


def _fields(schema: dict[str, Any], operation: dict[str, Any]) -> list[tuple[str, bool]]:
    """The names of the body's fields, and whether each must be given."""
    content = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
    name = str(content.get("schema", {}).get("$ref", "")).rpartition("/")[2]
    body = schema["components"]["schemas"].get(name, {})
    return [(field, field in body.get("required", [])) for field in body.get("properties", {})]
