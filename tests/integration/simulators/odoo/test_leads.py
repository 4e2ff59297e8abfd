"""Leads: what is filled in by itself, and what becomes of them."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from tests.fixtures.odoo import BELA, VERDE
from tests.integration.simulators.odoo.callers import Caller, Refused, calling

pytestmark = pytest.mark.integration

LEAD = "crm.lead"


@pytest.fixture
async def shop(odoo_database: str) -> AsyncIterator[Caller]:
    async with calling(odoo_database) as caller:
        for number, name, is_won in ((901, "Novo", False), (902, "Ganho", True)):
            caller.rows.value(
                "INSERT INTO erp.stages (id, name, sequence, is_won) VALUES (%s, %s, %s, %s) RETURNING id",
                *(number, name, number if is_won else -1, is_won),
            )
        yield caller


async def created(shop: Caller, **values: object) -> int:
    lead = await shop.call(LEAD, "create", {"name": "Sofá sob medida"} | values)
    assert isinstance(lead, int)
    return lead


async def test_a_lead_gets_a_type_a_team_a_seller_and_a_stage(shop: Caller) -> None:
    team = shop.rows.add("erp.teams", name="Vendas", company_id=1)
    lead = await created(shop)
    row = await shop.read(
        LEAD, lead, "type", "team_id", "user_id", "stage_id", "company_id", "expected_revenue"
    )
    assert (row["type"], row["stage_id"]) == ("lead", [901, "Novo"])
    assert row["team_id"][0] <= team
    assert (row["user_id"][1], row["company_id"][0], row["expected_revenue"]) == ("agente", 1, 0.0)


async def test_number_and_address_are_made_comparable(shop: Caller) -> None:
    given = {"contact_name": "Maria", "phone": "(11) 98765-4321", "email_from": "Maria@Example.com"}
    lead = await created(
        shop, **given, type="opportunity", description="Quer em linho", expected_revenue=1500
    )
    row = await shop.read(
        LEAD, lead, "phone_sanitized", "email_normalized", "expected_revenue", "description"
    )
    assert (row["phone_sanitized"], row["email_normalized"]) == ("+5511987654321", "maria@example.com")
    assert (row["expected_revenue"], row["description"]) == (1500.0, "Quer em linho")


async def test_a_customers_details_are_taken_over(shop: Caller) -> None:
    buyer = shop.rows.customer(phone="+5511987654321", email="maria@example.com")
    lead = await created(shop, partner_id=buyer, email_from="outra@example.com")
    row = await shop.read(LEAD, lead, "contact_name", "phone", "phone_sanitized", "email_from")
    assert (row["contact_name"], row["phone"]) == ("Maria da Silva", "+5511987654321")
    assert (row["phone_sanitized"], row["email_from"]) == ("+5511987654321", "outra@example.com")


async def test_converting_makes_an_opportunity_for_a_customer(shop: Caller) -> None:
    lead, buyer = await created(shop), shop.rows.customer()
    assert await shop.call(LEAD, "convert_opportunity", [lead], buyer) is True
    row = await shop.read(LEAD, lead, "type", "partner_id")
    assert (row["type"], row["partner_id"]) == ("opportunity", [buyer, "Maria da Silva"])


async def test_winning_answers_true_and_moves_to_the_last_stage(shop: Caller) -> None:
    lead = await created(shop)
    assert await shop.call(LEAD, "action_set_won", [lead]) is True
    row = await shop.read(LEAD, lead, "stage_id", "probability")
    assert row["probability"] == 100.0
    assert (await shop.read("crm.stage", row["stage_id"][0], "is_won"))["is_won"] is True


async def test_losing_answers_none_and_archives(shop: Caller) -> None:
    lead = await created(shop)
    answer = await shop.answer(LEAD, "action_set_lost", [lead])
    assert answer.keys() == {"jsonrpc", "id"}
    assert await shop.call(LEAD, "search", [["id", "=", lead]]) == []
    row = await shop.read(LEAD, lead, "active", "probability")
    assert (row["active"], row["probability"]) == (False, 0.0)


async def test_a_lead_needs_a_name(shop: Caller) -> None:
    with pytest.raises(Refused) as refused:
        await shop.call(LEAD, "create", {"phone": "+5511987654321"})
    assert refused.value.name == "ValidationError"


async def test_own_documents_are_the_own_leads_and_nobodys(shop: Caller) -> None:
    others = shop.rows.value("SELECT id FROM erp.users WHERE login = %s", VERDE.login)
    own, foreign, free = (
        await created(shop),
        await created(shop, user_id=others),
        await created(shop, user_id=False),
    )
    shop.rows.groups_of(BELA.login, "sale_own")
    assert sorted(await shop.call(LEAD, "search", [["id", "in", [own, foreign, free]]])) == [own, free]
    with pytest.raises(Refused) as refused:
        await shop.read(LEAD, foreign, "name")
    assert refused.value.name == "AccessError"


async def test_leads_are_for_sellers_and_for_their_company(shop: Caller) -> None:
    lead = await created(shop)
    assert await shop.as_user(VERDE).call(LEAD, "search", [["id", "=", lead]]) == []
    shop.rows.groups_of(BELA.login, "internal")
    with pytest.raises(Refused) as refused:
        await shop.call(LEAD, "search", [])
    assert refused.value.name == "AccessError"


@pytest.mark.parametrize("model", ["crm.team", "crm.stage"])
async def test_teams_and_stages_are_read_only(shop: Caller, model: str) -> None:
    await shop.call(model, "search_read", [], ["name"])
    with pytest.raises(Refused) as refused:
        await shop.call(model, "create", {"name": "Outra"})
    assert refused.value.name == "AccessError"
