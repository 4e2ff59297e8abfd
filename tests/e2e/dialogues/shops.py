"""The fixture's work: a profile's scenarios played once, for one test each."""

from __future__ import annotations

import aiohttp
import pytest
from tests.e2e.dialogues.erp import Erp
from tests.e2e.dialogues.people import People
from tests.e2e.dialogues.playing import Played, Stage
from tests.e2e.dialogues.scripts import scenarios_of
from tests.fixtures.product import running_product

SETTINGS = {"CHATWOOTAI_QUIET_SECONDS": "0.4", "CHATWOOTAI_PATIENCE_SECONDS": "4"}


def wanted_names(request: pytest.FixtureRequest) -> set[str]:
    """The scenarios whose tests of this module will run: `-k` plays no others."""
    tests = [item for item in request.session.items if isinstance(item, pytest.Function)]
    chosen = [
        item.callspec.params for item in tests if item.path == request.path and hasattr(item, "callspec")
    ]
    return {str(params["name"]) for params in chosen}


async def play(profile: str, names: set[str]) -> dict[str, Played]:
    """Start the product with the shop of this profile and play the named, some side by side."""
    async with running_product(SETTINGS, profile=profile) as product, aiohttp.ClientSession() as http:
        erp = Erp(product, http, profile)
        await erp.learn()
        wanted = [scenario for scenario in scenarios_of(profile) if scenario.name in names]
        return await Stage(product, http, erp, People(erp, profile)).play_all(wanted)
