"""The installation's settings. The only module that reads the environment."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Literal, TypeVar

from pydantic import AliasChoices, BaseModel, ConfigDict, Field, SecretStr, StringConstraints, ValidationError
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, SettingsConfigDict

from chatwootai.domain.errors import ConfigurationError

Url = Annotated[str, StringConstraints(pattern=r"^https?://", strip_whitespace=True)]
AccountKey = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]{0,62}$")]


Loaded = TypeVar("Loaded", bound=BaseSettings)


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ChatwootSettings(_Part):
    """How to reach an account's Chatwoot. The user token should be an agent's, not an administrator's."""

    url: Url
    account_id: int | None = None
    """Chatwoot's number of the account; the account's key by default."""
    bot_token: SecretStr
    user_token: SecretStr
    timeout: float = Field(default=10.0, gt=0)


class WebhookSettings(_Part):
    """What proves that a webhook comes from the account's Chatwoot. At least one of the two."""

    path_secret: SecretStr | None = None
    signing_secret: SecretStr | None = None


class OdooSettings(_Part):
    url: Url
    database: str
    login: str
    api_key: SecretStr
    company: int | None = None
    """Odoo's number of the company, for a user of several; the user's own by default."""


class AccountSettings(_Part):
    profile: str
    chatwoot: ChatwootSettings
    webhook: WebhookSettings
    odoo: OdooSettings
    speaks_in: frozenset[Literal["pending", "open"]] = frozenset({"pending"})
    """`["pending","open"]` where an account webhook, not an agent bot, brings the messages."""


class KnowledgeSettings(BaseSettings):
    """Where the passages are: all that serving them, and nothing else, needs to know."""

    model_config = SettingsConfigDict(
        env_prefix="CHATWOOTAI_",
        env_nested_delimiter="__",
        env_file=".env",
        extra="ignore",
        frozen=True,
        populate_by_name=True,
    )

    qdrant_url: Url | None = Field(
        default=None, validation_alias=AliasChoices("QDRANT_URL", "CHATWOOTAI_QDRANT_URL", "qdrant_url")
    )
    """None where nothing is searched but the ERP."""
    qdrant_api_key: SecretStr | None = Field(
        default=None,
        validation_alias=AliasChoices("QDRANT_API_KEY", "CHATWOOTAI_QDRANT_API_KEY", "qdrant_api_key"),
    )


class Settings(KnowledgeSettings):
    """Read from the environment and from `.env`; the README names what an account needs."""

    database_url: SecretStr = Field(validation_alias=AliasChoices("DATABASE_URL", "database_url"))
    redis_url: SecretStr | None = Field(default=None, validation_alias=AliasChoices("REDIS_URL", "redis_url"))
    accounts: dict[AccountKey, AccountSettings] = Field(min_length=1)
    profiles_folder: Path = Path("profiles")
    models_folder: Path | None = None
    """Where a worker keeps what it learned of example sentences, for a faster next start; may be deleted."""

    webhook_host: str = "127.0.0.1"
    webhook_port: int = 8000
    webhook_body_limit: int = Field(default=1_048_576, gt=0)
    """Bytes. Chatwoot's own messages end at 150,000 characters."""
    metrics_host: str = "127.0.0.1"
    metrics_port: int = 9101
    log_format: Literal["console", "json"] = "json"

    quiet_seconds: float = Field(default=2.5, ge=0)
    patience_seconds: float = Field(default=12.0, ge=0)
    sweep_seconds: float = Field(default=30.0, gt=0)
    feed_seconds: float = Field(default=2.0, gt=0)
    """Between two looks at what changed in the ERP: a new price is in the next answer within 5 s."""
    worker_concurrency: int = Field(default=500, gt=0)
    """Turns under way at once in a worker, those that wait for quiet included."""
    heartbeat_seconds: float = Field(default=2.0, gt=0)
    stalled_seconds: float = Field(default=12.0, gt=0)
    """A worker without a heartbeat for this long lost its turns to the others."""
    retry_first_seconds: float = Field(default=1.0, gt=0)
    retry_longest_seconds: float = Field(default=60.0, gt=0)
    second_chance_seconds: float = Field(default=300.0, gt=0)


def load_settings() -> Settings:
    """Read and check the settings; `ConfigurationError` names each variable that is wrong, and why."""
    return _loaded(Settings)


def load_knowledge_settings() -> KnowledgeSettings:
    """As `load_settings`, for what needs no more than the index."""
    return _loaded(KnowledgeSettings)


def _loaded(kind: type[Loaded]) -> Loaded:
    try:
        return kind()
    except ValidationError as error:
        lines = [_explained(variable_name(item["loc"]), _reason(item)) for item in error.errors()]
        advice = "Escreva no ambiente ou em .env (veja o README); `make run` configura tudo sozinho."
        raise ConfigurationError("\n".join([*lines, advice])) from error


def _reason(item: ErrorDetails) -> str:
    """The commonest mistakes in Portuguese; the rest as pydantic says it."""
    texts = {
        "missing": "não está definida",
        "string_pattern_mismatch": "não tem a forma esperada",
        "int_parsing": "não é um número inteiro",
        "float_parsing": "não é um número",
    }
    return texts.get(item["type"], item["msg"])


def variable_name(location: tuple[int | str, ...]) -> str:
    """The environment variable behind a place in the settings."""
    name = "__".join(str(part) for part in location if part != "[key]").upper()
    bare = {"DATABASE_URL", "REDIS_URL", "QDRANT_URL", "QDRANT_API_KEY"}
    return name if name in bare else f"CHATWOOTAI_{name}"


def _explained(variable: str, reason: str) -> str:
    examples = {
        r"DATABASE_URL": "postgresql://postgres:postgres@localhost:5433/chatwootai",
        r"CHATWOOTAI_ACCOUNTS$": "CHATWOOTAI_ACCOUNTS__1__PROFILE=cosmeticos",
        r"QDRANT_URL": "http://localhost:6333",
        r".*CHATWOOT__URL": "https://chatwoot.minhaloja.com.br",
        r".*ODOO__URL": "https://odoo.minhaloja.com.br",
        r".*PROFILE": "cosmeticos",
    }
    example = next((text for pattern, text in examples.items() if re.match(pattern, variable)), None)
    return f"{variable}: {reason}" + (f" (exemplo: {example})" if example else "")
