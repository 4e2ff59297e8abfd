"""Secrets of one installation: random, made once, readable by its owner alone."""

import json
import secrets
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path

from chatwootai.domain.errors import ConfigurationError
from chatwootai.integrations.postgres.embedded.private_files import write_private


def _random() -> str:
    return secrets.token_urlsafe(24)


@dataclass(frozen=True, slots=True)
class InstallationSecrets:
    """What the parts prove themselves to each other with. PostgreSQL keeps its own password."""

    path_secret: str = field(default_factory=_random, repr=False)
    signing_secret: str = field(default_factory=_random, repr=False)
    bot_token: str = field(default_factory=_random, repr=False)
    user_token: str = field(default_factory=_random, repr=False)
    odoo_api_key: str = field(default_factory=_random, repr=False)
    qdrant_api_key: str = field(default_factory=_random, repr=False)


def installation_secrets(path: Path) -> InstallationSecrets:
    """The secrets kept at `path`; those that are missing there are made and kept (0600)."""
    kept = _read(path) if path.exists() else {}
    known = {each.name for each in fields(InstallationSecrets)}
    found = InstallationSecrets(**{name: text for name, text in kept.items() if name in known})
    if asdict(found) != kept:
        write_private(path, json.dumps(asdict(found), indent=2) + "\n")
    return found


def _read(path: Path) -> dict[str, str]:
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
    except json.JSONDecodeError as error:
        message = (
            f"{path} não é um JSON válido (linha {error.lineno}): corrija-o ou apague-o para gerar outro."
        )
        raise ConfigurationError(message) from error
    if isinstance(kept, dict) and all(isinstance(text, str) and text for text in kept.values()):
        return kept
    message = f"{path} deve conter só textos: corrija-o ou apague-o para gerar outro."
    raise ConfigurationError(message)
