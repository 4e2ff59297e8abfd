"""Versions of profiles in real PostgreSQL: listed, compared, restored, in force without a restart."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from structlog.testing import capture_logs
from tests.fixtures.odoo import BELA, DATABASE, running_odoo

from chatwootai.bootstrap.live import LiveAccounts
from chatwootai.bootstrap.shared import shared_parts
from chatwootai.config import AccountSettings, Settings
from chatwootai.domain.accounts import AccountId
from chatwootai.domain.errors import ConfigurationError
from chatwootai.entrypoints.profiles.checking import checked
from chatwootai.entrypoints.profiles.versions import restore
from chatwootai.integrations.postgres.pool import Pool, make_pool
from chatwootai.integrations.postgres.profile_versions import ProfileVersions

pytestmark = pytest.mark.integration

SHOP = AccountId("loja")
PROFILES = Path(__file__).parents[2] / "profiles"
GOOD = """\
negocio: Bela
assistente: Bia
atendimento:
  fuso: America/Sao_Paulo
  semana:
    segunda: "09:00-18:00"
"""
EDITED = GOOD.replace("Bia", "Lia")
BROKEN = GOOD + "enderesso: Rua A\n"


@pytest.fixture
async def pool(database: str) -> AsyncIterator[Pool]:
    async with make_pool(database, size=3, timeout=5, name="worker") as pool:
        yield pool


def account(url: str = "http://127.0.0.1:9") -> AccountSettings:
    return AccountSettings.model_validate(
        {
            "profile": "loja",
            "chatwoot": {"url": url, "account_id": 1, "bot_token": "b", "user_token": "u"},
            "webhook": {"path_secret": "p"},
            "odoo": {"url": url, "database": DATABASE, "login": BELA.login, "api_key": BELA.key},
        }
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "loja.yaml").write_text(GOOD, encoding="utf-8")
    return tmp_path


@pytest.fixture
async def live(database: str, pool: Pool, folder: Path) -> AsyncIterator[LiveAccounts]:
    settings = Settings.model_validate(
        {"database_url": database, "accounts": {"loja": account()}, "profiles_folder": folder}
    )
    async with shared_parts(settings, pool) as shared:
        yield LiveAccounts(settings, shared, ProfileVersions(pool))


async def test_a_content_is_one_version_however_often_it_is_seen(pool: Pool) -> None:
    versions = ProfileVersions(pool)
    numbers = await asyncio.gather(*(versions.record("loja", GOOD) for _ in range(3)))
    assert set(numbers) == {1}
    assert await versions.record("loja", EDITED) == 2
    assert await versions.record("loja", GOOD) == 3
    assert await versions.record("padaria", GOOD) == 1
    assert [version.number for version in await versions.listed("loja")] == [1, 2, 3]


async def test_an_edited_profile_comes_into_force_and_is_kept_once(live: LiveAccounts, folder: Path) -> None:
    await live.record()
    before = live.accounts[SHOP]
    (folder / "loja.yaml").write_text(EDITED, encoding="utf-8")
    assert await live.refresh() == [SHOP]
    assert await live.refresh() == []
    assert live.accounts[SHOP].profile.assistant == "Lia"
    assert before.profile.assistant == "Bia"  # what a turn under way holds
    assert [version.content for version in await live.versions.listed("loja")] == [GOOD, EDITED]


async def test_a_broken_profile_changes_nothing_and_is_reported_once(
    live: LiveAccounts, folder: Path
) -> None:
    await live.record()
    (folder / "loja.yaml").write_text(BROKEN, encoding="utf-8")
    with capture_logs() as logs:
        assert await live.refresh() == []
        assert await live.refresh() == []
    (refused,) = [entry for entry in logs if entry["event"] == "profile_refused"]
    assert "loja.yaml:7" in refused["problems"][0]
    assert live.accounts[SHOP].profile.assistant == "Bia"
    assert len(await live.versions.listed("loja")) == 1
    (folder / "loja.yaml").write_text(EDITED, encoding="utf-8")
    assert await live.refresh() == [SHOP]


async def test_a_profile_that_is_away_for_a_moment_changes_nothing(live: LiveAccounts, folder: Path) -> None:
    (folder / "loja.yaml").unlink()
    assert await live.refresh() == []
    assert live.accounts[SHOP].profile.assistant == "Bia"


def test_a_version_that_is_not_valid_any_more_leaves_the_file(folder: Path) -> None:
    path = folder / "loja.yaml"
    with pytest.raises(ConfigurationError, match="ficou como estava") as caught:
        restore(path, BROKEN)
    assert f"{folder.name}/loja.yaml:7" in str(caught.value)
    assert path.read_text(encoding="utf-8") == GOOD
    assert list(folder.iterdir()) == [path]


def commanded(database: str, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """What a command says in a process of its own, configured by its environment alone."""
    prefix = "CHATWOOTAI_ACCOUNTS__LOJA__"
    variables = {
        "PATH": os.environ["PATH"],
        "DATABASE_URL": database,
        f"{prefix}PROFILE": "loja",
        f"{prefix}CHATWOOT__URL": "http://127.0.0.1:9",
        f"{prefix}CHATWOOT__BOT_TOKEN": "b",
        f"{prefix}CHATWOOT__USER_TOKEN": "u",
        f"{prefix}WEBHOOK__PATH_SECRET": "p",
        f"{prefix}ODOO__URL": "http://127.0.0.1:9",
        f"{prefix}ODOO__DATABASE": "odoo",
        f"{prefix}ODOO__LOGIN": "l",
        f"{prefix}ODOO__API_KEY": "k",
    }
    return subprocess.run(
        [sys.executable, "-m", "chatwootai.entrypoints.cli", "profile", *arguments],
        env=variables,
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


async def test_versions_are_listed_compared_and_restored_on_the_command_line(
    database: str, pool: Pool, folder: Path
) -> None:
    versions = ProfileVersions(pool)
    await versions.record("loja", GOOD)
    await versions.record("loja", EDITED)
    path = folder / "loja.yaml"
    path.write_text(EDITED + "endereco: Rua A\n", encoding="utf-8")

    async def say(*arguments: str) -> str:
        done = await asyncio.to_thread(commanded, database, folder, *arguments)
        assert done.returncode == 0, done.stderr
        return done.stdout

    listed = await say("history", "loja")
    assert [line.split(" ")[0] for line in listed.splitlines()] == ["1", "2"]
    changed = await say("diff", "loja", "1", "2")
    assert "-assistente: Bia" in changed
    assert "+assistente: Lia" in changed
    assert "+endereco: Rua A" in await say("diff", "loja", "--pasta", str(folder))
    assert await say("diff", "loja", "1", "1") == "Nada mudou.\n"
    told = await say("rollback", "loja", "1", "--pasta", str(folder))
    assert "voltou à versão 1 (agora versão 4)" in told
    assert path.read_text(encoding="utf-8") == GOOD
    kept = [version.content for version in await versions.listed("loja")]
    assert kept == [GOOD, EDITED, EDITED + "endereco: Rua A\n", GOOD]
    unknown = await asyncio.to_thread(
        commanded, database, folder, "rollback", "loja", "9", "--pasta", str(folder)
    )
    assert unknown.returncode == 1
    assert "não tem a versão 9; existentes: 1, 2, 3, 4" in unknown.stderr


async def test_a_profile_is_checked_against_the_erp_of_its_account(
    folder: Path, shared_odoo_database: str
) -> None:
    path = folder / "loja.yaml"
    text = (PROFILES / "cosmeticos.yaml").read_text(encoding="utf-8")
    async with running_odoo(shared_odoo_database) as odoo:
        path.write_text(text, encoding="utf-8")
        right = await checked(path, [account(odoo.url)])
        path.write_text(text.replace("SV-MAQ", "SV-MAX").replace("Edna Barros", "Edna Baros"), "utf-8")
        wrong = await checked(path, [account(odoo.url)])
    assert (right.lines, right.errors) == ((), 0)
    assert any('o serviço de código "SV-MAX"' in line for line in wrong.lines)
    assert any('Você quis dizer "Edna Barros"?' in line for line in wrong.lines), wrong.lines
    assert wrong.errors == len(wrong.lines)


async def test_an_erp_that_does_not_answer_is_told_and_is_no_error_of_the_profile(folder: Path) -> None:
    verdict = await checked(folder / "loja.yaml", [account()])
    (line,) = verdict.lines
    assert "não foi consultado" in line
    assert verdict.errors == 0
