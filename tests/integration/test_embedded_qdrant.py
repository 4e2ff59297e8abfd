"""The embedded Qdrant behind its REST face: keys, refusals, durability, and scores as the client's own."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from qdrant_client import AsyncQdrantClient, models
from qdrant_client.http.exceptions import UnexpectedResponse
from tests.fixtures.ports import free_port
from tests.fixtures.qdrant import API_KEY, client_of, embedded_qdrant

from chatwootai.domain.errors import ConfigurationError, RequestRefused, ServiceUnavailable
from chatwootai.domain.knowledge import Passage, PassageKind
from chatwootai.integrations.qdrant.embedded.collections import CollectionsFolder
from chatwootai.integrations.qdrant.knowledge import QdrantKnowledge
from chatwootai.integrations.qdrant.lexical import passage_vectors, question_vectors

pytestmark = pytest.mark.integration

SOAP = Passage("product:1", PassageKind.PRODUCT, "Sabonete de Lavanda", "Com glicerina.", record=1)
NAMES = ("Sabonete de Coco", "Shampoo de Coco", "Creme de Lavanda", "Óleo de Coco e Lavanda", "Batom Rosa")
SPARSE = models.SparseVectorParams(modifier=models.Modifier.IDF)
START_SECONDS = 20


def numbered(count: int) -> list[Passage]:
    return [
        replace(SOAP, key=f"product:{number}", title=f"Sabonete {number}", record=number)
        for number in range(1, count + 1)
    ]


@asynccontextmanager
async def running(folder: Path, port: int) -> AsyncIterator[asyncio.subprocess.Process]:
    process = await asyncio.create_subprocess_exec(
        *[sys.executable, "-m", "chatwootai.entrypoints.cli", "knowledge", "serve"],
        *["--port", str(port), "--folder", str(folder)],
        cwd=folder.parent,
        env={**os.environ, "QDRANT_API_KEY": API_KEY},
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def answering(port: int) -> str:
    url = f"http://127.0.0.1:{port}"
    async with asyncio.timeout(START_SECONDS), httpx.AsyncClient() as http:
        while True:
            try:
                (await http.get(f"{url}/healthz")).raise_for_status()
            except httpx.TransportError:
                await asyncio.sleep(0.05)
            else:
                return url


async def test_what_was_put_is_there_after_kill_9(tmp_path: Path) -> None:
    port = free_port()
    async with running(tmp_path / "qdrant", port) as process, client_of(await answering(port)) as client:
        await QdrantKnowledge(client, "bela").rebuild(numbered(60))
        await QdrantKnowledge(client, "bela").drop(["product:7"])
        process.send_signal(signal.SIGKILL)
        await process.wait()
    async with running(tmp_path / "qdrant", port), client_of(await answering(port)) as client:
        knowledge = QdrantKnowledge(client, "bela")
        assert await knowledge.count() == 59
        assert (await knowledge.search("sabonete 42"))[0].passage.record == 42


async def test_a_second_process_on_the_same_folder_says_so_and_ends(tmp_path: Path) -> None:
    port = free_port()
    async with running(tmp_path / "qdrant", port):
        await answering(port)
        async with running(tmp_path / "qdrant", free_port()) as second:
            _, told = await asyncio.wait_for(second.communicate(), START_SECONDS)
            assert second.returncode == 1
            assert "Outro processo já usa" in told.decode()
            assert "Traceback" not in told.decode()


def test_a_folder_is_free_again_when_closed(tmp_path: Path) -> None:
    first = CollectionsFolder(tmp_path)
    with pytest.raises(ConfigurationError, match="Outro processo"):
        CollectionsFolder(tmp_path)
    first.close()
    CollectionsFolder(tmp_path).close()


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ConfigurationError, match="file"):
        CollectionsFolder(tmp_path / "file" / "qdrant")


async def test_without_the_key_nothing_is_told(tmp_path: Path) -> None:
    async with embedded_qdrant(tmp_path) as url, httpx.AsyncClient() as http:
        for headers in ({}, {"api-key": ""}, {"api-key": "errada"}):
            answer = await http.get(f"{url}/collections", headers=headers)
            assert (answer.status_code, answer.json()["result"]) == (401, None)
        assert (await http.get(f"{url}/healthz")).status_code == 200
        assert (await http.get(f"{url}/collections", headers={"api-key": API_KEY})).status_code == 200


async def test_a_wrong_key_is_a_refusal_and_no_server_an_outage(tmp_path: Path) -> None:
    async with embedded_qdrant(tmp_path) as url:
        async with client_of(url, "errada") as client:
            with pytest.raises(RequestRefused):
                await QdrantKnowledge(client, "bela").search("sabonete")
        async with client_of(url) as right:
            knowledge = QdrantKnowledge(right, "bela")
            await knowledge.put([SOAP])
    async with client_of(url) as client:
        with pytest.raises(ServiceUnavailable):
            await QdrantKnowledge(client, "bela").count()


async def test_a_collection_that_was_lost_is_made_again(tmp_path: Path) -> None:
    async with embedded_qdrant(tmp_path) as url, client_of(url) as client:
        knowledge = QdrantKnowledge(client, "bela")
        await knowledge.put([SOAP])
        for described in (await client.get_collections()).collections:
            await client.delete_collection(described.name)
        assert list(await knowledge.search("sabonete")) == []
        await knowledge.put([SOAP])
        assert await knowledge.count() == 1


async def test_collections_are_made_described_and_deleted(tmp_path: Path) -> None:
    async with embedded_qdrant(tmp_path) as url, client_of(url) as client:
        await client.create_collection("a", vectors_config={}, sparse_vectors_config={"w": SPARSE})
        assert await client.collection_exists("a")
        described = await client.get_collection("a")
        assert described.points_count == 0
        assert set(described.config.params.sparse_vectors or {}) == {"w"}
        with pytest.raises(UnexpectedResponse) as twice:
            await client.create_collection("a", vectors_config={}, sparse_vectors_config={"w": SPARSE})
        assert twice.value.status_code == 409
        await client.delete_collection("a")
        assert not await client.collection_exists("a")


async def test_what_it_cannot_do_is_refused_and_never_done_otherwise(tmp_path: Path) -> None:
    vector = models.SparseVector(indices=[1], values=[1.0])
    sold_out = models.FieldCondition(key="sold_out", match=models.MatchValue(value=False))
    async with embedded_qdrant(tmp_path) as url, client_of(url) as client:
        await client.create_collection("a", vectors_config={}, sparse_vectors_config={"w": SPARSE})
        for point, status in (
            (models.PointStruct(id=1, vector={"other": vector}), 400),
            (models.PointStruct(id="no uuid", vector={"w": vector}), 400),
            (models.PointStruct(id=1, vector={"w": models.SparseVector(indices=[1, 1], values=[1, 2])}), 400),
            (models.PointStruct(id=1, vector=[1.0, 2.0]), 501),
        ):
            with pytest.raises(UnexpectedResponse) as refused:
                await client.upsert("a", [point])
            assert refused.value.status_code == status
        with pytest.raises(UnexpectedResponse) as unsupported:
            await client.count("a", models.Filter(must_not=[sold_out]))
        assert unsupported.value.status_code == 501
        with pytest.raises(UnexpectedResponse) as nowhere:
            await client.create_collection("../a", vectors_config={}, sparse_vectors_config={"w": SPARSE})
        assert nowhere.value.status_code in (400, 404)
        assert (await client.count("a")).count == 0


async def test_points_are_told_one_by_one_page_by_page_and_deleted(tmp_path: Path) -> None:
    async with embedded_qdrant(tmp_path) as url, client_of(url) as client:
        await client.create_collection("a", vectors_config={}, sparse_vectors_config={"w": SPARSE})
        vector = models.SparseVector(indices=[7], values=[0.5])
        await client.upsert(
            "a", [models.PointStruct(id=n, vector={"w": vector}, payload={"n": n}) for n in range(1, 6)]
        )
        (point,) = await client.retrieve("a", [3], with_vectors=True)
        assert (point.payload, point.vector) == ({"n": 3}, {"w": vector})
        first, following = await client.scroll("a", limit=2)
        rest, end = await client.scroll("a", limit=9, offset=following)
        assert [record.id for record in [*first, *rest]] == [1, 2, 3, 4, 5]
        assert end is None
        await client.delete("a", [1, 2])
        assert (await client.count("a")).count == 3


async def test_scores_are_those_of_the_client_s_own_engine(tmp_path: Path) -> None:
    async with (
        embedded_qdrant(tmp_path) as url,
        client_of(url) as client,
        local_engine() as local,
    ):
        for engine in (client, local):
            await engine.create_collection(
                "a", vectors_config={}, sparse_vectors_config={"w": SPARSE, "g": SPARSE}
            )
            await engine.upsert("a", [coconut(number, name) for number, name in enumerate(NAMES, 1)])
        for fusion in (models.Fusion.DBSF, models.Fusion.RRF):
            for text in ("sabonete de coco", "lavanda", "oleo"):
                assert await scores(client, text, fusion) == pytest.approx(await scores(local, text, fusion))


@asynccontextmanager
async def local_engine() -> AsyncIterator[AsyncQdrantClient]:
    client = AsyncQdrantClient(":memory:")
    try:
        yield client
    finally:
        await client.close()


def coconut(number: int, name: str) -> models.PointStruct:
    vectors: dict[str, models.Vector] = {
        which: models.SparseVector(indices=list(sparse.indices), values=list(sparse.values))
        for which, sparse in passage_vectors(replace(SOAP, title=name)).items()
    }
    return models.PointStruct(id=number, vector=vectors, payload={"name": name})


async def scores(client: AsyncQdrantClient, text: str, fusion: models.Fusion) -> dict[object, float]:
    prefetches = [
        models.Prefetch(
            query=models.SparseVector(indices=list(sparse.indices), values=list(sparse.values)),
            using=name,
            limit=10,
        )
        for name, sparse in question_vectors(text).items()
    ]
    found = await client.query_points(
        "a", prefetch=prefetches, query=models.FusionQuery(fusion=fusion), limit=3
    )
    return {point.id: point.score for point in found.points}


async def test_searches_find_something_all_the_while_a_rebuild_runs(tmp_path: Path) -> None:
    async with embedded_qdrant(tmp_path) as url, client_of(url) as client:
        knowledge = QdrantKnowledge(client, "bela")
        await knowledge.rebuild(numbered(600))
        rebuilding = asyncio.create_task(knowledge.rebuild(numbered(600)))
        while not rebuilding.done():
            (best, *_) = await knowledge.search("sabonete 599")
            assert best.passage.record == 599
            assert await knowledge.count() == 600
        await rebuilding


async def test_what_is_put_while_a_rebuild_runs_stays(tmp_path: Path) -> None:
    async with embedded_qdrant(tmp_path) as url, client_of(url) as client:
        knowledge = QdrantKnowledge(client, "bela")
        put: list[asyncio.Task[None]] = []

        def meanwhile(done: int) -> None:
            if not put:
                put.append(asyncio.create_task(knowledge.put([replace(SOAP, key="product:new")])))

        await knowledge.rebuild(numbered(600), meanwhile)
        await put[0]
        assert await knowledge.count() == 601


class TwoMeanings:
    """An embedder that knows two meanings: beauty, and the rest."""

    size = 2

    async def embed(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        return [[1.0, 0.1] if "batom" in text.lower() or "pintura" in text else [0.1, 1.0] for text in texts]


async def test_with_an_embedder_what_shares_no_word_is_found_by_its_meaning(tmp_path: Path) -> None:
    async with embedded_qdrant(tmp_path) as url, client_of(url) as client:
        knowledge = QdrantKnowledge(client, "bela", embedder=TwoMeanings())
        soap, lipstick = (
            replace(SOAP, text=""),
            replace(SOAP, key="product:2", title="Batom", text="", record=2),
        )
        await knowledge.put([soap, lipstick])
        assert (await knowledge.search("pintura"))[0].passage.record == 2
        assert await QdrantKnowledge(client, "bela").count() == 0
