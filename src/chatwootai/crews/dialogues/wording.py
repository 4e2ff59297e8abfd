"""Choosing among wordings: varied for the reader, the same for a run that is repeated."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from zlib import crc32

from chatwootai.crews.dialogues.answers import OFFERED_PERSON
from chatwootai.domain.crews import Briefing, Json

EMOJI = re.compile("\\s?[\\U0001F300-\\U0001FAFF\\u2600-\\u27BF\\u2B50\\uFE0F]+")


FAMILIAR = {
    "Oi": "Olá",
    "Poxa": "Sentimos muito",
    "Puxa": "Sentimos muito",
    "Imagina": "Não há de quê",
    "Tchau": "Até logo",
    r"[Mm]e (?:passa|diz)\b(?=[^.!?\n]*\?)": "Pode informar",
    r"[Mm]e manda\b(?=[^.!?\n]*\?)": "Pode enviar",
    r"[Mm]e conta\b(?=[^.!?\n]*\?)": "Pode contar",
    "[Mm]e (?:passa|diz)": "Informe",
    "[Mm]e manda": "Envie",
    "[Mm]e conta": "Conte",
    "Olha só": "Veja",
}
"""What a profile with a formal tone does not say, and what it says instead: an order only where it is none of
a question, which would then end wrong."""


class Wording:
    """Picks wordings for one turn; `memory` tells the next turn what was said, so as not to repeat it."""

    def __init__(self, briefing: Briefing) -> None:
        self._newest = briefing.messages[-1].id if briefing.messages else 0
        self._seed = f"{briefing.conversation.key}:{self._newest}"
        self._before = briefing.memory
        self._emoji = briefing.profile.emoji
        self.is_close = briefing.profile.tone.close
        self.memory: dict[str, Json] = {}

    def offer_person(self) -> None:
        """The answer asks whether a person shall be called; a bare "sim" then accepts."""
        self.memory[OFFERED_PERSON] = self._newest

    def pick(self, slot: str, variants: Sequence[str], words: Mapping[str, str] | None = None) -> str:
        """One of `variants` with `words` filled in; never the one that `slot` said in its last turn."""
        place = crc32(f"{self._seed}:{slot}".encode()) % len(variants)
        key = f"said_{slot}"
        if place == self._before.get(key):
            place = (place + 1) % len(variants)
        self.memory[key] = place
        text = variants[place].format_map(words or {})
        text = text if self.is_close else _polite(text)
        return text if self._emoji else _without_emoji(text)


def _without_emoji(text: str) -> str:
    """An emoji often stands for the full stop, which must then come back."""
    plain = EMOJI.sub("", text).rstrip()
    return plain if plain == text or plain.endswith((".", "!", "?", ":")) else f"{plain}."


def _polite(text: str) -> str:
    """Without exclamation marks, and without the words of friends."""
    for familiar, polite in FAMILIAR.items():
        text = re.sub(rf"\b{familiar}\b", _in_the_same_place(polite), text)
    return re.sub(r"!+", ".", text)


def _in_the_same_place(polite: str) -> Callable[[re.Match[str]], str]:
    """Small within a sentence: "se quiser, me manda" becomes "se quiser, envie"."""
    small = polite[:1].lower() + polite[1:]
    return lambda found: small if found.group()[0].islower() else polite
