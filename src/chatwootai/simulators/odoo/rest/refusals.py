"""How the REST face says no: one shape for every refusal, worded for people."""

from __future__ import annotations

from pydantic import BaseModel, Field


class FieldProblem(BaseModel):
    """What is wrong with one field; `field` is its path, such as `body.items.0.quantity`."""

    field: str = Field(examples=["body.items.0.quantity"])
    message: str = Field(examples=["Deve ser no mínimo 1."])


class Problem(BaseModel):
    """The body of every answer that is not a success."""

    detail: str = Field(examples=["Há campos inválidos."])
    errors: list[FieldProblem] = []


class Refusal(Exception):
    """Ends a request with this status; nothing of it is committed."""

    def __init__(self, status: int, problem: Problem) -> None:
        super().__init__(f"{status} {problem.detail}")
        self.status = status
        self.problem = problem


def not_found(what: str, number: int) -> Refusal:
    """Also for what belongs to another company: nobody learns that it exists."""
    return Refusal(404, Problem(detail=f"{what} {number}: não existe."))


def forbidden(text: str) -> Refusal:
    """A record that the key's company sees but does not own."""
    return Refusal(403, Problem(detail=text))


def conflict(text: str) -> Refusal:
    """A wish that the present state of the records does not allow."""
    return Refusal(409, Problem(detail=text))


def invalid(field: str, text: str) -> Refusal:
    """A value that is well formed and yet wrong."""
    return Refusal(
        422, Problem(detail="Há campos inválidos.", errors=[FieldProblem(field=field, message=text)])
    )


_WORDS = {
    400: "O corpo da requisição não é JSON válido",
    401: "Chave de API ausente ou inválida",
    403: "Registro compartilhado entre empresas: somente leitura",
    404: "Não existe, ou é de outra empresa",
    409: "O estado atual dos registros não permite",
    413: "Corpo da requisição grande demais",
    422: "Campos inválidos",
    503: "O banco de dados não responde",
}


def documented(*more: int) -> dict[int | str, dict[str, object]]:
    """The refusals of an operation for its OpenAPI description; some can happen to any."""
    statuses = sorted({400, 401, 413, 422, 503, *more})
    return {status: {"model": Problem, "description": _WORDS[status]} for status in statuses}
