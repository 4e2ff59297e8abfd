"""Ports, secrets and environment of the product on one machine, and what of a log is shown."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatwootai.domain.errors import ConfigurationError
from chatwootai.entrypoints.one_machine.environment import (
    chatwoot_environment,
    odoo_environment,
    other_database,
    product_environment,
    webhook_url,
)
from chatwootai.entrypoints.one_machine.ports import Ports
from chatwootai.entrypoints.one_machine.secrets_file import InstallationSecrets, installation_secrets
from chatwootai.entrypoints.one_machine.shared_environment import publish
from chatwootai.entrypoints.warning_lines import WarningLines, last_line

pytestmark = pytest.mark.unit


@given(st.integers(0, 50_000))
def test_an_offset_moves_every_port_and_keeps_them_apart(offset: int) -> None:
    assert Ports().shifted(offset) == Ports(
        5433 + offset, 8069 + offset, 3000 + offset, 8000 + offset, 9101 + offset, 6333 + offset
    )


def test_secrets_are_made_once_and_are_nobody_elses_to_read(tmp_path: Path) -> None:
    path = tmp_path / "secrets.json"
    first = installation_secrets(path)
    assert installation_secrets(path) == first
    assert path.stat().st_mode & 0o777 == 0o600
    assert installation_secrets(tmp_path / "other.json") != first


def test_a_secret_that_an_older_version_did_not_know_is_added(tmp_path: Path) -> None:
    path = tmp_path / "secrets.json"
    path.write_text(json.dumps({"bot_token": "kept"}))
    found = installation_secrets(path)
    assert found.bot_token == "kept"
    assert installation_secrets(path) == found


@pytest.mark.parametrize("text", ["{", "[]", '{"bot_token": 1}', '{"bot_token": ""}'])
def test_a_broken_secrets_file_is_named_with_a_way_out(tmp_path: Path, text: str) -> None:
    path = tmp_path / "secrets.json"
    path.write_text(text)
    with pytest.raises(ConfigurationError, match=r"secrets\.json.*apague-o"):
        installation_secrets(path)


def test_the_parts_are_given_secrets_that_fit_together() -> None:
    ports, secrets = Ports().shifted(100), InstallationSecrets()
    product = product_environment(ports, secrets, "postgresql://localhost/chatwootai")
    prefix = "CHATWOOTAI_ACCOUNTS__LOJA__"
    assert product[f"{prefix}CHATWOOT__URL"] == "http://127.0.0.1:3100"
    assert product[f"{prefix}ODOO__URL"] == "http://127.0.0.1:8169"
    odoo = odoo_environment(secrets, "postgresql://localhost/postgres")
    assert odoo["ODOO_API_KEY"] == product[f"{prefix}ODOO__API_KEY"]
    assert webhook_url(ports) == "http://127.0.0.1:8100/webhook/loja"
    chatwoot = chatwoot_environment(secrets)
    assert chatwoot["STAND_IN_WEBHOOK_SECRET"] == product[f"{prefix}WEBHOOK__SIGNING_SECRET"]
    assert chatwoot["STAND_IN_BOT_TOKEN"] == product[f"{prefix}CHATWOOT__BOT_TOKEN"]
    assert chatwoot["STAND_IN_USER_TOKEN"] == product[f"{prefix}CHATWOOT__USER_TOKEN"]


def test_another_database_keeps_everything_else_of_the_address() -> None:
    given_address = "postgresql://joão:s%2Fenha@db:5433/chatwootai?sslmode=require"
    assert other_database(given_address, "postgres") == (
        "postgresql://joão:s%2Fenha@db:5433/postgres?sslmode=require"
    )


def test_only_the_products_own_variables_are_shared_with_other_terminals(tmp_path: Path) -> None:
    publish(tmp_path, {"DATABASE_URL": "postgresql://x", "CHATWOOTAI_METRICS_PORT": "9101", "HOME": "/root"})
    path = tmp_path / "environment.json"
    assert set(json.loads(path.read_text())) == {"DATABASE_URL", "CHATWOOTAI_METRICS_PORT"}
    assert path.stat().st_mode & 0o777 == 0o600


def test_warnings_are_taken_from_json_and_plain_logs_and_nothing_else(tmp_path: Path) -> None:
    log = tmp_path / "part.log"
    log.write_text("WARNING before we looked\n")
    lines = WarningLines(log)
    with log.open("a") as file:
        file.write('{"level": "info", "event": "an ERROR only in words"}\n')
        file.write('{"level": "error", "event": "chatwoot is away"}\n{ no json ERROR\n')
        file.write("2026 WARNING uvicorn: slow\nINFO: fine\nERROR half a li")
    assert lines.take() == ["chatwoot is away", "2026 WARNING uvicorn: slow"]
    with log.open("a") as file:
        file.write("ne\n")
    assert lines.take() == ["ERROR half a line"]
    assert lines.take() == []


def test_that_the_database_is_just_starting_is_no_warning(tmp_path: Path) -> None:
    log = tmp_path / "postgres.log"
    lines = WarningLines(log)
    starting = "2026-11-25 08:49:51 UTC [30846] FATAL:  the database system is starting up\n"
    log.write_text(starting + "2026-11-25 08:49:52 UTC [30846] FATAL:  could not write lock file\n")
    assert lines.take() == ["2026-11-25 08:49:52 UTC [30846] FATAL:  could not write lock file"]


def test_a_flood_of_warnings_is_counted_instead_of_shown(tmp_path: Path) -> None:
    log = tmp_path / "part.log"
    lines = WarningLines(log)
    log.write_text("ERROR x\n" * 50)
    assert lines.take() == ["ERROR x"] * 3 + [f"… e mais 47 em {log}"]


def test_a_log_that_was_set_aside_is_followed_from_its_new_beginning(tmp_path: Path) -> None:
    log = tmp_path / "part.log"
    log.write_text("a long line\n" * 10)
    lines = WarningLines(log)
    log.write_text("ERROR new\n")
    assert lines.take() == ["ERROR new"]


def test_the_last_line_of_an_empty_or_missing_log_is_empty(tmp_path: Path) -> None:
    assert last_line(tmp_path / "missing.log") == ""
    (tmp_path / "empty.log").write_text("\n")
    assert last_line(tmp_path / "empty.log") == ""
