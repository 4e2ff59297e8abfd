"""All checks, side by side, in the order in which they are shown."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass

import aiohttp

from chatwootai.config import AccountSettings, Settings
from chatwootai.entrypoints.doctor.accounts import check_chatwoot, check_profile
from chatwootai.entrypoints.doctor.database import check_database
from chatwootai.entrypoints.doctor.odoo import check_odoo
from chatwootai.entrypoints.doctor.processes import check_redis, check_webhook, check_worker
from chatwootai.integrations.chatwoot.access import Finding, Level


@dataclass(frozen=True, slots=True)
class Section:
    """What was found about one thing."""

    title: str
    findings: tuple[Finding, ...]

    @property
    def has_problem(self) -> bool:
        return any(finding.level is Level.PROBLEM for finding in self.findings)


async def examine(settings: Settings) -> list[Section]:
    """Look at every service and account; never raises for what it finds."""
    async with aiohttp.ClientSession() as session:
        database, webhook, worker, redis, accounts = await asyncio.gather(
            asyncio.to_thread(check_database, settings.database_url.get_secret_value()),
            check_webhook(session, settings),
            check_worker(session, settings),
            check_redis(settings),
            asyncio.gather(*(_account(session, settings, *item) for item in settings.accounts.items())),
        )
    return [
        Section("PostgreSQL", (database,)),
        Section("Webhook", (webhook,)),
        Section("Worker", (worker,)),
        Section("Redis", (redis,)),
        *_flat(accounts),
    ]


async def _account(
    session: aiohttp.ClientSession, settings: Settings, key: str, account: AccountSettings
) -> list[Section]:
    chatwoot, odoo = await asyncio.gather(check_chatwoot(session, key, account), check_odoo(session, account))
    profile = check_profile(settings, account)
    return [
        Section(f"Conta {key}: perfil", (profile,)),
        Section(f"Conta {key}: Chatwoot", chatwoot),
        Section(f"Conta {key}: Odoo", odoo),
    ]


def _flat(groups: Iterable[list[Section]]) -> list[Section]:
    return [section for group in groups for section in group]
