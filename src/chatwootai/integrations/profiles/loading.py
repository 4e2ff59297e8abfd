"""From `profiles/<name>.yaml` to the domain's profile, with every problem named at its line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import yaml
from pydantic import ValidationError

from chatwootai.domain.errors import ConfigurationError
from chatwootai.domain.profiles import Profile
from chatwootai.integrations.profiles.document import ProfileDocument
from chatwootai.integrations.profiles.nodes import Marked, Place, read_marked
from chatwootai.integrations.profiles.problems import describe


@dataclass(frozen=True, slots=True)
class LoadedProfile:
    """A profile and where in its file everything stands."""

    profile: Profile
    shown: str
    """The file's name as problems begin with."""
    marked: Marked

    def told(self, place: Place, text: str) -> str:
        """ "profiles/loja.yaml:12: …" """
        return f"{self.shown}:{self.marked.line(place)}: {text}"


def load_profile(path: Path) -> Profile:
    """Raises `ConfigurationError` with one line for each problem of the file."""
    return read_profile(path).profile


def read_profile(path: Path) -> LoadedProfile:
    """The profile with the lines of its file. Raises `ConfigurationError` as `load_profile` does."""
    shown = f"{path.parent.name}/{path.name}"
    marked = _read(path, shown)
    problems = [
        (line, f'chave "{place[-1]}" escrita duas vezes; deixe uma só') for place, line in marked.twice
    ]
    document: ProfileDocument | None = None
    try:
        document = ProfileDocument.model_validate(marked.value)
    except ValidationError as error:
        problems += [(marked.line(tuple(e["loc"])), describe(e)) for e in error.errors()]
    if problems or document is None:
        listed = "\n".join(f"{shown}:{line}: {problem}" for line, problem in sorted(problems))
        raise ConfigurationError(listed)
    return LoadedProfile(document.profile(path.stem), shown, marked)


def load_profiles(folder: Path) -> Mapping[str, Profile]:
    """Every profile of a folder by its short name; the problems of all files in one error."""
    paths = sorted(folder.glob("*.yaml"))
    if not paths:
        raise ConfigurationError(f"{folder}: nenhum perfil; crie um arquivo como cosmeticos.yaml")
    profiles: dict[str, Profile] = {}
    problems: list[str] = []
    for path in paths:
        try:
            profiles[path.stem] = load_profile(path)
        except ConfigurationError as error:
            problems.append(str(error))
    if problems:
        raise ConfigurationError("\n".join(problems))
    return MappingProxyType(profiles)


def _read(path: Path, shown: str) -> Marked:
    try:
        return read_marked(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ConfigurationError(f"{shown}: o arquivo não existe") from error
    except UnicodeDecodeError as error:
        raise ConfigurationError(f"{shown}: o arquivo não está em UTF-8; salve-o de novo em UTF-8") from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise ConfigurationError(
            f"{shown}:{line}: isto não é YAML ({error.problem}); confira aspas, dois-pontos e recuos"
        ) from error
    except (yaml.YAMLError, ValueError) as error:
        raise ConfigurationError(f"{shown}:1: isto não é YAML ({error})") from error
