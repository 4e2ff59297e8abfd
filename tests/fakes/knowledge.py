"""Knowledge in memory that behaves as `domain.knowledge` promises."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Sequence

from chatwootai.domain.errors import IntegrationError
from chatwootai.domain.knowledge import Found, Passage, PassageKind

_SHORTEST = 3
_SHARED_LETTERS = 5


class FakeKnowledge:
    """A `KnowledgeBase` and `PassageIndex`; `fail_next` makes the next calls raise.

    A word finds the passages that have it or one with the same first five letters; a word of the title or of
    an alias counts double.
    """

    def __init__(self, passages: Iterable[Passage] = ()) -> None:
        self.passages = {passage.key: passage for passage in passages}
        self._failures: list[IntegrationError] = []

    async def search(
        self,
        text: str,
        *,
        kinds: Collection[PassageKind] = (),
        only_in_stock: bool = False,
        limit: int = 5,
    ) -> Sequence[Found]:
        self._fail()
        asked = _stems(text)
        found = [Found(passage, _score(asked, passage)) for passage in self.passages.values()]
        wanted = [
            hit
            for hit in found
            if hit.score > 0
            and (not kinds or hit.passage.kind in kinds)
            and not (only_in_stock and hit.passage.in_stock is False)
        ]
        return sorted(wanted, key=lambda hit: (-hit.score, hit.passage.key))[: max(limit, 0)]

    async def rebuild(
        self, passages: Sequence[Passage], progress: Callable[[int], None] = lambda done: None
    ) -> None:
        self._fail()
        self.passages = {passage.key: passage for passage in passages}
        progress(len(passages))

    async def put(self, passages: Sequence[Passage]) -> None:
        self._fail()
        self.passages |= {passage.key: passage for passage in passages}

    async def drop(self, keys: Sequence[str]) -> None:
        self._fail()
        for key in keys:
            self.passages.pop(key, None)

    async def count(self) -> int:
        self._fail()
        return len(self.passages)

    def fail_next(self, *errors: IntegrationError) -> None:
        """Raise these, one per call."""
        self._failures += errors

    def _fail(self) -> None:
        if self._failures:
            raise self._failures.pop(0)


def _score(asked: set[str], passage: Passage) -> float:
    named = _stems(" ".join([passage.title, *passage.aliases]))
    told = named | _stems(f"{passage.text} {passage.category}")
    return (len(asked & named) + len(asked & told)) / (len(asked) or 1)


def _stems(text: str) -> set[str]:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    words = re.findall(r"[a-z]+|\d+", plain)
    return {word[:_SHARED_LETTERS] for word in words if len(word) >= _SHORTEST or word.isdigit()}
