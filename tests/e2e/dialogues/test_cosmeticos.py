"""Customers of the sample shop `cosmeticos`, over HTTP, judged by what the ERP holds in the end."""

from __future__ import annotations

import pytest
import pytest_asyncio
from tests.e2e.dialogues.playing import Played
from tests.e2e.dialogues.scripts import scenarios_of
from tests.e2e.dialogues.shops import play, wanted_names

pytestmark = [pytest.mark.e2e, pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(400)]

PROFILE = "cosmeticos"


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def played(request: pytest.FixtureRequest) -> dict[str, Played]:
    return await play(PROFILE, wanted_names(request))


@pytest.mark.parametrize("name", [scenario.name for scenario in scenarios_of(PROFILE)])
async def test_the_customer_gets_what_she_may_expect(name: str, played: dict[str, Played]) -> None:
    assert not played[name].problems, played[name].report
