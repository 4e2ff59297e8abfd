"""How a second terminal finds what `chatwootai up` runs with: `doctor` or `deliveries` beside it."""

import json
import os
from collections.abc import Mapping
from pathlib import Path

from chatwootai.integrations.postgres.embedded.private_files import write_private

_FILE = "environment.json"
_DEFAULT_FOLDER = Path(".data")
_ACCOUNTS = "CHATWOOTAI_ACCOUNTS"
_OURS = ("CHATWOOTAI_", "DATABASE_URL", "QDRANT_")


def publish(folder: Path, variables: Mapping[str, str]) -> None:
    """Keep the product's own variables; there are passwords among them, so the file's mode is 0600."""
    ours = {name: value for name, value in variables.items() if name.startswith(_OURS)}
    write_private(folder / _FILE, json.dumps(ours, indent=2) + "\n")


def adopt(folder: Path = _DEFAULT_FOLDER) -> None:
    """Complete our environment from `folder`, unless the operator configured the product himself."""
    if Path(".env").exists() or any(name.startswith(_ACCOUNTS) for name in os.environ):
        return
    try:
        kept = json.loads((folder / _FILE).read_text(encoding="utf-8"))
    except (FileNotFoundError, PermissionError):
        return
    for name, value in kept.items():
        os.environ.setdefault(name, value)
