"""`read_group` and `formatted_read_group`: keys, counts, periods in the caller's zone, order."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from tests.fixtures.odoo_calls import Caller, calling_odoo

from chatwootai.simulators.odoo.errors import BadValue, UnknownMethod
from chatwootai.simulators.odoo.orm.fields import Json

pytestmark = pytest.mark.integration

# The late evening in São Paulo is the next day in UTC.
MOMENTS = ("2026-11-22 12:00:00", "2026-11-23 02:30:00", "2026-11-23 03:30:00", "2026-12-01 12:00:00")


@pytest.fixture
async def call(odoo_database: str) -> AsyncIterator[Caller]:
    async with calling_odoo(odoo_database) as opened:
        for number, moment in enumerate(MOMENTS):
            values: dict[str, Json] = {"name": f"Lead {number}", "expected_revenue": 10.0 * (number + 1)}
            lead = await opened.create("crm.lead", **values)
            await opened.sql("UPDATE erp.leads SET created_at = %s WHERE id = %s", (f"{moment}+00", lead))
        yield opened


async def groups(call: Caller, *args: Json, **kwargs: Json) -> list[dict[str, Json]]:
    return await call.rows("crm.lead", "read_group", [["name", "like", "Lead "]], *args, **kwargs)


async def test_no_group_is_one_row_of_totals(call: Caller) -> None:
    assert await groups(call, ["expected_revenue:sum"], []) == [{"expected_revenue": 100.0, "__count": 4}]


async def test_nothing_found_has_no_sum(call: Caller) -> None:
    answer = await call("crm.lead", "read_group", [["id", "=", 0]], ["expected_revenue:sum"], [])
    assert answer == [{"expected_revenue": False, "__count": 0}]


async def test_days_are_those_of_the_callers_zone_and_ranges_are_utc(call: Caller) -> None:
    rows = await groups(call, ["expected_revenue"], ["create_date:day"])
    assert [(row["create_date:day"], row["create_date_count"]) for row in rows] == [
        ("22 nov. 2026", 2),
        ("23 nov. 2026", 1),
        ("01 dez. 2026", 1),
    ]
    assert rows[0]["__range"] == {
        "create_date:day": {"from": "2026-11-22 03:00:00", "to": "2026-11-23 03:00:00"}
    }
    found = await call("crm.lead", "search_count", rows[0]["__domain"])
    assert found == 2


async def test_without_a_zone_days_are_utc(call: Caller) -> None:
    rows = await groups(call, [], ["create_date:day"], context={"tz": False})
    assert [row["create_date_count"] for row in rows] == [1, 2, 1]


@pytest.mark.parametrize(
    ("period", "labels"),
    [
        ("week", ["W48 2026", "W49 2026"]),
        ("month", ["novembro 2026", "dezembro 2026"]),
        ("quarter", ["T4 2026"]),
        ("year", ["2026"]),
    ],
)
async def test_longer_periods_have_names_in_portuguese(call: Caller, period: str, labels: list[str]) -> None:
    rows = await groups(call, [], [f"create_date:{period}"])
    assert [row[f"create_date:{period}"] for row in rows] == labels


async def test_a_date_without_a_granularity_is_grouped_by_month(call: Caller) -> None:
    rows = await groups(call, [], "create_date", context={"lang": "en_US"})
    assert [row["create_date"] for row in rows] == ["November 2026", "December 2026"]


async def test_lazy_groups_by_the_first_and_names_the_rest(call: Caller) -> None:
    rows = await groups(call, ["expected_revenue:max"], ["type", "create_date:day"])
    assert [(row["type"], row["type_count"], row["expected_revenue"]) for row in rows] == [("lead", 4, 40.0)]
    assert rows[0]["__context"] == {"group_by": ["create_date:day"]}


async def test_not_lazy_groups_by_all_and_counts_under_one_name(call: Caller) -> None:
    rows = await groups(call, [], ["type", "create_date:month"], lazy=False)
    assert [(row["create_date:month"], row["__count"]) for row in rows] == [
        ("novembro 2026", 3),
        ("dezembro 2026", 1),
    ]


async def test_aggregates_have_functions_and_aliases(call: Caller) -> None:
    (row,) = await groups(
        call,
        [
            "expected_revenue:avg",
            "least:min(expected_revenue)",
            "most:max(expected_revenue)",
            "number:count(id)",
            "kinds:count_distinct(type)",
            "names:array_agg(name)",
        ],
        [],
    )
    assert row == {
        "expected_revenue": 25.0,
        "least": 10.0,
        "most": 40.0,
        "number": 4,
        "kinds": 1,
        "names": ["Lead 0", "Lead 1", "Lead 2", "Lead 3"],
        "__count": 4,
    }


async def test_groups_are_ordered_by_an_aggregate_and_cut(call: Caller) -> None:
    rows = await groups(
        call,
        ["expected_revenue:sum"],
        ["create_date:day"],
        orderby="expected_revenue desc",
        limit=1,
        offset=1,
    )
    assert [row["expected_revenue"] for row in rows] == [30.0]


async def test_a_link_is_told_with_its_name_and_an_empty_one_is_false(call: Caller) -> None:
    rows = await call.rows("product.product", "read_group", [], ["list_price"], ["categ_id"], limit=1)
    assert isinstance(rows[0]["categ_id"], list)
    (row,) = await groups(call, [], ["partner_id"])
    assert (row["partner_id"], row["partner_id_count"]) == (False, 4)


@pytest.mark.parametrize(
    ("fields", "groupby", "kwargs"),
    [
        (["nothing:sum"], [], {}),
        (["expected_revenue:median"], [], {}),
        (["name:sum"], [], {}),
        ([], ["nothing"], {}),
        ([], ["create_date:century"], {}),
        ([], ["name:day"], {}),
        ([], ["display_name"], {}),
        ([], ["type"], {"orderby": "nothing"}),
        ([], ["type"], {"limit": -1}),
        ([7], [], {}),
        ([], [{}], {}),
        ({}, [], {}),
    ],
)
async def test_a_malformed_group_is_a_value_error(
    call: Caller, fields: Json, groupby: Json, kwargs: dict[str, Json]
) -> None:
    with pytest.raises(BadValue):
        await groups(call, fields, groupby, **kwargs)


async def test_series_19_formats_groups_and_names_aggregates_as_asked(call: Caller) -> None:
    newest = call.in_series(19)
    rows = await newest.rows(
        "crm.lead",
        "formatted_read_group",
        [["name", "like", "Lead "]],
        groupby=["create_date:month"],
        aggregates=["expected_revenue:sum", "__count"],
    )
    assert rows[0]["create_date:month"] == ["2026-11-01 03:00:00", "novembro 2026"]
    assert (rows[0]["expected_revenue:sum"], rows[0]["__count"]) == (60.0, 3)
    extra = rows[0]["__extra_domain"]
    assert isinstance(extra, list)
    assert await newest("crm.lead", "search_count", [["name", "like", "Lead "], *extra]) == 3


async def test_older_series_have_no_formatted_groups(call: Caller) -> None:
    with pytest.raises(UnknownMethod):
        await call("crm.lead", "formatted_read_group", [])
