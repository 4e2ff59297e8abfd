"""Odoo's traps, as measured on a real Odoo 18, in the simulation."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace

import aiohttp
import pytest
from tests.fixtures.odoo import BELA, BOTH, DATABASE, VERDE, RunningOdoo, running_odoo, set_faults

from chatwootai.simulators.odoo.settings import Login

pytestmark = pytest.mark.integration

Record = dict[str, object]

GOODS = ["id", "<=", 78]  # the products of the first shop's file; services and discounts come after them


@dataclass
class Client:
    """Speaks JSON-RPC as any Odoo client does."""

    session: aiohttp.ClientSession
    odoo: RunningOdoo
    login: Login = BELA

    async def rpc(self, service: str, method: str, *args: object) -> Record:
        params = {"service": service, "method": method, "args": args}
        call = {"jsonrpc": "2.0", "id": 4, "method": "call", "params": params}
        async with self.session.post(f"{self.odoo.url}/jsonrpc", json=call) as response:
            assert response.status == 200
            answer: Record = await response.json()
            return answer

    def as_user(self, login: Login) -> Client:
        return replace(self, login=login)

    async def execute(self, model: str, method: str, *args: object, **kwargs: object) -> Record:
        login = self.login
        answer = await self.rpc("common", "login", DATABASE, login.login, login.key)
        uid = answer["result"]
        return await self.rpc("object", "execute_kw", DATABASE, uid, login.key, model, method, args, kwargs)

    async def search_read(self, domain: object, *fields: str, **kwargs: object) -> list[Record]:
        answer = await self.execute("product.product", "search_read", domain, fields=fields, **kwargs)
        result = answer.get("result")
        assert isinstance(result, list), answer
        return result

    async def names(self, *domain: object, **kwargs: object) -> list[object]:
        return [row["name"] for row in await self.search_read(domain, "name", **kwargs)]


@pytest.fixture
async def client(odoo_database: str) -> AsyncIterator[Client]:
    async with running_odoo(odoo_database) as odoo, aiohttp.ClientSession() as session:
        yield Client(session, odoo)


def error_name(answer: Record) -> object:
    error = answer["error"]
    assert isinstance(error, dict)
    assert error["code"] == 200
    return error["data"]["name"]


async def test_version_names_the_series(client: Client) -> None:
    answer = await client.rpc("common", "version")
    assert answer["result"] == {
        "server_version": "18.0",
        "server_version_info": [18, 0, 0, "final", 0, ""],
        "server_serie": "18.0",
        "protocol_version": 1,
    }


@pytest.mark.parametrize(("method", "rest"), [("login", []), ("authenticate", [{}])])
async def test_a_wrong_key_logs_in_as_false_and_not_as_an_error(
    client: Client, method: str, rest: list[object]
) -> None:
    answer = await client.rpc("common", method, DATABASE, BELA.login, "errada", *rest)
    assert answer["result"] is False


async def test_an_unknown_database_is_an_operational_error(client: Client) -> None:
    answer = await client.rpc("common", "login", "outro", BELA.login, BELA.key)
    assert error_name(answer) == "psycopg2.OperationalError"


async def test_a_wrong_key_in_a_call_is_denied(client: Client) -> None:
    answer = await client.rpc(
        "object", "execute_kw", DATABASE, 7, "errada", "product.product", "search", [[]], {}
    )
    assert error_name(answer) == "odoo.exceptions.AccessDenied"


@pytest.mark.parametrize(
    ("model", "method", "args", "kwargs", "name"),
    [
        ("product.nothing", "search", [[]], {}, "odoo.exceptions.UserError"),
        ("product.product", "_search", [[]], {}, "odoo.exceptions.AccessError"),
        ("product.product", "sell", [[1]], {}, "builtins.AttributeError"),
        ("product.product", "search", [], {}, "builtins.TypeError"),
        ("product.product", "search", [[["colour", "=", "x"]]], {}, "builtins.ValueError"),
        ("product.product", "search", [[["name", "resembles", "x"]]], {}, "builtins.ValueError"),
        ("product.product", "search", [["&", ["id", "=", 1]]], {}, "builtins.ValueError"),
        ("product.product", "read", [[1], ["colour"]], {}, "builtins.ValueError"),
        ("product.product", "search_read", [[]], {}, "odoo.exceptions.AccessError"),
        ("product.product", "search", [[]], {"order": "free_qty"}, "builtins.ValueError"),
        ("product.product", "search", [[]], {"order": "name; drop"}, "builtins.ValueError"),
        (
            "product.product",
            "search",
            [[["write_date", ">", "2026-01-01T00:00:00Z"]]],
            {},
            "builtins.ValueError",
        ),
        ("product.product", "write", [[1], {"name": "x"}], {}, "odoo.exceptions.AccessError"),
        (
            "product.product",
            "search",
            [[]],
            {"context": {"allowed_company_ids": [2]}},
            "odoo.exceptions.AccessError",
        ),
        (
            "product.product",
            "get_product_multiline_description_sale",
            [[99999]],
            {},
            "odoo.exceptions.MissingError",
        ),
    ],
)
async def test_a_refusal_is_http_200_with_the_name_of_its_class(
    client: Client, model: str, method: str, args: list[object], kwargs: Record, name: str
) -> None:
    assert error_name(await client.execute(model, method, *args, **kwargs)) == name


async def test_empty_is_false_and_a_link_is_id_and_name(client: Client) -> None:
    (row,) = await client.search_read([["default_code", "=", "VP-100"]], "barcode", "currency_id", "free_qty")
    assert row["barcode"] is False
    assert row["currency_id"] == [6, "BRL"]
    assert row["free_qty"] == 0.0


async def test_reading_an_id_that_never_was_gives_nothing(client: Client) -> None:
    answer = await client.execute("product.product", "read", [99999], ["name"])
    assert answer["result"] == []


async def test_search_hides_the_rows_of_other_companies_and_read_refuses_them(client: Client) -> None:
    answer = await client.as_user(VERDE).execute("product.product", "search", [])
    foreign = answer["result"]
    assert isinstance(foreign, list)
    assert len(foreign) >= 19
    assert await client.names(["id", "in", foreign]) == []
    refused = await client.execute("product.product", "read", foreign[:1], ["name"])
    assert error_name(refused) == "odoo.exceptions.AccessError"


async def test_a_user_of_two_companies_sees_those_that_the_context_allows(client: Client) -> None:
    both = await client.as_user(BOTH).execute("product.product", "search_count", [])
    one = await client.as_user(BOTH).execute(
        "product.product", "search_count", [], context={"allowed_company_ids": [2]}
    )
    bela = await client.execute("product.product", "search_count", [])
    assert both["result"] == int(str(bela["result"])) + int(str(one["result"]))


async def test_archived_rows_show_only_when_asked_for(client: Client) -> None:
    archived = ["Kit Natal 2025"]
    leaf = ["name", "=", archived[0]]
    assert await client.names(leaf) == []
    assert await client.names(leaf, context={"active_test": False}) == archived
    assert await client.names(leaf, ["active", "=", False]) == archived


@pytest.mark.parametrize(
    ("leaf", "count"),
    [
        (["name", "ilike", "MASCARA HIDRATACAO"], 2),
        (["name", "ilike", "máscara hidratação"], 2),
        (["name", "like", "Mascara Hidratacao"], 0),
        (["name", "=ilike", "shampoo hidratante%"], 1),
        (["name", "=like", "Shampoo Hidratante"], 0),
        (["default_code", "in", ["SH-HID-300", "SH-HID-1L", "none"]], 2),
        (["default_code", "in", []], 0),
        (["barcode", "=", False], 5),
        (["categ_id", "ilike", "protetores"], 5),
        (["categ_id.name", "=", "Esmaltes"], 5),
        (["list_price", "<", 9.9], 1),
        (["list_price", "<=", 9.9], 3),
        ([1, "=", 1], 75),
        ([0, "=", 1], 0),
    ],
)
async def test_an_operator_finds_what_odoos_finds(client: Client, leaf: list[object], count: int) -> None:
    answer = await client.execute("product.product", "search_count", [GOODS, leaf])
    assert answer["result"] == count


async def test_polish_notation_binds_as_odoo_reads_it(client: Client) -> None:
    coconut, soap = ["default_code", "=", "SH-COCO-300"], ["default_code", "=", "SA-LIQ-250"]
    kept, dear = ["is_storable", "=", True], ["list_price", ">", 30]
    assert len(await client.names(kept, "|", coconut, soap)) == 2
    assert len(await client.names("|", coconut, "&", soap, dear)) == 1
    assert len(await client.names("|", coconut, soap, dear)) == 1
    assert await client.names(coconut, "!", kept) == []


async def test_a_quote_in_a_search_is_only_a_quote(client: Client) -> None:
    assert await client.names(["name", "ilike", "'; DROP TABLE products; --"]) == []
    assert await client.names(["default_code", "=", "SH-COCO-300"]) == ["Shampoo Hidratante Coco 300 ml"]


@pytest.mark.parametrize(
    ("domain", "kwargs"),
    [
        ([["name", "=", "a\x00b"]], {}),
        ([["list_price", "=", "many"]], {}),
        ([["id", "in", [{}]]], {}),
        ([], {"limit": 10**30}),
        ([], {"offset": -1}),
    ],
)
async def test_a_value_that_no_column_can_hold_is_a_value_error(
    client: Client, domain: list[object], kwargs: Record
) -> None:
    answer = await client.execute("product.product", "search", domain, **kwargs)
    assert error_name(answer) == "builtins.ValueError"


async def test_a_deeply_nested_domain_is_answered(client: Client) -> None:
    answer = await client.execute("product.product", "search", [*["!"] * 148, ["id", "=", 1]])
    assert answer["result"] == [1]


async def test_limit_zero_is_no_limit(client: Client) -> None:
    assert len(await client.names(GOODS, limit=0)) == 75
    assert len(await client.names(GOODS, limit=3, offset=74, order="id")) == 1


async def test_order_by_a_link_is_by_its_name(client: Client) -> None:
    rows = await client.search_read([], "categ_id", order="categ_id desc, list_price, id", limit=1)
    assert isinstance(rows[0]["categ_id"], list)
    assert rows[0]["categ_id"][1] == "Vales"


async def test_fields_get_tells_types_and_what_can_be_ordered_by(client: Client) -> None:
    answer = await client.execute(
        "product.product", "fields_get", ["free_qty", "categ_id"], ["type", "store", "relation"]
    )
    assert answer["result"] == {
        "free_qty": {"type": "float", "store": False},
        "categ_id": {"type": "many2one", "store": True, "relation": "product.category"},
    }


async def test_what_is_no_json_is_http_400(client: Client) -> None:
    for body, kind in ((b"{", "application/json"), (b"{}", "text/plain")):
        headers = {"Content-Type": kind}
        async with client.session.post(f"{client.odoo.url}/jsonrpc", data=body, headers=headers) as response:
            assert response.status == 400


async def test_json_2_does_not_exist_before_series_19(client: Client) -> None:
    url = f"{client.odoo.url}/json/2/product.product/search"
    async with client.session.post(url, json={}, allow_redirects=False) as response:
        assert response.status == 303


async def test_health_passes_with_the_database_down(client: Client) -> None:
    await set_faults(client.session, client.odoo, database_down=True)
    async with client.session.get(f"{client.odoo.url}/web/health") as response:
        assert await response.json() == {"status": "pass"}
    answer = await client.rpc("common", "login", DATABASE, BELA.login, BELA.key)
    assert error_name(answer) == "psycopg2.OperationalError"


async def test_stock_does_not_touch_the_write_date_but_a_price_does(client: Client) -> None:
    leaf = ["default_code", "=", "SH-COCO-300"]
    (before,) = await client.search_read([leaf], "write_date")
    since = ["write_date", ">", before["write_date"]]
    url = f"{client.odoo.url}/simulator/products/{before['id']}"
    async with client.session.patch(url, json={"stock_quantity": 3}) as response:
        assert response.status == 200
    (after,) = await client.search_read([leaf], "write_date", "free_qty")
    assert (after["write_date"], after["free_qty"]) == (before["write_date"], 3.0)
    async with client.session.patch(url, json={"list_price": "41.50"}) as response:
        assert (await response.json())["list_price"] == "41.50"
    assert [row["list_price"] for row in await client.search_read([leaf, since], "list_price")] == [41.5]


async def test_the_page_shows_prices_as_brazilians_write_them(client: Client) -> None:
    async with client.session.get(client.odoo.url) as response:
        page = await response.text()
    assert "Shampoo Hidratante Coco 300 ml" in page
    assert "R$\u00a039,90" in page
    assert "Casa Verde" in page


async def test_a_second_start_adds_nothing_and_keeps_what_people_changed(odoo_database: str) -> None:
    async with aiohttp.ClientSession() as session:
        async with running_odoo(odoo_database) as odoo:
            url = f"{odoo.url}/simulator/products/1"
            async with session.patch(url, json={"stock_quantity": 1}) as response:
                assert response.status == 200
        async with running_odoo(odoo_database) as odoo:
            again = Client(session, odoo)
            rows = await again.search_read([["id", "=", 1]], "free_qty")
            assert [row["free_qty"] for row in rows] == [1.0]
            assert len(await again.names(GOODS)) == 75
