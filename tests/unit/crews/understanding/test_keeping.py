"""Models of intents on disk: the same as those that were learned, and never a reason not to start."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from chatwootai.crews.understanding.keeping import MOST_KEPT, keep, kept, key_of
from chatwootai.crews.understanding.learning import Examples, learn, learned
from chatwootai.domain.crews import Intent

pytestmark = pytest.mark.unit

EXAMPLES: Examples = {
    Intent.PRICE: ("quanto custa o creme", "qual o preço do batom", "quanto custa o batom"),
    Intent.ADDRESS: ("onde fica a loja", "qual o endereço da loja", "onde fica o salão"),
    Intent.BUSINESS_HOURS: ("que horas abre a loja", "abre que horas", "que horas fecha"),
}
OTHERS: Examples = {
    Intent.STOCK: ("tem batom aí", "tem creme aí", "ainda tem batom"),
    Intent.THANKS: ("obrigada viu", "muito obrigada", "obrigada moça"),
    Intent.GOODBYE: ("tchau viu", "tchau moça", "tchau tchau"),
}


def test_a_kept_model_judges_as_the_learned_one(tmp_path: Path) -> None:
    model = learn(EXAMPLES)
    keep(tmp_path / "models", "a", model)
    again = kept(tmp_path / "models", "a")
    assert again is not None
    assert again.intents == model.intents
    for text in ("quanto custa a loja", "onde fica o batom", "bom dia"):
        assert np.array_equal(again.probabilities(text), model.probabilities(text))


def test_what_is_kept_is_not_learned_again(tmp_path: Path) -> None:
    keep(tmp_path, key_of(EXAMPLES), learn(OTHERS))
    assert learned(EXAMPLES, tmp_path).intents == tuple(sorted(OTHERS))


def test_what_is_learned_is_kept(tmp_path: Path) -> None:
    examples = {**EXAMPLES, **OTHERS}
    model = learned(examples, tmp_path)
    again = kept(tmp_path, key_of(examples))
    assert again is not None
    assert again.places == model.places


def test_other_sentences_have_another_key() -> None:
    assert key_of(EXAMPLES) != key_of(OTHERS)
    assert key_of(EXAMPLES) == key_of(dict(reversed(list(EXAMPLES.items()))))


@pytest.mark.parametrize("damage", [b"", b"no arrays", b"PK\x03\x04 half of it"])
def test_a_damaged_file_is_as_good_as_none(tmp_path: Path, damage: bytes) -> None:
    (tmp_path / "a.npz").write_bytes(damage)
    assert kept(tmp_path, "a") is None


def test_arrays_that_do_not_fit_together_are_as_good_as_none(tmp_path: Path) -> None:
    keep(tmp_path, "a", learn(EXAMPLES))
    with np.load(tmp_path / "a.npz") as arrays:
        np.savez(tmp_path / "a.npz", **{**arrays, "rarity": arrays["rarity"][1:]})
    assert kept(tmp_path, "a") is None


def test_a_folder_that_cannot_be_written_keeps_nobody_from_learning(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    keep(tmp_path / "file", "a", learn(EXAMPLES))
    assert kept(tmp_path / "file", "a") is None


def test_only_the_newest_models_stay(tmp_path: Path) -> None:
    model = learn(EXAMPLES)
    for number in range(MOST_KEPT + 2):
        keep(tmp_path, str(number), model)
        os.utime(tmp_path / f"{number}.npz", (number, number))
    keep(tmp_path, "newest", model)
    assert {path.stem for path in tmp_path.iterdir()} == {
        "newest",
        *map(str, range(3, MOST_KEPT + 2)),
    }
