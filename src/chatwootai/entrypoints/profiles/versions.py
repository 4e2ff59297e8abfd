"""Looking at the versions of a profile, and going back to one."""

from __future__ import annotations

import difflib
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

from chatwootai.domain.errors import ConfigurationError
from chatwootai.integrations.postgres.profile_versions import ProfileVersion
from chatwootai.integrations.profiles.loading import load_profile


def difference(before: str, after: str, names: tuple[str, str]) -> str:
    """What changed, line by line; "" where nothing did."""
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), *names, lineterm="", n=2)
    return "\n".join(lines)


def version(versions: Sequence[ProfileVersion], number: int, profile: str) -> ProfileVersion:
    """Raises `ConfigurationError` with the numbers that exist."""
    found = next((each for each in versions if each.number == number), None)
    if found is None:
        known = ", ".join(str(each.number) for each in versions) or "nenhuma ainda"
        raise ConfigurationError(f"o perfil {profile} não tem a versão {number}; existentes: {known}")
    return found


def restore(path: Path, content: str) -> None:
    """Put an earlier content in the place of the file, whole or not at all.

    Raises `ConfigurationError` where it is not valid any more, and leaves the file as it was.
    """
    handle, name = tempfile.mkstemp(prefix=f".{path.stem}.", suffix=".yaml", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        load_profile(temporary)
        temporary.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
        temporary.replace(path)
    except ConfigurationError as error:
        reason = str(error).replace(temporary.name, path.name)
        raise ConfigurationError(
            f"essa versão não vale mais, e o arquivo ficou como estava:\n{reason}"
        ) from error
    finally:
        temporary.unlink(missing_ok=True)
