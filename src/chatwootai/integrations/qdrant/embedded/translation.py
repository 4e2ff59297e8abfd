"""Requests of the REST API, as the client's own models, in the terms of the embedded engine."""

from __future__ import annotations

from typing import TypeAlias, TypeVar, cast
from uuid import UUID

import qdrant_edge as edge
from qdrant_client import models

from chatwootai.integrations.qdrant.embedded.refusals import Refused, unsupported

Item = TypeVar("Item")
Id: TypeAlias = int | UUID | str
Scoring: TypeAlias = edge.Query | edge.Fusion
Vector: TypeAlias = list[float] | edge.SparseVector | list[list[float]]
Condition: TypeAlias = (
    edge.FieldCondition
    | edge.IsEmptyCondition
    | edge.IsNullCondition
    | edge.HasIdCondition
    | edge.HasVectorCondition
    | edge.NestedCondition
    | edge.Filter
)
Match: TypeAlias = edge.MatchValue | edge.MatchAny | edge.MatchExcept
DEFAULT_LIMIT = 10
"""A real server's, for queries and scrolls."""
_RRF_K = 2


def configuration(layout: models.CreateCollection) -> edge.EdgeConfig:
    """Vectors of a new collection. Only named ones are supported."""
    dense, sparse = layout.vectors or {}, layout.sparse_vectors or {}
    if not isinstance(dense, dict):
        raise unsupported(dense)
    if not dense and not sparse:
        raise Refused(400, "a collection needs a vector")
    return edge.EdgeConfig(
        vectors={name: _dense(params) for name, params in dense.items()} or None,
        sparse_vectors={
            name: edge.EdgeSparseVectorParams(modifier=edge.Modifier.Idf if params.modifier else None)
            for name, params in sparse.items()
        },
    )


def index(schema: models.PayloadFieldSchema | None) -> edge.PayloadSchemaType | edge.KeywordIndexParams:
    if isinstance(schema, models.KeywordIndexParams):
        return edge.KeywordIndexParams(is_tenant=schema.is_tenant)
    kinds = {
        models.PayloadSchemaType.KEYWORD: edge.PayloadSchemaType.Keyword,
        models.PayloadSchemaType.INTEGER: edge.PayloadSchemaType.Integer,
        models.PayloadSchemaType.FLOAT: edge.PayloadSchemaType.Float,
    }
    if not isinstance(schema, models.PayloadSchemaType) or schema not in kinds:
        raise unsupported(schema)
    return kinds[schema]


def point(given: models.PointStruct) -> edge.Point:
    if not isinstance(given.vector, dict):
        raise unsupported(given.vector)
    vectors = {name: _vector(value) for name, value in given.vector.items()}
    return edge.Point(point_id(given.id), vectors, given.payload)


def point_id(given: models.ExtendedPointId) -> Id:
    """A number, or a UUID in whatever way it is written."""
    if isinstance(given, int):
        if given < 0:
            raise Refused(400, "a point's number is not negative")
        return given
    try:
        return UUID(str(given))
    except ValueError as error:
        raise Refused(400, "a point's id is a number or a UUID") from error


def query(request: models.QueryRequest) -> edge.QueryRequest:
    if request.lookup_from is not None:
        raise unsupported(request.lookup_from)
    return edge.QueryRequest(
        _limit(request.limit),
        offset=request.offset,
        query=_scoring(request.query, request.using),
        prefetches=[_prefetch(one) for one in _listed(request.prefetch)],
        filter=filter_of(request.filter),
        score_threshold=request.score_threshold,
        params=_params(request.params),
        with_payload=_selected(request.with_payload),
        with_vector=_selected(request.with_vector),
    )


def filter_of(given: models.Filter | None) -> edge.Filter | None:
    return None if given is None else some_filter(given)


def some_filter(given: models.Filter) -> edge.Filter:
    few = given.min_should
    return edge.Filter(
        must=_conditions(given.must),
        should=_conditions(given.should),
        must_not=_conditions(given.must_not),
        min_should=edge.MinShould(_conditions(few.conditions) or [], few.min_count) if few else None,
    )


def selected(given: object) -> bool | list[str]:
    """Which parts of the payload, or which vectors, an answer has."""
    return _selected(given)


def vector_names(given: models.QueryRequest | models.Prefetch) -> set[str]:
    """The vectors that a query and its prefetches look at."""
    names = {given.using} if given.using else set()
    return names.union(*(vector_names(one) for one in _listed(given.prefetch)))


