"""Requests and values to the letter (reference, sections 3.1, 3.4 and 3.10)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any
from xmlrpc import client

import pytest
import pytest_asyncio
from tests.fixtures.odoo import BELA, DATABASE
from tests.integration.simulators.odoo.callers import BRAZIL, Caller, Refused, calling

pytestmark = [pytest.mark.integration, pytest.mark.asyncio(loop_scope="module")]

FIELDS = ["name", "phone", "email"]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def shop(shared_odoo_database: str) -> AsyncIterator[Caller]:
    async with calling(shared_odoo_database) as caller:
        yield caller


def uid_of(shop: Caller) -> int:
    uid = shop.rows.value("SELECT id FROM erp.users WHERE login = %s", BELA.login)
    assert isinstance(uid, int)
    return uid


async def test_the_request_of_the_reference_is_answered_as_the_reference_says(shop: Caller) -> None:
    maria = await shop.call(
        "res.partner",
        "create",
        {"name": "Maria da Silva", "phone": "(11) 97777-4321", "email": "maria@example.com"},
    )
    domain = [["phone_sanitized", "=", "+5511977774321"]]
    context = {"lang": "pt_BR", "tz": "America/Sao_Paulo"}
    args: list[Any] = [DATABASE, uid_of(shop), BELA.key, "res.partner", "search_read", [domain]]
    args.append({"fields": FIELDS, "limit": 2, "context": context})
    params = {"service": "object", "method": "execute_kw", "args": args}
    body = {"jsonrpc": "2.0", "method": "call", "params": params, "id": 1}
    async with shop.session.post(f"{shop.odoo.url}/jsonrpc", json=body) as response:
        row = {
            "id": maria,
            "name": "Maria da Silva",
            "phone": "(11) 97777-4321",
            "email": "maria@example.com",
        }
        assert await response.json() == {"jsonrpc": "2.0", "id": 1, "result": [row]}


async def test_a_large_number_overflows_in_the_client_of_xml_rpc(shop: Caller) -> None:
    def call() -> None:
        with client.ServerProxy(f"{shop.odoo.url}/xmlrpc/2/object") as proxy:
            proxy.execute_kw(DATABASE, uid_of(shop), BELA.key, "res.partner", "read", [[2**31]])

    with pytest.raises(OverflowError, match="int exceeds XML-RPC limits"):
        await asyncio.to_thread(call)


async def test_a_picture_that_is_not_there_is_a_placeholder_and_no_error(shop: Caller) -> None:
    for path in ("product.product/1/image_128", "res.partner/999999/avatar_128"):
        async with shop.session.get(f"{shop.odoo.url}/web/image/{path}") as response:
            assert (response.status, response.content_type) == (200, "image/png")
            assert (await response.read()).startswith(b"\x89PNG")


async def test_dates_are_days_and_times_have_no_zone(shop: Caller) -> None:
    given = {"validity_date": "2030-12-24", "commitment_date": "2030-12-24 15:00:00"}
    order = await shop.call("sale.order", "create", {"partner_id": shop.rows.customer(), **given})
    for zone in ("America/Sao_Paulo", "Asia/Tokyo"):
        row = await shop.read("sale.order", order, *given, tz=zone)
        assert row == given | {"id": order}


@pytest.mark.parametrize("written", ["2030-12-24T15:00:00Z", "2030-12-24T15:00:00-03:00"])
async def test_a_time_in_iso_format_is_refused_when_written(shop: Caller, written: str) -> None:
    with pytest.raises(Refused, match="does not match format '%Y-%m-%d %H:%M:%S'") as refused:
        await shop.call(
            "sale.order", "create", {"partner_id": shop.rows.customer(), "commitment_date": written}
        )
    assert refused.value.name == "ValueError"


async def test_money_is_a_float_beside_its_currency_and_html_is_text(shop: Caller) -> None:
    order = await shop.call(
        "sale.order", "create", {"partner_id": shop.rows.customer(), "note": "<p>Sem pressa</p>"}
    )
    row = await shop.read("sale.order", order, "amount_total", "currency_id", "note")
    assert (row["amount_total"], row["currency_id"][1], row["note"]) == (0.0, "BRL", "<p>Sem pressa</p>")
    types = await shop.call("sale.order", "fields_get", ["amount_total", "note", "date_order"], ["type"])
    assert {name: told["type"] for name, told in types.items()} == {
        "amount_total": "monetary",
        "note": "html",
        "date_order": "datetime",
    }


async def test_only_the_language_of_the_context_is_searched(shop: Caller) -> None:
    category = shop.rows.category("Móveis de duas línguas")
    for number in range(14):
        english = f"Standing desk {number}" if number else None
        shop.rows.product(f"Mesa alta {number}", "9.00", category, name_en=english)
    mine = ["categ_id", "=", category]
    found = {
        (text, lang): await shop.call(
            "product.product", "search_count", [mine, ["name", "ilike", text]], context={"lang": lang}
        )
        for text in ("desk", "mesa")
        for lang in ("pt_BR", "en_US")
    }
    assert (found["desk", "pt_BR"], found["desk", "en_US"]) == (0, 13)
    assert (found["mesa", "pt_BR"], found["mesa", "en_US"]) == (14, 1)


async def test_a_documents_kind_is_a_link_and_its_punctuation_is_kept(shop: Caller) -> None:
    kinds = await shop.call("l10n_latam.identification.type", "search_read", [], ["name"])
    kind = next((row["id"] for row in kinds if row["name"] == "CPF"), False)
    made = await shop.call(
        "res.partner",
        "create",
        {
            "name": "Ana",
            "vat": "529.982.247-25",
            "country_id": BRAZIL,
            "l10n_latam_identification_type_id": kind,
        },
    )
    row = await shop.read("res.partner", made, "vat", "l10n_latam_identification_type_id")
    assert row["vat"] == "529.982.247-25"
    assert row["l10n_latam_identification_type_id"] == ([kind, "CPF"] if kind else False)
    both = ["529.982.247-25", "52998224725"]
    assert made in await shop.call("res.partner", "search", [["vat", "in", both]])
