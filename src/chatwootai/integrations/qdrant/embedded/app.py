"""The REST face: the subset of Qdrant's API that our client calls, with an API key."""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from typing import TypeVar

import qdrant_edge as edge
from fastapi import FastAPI, Request, Response
from fastapi.responses import PlainTextResponse
from pydantic import BaseModel, TypeAdapter, ValidationError
from qdrant_client import models

from chatwootai.integrations.qdrant.embedded import answers, translation
from chatwootai.integrations.qdrant.embedded.collections import CollectionsFolder, StoredCollection
from chatwootai.integrations.qdrant.embedded.refusals import Refused, unsupported

Body = TypeVar("Body", bound=BaseModel)
VERSION = "1.18.0"
"""Of the server whose answers these are like; a client compares it with its own."""
FLUSH_SECONDS = 5.0
LARGEST_BODY = 64 * 1024 * 1024
_OPEN_TO_ALL = frozenset({"/healthz", "/readyz"})
_SELECTOR: TypeAdapter[models.PointsSelector] = TypeAdapter(models.PointsSelector)


def create_app(folder: CollectionsFolder, api_key: str) -> FastAPI:
    """Serves `folder` and closes it at the end. `api_key` is asked of everybody, on the loopback too."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        flushing = asyncio.create_task(_flush_now_and_then(folder))
        try:
            yield
        finally:
            flushing.cancel()
            with suppress(asyncio.CancelledError):
                await flushing
            await asyncio.to_thread(folder.close)

    app = FastAPI(title="Qdrant, embedded", lifespan=lifespan, openapi_url=None)
    _add_guards(app, api_key)
    _add_collections(app, folder)
    _add_writing(app, folder)
    _add_reading(app, folder)
    return app


def _add_guards(app: FastAPI, api_key: str) -> None:
    expected = api_key.encode()

    @app.middleware("http")
    async def authenticate(request: Request, proceed: Callable[[Request], Awaitable[Response]]) -> Response:
        given = request.headers.get("api-key", "").encode()
        if request.url.path not in _OPEN_TO_ALL and not hmac.compare_digest(given, expected):
            return answers.refusal(401, "Must provide an API key")
        return await proceed(request)

    @app.exception_handler(Refused)
    async def refused(_: Request, error: Refused) -> Response:
        return answers.refusal(error.status, error.reason)

    @app.exception_handler(ValidationError)
    async def malformed(_: Request, error: ValidationError) -> Response:
        first = error.errors(include_input=False, include_url=False)[0]
        return answers.refusal(400, f"{first['loc']}: {first['msg']}")

    @app.get("/healthz")
    @app.get("/readyz")
    async def healthy() -> PlainTextResponse:
        return PlainTextResponse("ok")

    @app.get("/")
    async def version() -> dict[str, str]:
        return {"title": "qdrant - vector search engine", "version": VERSION}


def _add_collections(app: FastAPI, folder: CollectionsFolder) -> None:
    @app.get("/collections")
    async def listed() -> Response:
        return answers.answer({"collections": [{"name": name} for name in folder.names()]})

    @app.get("/collections/{name}/exists")
    async def exists(name: str) -> Response:
        return answers.answer({"exists": folder.get(name) is not None})

    @app.get("/collections/{name}")
    async def described(name: str) -> Response:
        return answers.answer(await asyncio.to_thread(answers.description, _found(folder, name)))

    @app.put("/collections/{name}")
    async def create(name: str, request: Request) -> Response:
        layout = await _body(request, models.CreateCollection)
        await asyncio.to_thread(folder.create, name, layout)
        return answers.answer(True)

    @app.delete("/collections/{name}")
    async def delete(name: str) -> Response:
        return answers.answer(await asyncio.to_thread(folder.delete, name))

    @app.put("/collections/{name}/index")
    async def add_index(name: str, request: Request) -> Response:
        wanted = await _body(request, models.CreateFieldIndex)
        operation = edge.UpdateOperation.create_field_index(
            wanted.field_name, translation.index(wanted.field_schema)
        )
        await asyncio.to_thread(_found(folder, name).apply, operation)
        return answers.updated()


def _add_writing(app: FastAPI, folder: CollectionsFolder) -> None:
    @app.put("/collections/{name}/points")
    async def upsert(name: str, request: Request) -> Response:
        given = await _body(request, models.PointsList)
        if given.update_filter is not None or given.update_mode is not None:
            raise unsupported(given.update_filter)
        await asyncio.to_thread(_found(folder, name).upsert, given.points)
        return answers.updated()

    @app.post("/collections/{name}/points/delete")
    async def delete(name: str, request: Request) -> Response:
        selector = _SELECTOR.validate_json(await _raw(request))
        if isinstance(selector, models.FilterSelector):
            doomed = translation.some_filter(selector.filter)
            operation = edge.UpdateOperation.delete_points_by_filter(doomed)
        else:
            ids = [translation.point_id(given) for given in selector.points]
            operation = edge.UpdateOperation.delete_points(ids)
        await asyncio.to_thread(_found(folder, name).apply, operation)
        return answers.updated()


def _add_reading(app: FastAPI, folder: CollectionsFolder) -> None:
    @app.post("/collections/{name}/points/query")
    async def query(name: str, request: Request) -> Response:
        asked = await _body(request, models.QueryRequest)
        (points,) = await asyncio.to_thread(_found(folder, name).query, [asked])
        return answers.answer(answers.scored(points))

    @app.post("/collections/{name}/points/query/batch")
    async def query_batch(name: str, request: Request) -> Response:
        asked = await _body(request, models.QueryRequestBatch)
        found = await asyncio.to_thread(_found(folder, name).query, asked.searches)
        return answers.answer([answers.scored(points) for points in found])

    @app.post("/collections/{name}/points/count")
    async def count(name: str, request: Request) -> Response:
        asked = await _body(request, models.CountRequest)
        wanted = edge.CountRequest(exact=asked.exact is not False, filter=translation.filter_of(asked.filter))
        return answers.answer({"count": await asyncio.to_thread(_found(folder, name).shard.count, wanted)})

    @app.post("/collections/{name}/points")
    async def retrieve(name: str, request: Request) -> Response:
        asked = await _body(request, models.PointRequest)
        ids = [translation.point_id(given) for given in asked.ids]
        payload = True if asked.with_payload is None else translation.selected(asked.with_payload)
        found = await asyncio.to_thread(
            _found(folder, name).shard.retrieve, ids, payload, translation.selected(asked.with_vector)
        )
        return answers.answer(answers.records(found))

    @app.post("/collections/{name}/points/scroll")
    async def scroll(name: str, request: Request) -> Response:
        asked = await _body(request, models.ScrollRequest)
        if asked.order_by is not None:
            raise unsupported(asked.order_by)
        wanted = edge.ScrollRequest(
            offset=None if asked.offset is None else translation.point_id(asked.offset),
            limit=translation.DEFAULT_LIMIT if asked.limit is None else asked.limit,
            filter=translation.filter_of(asked.filter),
            with_payload=True if asked.with_payload is None else translation.selected(asked.with_payload),
            with_vector=translation.selected(asked.with_vector),
        )
        points, following = await asyncio.to_thread(_found(folder, name).shard.scroll, wanted)
        told = {"points": answers.records(points), "next_page_offset": answers.identity(following)}
        return answers.answer(told)


def _found(folder: CollectionsFolder, name: str) -> StoredCollection:
    stored = folder.get(name)
    if stored is None:
        raise Refused(404, f"Not found: Collection `{name}` doesn't exist!")
    return stored


async def _body(request: Request, model: type[Body]) -> Body:
    return model.model_validate_json(await _raw(request))


async def _raw(request: Request) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_BODY:
            raise Refused(413, "the request is too large")
    return bytes(body)


async def _flush_now_and_then(folder: CollectionsFolder) -> None:
    while True:
        await asyncio.sleep(FLUSH_SECONDS)
        await asyncio.to_thread(folder.flush)
