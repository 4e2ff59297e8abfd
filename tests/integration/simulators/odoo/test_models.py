"""Every model of the registry can be read, searched and described, in every series."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from tests.fixtures.odoo_calls import Caller, calling_odoo

from chatwootai.simulators.odoo.orm.fields import Kind
from chatwootai.simulators.odoo.orm.registry import all_models
from chatwootai.simulators.odoo.settings import SERIES

pytestmark = pytest.mark.integration


@pytest.fixture
async def call(odoo_database: str) -> AsyncIterator[Caller]:
    async with calling_odoo(odoo_database) as opened:
        yield opened.with_groups("system")


@pytest.mark.parametrize("series", SERIES)
async def test_an_administrator_reads_every_field_of_every_model(call: Caller, series: int) -> None:
    caller = call.in_series(series)
    for model in all_models().values():
        if model.since <= series <= model.until:
            assert await caller(model.name, "search_read", []) is not None
            assert await caller(model.name, "search", [], context={"lang": "en_US"}) is not None


def test_every_relation_leads_to_a_model_and_back() -> None:
    for model in all_models().values():
        for name, field in model.fields.items():
            if not field.relation:
                continue
            related = all_models().get(field.relation)
            assert related is not None, f"{model.name}.{name} leads to {field.relation}, which is none"
            if field.kind is Kind.ONE2MANY and field.inverse:
                # Templates and variants of products share their rows and ids.
                back = all_models()[related.fields[field.inverse].relation]
                assert back.table == model.table, f"{model.name}.{name}"


@pytest.mark.parametrize("lang", ["pt_BR", "en_US"])
async def test_every_stored_field_can_be_searched_and_ordered_by(call: Caller, lang: str) -> None:
    for model in all_models().values():
        for name, field in model.fields_of(call.environment(lang=lang)).items():
            assert await call(model.name, "search_count", [[name, "=", False]]) is not None
            if field.stored and not field.kind.is_many:
                await call(model.name, "search", [], order=f"{name} desc", context={"lang": lang})
