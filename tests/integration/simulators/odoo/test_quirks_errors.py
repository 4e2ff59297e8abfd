"""How every situation is told on the older wires (reference, section 3.5)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any
from xmlrpc import client

import psycopg
import pytest
import pytest_asyncio
from tests.fixtures.odoo import BELA, DATABASE
from tests.fixtures.odoo_shop import Rows
from tests.integration.simulators.odoo.callers import BRAZIL, PORTUGUESE, Caller, Refused, calling

pytestmark = [pytest.mark.integration, pytest.mark.asyncio(loop_scope="module")]

GONE = 10**6
THEIRS, BUYER, SOLD = "a customer of another company", "a customer with an order", "a confirmed order"
NAMELESS = "The operation cannot be completed: Contacts require a name"

Situation = tuple[str, str, list[Any], dict[str, Any], str, int]
SITUATIONS: dict[str, Situation] = {
    "no rights": ("product.product", "create", [{"name": "x"}], {}, "AccessError", 4),
    "record rule": ("res.partner", "read", [[THEIRS], ["name"]], {}, "AccessError", 4),
    "record rule on write": ("res.partner", "write", [[THEIRS], {"ref": "x"}], {}, "AccessError", 4),
    "private method": ("res.partner", "_compute_display_name", [[BUYER]], {}, "AccessError", 4),
    "foreign company": (
        *("res.partner", "search", [[]], {"context": {"allowed_company_ids": [2]}}),
        *("AccessError", 4),
    ),
    "constraint": (
        *("calendar.event", "create"),
        [{"name": "x", "start": "2030-01-02 12:00:00", "stop": "2030-01-01 12:00:00"}],
        *({}, "ValidationError", 2),
    ),
    "not null": ("sale.order", "create", [{}], {}, "ValidationError", 2),
    "foreign key": ("res.partner", "unlink", [[BUYER]], {}, "ValidationError", 2),
    "bad CPF": (
        *("res.partner", "create", [{"name": "x", "vat": "111.222.333-44", "country_id": BRAZIL}]),
        *({}, "ValidationError", 2),
    ),
    "business refusal": ("sale.order", "action_confirm", [[SOLD]], {}, "UserError", 2),
    "unknown model": ("res.nothing", "search", [[]], {}, "UserError", 2),
    "gone on write": ("res.partner", "write", [[GONE], {"ref": "x"}], {}, "MissingError", 2),
    "gone on a method": ("sale.order", "action_confirm", [[GONE]], {}, "MissingError", 2),
    "gone as a link": ("sale.order", "create", [{"partner_id": GONE}], {}, "MissingError", 2),
    "unknown field": ("res.partner", "search", [[["colour", "=", 1]]], {}, "ValueError", 1),
    "unknown field to read": ("res.partner", "read", [[BUYER], ["colour"]], {}, "ValueError", 1),
    "unknown field to write": ("res.partner", "write", [[BUYER], {"colour": 1}], {}, "ValueError", 1),
    "bad selection": ("crm.lead", "create", [{"name": "x", "type": "dream"}], {}, "ValueError", 1),
    "bad date": ("crm.lead", "search", [[["create_date", ">", "ontem"]]], {}, "ValueError", 1),
    "bad order": ("res.partner", "search", [[]], {"order": "colour"}, "ValueError", 1),
    "a name of other models": ("sale.order", "write", [[SOLD]], {"vals": {"note": "x"}}, "TypeError", 1),
    "unknown method": ("res.partner", "dance", [[BUYER]], {}, "AttributeError", 1),
}  # fmt: skip


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def shop(shared_odoo_database: str) -> AsyncIterator[Caller]:
    async with calling(shared_odoo_database) as caller:
        yield caller


@pytest.fixture(scope="module")
def known(shop: Caller) -> dict[str, int]:
    theirs, buyer = Rows(shop.rows.dsn, 2).customer(), shop.rows.customer()
    return {THEIRS: theirs, BUYER: buyer, SOLD: shop.rows.order(buyer, status="sale")}


def filled(args: list[Any], known: dict[str, int]) -> list[Any]:
    """The arguments with ids in place of what they stand for."""
    return [
        [known.get(item, item) if isinstance(item, str) else item for item in argument]
        if isinstance(argument, list)
        else argument
        for argument in args
    ]


async def fault(
    shop: Caller, model: str, method: str, args: list[Any], named: dict[str, Any]
) -> client.Fault:
    uid = shop.rows.value("SELECT id FROM erp.users WHERE login = %s", BELA.login)
    assert isinstance(uid, int)

    def call() -> None:
        with client.ServerProxy(f"{shop.odoo.url}/xmlrpc/2/object") as proxy:
            proxy.execute_kw(DATABASE, uid, BELA.key, model, method, args, named)

    with pytest.raises(client.Fault) as refused:
        await asyncio.to_thread(call)
    return refused.value


@pytest.mark.parametrize("situation", SITUATIONS)
async def test_json_rpc_names_the_class_of_the_error(
    shop: Caller, known: dict[str, int], situation: str
) -> None:
    model, method, args, named, name, _ = SITUATIONS[situation]
    with pytest.raises(Refused) as refused:
        await shop.call(model, method, *filled(args, known), **named)
    assert refused.value.name == name


@pytest.mark.parametrize("situation", SITUATIONS)
async def test_xml_rpc_has_four_numbers_for_all_of_them(
    shop: Caller, known: dict[str, int], situation: str
) -> None:
    model, method, args, named, _, code = SITUATIONS[situation]
    refused = await fault(shop, model, method, filled(args, known), named)
    assert refused.faultCode == code
    assert refused.faultString.startswith("Traceback") is (code == 1)


async def test_the_body_of_an_error_is_odoos_to_the_letter(shop: Caller) -> None:
    error = (await shop.answer("res.partner", "create", {"phone": "1"}))["error"]
    debug = error["data"].pop("debug")
    assert error == {
        "code": 200,
        "message": "Odoo Server Error",
        "data": {
            "name": "odoo.exceptions.ValidationError",
            "message": NAMELESS,
            "arguments": [NAMELESS],
            "context": {},
        },
    }
    assert "Traceback" in debug
    assert ".py" in debug


async def test_an_unknown_model_is_told_by_its_name(shop: Caller) -> None:
    with pytest.raises(Refused) as refused:
        await shop.call("res.nothing", "read", [1])
    assert refused.value.message == "Object res.nothing doesn't exist"


async def test_reading_an_id_that_never_was_is_an_empty_list_on_both_wires(shop: Caller) -> None:
    assert await shop.call("res.partner", "read", [GONE], ["name"]) == []
    uid = shop.rows.value("SELECT id FROM erp.users WHERE login = %s", BELA.login)
    assert isinstance(uid, int)

    def read() -> object:
        with client.ServerProxy(f"{shop.odoo.url}/xmlrpc/2/object") as proxy:
            return proxy.execute_kw(DATABASE, uid, BELA.key, "res.partner", "read", [[GONE], ["name"]])

    assert await asyncio.to_thread(read) == []


async def test_messages_may_hold_jokes_and_names_of_groups(shop: Caller, known: dict[str, int]) -> None:
    with pytest.raises(Refused, match="not for your eyes"):
        await shop.call("res.partner", "read", [known[THEIRS]], ["name"])
    with pytest.raises(Refused, match=r"allowed for: .*sale_admin"):
        await shop.call("sale.order", "unlink", [known[SOLD]])


async def test_without_a_language_messages_are_in_two(shop: Caller, known: dict[str, int]) -> None:
    with pytest.raises(Refused, match="Some orders are not in a state"):
        await shop.call("sale.order", "action_confirm", [known[SOLD]])
    with pytest.raises(Refused, match="O número de CPF"):
        await shop.call("res.partner", "create", *SITUATIONS["bad CPF"][2])
    with pytest.raises(Refused, match="Alguns pedidos"):
        await shop.call("sale.order", "action_confirm", [known[SOLD]], context=PORTUGUESE)


async def test_health_passes_even_when_asked_for_the_database(shop: Caller) -> None:
    async with shop.session.get(f"{shop.odoo.url}/web/health?db_server_status=1") as response:
        assert (response.status, await response.json()) == (200, {"status": "pass"})


async def test_a_write_that_others_outrun_five_times_is_a_serialization_failure_on_both_wires(
    shop: Caller,
) -> None:
    partners = [shop.rows.customer(), shop.rows.customer()]

    async def disturb() -> None:
        async with await psycopg.AsyncConnection.connect(shop.rows.dsn, autocommit=True) as other:
            while True:
                async with other.transaction():
                    await other.execute(
                        "UPDATE public.customers SET ref = clock_timestamp()::text WHERE id = ANY(%s)",
                        (partners,),
                    )
                    # Long enough for the calls to have taken their snapshots before this commits.
                    await asyncio.sleep(0.1)

    disturbing = asyncio.create_task(disturb())
    try:
        await asyncio.sleep(0.1)
        answer, refused = await asyncio.gather(
            shop.answer("res.partner", "write", [partners[0]], {"ref": "x"}),
            fault(shop, "res.partner", "write", [[partners[1]], {"ref": "x"}], {}),
        )
    finally:
        disturbing.cancel()
        await asyncio.gather(disturbing, return_exceptions=True)
    told = answer["error"]["data"]
    assert told["name"] == "psycopg2.errors.SerializationFailure"
    assert told["message"] == "could not serialize access due to concurrent update"
    assert refused.faultCode == 1
    assert "SerializationFailure" in refused.faultString
    kept = shop.rows.value("SELECT count(*) FROM public.customers WHERE ref = 'x' AND id = ANY(%s)", partners)
    assert kept == 0
