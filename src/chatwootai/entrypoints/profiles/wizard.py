"""`chatwootai profile new`: questions, a file, a check, and a conversation."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import typer

from chatwootai.brazil.letters import folded
from chatwootai.brazil.postal import STATES
from chatwootai.domain.errors import ConfigurationError
from chatwootai.entrypoints.profiles.answers import (
    BRANCHES,
    CREWS,
    Answers,
    connection_lines,
    document,
)
from chatwootai.entrypoints.profiles.checking import checked
from chatwootai.entrypoints.profiles.conversation import converse
from chatwootai.integrations.profiles.loading import load_profile
from chatwootai.integrations.profiles.periods import periods

T = TypeVar("T")
NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,62}")
YES = frozenset({"s", "sim"})
NO = frozenset({"n", "nao", "não"})
CHANNELS = "WhatsApp, Instagram e chat do site"


def run_wizard(folder: Path, *, talk: bool) -> None:
    """Ask, write, check, talk. Raises `ConfigurationError` where the file cannot be written."""
    typer.echo("Vamos criar o perfil do seu negócio. Enter aceita o que está entre colchetes.\n")
    answers = _asked(folder)
    path = folder / f"{answers.name}.yaml"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(document(answers))
    except OSError as error:
        raise ConfigurationError(f"não foi possível gravar {path}: {error.strerror}") from error
    typer.echo(f"\nGravado em {path}.")
    verdict = asyncio.run(checked(path, []))
    for line in verdict.lines:
        typer.echo(line)
    if verdict.errors:
        typer.echo("Corrija o arquivo e confira com: chatwootai profile check")
        return
    typer.echo("Conferido: o perfil está certo.")
    _connections(answers)
    if talk and _yes("\nQuer conversar com ele agora?", default=True):
        asyncio.run(converse(load_profile(path)))


def _asked(folder: Path) -> Answers:
    business = _ask("Nome do negócio", _filled)
    suggestion = re.sub(r"[^a-z0-9]+", "_", folded(business)).strip("_")
    name = _ask("Nome do arquivo, sem .yaml", lambda text: _free(folder, text), default=suggestion)
    branches = ", ".join(f"{key} ({told})" for key, told in BRANCHES.items())
    branch = _ask(f"Ramo: {branches}", lambda text: _one_of(text, tuple(BRANCHES)), default="varejo")
    crews = _ask(
        f"Equipes, separadas por vírgula ({', '.join(CREWS)})",
        lambda text: tuple(_one_of(part, CREWS) for part in _listed(text)),
        default="vendas, suporte, informacoes",
    )
    return Answers(
        name=name,
        branch=branch,
        business=business,
        assistant=_ask("Nome do assistente", _filled, default="Bia"),
        address=_ask("Endereço (vazio se não há loja física)", str.strip, default=""),
        phone=_ask("Telefone (vazio se não há)", str.strip, default=""),
        week=(
            _ask(
                "Horário de segunda a sexta (com almoço: 09:00-12:00, 13:00-18:00)",
                _hours,
                default="09:00-18:00",
            ),
            _ask("Horário de sábado", _hours, default="fechado"),
            _ask("Horário de domingo", _hours, default="fechado"),
        ),
        state=_ask("Estado (UF)", lambda text: _one_of(text.upper(), tuple(STATES)), default="SP"),
        close=_yes("Tom próximo, de amigo da casa? (não: formal)", default=True),
        emoji=_yes("Pode usar emoji?", default=True),
        crews=crews,
        payment=_ask("Formas de pagamento, separadas por vírgula", _listed, default="Pix, cartão de crédito"),
        instalments=_ask("Parcelas sem juros, no máximo", _instalments, default="1"),
        services=_services() if "agenda" in crews else (),
    )


def _services() -> tuple[tuple[str, int], ...]:
    typer.echo("Serviços que se agendam, pelo código do ERP. Vazio termina.")
    found: list[tuple[str, int]] = []
    while True:
        code = _ask("Código do serviço", str.strip, default="")
        if code:
            found.append((code, _ask(f"Duração de {code}, em minutos", _minutes, default="60")))
        elif found:
            return tuple(found)
        else:
            typer.echo("A equipe agenda precisa de ao menos um serviço.")


def _connections(answers: Answers) -> None:
    typer.echo(f"\nCanais: os que o seu Chatwoot tiver ({CHANNELS}); nada a configurar aqui.")
    if not _yes("Quer as linhas do .env para ligar o Odoo e o Chatwoot?", default=True):
        return
    odoo = {
        "url": _ask("Endereço do Odoo", str.strip, default="http://127.0.0.1:8069"),
        "database": _ask("Banco do Odoo", str.strip, default="odoo"),
        "login": _ask("Usuário do Odoo", str.strip, default=""),
    }
    chatwoot = {
        "url": _ask("Endereço do Chatwoot", str.strip, default="http://127.0.0.1:3000"),
        "account": _ask("Número da conta no Chatwoot", str.strip, default="1"),
    }
    typer.echo("\nCopie para o .env e preencha as chaves; depois confira com chatwootai doctor:\n")
    for line in connection_lines(answers.name, answers.name, odoo, chatwoot):
        typer.echo(line)


def _ask(question: str, read: Callable[[str], T], default: str | None = None) -> T:
    """Ask until the answer can be read; what was wrong with it is said."""
    while True:
        text = typer.prompt(question, default=default, show_default=bool(default))
        try:
            return read(str(text))
        except ValueError as error:
            typer.echo(f"  {error}")


def _yes(question: str, *, default: bool) -> bool:
    def read(text: str) -> bool:
        word = text.strip().lower()
        if word not in YES | NO:
            raise ValueError("responda sim ou não")
        return word in YES

    return _ask(question, read, default="sim" if default else "não")


def _filled(text: str) -> str:
    if not 0 < len(text.strip()) <= 200:
        raise ValueError("escreva de 1 a 200 letras")
    return text.strip()


def _free(folder: Path, text: str) -> str:
    if not NAME.fullmatch(text):
        raise ValueError("use letras minúsculas sem acento, números, - e _")
    if (folder / f"{text}.yaml").exists():
        raise ValueError(f"já existe {text}.yaml em {folder}; escolha outro nome")
    return text


def _one_of(text: str, known: tuple[str, ...]) -> str:
    if text.strip() not in known:
        raise ValueError(f"“{text.strip()}” não existe; escolha entre: {', '.join(sorted(known))}")
    return text.strip()


def _listed(text: str) -> tuple[str, ...]:
    parts = tuple(part.strip() for part in text.split(",") if part.strip())
    if not parts:
        raise ValueError("escreva ao menos um")
    return parts


def _hours(text: str) -> str | list[str]:
    """As a profile has it: "09:00-18:00", several of them, "fechado"."""
    parts = list(_listed(text))
    periods(parts if len(parts) > 1 else parts[0])
    return parts if len(parts) > 1 else parts[0]


def _instalments(text: str) -> int:
    if not text.strip().isdecimal() or not 1 <= int(text) <= 48:
        raise ValueError("escreva um número de 1 a 48")
    return int(text)


def _minutes(text: str) -> int:
    if not text.strip().isdecimal() or not 5 <= int(text) <= 1440:
        raise ValueError("escreva um número de minutos, de 5 a 1440")
    return int(text)
