"""The one collection of all accounts: its layout, and how a passage becomes a point of it and back."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping, Sequence
from typing import Protocol

from qdrant_client import AsyncQdrantClient, models
from qdrant_client.http.exceptions import UnexpectedResponse

from chatwootai.domain.knowledge import Passage, PassageKind
from chatwootai.integrations.qdrant.lexical import PIECES, WORDS, passage_vectors

LAYOUT = "passages_1"
"""Another number whenever vectors or payload change their meaning: old and new workers then do not mix."""
MEANING = "m"
"""The dense vector, of collections whose passages are embedded by a model."""
_CONFLICT = 409
_STOCK = {True: "available", False: "sold out", None: "not kept"}
"""Words, no boolean: in a filter the embedded engine's Python face (0.9.0) takes False for the number 0."""
_IN_STOCK = {word: known for known, word in _STOCK.items()}
_POINTS = uuid.UUID("5a2cbb3e-3b0c-4c52-9d41-2f1f6d0f7a10")


class Embedder(Protocol):
    """Texts as dense vectors, for those who have a model. Raises `ServiceUnavailable` or `RequestRefused`."""

    @property
    def size(self) -> int:
        """Numbers in a vector; another model of another size gets a collection of its own."""
        ...

    async def embed(self, texts: Sequence[str]) -> Sequence[Sequence[float]]: ...


def name_for(embedder: Embedder | None) -> str:
    return LAYOUT if embedder is None else f"{LAYOUT}_{embedder.size}"


async def ensure(client: AsyncQdrantClient, embedder: Embedder | None) -> None:
    """Make the collection and its indexes where they are missing; others may do so at the same time."""
    name = name_for(embedder)
    dense = {} if embedder is None else {MEANING: _dense(embedder.size)}
    if not await client.collection_exists(name):
        sparse = models.SparseVectorParams(modifier=models.Modifier.IDF)
        try:
            await client.create_collection(
                name, vectors_config=dense, sparse_vectors_config={WORDS: sparse, PIECES: sparse}
            )
        except UnexpectedResponse as error:
            if error.status_code != _CONFLICT:
                raise
    account = models.KeywordIndexParams(type=models.KeywordIndexType.KEYWORD, is_tenant=True)
    await client.create_payload_index(name, "account", account)
    await client.create_payload_index(name, "kind", models.PayloadSchemaType.KEYWORD)
    await client.create_payload_index(name, "stock", models.PayloadSchemaType.KEYWORD)
    await client.create_payload_index(name, "stamp", models.PayloadSchemaType.INTEGER)


def point_id(account: str, key: str) -> str:
    """The same for every writer, so that a passage replaces its former self. No account can forge another's:
    the length tells where the account's name ends."""
    return str(uuid.uuid5(_POINTS, f"{len(account)}:{account}:{key}"))


def point(
    account: str, passage: Passage, stamp: int, meaning: Sequence[float] | None = None
) -> models.PointStruct:
    """`stamp` is when it was written, in ms: what is older than a rebuild goes with it."""
    vectors: dict[str, models.Vector] = {
        name: models.SparseVector(indices=list(sparse.indices), values=list(sparse.values))
        for name, sparse in passage_vectors(passage).items()
    }
    if meaning is not None:
        vectors[MEANING] = list(meaning)
    return models.PointStruct(
        id=point_id(account, passage.key),
        vector=vectors,
        payload={
            "account": account,
            "stamp": stamp,
            "key": passage.key,
            "kind": passage.kind.value,
            "title": passage.title,
            "text": passage.text,
            "record": passage.record,
            "category": passage.category,
            "aliases": list(passage.aliases),
            "stock": _STOCK[passage.in_stock],
        },
    )


def passage_of(payload: Mapping[str, object]) -> Passage:
    """The passage of a point. Raises `KeyError`, `ValueError` for a payload of another layout."""
    record, aliases, stock = payload["record"], payload["aliases"], payload["stock"]
    return Passage(
        key=str(payload["key"]),
        kind=PassageKind(str(payload["kind"])),
        title=str(payload["title"]),
        text=str(payload["text"]),
        record=record if isinstance(record, int) else None,
        category=str(payload["category"]),
        aliases=tuple(map(str, aliases)) if isinstance(aliases, list) else (),
        in_stock=_IN_STOCK[str(stock)],
    )


def of_account(account: str, *others: models.Condition) -> models.Filter:
    """The account's points alone (promise P12); every request has this filter."""
    own = models.FieldCondition(key="account", match=models.MatchValue(value=account))
    return models.Filter(must=[own, *others])


def wanted(account: str, kinds: Collection[PassageKind], only_in_stock: bool) -> models.Filter:
    """The account's points of these kinds; of all where there are none."""
    found = of_account(account)
    if kinds:
        names = sorted(kind.value for kind in kinds)
        of_kind = models.FieldCondition(key="kind", match=models.MatchAny(any=names))
        found = of_account(account, of_kind)
    if only_in_stock:
        sold_out = models.FieldCondition(key="stock", match=models.MatchValue(value=_STOCK[False]))
        found.must_not = [sold_out]
    return found


def _dense(size: int) -> models.VectorParams:
    return models.VectorParams(size=size, distance=models.Distance.COSINE)
