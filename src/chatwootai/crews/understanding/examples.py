"""The example sentences of the package and of a profile, by intent."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from chatwootai.domain.crews import Intent
from chatwootai.domain.errors import ConfigurationError


def examples_with(own: Mapping[str, tuple[str, ...]]) -> dict[Intent, tuple[str, ...]]:
    """The package's sentences and a business's `own`, which are keyed by the value of their intent.

    Raises ConfigurationError for a key that is no intent.
    """
    found = dict(_packaged())
    for name, sentences in own.items():
        if name not in set(Intent):
            raise ConfigurationError(f"exemplos: “{name}” não é uma intenção; use, por exemplo, “price”")
        intent = Intent(name)
        found[intent] = tuple(dict.fromkeys((*found.get(intent, ()), *sentences)))
    return found


@cache
def _packaged() -> Mapping[Intent, tuple[str, ...]]:
    found: dict[Intent, tuple[str, ...]] = {}
    for file in files(__package__).joinpath("examples").iterdir():
        if file.name.endswith(".txt"):
            lines = (line.strip() for line in file.read_text("utf-8").splitlines())
            sentences = tuple(dict.fromkeys(line for line in lines if line and not line.startswith("#")))
            found[Intent(file.name.removesuffix(".txt"))] = sentences
    return found
