"""One account: its profile, its Chatwoot, its Odoo."""

import aiohttp

from chatwootai.bootstrap.accounts import chatwoot_access, odoo_access, profile_of
from chatwootai.config import AccountSettings, Settings
from chatwootai.domain.errors import ConfigurationError, IntegrationError, RequestRefused
from chatwootai.integrations.chatwoot.access import Finding, Level, check_access
from chatwootai.integrations.odoo.transport import Transport

_OLDEST_ODOO = 16


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


async def check_odoo(session: aiohttp.ClientSession, account: AccountSettings) -> Finding:
    settings = account.odoo
    try:
        identity = await Transport(session, odoo_access(account)).identity()
    except RequestRefused as error:
        text = (
            f"Recusou o acesso ({error.reason}). Confira banco, usuário e chave; "
            "chaves vencem: crie outra em Preferências → Segurança da conta."
        )
        return Finding(Level.PROBLEM, text)
    except IntegrationError as error:
        return Finding(Level.PROBLEM, f"Não responde em {settings.url} ({error.reason}). Confira o endereço.")
    if identity.series < _OLDEST_ODOO:
        return Finding(
            Level.PROBLEM, f"O Odoo {identity.series} é antigo demais: use o {_OLDEST_ODOO} ou mais novo."
        )
    return Finding(Level.OK, f"Odoo {identity.series} em {settings.url}; {settings.login} entrou.")
