"""The typing quirks of Odoo's wire, one by one (reference, section 3.4)."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from tests.fixtures.odoo_calls import Caller, Row, calling_odoo

from chatwootai.simulators.odoo.errors import AccessError, BadValue, MissingError, UnknownMethod
from chatwootai.simulators.odoo.orm.fields import Json

pytestmark = pytest.mark.integration


@pytest.fixture
async def call(odoo_database: str) -> AsyncIterator[Caller]:
    async with calling_odoo(odoo_database) as opened:
        yield opened


async def partner(call: Caller, *fields: str, **values: Json) -> Row:
    new = await call.create("res.partner", name="Maria da Silva", **values)
    (row,) = await call.rows("res.partner", "read", [new], list(fields))
    return row


async def test_empty_is_false_but_for_lists_and_numbers(call: Caller) -> None:
    row = await partner(call, "phone", "country_id", "child_ids", "is_company")
    assert (row["phone"], row["country_id"], row["child_ids"]) == (False, False, [])
    lead = await call.create("crm.lead", name="Lead")
    (row,) = await call.rows("crm.lead", "read", [lead], ["expected_revenue"])
    assert row["expected_revenue"] == 0.0


async def test_a_link_is_a_pair_or_a_bare_id(call: Caller) -> None:
    parent = await call.create("res.partner", name="Loja")
    child = await call.create("res.partner", name="Ana", parent_id=parent)
    for load, told in (("_classic_read", [parent, "Loja"]), ("", parent), ("_classic_write", parent)):
        (row,) = await call.rows("res.partner", "read", [child], ["parent_id"], load=load)
        assert row["parent_id"] == told


async def test_times_are_utc_whatever_the_zone_of_the_context(call: Caller) -> None:
    fields: Json = ["create_date"]
    answers = [
        await call("product.product", "read", [1], fields, context={"tz": zone})
        for zone in ("America/Sao_Paulo", "Asia/Tokyo", "no/where", False)
    ]
    assert all(answer == answers[0] for answer in answers)


@pytest.mark.parametrize("written", ["2026-11-23T09:00:00Z", "2026-11-23T09:00:00", "23/11/2026", "agora"])
async def test_a_time_in_another_form_is_refused_in_odoos_words(call: Caller, written: str) -> None:
    with pytest.raises(BadValue, match=r"does not match format '%Y-%m-%d %H:%M:%S'"):
        await call.search("res.partner", ["create_date", ">=", written])


@pytest.mark.parametrize(
    ("operator", "found"), [("<=", 3), ("<", 1), (">", 1), (">=", 3), ("=", 1), ("!=", 3)]
)
async def test_a_day_alone_is_a_day_of_utc(call: Caller, operator: str, found: int) -> None:
    for moment in (
        "2020-01-01 23:59:59",
        "2020-01-02 00:00:00",
        "2020-01-02 23:59:59",
        "2020-01-03 00:00:00",
    ):
        lead = await call.create("crm.lead", name="Dia")
        await call.sql("UPDATE erp.leads SET created_at = %s WHERE id = %s", (f"{moment}+00", lead))
    domain: list[Json] = [["name", "=", "Dia"], ["create_date", operator, "2020-01-02"]]
    assert await call("crm.lead", "search_count", domain) == found


async def test_what_is_computed_is_searched_but_not_ordered_by(call: Caller) -> None:
    assert await call.search("product.product", ["free_qty", ">", 0])
    with pytest.raises(BadValue) as refused:
        await call.search("product.product", order="qty_available desc")
    assert str(refused.value) == (
        "Cannot convert product.product.qty_available to SQL because it is not stored"
    )


@pytest.mark.parametrize("limit", [0, None, False])
async def test_no_limit_has_three_names(call: Caller, limit: Json) -> None:
    assert await call("product.product", "search", [], limit=limit) == await call.search("product.product")


async def test_a_count_stops_at_its_limit(call: Caller) -> None:
    assert await call("product.product", "search_count", [], limit=3) == 3


async def test_a_search_reads_the_language_of_the_context_only(call: Caller) -> None:
    await call.sql("UPDATE public.products SET name = 'Mesa de teste', name_en = 'Test desk' WHERE id = 1")
    leaf: Json = ["name", "ilike", "DESK"]
    assert await call.search("product.product", leaf) == []
    for language in ("en_US", None, False):
        assert await call.search("product.product", leaf, context={"lang": language}) == [1]
    assert await call.search("product.product", ["name", "ilike", "mesa de teste"]) == [1]


async def test_accents_and_case_do_not_matter_in_ilike(call: Caller) -> None:
    new = await call.create("res.partner", name="Conceição Araújo de Teste")
    for text in ("conceicao araujo de teste", "CONCEIÇÃO ARAUJO DE", "araujo de teste"):
        assert await call.search("res.partner", ["name", "ilike", text]) == [new]
    assert await call.search("res.partner", ["name", "like", "conceicao araujo de"]) == []


async def test_archived_records_show_when_named_or_asked_for(call: Caller) -> None:
    new = await call.create("res.partner", name="Guardada")
    assert await call("res.partner", "action_archive", [new]) is None
    leaf: Json = ["name", "=", "Guardada"]
    assert await call.search("res.partner", leaf) == []
    assert await call.search("res.partner", leaf, ["active", "=", False]) == [new]
    assert await call.search("res.partner", "|", ["active", "=", True], leaf) != [new]
    assert await call.search("res.partner", leaf, context={"active_test": False}) == [new]
    assert await call("res.partner", "action_unarchive", [new]) is None
    assert await call.search("res.partner", leaf) == [new]


async def test_a_list_creates_a_list_and_an_object_one(call: Caller) -> None:
    one = await call("res.partner", "create", {"name": "Ana"})
    several = await call("res.partner", "create", [{"name": "Bia"}])
    assert isinstance(one, int)
    assert several == [one + 1]


async def test_reading_what_is_gone_is_nothing_but_writing_it_is_missing(call: Caller) -> None:
    assert await call("res.partner", "read", [999_999], ["name"]) == []
    calls: dict[str, list[Json]] = {"write": [{"ref": "x"}], "unlink": [], "message_post": []}
    for method, args in calls.items():
        with pytest.raises(MissingError):
            await call("res.partner", method, [999_999], *args)
    with pytest.raises(MissingError):
        await call.create("res.partner", name="Ana", parent_id=999_999)


async def test_nested_reading_came_with_series_17(call: Caller) -> None:
    parent = await call.create("res.partner", name="Loja")
    child = await call.create("res.partner", name="Ana", parent_id=parent)
    specification: Json = {
        "name": {},
        "parent_id": {"fields": {"display_name": {}}},
        "child_ids": {"fields": {"name": {}}, "limit": 1},
    }
    page = await call(
        "res.partner", "web_search_read", [["id", "in", [parent, child]]], specification, order="id"
    )
    assert page == {
        "length": 2,
        "records": [
            {"id": parent, "name": "Loja", "parent_id": False, "child_ids": [{"id": child, "name": "Ana"}]},
            {
                "id": child,
                "name": "Ana",
                "parent_id": {"id": parent, "display_name": "Loja"},
                "child_ids": [],
            },
        ],
    }
    with pytest.raises(UnknownMethod):
        await call.in_series(16)("res.partner", "web_read", [child], specification)


async def test_saving_creates_or_changes_and_reads_in_one_call(call: Caller) -> None:
    (made,) = await call.rows("res.partner", "web_save", [], {"name": "Ana"}, {"name": {}, "active": {}})
    assert made == {"id": made["id"], "name": "Ana", "active": True}
    saved = await call("res.partner", "web_save", [made["id"]], {"name": "Bia"}, {"name": {}})
    assert saved == [{"id": made["id"], "name": "Bia"}]


async def test_one_forbidden_field_fails_the_whole_call_and_is_named(call: Caller) -> None:
    with pytest.raises(AccessError, match="credit_limit"):
        await call("res.partner", "search_read", [], ["name", "credit_limit"])
    with pytest.raises(AccessError, match=r"stock\.valuation\.layer"):
        await call("product.product", "search_read", [["id", "=", 1]])


async def test_fields_are_described_by_series(call: Caller) -> None:
    for series, named in ((18, True), (19, False)):
        told = await call.in_series(series)("res.partner", "fields_get", [], ["type"])
        assert isinstance(told, dict)
        assert ("mobile" in told) is named
        assert "credit_limit" not in told


async def test_every_write_moves_the_write_date(call: Caller) -> None:
    new = await call.create("res.partner", name="Ana")
    await call.sql("UPDATE erp.partners SET ref = 'x' WHERE id = %s", (new,))
    stamps = []
    for _ in range(2):
        await call("res.partner", "write", [new], {"name": "Ana"})
        stamps += await call.sql("SELECT updated_at FROM erp.partners WHERE id = %s", (new,))
    assert stamps[0] != stamps[1]
