"""`load`: upserts by external id, failures as normal results, and lines that double."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from typing import Any

import pytest
from tests.integration.simulators.odoo.callers import BRAZIL, Caller, calling

pytestmark = pytest.mark.integration

PARTNER = "res.partner"
KEY = "__agent__.wa_5511987654321"


@pytest.fixture
async def shop(odoo_database: str) -> AsyncIterator[Caller]:
    async with calling(odoo_database) as caller:
        yield caller


async def loaded(
    shop: Caller, fields: list[str], *rows: Sequence[object], model: str = PARTNER
) -> dict[str, Any]:
    told = await shop.call(model, "load", fields, list(rows))
    assert isinstance(told, dict)
    return told


async def test_the_second_load_of_an_external_id_updates(shop: Caller) -> None:
    first = await loaded(shop, ["id", "name", "phone"], [KEY, "Maria", "(11) 98765-4321"])
    second = await loaded(shop, ["id", "name"], [KEY, "Maria da Silva"])
    assert first["ids"] == second["ids"]
    assert second["messages"] == []
    row = await shop.read(PARTNER, first["ids"][0], "name", "phone_sanitized")
    assert (row["name"], row["phone_sanitized"]) == ("Maria da Silva", "+5511987654321")


async def test_of_two_at_once_one_gets_ids_and_the_other_a_message(shop: Caller) -> None:
    answers = await asyncio.gather(*(loaded(shop, ["id", "name"], [KEY, "Maria"]) for _ in range(4)))
    ids = [answer["ids"] for answer in answers if answer["ids"]]
    assert len({tuple(found) for found in ids}) == 1
    for answer in answers:
        if not answer["ids"]:
            assert answer["ids"] is False
            (message,) = answer["messages"]
            assert message["type"] == "error"
            assert message["message"].startswith("could not serialize")
    assert shop.rows.value("SELECT count(*) FROM public.customers WHERE name = 'Maria'") == 1


async def test_links_go_by_database_id_by_external_id_and_by_name(shop: Caller) -> None:
    firm = await loaded(shop, ["id", "name", "is_company"], ["loja.padaria", "Padaria do Zé", "1"])
    told = await loaded(
        shop,
        ["name", "country_id/.id", "parent_id/id", "country_id"],
        ["José", str(BRAZIL), "loja.padaria", ""],
        ["Ana", "", "loja.padaria", "Brasil"],
    )
    rows = await shop.call(PARTNER, "read", told["ids"], ["country_id", "parent_id"], load="")
    assert [(row["country_id"], row["parent_id"]) for row in rows] == [(BRAZIL, firm["ids"][0])] * 2


async def test_countries_and_states_have_their_external_ids(shop: Caller) -> None:
    state = shop.rows.value("SELECT id FROM erp.states WHERE country_id = %s AND code = 'SP'", BRAZIL)
    state = state or shop.rows.add("erp.states", country_id=BRAZIL, code="SP", name="São Paulo")
    told = await loaded(
        shop, ["name", "country_id/id", "state_id/id"], ["Ana", "base.br", "base.state_br_sp"]
    )
    (row,) = await shop.call(PARTNER, "read", told["ids"], ["country_id", "state_id"], load="")
    assert (row["country_id"], row["state_id"]) == (BRAZIL, state)


async def test_lists_of_links_are_separated_by_commas(shop: Caller) -> None:
    first, second = shop.rows.customer("Ana"), shop.rows.customer("Bia")
    told = await loaded(
        shop, ["name", "partner_ids/.id"], ["Reunião", f"{first},{second}"], model="calendar.event"
    )
    (row,) = await shop.call("calendar.event", "read", told["ids"], ["partner_ids"])
    assert row["partner_ids"] == [first, second]


async def test_a_record_is_updated_by_its_database_id(shop: Caller) -> None:
    partner = shop.rows.customer()
    told = await loaded(shop, [".id", "name"], [str(partner), "Maria Souza"])
    assert told["ids"] == [partner]
    assert (await shop.read(PARTNER, partner, "name"))["name"] == "Maria Souza"


async def test_repeated_lines_are_added_again(shop: Caller) -> None:
    table = (["id", "name", "child_ids/name"], ["loja.padaria", "Padaria", "José"], ["", "", "Ana"])
    first = await loaded(shop, *table)
    again = await loaded(shop, *table)
    assert first["ids"] == again["ids"]
    (row,) = await shop.call(PARTNER, "read", again["ids"], ["child_ids"])
    assert len(row["child_ids"]) == 4


@pytest.mark.parametrize(
    ("fields", "row", "told"),
    [
        (["name", "country_id/id"], ["Maria", "base.nowhere"], "base.nowhere"),
        (["name", "country_id"], ["Maria", "Atlântida"], "Atlântida"),
        (["name", "vat", "country_id/.id"], ["Maria", "529.982.247-26", str(BRAZIL)], "CPF"),
        (["phone"], ["+5511987654321"], "Contacts require a name"),
        (["name", "lang"], ["Maria", "xx_XX"], "xx_XX"),
    ],
)
async def test_failures_are_normal_results_and_keep_nothing(
    shop: Caller, fields: list[str], row: list[object], told: str
) -> None:
    before = shop.rows.value("SELECT count(*) FROM public.customers")
    good = ["Joana" if field == "name" else "" for field in fields]
    answer = await loaded(shop, fields, *([good] if "name" in fields else []), row)
    assert answer["ids"] is False
    assert told in answer["messages"][0]["message"]
    assert shop.rows.value("SELECT count(*) FROM public.customers") == before


async def test_an_external_id_names_a_record_of_one_model(shop: Caller) -> None:
    await loaded(shop, ["id", "name"], [KEY, "Maria"])
    told = await loaded(shop, ["id", "name"], [KEY, "Reunião"], model="calendar.event")
    assert told["ids"] is False
    assert KEY in told["messages"][0]["message"]


async def test_an_external_id_of_a_deleted_record_makes_a_new_one(shop: Caller) -> None:
    first = await loaded(shop, ["id", "name"], [KEY, "Maria"])
    await shop.call(PARTNER, "unlink", first["ids"])
    second = await loaded(shop, ["id", "name"], [KEY, "Maria"])
    assert second["ids"] != first["ids"]
