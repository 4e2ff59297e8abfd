"""What the doctor says of an account's Odoo: one line of advice for each thing that can be wrong."""

from __future__ import annotations

from collections.abc import AsyncIterator

import aiohttp
import pytest
import pytest_asyncio
from aiohttp import web
from aiohttp.test_utils import TestServer
from tests.fixtures.odoo import BELA, DATABASE, RunningOdoo, running_odoo
from tests.fixtures.ports import free_port

from chatwootai.config import AccountSettings
from chatwootai.entrypoints.doctor.odoo import check_odoo
from chatwootai.integrations.chatwoot.access import Finding, Level
from chatwootai.simulators.odoo.settings import Login

pytestmark = [pytest.mark.integration, pytest.mark.asyncio(loop_scope="module")]

PLAIN = Login("interna@bela.example", "chave-interna", (1,), groups=("internal",))


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def odoo(shared_odoo_database: str) -> AsyncIterator[RunningOdoo]:
    async with running_odoo(shared_odoo_database, logins=(BELA, PLAIN)) as running:
        yield running


def account(url: str, login: Login = BELA, **changes: object) -> AccountSettings:
    return AccountSettings.model_validate(
        {
            "profile": "cosmeticos",
            "chatwoot": {"url": "http://chatwoot.example", "bot_token": "b", "user_token": "u"},
            "webhook": {"path_secret": "p"},
            "odoo": {
                "url": url,
                "database": DATABASE,
                "login": login.login,
                "api_key": login.key,
                **changes,
            },
        }
    )


async def examined(settings: AccountSettings) -> tuple[Finding, ...]:
    async with aiohttp.ClientSession() as session:
        return await check_odoo(session, settings)


async def test_an_odoo_with_all_that_is_needed_is_in_order(odoo: RunningOdoo) -> None:
    findings = await examined(account(odoo.url))
    assert findings == (Finding(Level.OK, f"Odoo 18 em {odoo.url}; {BELA.login} entrou."),)


async def test_each_missing_right_is_named_with_what_it_is_for(odoo: RunningOdoo) -> None:
    there, *missing = await examined(account(odoo.url, PLAIN))
    assert there.level is Level.OK
    told = [finding.text for finding in missing]
    assert "O usuário não pode criar sale.order: sem esse direito não dá para fazer pedidos." in told
    assert all(finding.level is not Level.OK for finding in missing)


async def test_a_refused_key_is_told_how_to_be_renewed_and_not_repeated(odoo: RunningOdoo) -> None:
    (finding,) = await examined(account(odoo.url, api_key="chave-antiga"))
    assert finding.level is Level.PROBLEM
    assert "venceu" in finding.text
    assert "chave-antiga" not in finding.text


async def test_a_wrong_database_is_named(odoo: RunningOdoo) -> None:
    (finding,) = await examined(account(odoo.url, database="loja-antiga"))
    assert finding.level is Level.PROBLEM
    assert "«loja-antiga»" in finding.text


async def test_a_foreign_company_is_refused_in_one_line(odoo: RunningOdoo) -> None:
    (finding,) = await examined(account(odoo.url, company=2))
    assert finding.level is Level.PROBLEM
    assert "empresa" in finding.text


async def test_a_web_page_is_no_odoo() -> None:
    async def page(request: web.Request) -> web.Response:
        del request
        return web.Response(text="<html>", content_type="text/html")

    application = web.Application()
    application.router.add_route("*", "/{path:.*}", page)
    async with TestServer(application) as server:
        (finding,) = await examined(account(str(server.make_url("")).rstrip("/")))
    assert finding.level is Level.PROBLEM
    assert "não é um Odoo" in finding.text


async def test_an_address_where_nobody_listens_is_told() -> None:
    (finding,) = await examined(account(f"http://127.0.0.1:{free_port()}"))
    assert finding.level is Level.PROBLEM
    assert "Não responde" in finding.text
