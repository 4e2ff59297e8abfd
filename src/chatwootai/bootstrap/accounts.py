"""An account's credentials, from settings to what the adapters take."""

from __future__ import annotations

from chatwootai.config import AccountSettings, Settings
from chatwootai.domain.errors import ConfigurationError
from chatwootai.domain.profiles import Profile
from chatwootai.integrations.chatwoot.transport import ChatwootAccess
from chatwootai.integrations.odoo.access import OdooAccess
from chatwootai.integrations.profiles import load_profile


def profile_of(account: AccountSettings, settings: Settings) -> Profile:
    """The account's profile, checked. Raises `ConfigurationError` with file and line."""
    path = settings.profiles_folder / f"{account.profile}.yaml"
    if not path.is_file():
        known = ", ".join(sorted(p.stem for p in settings.profiles_folder.glob("*.yaml"))) or "nenhum"
        raise ConfigurationError(f"perfil “{account.profile}” não encontrado em {path}; existentes: {known}")
    return load_profile(path)


def chatwoot_access(key: str, account: AccountSettings) -> ChatwootAccess:
    chatwoot = account.chatwoot
    return ChatwootAccess(
        url=chatwoot.url.rstrip("/"),
        account_id=chatwoot_account(key, account),
        bot_token=chatwoot.bot_token.get_secret_value(),
        user_token=chatwoot.user_token.get_secret_value(),
        timeout=chatwoot.timeout,
    )


def odoo_access(account: AccountSettings) -> OdooAccess:
    odoo = account.odoo
    return OdooAccess(
        url=odoo.url.rstrip("/"),
        database=odoo.database,
        login=odoo.login,
        api_key=odoo.api_key.get_secret_value(),
        company=odoo.company,
    )


def chatwoot_account(key: str, account: AccountSettings) -> int:
    number = account.chatwoot.account_id
    if number is not None:
        return number
    if key.isdecimal():
        return int(key)
    raise ConfigurationError(f"defina CHATWOOTAI_ACCOUNTS__{key.upper()}__CHATWOOT__ACCOUNT_ID (um número)")
