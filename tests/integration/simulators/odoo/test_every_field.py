"""Every field of people, places, calendars, leads and threads can be read, searched and described."""

from __future__ import annotations

import pytest
from tests.integration.simulators.odoo.callers import ADMINISTRATOR, PORTUGUESE, calling

from chatwootai.simulators.odoo.models import (
    calendars,
    crm,
    groups,
    messages,
    parameters,
    partners,
    places,
    resources,
    users,
)

pytestmark = pytest.mark.integration

MODULES = (calendars, crm, groups, messages, parameters, partners, places, resources, users)
NAMES = sorted(model.name for module in MODULES for model in module.MODELS)


@pytest.mark.parametrize("series", [16, 19])
async def test_every_field_is_described_read_and_searched(odoo_database: str, series: int) -> None:
    async with calling(odoo_database, series=series) as caller:
        admin = caller.as_user(ADMINISTRATOR)
        admin.rows.customer(email="maria@example.com", phone="+5511987654321")
        for model in NAMES:
            fields = await admin.call(model, "fields_get", [], ["type", "store"])
            await admin.call(model, "search_read", [], list(fields), limit=3, context=PORTUGUESE)
            for name, told in fields.items():
                if name != "id":
                    await admin.call(model, "search_count", [[name, "=", False]], context=PORTUGUESE)
                if told["store"] and told["type"] not in ("one2many", "many2many"):
                    await admin.call(model, "search", [], limit=1, order=name)
