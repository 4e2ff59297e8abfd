"""Before an Odoo without Brazilian Portuguese the adapter speaks English, and is not refused each call."""

from __future__ import annotations

import aiohttp
import orjson
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from chatwootai.integrations.odoo.access import OdooAccess
from chatwootai.integrations.odoo.client import OdooClient

pytestmark = pytest.mark.integration

USER = {"id": 8, "company_id": [1, "Loja"], "company_ids": [1], "partner_id": [7, "Agente"]}


def server_with(languages: int, contexts: list[object]) -> TestServer:
    """A server of series 18 that knows so many languages of the code asked for."""

    async def answer(request: web.Request) -> web.Response:
        params = orjson.loads(await request.read())["params"]
        match params["service"], params["method"], params["args"][3:5]:
            case "common", "version", _:
                result: object = {"server_version_info": [18, 0, 0, "final", 0, ""]}
            case "common", "login", _:
                result = 8
            case "object", "execute_kw", ["res.users", "read"]:
                result = [USER]
            case "object", "execute_kw", ["res.lang", "search_count"]:
                result = languages
            case _:
                contexts.append(params["args"][6]["context"])
                result = 3
        return web.json_response({"jsonrpc": "2.0", "id": 1, "result": result})

    application = web.Application()
    application.router.add_post("/jsonrpc", answer)
    return TestServer(application)


@pytest.mark.parametrize(("installed", "spoken"), [(1, "pt_BR"), (0, "en_US")])
async def test_the_language_of_every_call_is_one_that_is_installed(installed: int, spoken: str) -> None:
    contexts: list[object] = []
    async with server_with(installed, contexts) as server, aiohttp.ClientSession() as session:
        access = OdooAccess(str(server.make_url("")).rstrip("/"), "loja", "agente", "chave")
        client = OdooClient(session, access)
        assert await client.read("product.product", "search_count", domain=[]) == 3
        assert (await client.identity()).language == spoken
    assert contexts == [{"lang": spoken, "tz": "America/Sao_Paulo", "allowed_company_ids": [1]}]