def _prefetch(given: models.Prefetch) -> edge.Prefetch:
    if given.lookup_from is not None:
        raise unsupported(given.lookup_from)
    return edge.Prefetch(
        _limit(given.limit),
        query=_scoring(given.query, given.using),
        prefetches=[_prefetch(one) for one in _listed(given.prefetch)],
        params=_params(given.params),
        filter=filter_of(given.filter),
        score_threshold=given.score_threshold,
    )


def _scoring(given: object, using: str | None) -> Scoring | None:
    if given is None:
        return None
    if isinstance(given, models.FusionQuery):
        chosen = edge.Fusion.Dbsf() if given.fusion is models.Fusion.DBSF else edge.Fusion.Rrf(_RRF_K)
        return cast("edge.Fusion", chosen)  # the stubs do not say that it is one
    if isinstance(given, models.RrfQuery):
        return cast("edge.Fusion", edge.Fusion.Rrf(given.rrf.k or _RRF_K, given.rrf.weights))
    nearest = given.nearest if isinstance(given, models.NearestQuery) else given
    if not using or (isinstance(given, models.NearestQuery) and given.mmr is not None):
        raise unsupported(given)
    return edge.Query.Nearest(_vector(nearest), using=using)


def _params(given: models.SearchParams | None) -> edge.SearchParams | None:
    if given is None:
        return None
    corpus = filter_of(given.idf.corpus) if isinstance(given.idf, models.IdfCorpusParams) else None
    return edge.SearchParams(
        hnsw_ef=given.hnsw_ef,
        exact=bool(given.exact),
        idf=edge.IdfParams(corpus=corpus) if corpus is not None else None,
    )


def _conditions(given: list[models.Condition] | models.Condition | None) -> list[Condition] | None:
    if given is None:
        return None
    return [_condition(one) for one in (given if isinstance(given, list) else [given])] or None


def _condition(given: models.Condition) -> Condition:
    if isinstance(given, models.Filter):
        return some_filter(given)
    if isinstance(given, models.HasIdCondition):
        return edge.HasIdCondition({point_id(one) for one in given.has_id})
    if isinstance(given, models.IsNullCondition):
        return edge.IsNullCondition(given.is_null.key)
    if isinstance(given, models.IsEmptyCondition):
        return edge.IsEmptyCondition(given.is_empty.key)
    if isinstance(given, models.FieldCondition):
        return _field(given)
    raise unsupported(given)


def _field(given: models.FieldCondition) -> edge.FieldCondition:
    if given.match is not None:
        return edge.FieldCondition(given.key, match=_match(given.match))
    if isinstance(given.range, models.Range):
        ends = given.range
        return edge.FieldCondition(
            given.key, range=edge.RangeFloat(gte=ends.gte, gt=ends.gt, lte=ends.lte, lt=ends.lt)
        )
    raise unsupported(given)


def _match(given: object) -> Match:
    if isinstance(given, models.MatchValue):
        if isinstance(given.value, bool):  # the engine (0.9.0) would look for the number
            raise unsupported(given.value)
        return edge.MatchValue(given.value)
    if isinstance(given, models.MatchAny):
        return edge.MatchAny(given.any)
    if isinstance(given, models.MatchExcept):
        return edge.MatchExcept(given.except_)
    raise unsupported(given)


def _vector(given: object) -> Vector:
    if isinstance(given, models.SparseVector):
        if len(given.indices) != len(given.values) or len(set(given.indices)) != len(given.indices):
            raise Refused(400, "a sparse vector has one value for each index, each index once")
        return edge.SparseVector(given.indices, given.values)
    if isinstance(given, list) and all(isinstance(number, float) for number in given):
        return given
    raise unsupported(given)


def _dense(given: models.VectorParams) -> edge.EdgeVectorParams:
    distances = {
        models.Distance.COSINE: edge.Distance.Cosine,
        models.Distance.DOT: edge.Distance.Dot,
        models.Distance.EUCLID: edge.Distance.Euclid,
        models.Distance.MANHATTAN: edge.Distance.Manhattan,
    }
    return edge.EdgeVectorParams(given.size, distances[given.distance])


def _selected(given: object) -> bool | list[str]:
    if given is None:
        return False
    if isinstance(given, bool | list):
        return given
    raise unsupported(given)


def _limit(given: int | None) -> int:
    limit = DEFAULT_LIMIT if given is None else given
    if limit < 1:
        raise Refused(400, "a limit is at least 1")
    return limit


def _listed(given: list[Item] | Item | None) -> list[Item]:
    if given is None:
        return []
    return given if isinstance(given, list) else [given]
