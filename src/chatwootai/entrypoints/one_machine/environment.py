"""What each part finds in its environment: the only way in which it is configured."""

import os
from collections.abc import Mapping
from urllib.parse import urlsplit

from chatwootai.entrypoints.one_machine.ports import Ports
from chatwootai.entrypoints.one_machine.secrets_file import InstallationSecrets

PRODUCT_DATABASE = "chatwootai"
# The specification's own SQL looks for the simulation's tables there.
ODOO_DATABASE = "postgres"
ACCOUNT = "loja"
PROFILE = "cosmeticos"
SAMPLE_LOGINS = {
    PROFILE: "agente@bela.example",
    "varejo": "agente@verde.example",
    "saude": "agente@vida.example",
}
"""By profile, the user of the simulation whose shop it describes; any other profile gets the first's."""
_HOST = "http://127.0.0.1"


def product_environment(
    ports: Ports, secrets: InstallationSecrets, database_url: str, profile: str = PROFILE
) -> dict[str, str]:
    """For the webhook server and the worker, over what the operator set in the terminal."""
    account = {
        "PROFILE": profile,
        "CHATWOOT__URL": f"{_HOST}:{ports.chatwoot}",
        "CHATWOOT__ACCOUNT_ID": "1",
        "CHATWOOT__BOT_TOKEN": secrets.bot_token,
        "CHATWOOT__USER_TOKEN": secrets.user_token,
        "WEBHOOK__PATH_SECRET": secrets.path_secret,
        "WEBHOOK__SIGNING_SECRET": secrets.signing_secret,
        "ODOO__URL": f"{_HOST}:{ports.odoo}",
        "ODOO__DATABASE": "odoo",
        "ODOO__LOGIN": SAMPLE_LOGINS.get(profile, SAMPLE_LOGINS[PROFILE]),
        "ODOO__API_KEY": secrets.odoo_api_key,
    }
    prefix = f"CHATWOOTAI_ACCOUNTS__{ACCOUNT.upper()}__"
    return {
        **_inherited(),
        "CHATWOOTAI_LOG_FORMAT": "json",
        **{f"{prefix}{name}": value for name, value in account.items()},
        "DATABASE_URL": database_url,
        "CHATWOOTAI_WEBHOOK_PORT": str(ports.webhook),
        "CHATWOOTAI_METRICS_PORT": str(ports.metrics),
        "QDRANT_URL": f"{_HOST}:{ports.qdrant}",
        "QDRANT_API_KEY": secrets.qdrant_api_key,
    }


def odoo_environment(secrets: InstallationSecrets, database_url: str) -> dict[str, str]:
    """For the simulation of Odoo."""
    return {**_inherited(), "DATABASE_URL": database_url, "ODOO_API_KEY": secrets.odoo_api_key}


def chatwoot_environment(secrets: InstallationSecrets) -> dict[str, str]:
    """For the stand-in for Chatwoot. Arguments could be read by every user of the machine."""
    return {
        **_inherited(),
        "STAND_IN_WEBHOOK_SECRET": secrets.signing_secret,
        "STAND_IN_BOT_TOKEN": secrets.bot_token,
        "STAND_IN_USER_TOKEN": secrets.user_token,
    }


def webhook_url(ports: Ports) -> str:
    """Without the path's secret: the stand-in imitates a version that signs."""
    return f"{_HOST}:{ports.webhook}/webhook/{ACCOUNT}"


def other_database(database_url: str, name: str) -> str:
    """The address of another database on the same server."""
    return urlsplit(database_url)._replace(path=f"/{name}").geturl()


def _inherited() -> Mapping[str, str]:
    return {**os.environ, "PYTHONUNBUFFERED": "1"}
