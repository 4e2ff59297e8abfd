"""The FastAPI application. A 2xx is given only after the commit (promise P1)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from time import perf_counter

from fastapi import FastAPI, Request, Response
from fastapi.responses import PlainTextResponse
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from chatwootai.bootstrap.webhook import WebhookParts
from chatwootai.domain.errors import DeliveryRejected, ServiceUnavailable
from chatwootai.entrypoints.webhook.authentication import authenticate
from chatwootai.entrypoints.webhook.reception import read_body, receive
from chatwootai.observability import metrics


def create_app(parts: WebhookParts) -> FastAPI:
    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        async with parts.opened():
            yield

    app = FastAPI(title="ChatwootAI webhook", lifespan=lifespan, openapi_url=None)

    @app.post("/webhook/{account}/{secret}")
    @app.post("/webhook/{account}")
    async def webhook(request: Request, account: str, secret: str = "") -> Response:
        started = perf_counter()
        doors = parts.doors.get(account)
        if doors is None:
            raise DeliveryRejected(404, "unknown account")
        body = await read_body(request, parts.body_limit)
        authenticate(doors, secret, request.headers, body)
        await receive(parts.store, doors, body)
        metrics.acknowledgement.observe(perf_counter() - started)
        return Response(status_code=200)

    @app.get("/health")
    async def health() -> PlainTextResponse:
        return PlainTextResponse("ok")

    @app.get("/ready")
    async def ready() -> PlainTextResponse:
        if await parts.is_ready():
            return PlainTextResponse("ok")
        return PlainTextResponse("the database does not answer", status_code=503)

    @app.get("/metrics")
    async def scrape() -> Response:
        return Response(generate_latest(metrics.REGISTRY), media_type=CONTENT_TYPE_LATEST)

    @app.exception_handler(DeliveryRejected)
    async def rejected(_: Request, error: DeliveryRejected) -> PlainTextResponse:
        return PlainTextResponse(error.reason, status_code=error.status)

    @app.exception_handler(ServiceUnavailable)
    async def unavailable(_: Request, __: ServiceUnavailable) -> PlainTextResponse:
        # 500 and not 503: Chatwoot sends an agent bot's webhook again after 429 and 500 alone (since 4.11).
        return PlainTextResponse("not stored: the database does not answer", status_code=500)

    return app
