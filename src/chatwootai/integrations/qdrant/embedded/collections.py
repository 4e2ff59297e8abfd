"""The collections of one data folder, each an engine's shard; they survive restarts and kill -9."""

from __future__ import annotations

import os
import re
import shutil
import threading
from collections.abc import Sequence
from pathlib import Path

import qdrant_edge as edge
from qdrant_client import models

from chatwootai.integrations.qdrant.embedded import translation
from chatwootai.integrations.qdrant.embedded.folder_lock import lock_folder
from chatwootai.integrations.qdrant.embedded.refusals import Refused

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,79}")
_LAYOUT, _SHARD = "layout.json", "shard"
_UNFINISHED = ".unfinished-"


class StoredCollection:
    """One collection. Calls block, for a millisecond or many: they belong in threads."""

    def __init__(self, folder: Path) -> None:
        self.layout = models.CreateCollection.model_validate_json((folder / _LAYOUT).read_bytes())
        self.shard = edge.EdgeShard.load(str(folder / _SHARD))
        self._writing = threading.Lock()
        self._unflushed = False

    def apply(self, *operations: edge.UpdateOperation) -> None:
        """Done and in the engine's log when this returns: killed afterwards, it is replayed."""
        with self._writing:
            self._unflushed = True
            for operation in operations:
                self.shard.update(operation)

    def upsert(self, points: Sequence[models.PointStruct]) -> None:
        for given in points:
            self._check_names(set(given.vector) if isinstance(given.vector, dict) else set())
        self.apply(edge.UpdateOperation.upsert_points([translation.point(given) for given in points]))

    def query(self, requests: Sequence[models.QueryRequest]) -> list[list[edge.ScoredPoint]]:
        for request in requests:
            self._check_names(translation.vector_names(request))
        return self.shard.query_batch(edge.QueryBatchRequest([translation.query(one) for one in requests]))

    def flush(self) -> None:
        """Write out what is only in the log, so that the log stays short."""
        with self._writing:
            if self._unflushed:
                self.shard.flush()
                self._unflushed = False

    def close(self) -> None:
        with self._writing:
            self.shard.close()

    def _check_names(self, names: set[str]) -> None:
        unknown = names - {*(self.layout.vectors or {}), *(self.layout.sparse_vectors or {})}
        if unknown:
            raise Refused(400, f"no such vector: {', '.join(sorted(unknown))}")


class CollectionsFolder:
    """Raises `ConfigurationError` for a folder that another process has open, or that cannot be written."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._changing = threading.Lock()
        self._lock = lock_folder(folder)
        for leftover in folder.glob(f"{_UNFINISHED}*"):
            shutil.rmtree(leftover)
        found = sorted(place for place in folder.iterdir() if (place / _LAYOUT).is_file())
        self._collections = {place.name: StoredCollection(place) for place in found}

    def names(self) -> list[str]:
        return sorted(self._collections)

    def get(self, name: str) -> StoredCollection | None:
        return self._collections.get(name)

    def create(self, name: str, layout: models.CreateCollection) -> None:
        if _NAME.fullmatch(name) is None:
            raise Refused(400, "a collection's name has letters, digits, _ and -")
        with self._changing:
            if name in self._collections:
                raise Refused(409, f"collection {name} already exists")
            place, unfinished = self._folder / name, self._folder / f"{_UNFINISHED}{name}"
            shutil.rmtree(unfinished, ignore_errors=True)
            unfinished.mkdir()
            edge.EdgeShard.create(str(unfinished / _SHARD), translation.configuration(layout)).close()
            (unfinished / _LAYOUT).write_text(layout.model_dump_json(exclude_none=True), encoding="utf-8")
            unfinished.rename(place)
            self._collections[name] = StoredCollection(place)

    def delete(self, name: str) -> bool:
        """Whether it was there."""
        with self._changing:
            stored = self._collections.pop(name, None)
            if stored is None:
                return False
            stored.close()
            doomed = self._folder / f"{_UNFINISHED}{name}"
            (self._folder / name).rename(doomed)
            shutil.rmtree(doomed)
            return True

    def flush(self) -> None:
        for stored in list(self._collections.values()):
            stored.flush()

    def close(self) -> None:
        """Flush, close, and let others have the folder."""
        with self._changing:
            for stored in self._collections.values():
                stored.flush()
                stored.close()
            self._collections.clear()
            os.close(self._lock)
