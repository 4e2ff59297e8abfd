"""Whatever arguments come, a call ends in a result or in an error of Odoo."""

from __future__ import annotations

import asyncio
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.fixtures.odoo_calls import calling_odoo

from chatwootai.simulators.odoo.errors import OdooError, Unforeseen
from chatwootai.simulators.odoo.orm.fields import Json

pytestmark = pytest.mark.integration

VALUES: st.SearchStrategy[Json] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=2),
    max_leaves=5,
)
FIELDS = st.sampled_from(["name", "child_ids", "parent_id", "active", "write_date", "is_company", "nothing"])
IDS = st.lists(st.integers(-1, 200) | st.integers(), max_size=3)
OBJECTS = st.dictionaries(FIELDS, VALUES, max_size=3)
LEAVES = st.tuples(FIELDS, st.sampled_from(["=", "!=", "in", ">", "ilike", "child_of", "any"]), VALUES)
DOMAINS = st.lists(LEAVES.map(list) | st.sampled_from(["&", "|", "!"]), max_size=4)
ARGUMENTS = st.lists(VALUES | IDS | OBJECTS | DOMAINS | st.lists(FIELDS, max_size=3), max_size=4)
METHODS = st.sampled_from(
    [
        "search",
        "search_count",
        "search_read",
        "read",
        "read_group",
        "create",
        "write",
        "unlink",
        "copy",
        "name_search",
        "name_create",
        "fields_get",
        "default_get",
        "web_read",
        "web_save",
        "web_search_read",
        "has_access",
        "check_access_rights",
        "formatted_read_group",
        "action_archive",
    ]
)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)  # one example is a dozen calls; what they write into the copied database does not matter
@given(st.lists(st.tuples(METHODS, ARGUMENTS), min_size=12, max_size=12))
def test_any_call_ends_in_a_result_or_in_an_error_of_odoo(
    odoo_database: str, calls: list[tuple[str, list[Json]]]
) -> None:
    async def run() -> None:
        async with calling_odoo(odoo_database, series=19) as call:
            for method, arguments in calls:
                # An unforeseen error would mean that something malformed came as far as SQL or Python.
                with suppress(OdooError):
                    try:
                        await call("res.partner", method, *arguments)
                    except Unforeseen as error:
                        raise AssertionError(f"{method}{arguments!r}: {error.name} {error}") from error

    asyncio.run(run())
