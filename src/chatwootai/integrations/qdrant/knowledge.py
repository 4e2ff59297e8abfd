"""`domain.knowledge` over Qdrant: hybrid search, and the keeping of an account's passages."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Sequence

from qdrant_client import AsyncQdrantClient, models

from chatwootai.domain.errors import IntegrationError
from chatwootai.domain.knowledge import Found, Passage, PassageKind
from chatwootai.integrations.qdrant import collection
from chatwootai.integrations.qdrant.collection import Embedder
from chatwootai.integrations.qdrant.errors import is_missing, translated
from chatwootai.integrations.qdrant.lexical import question_vectors

_BATCH = 200
"""Passages in one request: about 1 MB of JSON."""
_CANDIDATES = 40
"""Of each vector, before the fusion; its score is relative to them, so fewer make it noisier (measured)."""


class QdrantKnowledge:
    """`KnowledgeBase` and `PassageIndex` of one account.

    `client` is the ordinary one, of a server or of the embedded one. With an `embedder` each passage has a
    dense vector besides, in a collection of its own. `clock` is the time in ms, alike in every process.
    """

    def __init__(
        self,
        client: AsyncQdrantClient,
        account: str,
        *,
        embedder: Embedder | None = None,
        clock: Callable[[], int] = lambda: time.time_ns() // 1_000_000,
    ) -> None:
        self._client = client
        self._account = account
        self._embedder = embedder
        self._clock = clock
        self._collection = collection.name_for(embedder)
        self._is_there = False

    async def search(
        self,
        text: str,
        *,
        kinds: Collection[PassageKind] = (),
        only_in_stock: bool = False,
        limit: int = 5,
    ) -> Sequence[Found]:
        """The nearest passages; nothing where nothing was ever indexed."""
        filter_ = collection.wanted(self._account, kinds, only_in_stock)
        prefetches = await self._prefetches(text, filter_, max(_CANDIDATES, limit))
        if not prefetches or limit < 1:
            return ()
        try:
            with translated("search"):
                answer = await self._client.query_points(
                    self._collection,
                    prefetch=prefetches,
                    query=models.FusionQuery(fusion=models.Fusion.DBSF),
                    limit=limit,
                    with_payload=True,
                )
        except IntegrationError as error:
            if is_missing(error):
                return ()
            raise
        return [Found(collection.passage_of(hit.payload or {}), hit.score) for hit in answer.points]

    async def rebuild(
        self, passages: Sequence[Passage], progress: Callable[[int], None] = lambda done: None
    ) -> None:
        """Replace everything that the account has.

        Each passage takes the place of its former self, and only then goes what nobody wrote since the
        rebuild began: whatever was put meanwhile stays.
        """
        begun = self._clock()
        await self._ensure()
        for start in range(0, len(passages), _BATCH):
            await self._upsert(passages[start : start + _BATCH])
            progress(min(start + _BATCH, len(passages)))
        older = models.FieldCondition(key="stamp", range=models.Range(lt=begun))
        await self._delete(collection.of_account(self._account, older))

    async def put(self, passages: Sequence[Passage]) -> None:
        """Add or replace."""
        if not passages:
            return
        await self._ensure()
        for start in range(0, len(passages), _BATCH):
            await self._upsert(passages[start : start + _BATCH])

    async def drop(self, keys: Sequence[str]) -> None:
        """Remove by key."""
        if not keys:
            return
        ids: list[models.ExtendedPointId] = [collection.point_id(self._account, key) for key in keys]
        await self._delete(collection.of_account(self._account, models.HasIdCondition(has_id=ids)))

    async def count(self) -> int:
        """Passages of this account."""
        try:
            with translated("count"):
                return (
                    await self._client.count(self._collection, collection.of_account(self._account))
                ).count
        except IntegrationError as error:
            if is_missing(error):
                return 0
            raise

    async def _prefetches(self, text: str, filter_: models.Filter, candidates: int) -> list[models.Prefetch]:
        """One for each vector of the question. What is rare is rare among this account's passages."""
        rare = models.SearchParams(idf=models.IdfCorpusParams(corpus=collection.of_account(self._account)))
        asked = [
            models.Prefetch(
                query=models.SparseVector(indices=list(sparse.indices), values=list(sparse.values)),
                using=name,
                filter=filter_,
                params=rare,
                limit=candidates,
            )
            for name, sparse in question_vectors(text).items()
        ]
        if asked and self._embedder is not None:
            (meaning,) = await self._embedder.embed([text])
            asked.append(
                models.Prefetch(
                    query=list(meaning), using=collection.MEANING, filter=filter_, limit=candidates
                )
            )
        return asked

    async def _ensure(self) -> None:
        if self._is_there:
            return
        with translated("create collection"):
            await collection.ensure(self._client, self._embedder)
        self._is_there = True

    async def _upsert(self, passages: Sequence[Passage]) -> None:
        meanings: Sequence[Sequence[float] | None] = [None] * len(passages)
        if self._embedder is not None:
            meanings = await self._embedder.embed([f"{known.title}\n{known.text}" for known in passages])
        stamp = self._clock()
        points = [
            collection.point(self._account, known, stamp, meaning)
            for known, meaning in zip(passages, meanings, strict=True)
        ]
        try:
            await self._write(points)
        except IntegrationError as error:
            if not is_missing(error):
                raise
            # Lost since this process began: a new disk under the server, say.
            self._is_there = False
            await self._ensure()
            await self._write(points)

    async def _write(self, points: Sequence[models.PointStruct]) -> None:
        with translated(f"upsert {len(points)} passages"):
            await self._client.upsert(self._collection, list(points), wait=True)

    async def _delete(self, filter_: models.Filter) -> None:
        try:
            with translated("delete"):
                await self._client.delete(self._collection, models.FilterSelector(filter=filter_), wait=True)
        except IntegrationError as error:
            if not is_missing(error):
                raise
