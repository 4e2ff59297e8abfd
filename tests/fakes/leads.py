"""Leads in memory that behave as `domain.leads.Leads` promises."""

from __future__ import annotations

from tests.fakes.script import Script

from chatwootai.domain.leads import Lead, Leads


class FakeLeads:
    """`Leads`; `by_key` holds what was created."""

    def __init__(self, script: Script | None = None) -> None:
        self.script = script or Script()
        self.by_key: dict[str, Lead] = {}

    async def create(self, key: str, lead: Lead) -> int:
        def created() -> int:
            self.by_key.setdefault(key, lead)
            return list(self.by_key).index(key) + 1

        return await self.script.run("create", created)


def _keeps_to_the_port(leads: FakeLeads) -> Leads:
    return leads
