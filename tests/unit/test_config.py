"""Settings: what is missing or wrong is named, in words of the operator."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.unit

SCRIPT = """
from chatwootai.config import load_settings
from chatwootai.domain.errors import ConfigurationError
try:
    settings = load_settings()
except ConfigurationError as error:
    print(error)
else:
    print(sorted(settings.accounts), settings.accounts["loja"].chatwoot.bot_token)
"""
PREFIX = "CHATWOOTAI_ACCOUNTS__LOJA__"
COMPLETE = {
    "DATABASE_URL": "postgresql://localhost/chatwootai",
    f"{PREFIX}PROFILE": "cosmeticos",
    f"{PREFIX}CHATWOOT__URL": "http://127.0.0.1:3000",
    f"{PREFIX}CHATWOOT__BOT_TOKEN": "segredo-do-bot",
    f"{PREFIX}CHATWOOT__USER_TOKEN": "segredo",
    f"{PREFIX}WEBHOOK__PATH_SECRET": "segredo",
    f"{PREFIX}ODOO__URL": "http://127.0.0.1:8069",
    f"{PREFIX}ODOO__DATABASE": "odoo",
    f"{PREFIX}ODOO__LOGIN": "agente",
    f"{PREFIX}ODOO__API_KEY": "segredo",
}


def said(folder: Path, variables: dict[str, str]) -> str:
    """What loading says in a process with only these variables, away from any `.env`."""
    environment = {"PATH": os.environ["PATH"], **variables}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        capture_output=True,
        text=True,
        env=environment,
        cwd=folder,
        check=True,
    )
    return done.stdout


def test_a_complete_environment_is_read_and_hides_its_secrets(tmp_path: Path) -> None:
    text = said(tmp_path, COMPLETE)
    assert text.startswith("['loja']")
    assert "segredo-do-bot" not in text


@pytest.mark.parametrize("missing", sorted(COMPLETE.keys() - {f"{PREFIX}WEBHOOK__PATH_SECRET"}))
def test_a_missing_variable_is_named(tmp_path: Path, missing: str) -> None:
    text = said(tmp_path, {name: value for name, value in COMPLETE.items() if name != missing})
    assert f"{missing}: não está definida" in text
    assert "make run" in text


def test_a_wrong_value_is_named_with_an_example(tmp_path: Path) -> None:
    text = said(tmp_path, {**COMPLETE, f"{PREFIX}CHATWOOT__URL": "chatwoot.minhaloja.com.br"})
    assert f"{PREFIX}CHATWOOT__URL: não tem a forma esperada (exemplo: https://" in text


def test_an_env_file_will_do(tmp_path: Path) -> None:
    lines = "\n".join(f"{name}={value}" for name, value in COMPLETE.items())
    (tmp_path / ".env").write_text(lines, encoding="utf-8")
    assert said(tmp_path, {}).startswith("['loja']")
