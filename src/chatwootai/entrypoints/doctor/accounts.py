"""One account: its profile and its Chatwoot."""

import aiohttp

from chatwootai.bootstrap.accounts import chatwoot_access, profile_of
from chatwootai.config import AccountSettings, Settings
from chatwootai.domain.errors import ConfigurationError
from chatwootai.integrations.chatwoot.access import Finding, Level, check_access


def check_profile(settings: Settings, account: AccountSettings) -> Finding:
    try:
        profile_of(account, settings)
    except ConfigurationError as error:
        return Finding(Level.PROBLEM, str(error))
    return Finding(Level.OK, f"O perfil «{account.profile}» está em ordem.")


async def check_chatwoot(
    session: aiohttp.ClientSession, key: str, account: AccountSettings
) -> tuple[Finding, ...]:
    try:
        access = chatwoot_access(key, account)
    except ConfigurationError as error:
        return (Finding(Level.PROBLEM, str(error)),)
    return await check_access(session, access)
