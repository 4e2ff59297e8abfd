"""Models of intents on disk: a worker that starts again reads in a blink what it took seconds to learn.

A file is named by all that its model follows from: the sentences, this package's sources, the libraries. It
holds arrays alone, no pickle: whoever writes there runs nothing.
"""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Final

import numpy as np

from chatwootai.crews.understanding.model import IntentModel
from chatwootai.domain.crews import Intent
from chatwootai.observability.logs import logger

log = logger("understanding")

LIBRARIES: Final = ("scikit-learn", "numpy", "pystemmer", "rapidfuzz")
MOST_KEPT: Final = 8
"""Files of some ten megabytes; the oldest go first."""
SUFFIX: Final = ".npz"


def key_of(examples: Mapping[Intent, Sequence[str]]) -> str:
    """The name of the model that is learned from these sentences."""
    key = hashlib.sha256(_sources())
    for intent in sorted(examples):
        for text in (intent.value, *examples[intent]):
            key.update(text.encode() + b"\0")
    return key.hexdigest()


def kept(folder: Path, key: str) -> IntentModel | None:
    """The model of this key; None where there is none, or none that can be read."""
    path = folder / f"{key}{SUFFIX}"
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
            model = IntentModel(
                tuple(Intent(str(name)) for name in arrays["intents"]),
                {str(name): place for place, name in enumerate(arrays["features"])},
                arrays["rarity"],
                arrays["coefficients"],
                arrays["intercepts"],
            )
    except FileNotFoundError:
        return None
    except (OSError, EOFError, ValueError, KeyError, zipfile.BadZipFile) as error:
        log.warning("model_not_read", path=str(path), reason=type(error).__name__)
        return None
    width = len(model.intents)
    fits = model.coefficients.shape == (len(model.places), width) and model.intercepts.shape == (width,)
    return model if fits and model.rarity.shape == (len(model.places),) else None


def keep(folder: Path, key: str, model: IntentModel) -> None:
    """Write it for the next start, all or nothing. That it cannot be written is told and does no harm."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=folder, suffix=".part", delete=False) as file:
            try:
                np.savez(
                    file,
                    intents=np.array([intent.value for intent in model.intents]),
                    features=np.array(list(model.places)),
                    rarity=model.rarity,
                    coefficients=model.coefficients,
                    intercepts=model.intercepts,
                )
                Path(file.name).replace(folder / f"{key}{SUFFIX}")
            except OSError:
                Path(file.name).unlink(missing_ok=True)
                raise
        _forget_oldest(folder)
    except OSError as error:
        log.warning("model_not_kept", folder=str(folder), reason=str(error))


def _forget_oldest(folder: Path) -> None:
    def age(path: Path) -> float:
        with suppress(FileNotFoundError):
            return path.stat().st_mtime
        return 0.0

    for path in sorted(folder.glob(f"*{SUFFIX}"), key=age)[:-MOST_KEPT]:
        path.unlink(missing_ok=True)


@cache
def _sources() -> bytes:
    """A fingerprint of what turns sentences into features, and those into a model."""
    mark = hashlib.sha256(" ".join(version(name) for name in LIBRARIES).encode())
    for file in sorted(files(__package__).iterdir(), key=lambda file: file.name):
        if file.name.endswith(".py"):
            mark.update(file.name.encode() + b"\0" + file.read_bytes())
    return mark.digest()
