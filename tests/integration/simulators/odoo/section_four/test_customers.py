"""Customers and their orders, call by call as a shop's robot asks for them (section 4)."""

from __future__ import annotations

from typing import Any

import pytest
from tests.integration.simulators.odoo.section_four.clients import Erp
from tests.integration.simulators.odoo.section_four.goods import numbered, phone

pytestmark = [pytest.mark.integration, pytest.mark.asyncio(loop_scope="module")]

FIELDS = ("name", "phone", "email")


async def by_number(erp: Erp, number: str) -> list[dict[str, Any]]:
    return await erp.found("res.partner", [["phone_sanitized", "=", number]], *FIELDS, order="id", limit=5)


async def test_customer_lookup_by_phone_whatever_way_it_was_written(erp: Erp) -> None:
    number = phone()
    national = f"({number[3:5]}) {number[5:10]}-{number[10:]}"
    name = numbered("Maria ")
    made = await erp.create("res.partner", name=name, phone=national, email="maria@example.com")
    found = await by_number(erp, number)
    assert found == [{"id": made, "name": name, "phone": national, "email": "maria@example.com"}]


async def test_customer_lookup_falls_back_to_address_and_document(erp: Erp) -> None:
    address = f"{numbered('ana')}@Example.com"
    made = await erp.create("res.partner", name="Ana", email=f"Ana <{address}>", vat="529.982.247-25")
    assert await by_number(erp, phone()) == []
    lowered = [["email_normalized", "=", address.lower()]]
    assert [row["id"] for row in await erp.found("res.partner", lowered, "name")] == [made]
    either = [["vat", "in", ["529.982.247-25", "52998224725"]]]
    assert made in [row["id"] for row in await erp.found("res.partner", either, "name")]


async def test_customer_lookup_may_find_several_of_whom_five_are_told(erp: Erp) -> None:
    number = phone()
    made = [await erp.create("res.partner", name="Bia", phone=number) for _ in range(6)]
    assert [row["id"] for row in await by_number(erp, number)] == made[:5]


async def test_customer_creation_with_the_country_looked_up_by_its_code(erp: Erp) -> None:
    number = phone()
    (brazil,) = await erp.found("res.country", [["code", "=", "BR"]], "name")
    given = {"name": "Carla", "phone": number, "email": "carla@example.com", "lang": "pt_BR"}
    made = await erp.create("res.partner", **given, country_id=brazil["id"])
    row = await erp.read("res.partner", made, *given, "country_id", "phone_sanitized")
    assert row == given | {"id": made, "country_id": brazil["id"], "phone_sanitized": number}


async def test_customer_creation_by_external_id_is_safe_to_repeat(erp: Erp) -> None:
    number = phone()
    key = f"__agent__.wa_{number.removeprefix('+')}"
    load: dict[str, Any] = {"fields": ["id", "name", "phone"], "data": [[key, "Dora", number]]}
    first = await erp.call("res.partner", "load", **load)
    again = await erp.call("res.partner", "load", **load)
    assert (first["ids"], first["messages"]) == (again["ids"], [])
    assert [row["id"] for row in await by_number(erp, number)] == first["ids"]


async def test_orders_of_a_customer_and_her_contacts_newest_first(erp: Erp) -> None:
    firm = await erp.create("res.partner", name=numbered("Padaria "), is_company=True)
    contact = await erp.create("res.partner", name="José", parent_id=firm)
    days = ("2026-03-02", "2026-03-01", "2026-03-02")
    orders = [
        await erp.create("sale.order", partner_id=buyer, date_order=f"{day} 12:00:00")
        for buyer, day in zip((firm, contact, contact), days, strict=True)
    ]
    theirs = [["partner_id", "child_of", firm]]
    found = await erp.found("sale.order", theirs, "name", order="date_order desc,id desc", limit=2)
    assert [row["id"] for row in found] == [orders[2], orders[0]]
    own = await erp.found("sale.order", [["partner_id", "child_of", contact]], "name", order="id")
    assert [row["id"] for row in own] == orders[1:]
