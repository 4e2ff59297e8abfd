"""JSON-2 of series 19: real status codes, named arguments; and what stands in its place before."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from tests.fixtures.odoo import DATABASE
from tests.integration.simulators.odoo.wires import ANA, Odoo, serving

pytestmark = [pytest.mark.integration, pytest.mark.asyncio(loop_scope="module")]

BEARER = {"Authorization": f"bearer {ANA.key}"}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def odoo(shared_odoo_database: str) -> AsyncIterator[Odoo]:
    async with serving(shared_odoo_database, series=19) as odoo:
        yield odoo


async def test_a_result_is_bare(odoo: Odoo) -> None:
    status, context = await odoo.json2("res.users/context_get")
    assert (status, context["uid"]) == (200, await odoo.uid())
    body = {"ids": [context["uid"]], "fields": ["login"], "context": {"lang": "pt_BR"}}
    assert await odoo.json2("res.users/read", body) == (200, [{"id": context["uid"], "login": ANA.login}])


async def test_none_is_null_and_records_are_their_ids(odoo: Odoo) -> None:
    _, made = await odoo.json2("res.partner/create", {"vals_list": [{"name": "Ana"}]})
    body = {"ids": made, "act_type_xmlid": "mail.mail_activity_data_todo"}
    _, activities = await odoo.json2("res.partner/activity_schedule", body)
    assert isinstance(activities[0], int)
    assert await odoo.json2("res.partner/action_archive", {"ids": made}) == (200, None)


@pytest.mark.parametrize(
    ("path", "body", "status", "name"),
    [
        ("res.nothing/read", {}, 404, "werkzeug.exceptions.NotFound"),
        ("res.users/dance", {}, 404, "builtins.AttributeError"),
        ("res.partner/write", {"ids": [999999], "vals": {"name": "x"}}, 404, "odoo.exceptions.MissingError"),
        ("res.users/_login", {}, 403, "odoo.exceptions.AccessError"),
        ("res.users/write", {"ids": [1], "vals": {"name": "x"}}, 403, "odoo.exceptions.AccessError"),
        ("res.partner/create", {"vals_list": [{"phone": "1"}]}, 422, "odoo.exceptions.ValidationError"),
        ("res.users/search", {"domain": [["colour", "=", 1]]}, 422, "builtins.ValueError"),
        ("res.users/search", {"domain": [], "colour": 1}, 422, "builtins.TypeError"),
        ("res.users/search", {"domain": [], "context": 1}, 422, "werkzeug.exceptions.UnprocessableEntity"),
        ("res.users/search", [], 400, "werkzeug.exceptions.BadRequest"),
    ],
)
async def test_an_error_has_a_status_and_tells_its_name(
    odoo: Odoo, path: str, body: object, status: int, name: str
) -> None:
    headers = {**BEARER, "Content-Type": "application/json"}
    async with odoo.session.post(f"{odoo.url}/json/2/{path}", json=body, headers=headers) as response:
        error = await response.json()
        assert (response.status, error["name"]) == (status, name)
    assert set(error) == {"name", "message", "arguments", "context", "debug"}
    assert error["arguments"] == [error["message"]]


async def test_a_call_is_one_transaction(odoo: Odoo) -> None:
    body = {"vals_list": [{"name": "Ana sem par"}, {"phone": "sem nome"}]}
    assert (await odoo.json2("res.partner/create", body))[0] == 422
    domain = {"domain": [["name", "=", "Ana sem par"]]}
    assert await odoo.json2("res.partner/search_count", domain) == (200, 0)


@pytest.mark.parametrize("headers", [{}, {"Authorization": "bearer"}, {"Authorization": f"basic {ANA.key}"}])
async def test_without_a_key_nothing_is_told(odoo: Odoo, headers: dict[str, str]) -> None:
    url = f"{odoo.url}/json/2/res.nothing/read"
    async with odoo.session.post(url, json={}, headers=headers) as response:
        assert (response.status, response.headers["WWW-Authenticate"]) == (401, "bearer")
        assert (await response.json())["name"] == "werkzeug.exceptions.Unauthorized"


async def test_a_database_may_be_named_but_no_wrong_one(odoo: Odoo) -> None:
    named = BEARER | {"X-Odoo-Database": DATABASE}
    assert (await odoo.json2("res.users/context_get", headers=named))[0] == 200
    wrong = BEARER | {"X-Odoo-Database": "other"}
    url = f"{odoo.url}/json/2/res.users/context_get"
    async with odoo.session.post(url, json={}, headers=wrong) as response:
        assert (response.status, response.content_type) == (404, "text/html")


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [(b"{", "application/json", 400), (b"x", "text/plain", 415), (b"", "application/json", 200)],
)
async def test_a_body_is_json_or_empty(odoo: Odoo, body: bytes, kind: str, status: int) -> None:
    url = f"{odoo.url}/json/2/res.users/context_get"
    async with odoo.session.post(url, data=body, headers=BEARER | {"Content-Type": kind}) as response:
        assert response.status == status


async def test_a_method_is_posted_to(odoo: Odoo) -> None:
    async with odoo.session.get(f"{odoo.url}/json/2/res.users/context_get", headers=BEARER) as response:
        assert response.status in (404, 405)


async def test_the_version_is_told_to_anybody(odoo: Odoo) -> None:
    async with odoo.session.get(f"{odoo.url}/web/version") as response:
        assert await response.json() == {"version_info": [19, 0, 0, "final", 0, ""], "version": "19.0"}


@pytest.mark.parametrize("series", [16, 17, 18])
async def test_before_series_19_there_is_a_redirection_and_no_version(
    shared_odoo_database: str, series: int
) -> None:
    async with serving(shared_odoo_database, series) as odoo:
        url = f"{odoo.url}/json/2/res.users/context_get"
        async with odoo.session.post(url, json={}, headers=BEARER, allow_redirects=False) as response:
            assert response.status == 303
        async with odoo.session.post(url, json={}, headers=BEARER) as response:
            assert (response.status, response.content_type) == (200, "text/html")
        async with odoo.session.get(f"{odoo.url}/web/version") as response:
            assert response.status == 404


async def test_the_export_is_for_nobody_here(odoo: Odoo) -> None:
    url = f"{odoo.url}/json/1/sale.action_orders"
    for headers, status in (({}, 401), ({"Authorization": "bearer wrong"}, 401), (BEARER, 403)):
        async with odoo.session.get(url, headers=headers) as response:
            assert response.status == status
