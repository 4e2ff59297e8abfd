"""What the doctor finds: services that are there, away, too bare or too closed."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from tests.fixtures.ports import free_port

from chatwootai.config import Settings
from chatwootai.entrypoints.doctor import examine
from chatwootai.entrypoints.doctor.database import check_database
from chatwootai.entrypoints.doctor.processes import check_redis, check_webhook, check_worker
from chatwootai.integrations.chatwoot.access import Level
from chatwootai.integrations.postgres.embedded import EmbeddedPostgres

pytestmark = pytest.mark.integration


def settings(**changes: object) -> Settings:
    account = {
        "profile": "nenhum",
        "chatwoot": {
            "url": f"http://127.0.0.1:{free_port()}",
            "account_id": 1,
            "bot_token": "b",
            "user_token": "u",
        },
        "webhook": {"path_secret": "p"},
        "odoo": {
            "url": f"http://127.0.0.1:{free_port()}",
            "database": "odoo",
            "login": "agente",
            "api_key": "k",
        },
    }
    return Settings.model_validate(
        {
            "database_url": f"postgresql://postgres@127.0.0.1:{free_port()}/chatwootai",
            "accounts": {"loja": account},
            "webhook_port": free_port(),
            "metrics_port": free_port(),
            **changes,
        }
    )


def test_a_migrated_database_is_in_order(database: str) -> None:
    assert check_database(database).level is Level.OK


def test_a_database_without_tables_is_told_how_to_get_them(postgres_server: EmbeddedPostgres) -> None:
    postgres_server.ensure_database("bare")
    finding = check_database(postgres_server.dsn("bare"))
    assert finding.level is Level.PROBLEM
    assert "chatwootai migrate" in finding.text


def test_a_database_that_is_away_is_told_without_its_password() -> None:
    finding = check_database(f"postgresql://postgres:segredo@127.0.0.1:{free_port()}/chatwootai")
    assert finding.level is Level.PROBLEM
    assert "DATABASE_URL" in finding.text
    assert "segredo" not in finding.text


@pytest.mark.parametrize(("status", "level"), [(200, Level.OK), (503, Level.PROBLEM)])
async def test_the_webhook_server_is_asked_whether_it_is_ready(status: int, level: Level) -> None:
    async def ready(_: web.Request) -> web.Response:
        return web.Response(status=status)

    app = web.Application()
    app.router.add_get("/ready", ready)
    async with TestServer(app) as server, aiohttp.ClientSession() as session:
        finding = await check_webhook(session, settings(webhook_port=server.port))
    assert finding.level is level


async def test_a_worker_that_does_not_run_is_a_problem_with_its_command() -> None:
    async with aiohttp.ClientSession() as session:
        finding = await check_worker(session, settings())
    assert finding.level is Level.PROBLEM
    assert "chatwootai worker" in finding.text


@asynccontextmanager
async def redis(answers: Callable[[bytes], bytes]) -> AsyncIterator[int]:
    """A server that answers each command of Redis's protocol with what `answers` says."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while line := await reader.readline():
            words = int(line[1:])
            command = b" ".join([(await reader.readline(), await reader.readline())[1] for _ in range(words)])
            writer.write(answers(command.replace(b"\r\n", b"")))
        writer.close()
        await writer.wait_closed()
        ended.set()

    ended = asyncio.Event()
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        yield server.sockets[0].getsockname()[1]
        await ended.wait()


async def test_redis_is_optional() -> None:
    assert (await check_redis(settings())).level is Level.OK


async def test_redis_answers_after_the_password_is_given() -> None:
    def answers(command: bytes) -> bytes:
        return b"+OK\r\n" if command == b"AUTH default s/enha" else b"+PONG\r\n"

    async with redis(answers) as port:
        finding = await check_redis(settings(redis_url=f"redis://:s%2Fenha@127.0.0.1:{port}/0"))
    assert finding.level is Level.OK


async def test_a_redis_that_refuses_or_is_away_is_a_problem() -> None:
    async with redis(lambda _: b"-NOAUTH Authentication required.\r\n") as port:
        refused = await check_redis(settings(redis_url=f"redis://127.0.0.1:{port}/0"))
    away = await check_redis(settings(redis_url=f"redis://127.0.0.1:{free_port()}/0"))
    assert refused.level is away.level is Level.PROBLEM
    assert "senha" in refused.text
    assert "REDIS_URL" in away.text


async def test_with_nothing_there_every_part_has_its_own_finding() -> None:
    sections = await examine(settings())
    found = {section.title: section.has_problem for section in sections}
    assert found == {
        "PostgreSQL": True,
        "Webhook": True,
        "Worker": True,
        "Redis": False,
        "Conta loja: perfil": True,
        "Conta loja: Chatwoot": True,
        "Conta loja: Odoo": True,
    }
