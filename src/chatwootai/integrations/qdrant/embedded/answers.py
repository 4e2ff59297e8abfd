"""What the engine found, as the REST API tells it."""

from __future__ import annotations

from collections.abc import Iterable

import orjson
import qdrant_edge as edge
from fastapi import Response
from qdrant_client import models

from chatwootai.integrations.qdrant.embedded.collections import StoredCollection


def answer(result: object, status: int = 200) -> Response:
    body = orjson.dumps({"result": result, "status": "ok", "time": 0.0})
    return Response(body, status_code=status, media_type="application/json")


def refusal(status: int, reason: str) -> Response:
    body = orjson.dumps({"result": None, "status": {"error": reason}, "time": 0.0})
    return Response(body, status_code=status, media_type="application/json")


def updated() -> Response:
    return answer({"operation_id": 0, "status": "completed"})


def scored(points: Iterable[edge.ScoredPoint]) -> dict[str, object]:
    return {
        "points": [{**_record(point), "version": point.version, "score": point.score} for point in points]
    }


def records(points: Iterable[edge.Record]) -> list[dict[str, object]]:
    return [_record(point) for point in points]


def identity(given: object) -> object:
    """A point's id as JSON has it."""
    return given if given is None or isinstance(given, int) else str(given)


def description(stored: StoredCollection) -> dict[str, object]:
    """The collection as `get_collection` tells it; what the engine does not know is a server's default."""
    known = stored.shard.info()
    told = models.CollectionInfo(
        status=models.CollectionStatus.GREEN,
        optimizer_status=models.OptimizersStatusOneOf.OK,
        indexed_vectors_count=known.indexed_vectors_count,
        points_count=known.points_count,
        segments_count=known.segments_count,
        config=models.CollectionConfig(
            params=models.CollectionParams(
                vectors=stored.layout.vectors, sparse_vectors=stored.layout.sparse_vectors
            ),
            hnsw_config=models.HnswConfig(m=16, ef_construct=100, full_scan_threshold=10_000),
            optimizer_config=models.OptimizersConfig(default_segment_number=0, flush_interval_sec=5),
        ),
        payload_schema={},
    )
    described: dict[str, object] = told.model_dump(mode="json", exclude_none=True)
    return described


def _record(point: edge.Record | edge.ScoredPoint) -> dict[str, object]:
    told: dict[str, object] = {"id": identity(point.id), "payload": point.payload}
    if point.vector is not None:
        told["vector"] = _vectors(point.vector)
    return told


def _vectors(given: object) -> object:
    if isinstance(given, edge.SparseVector):
        return {"indices": given.indices, "values": given.values}
    if isinstance(given, dict):
        return {name: _vectors(value) for name, value in given.items()}
    return given
