"""Writers at the same time: each call is one REPEATABLE READ transaction, repeated when it lost."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import psycopg
import pytest
from tests.fixtures.odoo_calls import Caller, calling_odoo

from chatwootai.simulators.odoo.errors import SerializationFailure, ValidationError

pytestmark = pytest.mark.integration


@pytest.fixture
async def call(odoo_database: str) -> AsyncIterator[Caller]:
    async with calling_odoo(odoo_database) as opened:
        yield opened


@pytest.mark.parametrize("writers", [12, 40])
async def test_many_writes_at_once_on_one_record_all_succeed(call: Caller, writers: int) -> None:
    partner = await call.create("res.partner", name="Maria")
    written = [call("res.partner", "write", [partner], {"ref": str(number)}) for number in range(writers)]
    assert await asyncio.gather(*written) == [True] * writers


async def test_writes_without_end_by_others_end_in_a_serialization_failure(
    call: Caller, odoo_database: str
) -> None:
    partner = await call.create("res.partner", name="Maria")

    async def disturb() -> None:
        async with await psycopg.AsyncConnection.connect(odoo_database, autocommit=True) as other:
            while True:
                async with other.transaction():
                    await other.execute(
                        "UPDATE erp.partners SET ref = clock_timestamp()::text WHERE id = %s", (partner,)
                    )
                    # Long enough for the call to have taken its snapshot before this commits.
                    await asyncio.sleep(0.1)

    disturbing = asyncio.create_task(disturb())
    try:
        await asyncio.sleep(0.1)
        with pytest.raises(SerializationFailure):
            await call("res.partner", "write", [partner], {"ref": "x"})
    finally:
        disturbing.cancel()
        await asyncio.gather(disturbing, return_exceptions=True)
    assert (await call.rows("res.partner", "read", [partner], ["ref"]))[0]["ref"] != "x"


async def test_a_refused_call_leaves_nothing_behind(call: Caller) -> None:
    before = await call("res.partner", "search_count", [])
    with pytest.raises(ValidationError):
        await call("res.partner", "create", [{"name": "Ana"}, {"name": "Bia", "child_ids": [[0, 0, {}]]}])
    assert await call("res.partner", "search_count", []) == before


async def test_changes_within_a_call_carry_the_time_of_its_start(call: Caller) -> None:
    first, second = await asyncio.gather(
        call.create("res.partner", name="Ana"), call.create("res.partner", name="Bia")
    )
    rows = await call.rows("res.partner", "read", [first, second], ["create_date", "write_date"])
    assert all(row["create_date"] == row["write_date"] for row in rows)
