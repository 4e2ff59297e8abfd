"""Checking profiles: the file, what its rules say of one another, and what the ERP says of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import aiohttp

from chatwootai.bootstrap.accounts import odoo_access
from chatwootai.config import AccountSettings
from chatwootai.domain.errors import ConfigurationError, IntegrationError
from chatwootai.hub.scheduling import scheduling_rules
from chatwootai.integrations.odoo.calendars import OdooCalendar
from chatwootai.integrations.odoo.catalog import OdooCatalog
from chatwootai.integrations.odoo.client import OdooClient
from chatwootai.integrations.profiles.audit import Objection, Weight, audit
from chatwootai.integrations.profiles.erp_audit import audit_against_erp
from chatwootai.integrations.profiles.loading import LoadedProfile, read_profile


@dataclass(frozen=True, slots=True)
class Verdict:
    """`lines` are for the owner; `errors` counts those that keep the profile from being right."""

    lines: tuple[str, ...]
    errors: int


async def checked(path: Path, accounts: Sequence[AccountSettings]) -> Verdict:
    """All that is wrong with a file. `accounts` are those that use it: their ERPs are asked as well."""
    try:
        loaded = read_profile(path)
    except ConfigurationError as error:
        problems = str(error).splitlines()
        return Verdict(tuple(problems), len(problems))
    today = datetime.now(loaded.profile.hours.zone).date()
    objections = audit(loaded.profile, today)
    lines: list[str] = []
    for account in accounts:
        try:
            objections += await _against_erp(loaded, account)
        except IntegrationError as error:
            lines.append(f"{loaded.shown}: o ERP de {account.odoo.url} não foi consultado ({error.reason})")
    told = [_told(loaded, objection) for objection in objections]
    errors = sum(objection.weight is Weight.ERROR for objection in objections)
    return Verdict((*dict.fromkeys(told), *lines), errors)


def _told(loaded: LoadedProfile, objection: Objection) -> str:
    return loaded.told(objection.place, f"{objection.weight.value}: {objection.text}")


async def _against_erp(loaded: LoadedProfile, account: AccountSettings) -> list[Objection]:
    profile = loaded.profile
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as session:
        client = OdooClient(session, odoo_access(account))
        zone = profile.hours.zone
        catalog = OdooCatalog(client, currency=profile.currency, zone=zone)
        rules = scheduling_rules(profile, datetime.now(zone).date())
        by_anybody = {code: replace(rule, professionals=()) for code, rule in rules.services.items()}
        rules = replace(rules, services=by_anybody)
        calendar = OdooCalendar(client, rules, currency=profile.currency, now=lambda: datetime.now(UTC))
        return await audit_against_erp(profile, catalog, calendar)
