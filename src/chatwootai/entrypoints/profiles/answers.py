"""What the wizard asks, and the profile that comes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import yaml

BRANCHES: Final[Mapping[str, str]] = {
    "cosmeticos": "loja de cosméticos ou salão",
    "saude": "clínica ou consultório",
    "varejo": "outra loja",
}
FORBIDDEN: Final[Mapping[str, list[str]]] = {
    "cosmeticos": ["milagroso", "cura"],
    "saude": ["milagroso", "cura", "garantimos resultado"],
    "varejo": [],
}
CREWS: Final = ("vendas", "suporte", "agenda", "informacoes")
HEADER: Final = """\
# yaml-language-server: $schema=schema.json
# Confira depois de editar: chatwootai profile check {name}
"""


@dataclass(frozen=True, slots=True)
class Answers:
    """As typed, and checked one by one. `week` has weekdays, Saturday and Sunday: periods or "fechado"."""

    name: str
    branch: str
    business: str
    assistant: str
    address: str
    phone: str
    week: tuple[str | list[str], str | list[str], str | list[str]]
    state: str
    close: bool
    emoji: bool
    crews: tuple[str, ...]
    payment: tuple[str, ...]
    instalments: int
    services: tuple[tuple[str, int], ...] = ()
    """Code in the ERP and minutes."""


def document(answers: Answers) -> str:
    """The YAML file; what was left empty is left out."""
    weekdays, saturday, sunday = answers.week
    days = ("segunda", "terca", "quarta", "quinta", "sexta")
    content: dict[str, object] = {
        "negocio": answers.business,
        "assistente": answers.assistant,
        **({"endereco": answers.address} if answers.address else {}),
        "atendimento": {
            "fuso": "America/Sao_Paulo",
            "semana": {**{day: _copied(weekdays) for day in days}, "sabado": saturday, "domingo": sunday},
            "feriados": {"fecha": "sim", "uf": answers.state},
        },
        "equipes": list(answers.crews),
        "tom": {
            "emoji": "sim" if answers.emoji else "não",
            "estilo": "proximo" if answers.close else "formal",
            **({"palavras_proibidas": words} if (words := FORBIDDEN[answers.branch]) else {}),
        },
        **({"contato": {"telefone": answers.phone}} if answers.phone else {}),
        "pagamento": {"formas": list(answers.payment), "parcelas": answers.instalments},
        "saude": {"clinica": "sim" if answers.branch == "saude" else "não"},
    }
    if answers.services:
        content["agenda"] = {
            "servicos": [{"codigo": code, "minutos": minutes} for code, minutes in answers.services]
        }
    written = yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=1000)
    return HEADER.format(name=answers.name) + written


def _copied(periods: str | list[str]) -> str | list[str]:
    """A list of its own for each day: YAML would write one that is shared as a reference."""
    return list(periods) if isinstance(periods, list) else periods


def connection_lines(
    key: str, profile: str, odoo: Mapping[str, str], chatwoot: Mapping[str, str]
) -> list[str]:
    """What belongs into `.env`; keys and tokens are left for their owner to fill in."""
    prefix = f"CHATWOOTAI_ACCOUNTS__{key.upper()}__"
    values = {
        "PROFILE": profile,
        "ODOO__URL": odoo.get("url", ""),
        "ODOO__DATABASE": odoo.get("database", ""),
        "ODOO__LOGIN": odoo.get("login", ""),
        "ODOO__API_KEY": "<chave do Odoo>",
        "CHATWOOT__URL": chatwoot.get("url", ""),
        "CHATWOOT__ACCOUNT_ID": chatwoot.get("account", ""),
        "CHATWOOT__BOT_TOKEN": "<token do robô>",
        "CHATWOOT__USER_TOKEN": "<token de um atendente>",
        "WEBHOOK__SIGNING_SECRET": "<segredo do webhook>",
    }
    return [f"{prefix}{name}={value}" for name, value in values.items() if value]
