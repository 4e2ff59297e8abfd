"""The stand-in's two pages: the customer's phone and the small inbox of the human agents.

Both are static shells: every conversation is read by their JavaScript from the stand-in's JSON endpoints and
from the same REST interface that Chatwoot offers, so the pages hold no state of their own.
"""

from pathlib import Path
from typing import Annotated, Final

from fastapi import FastAPI, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from fastapi.staticfiles import StaticFiles
from fastapi.templating import Jinja2Templates
from starlette.responses import Response
from starlette.types import Scope

_HERE: Final = Path(__file__).parent
_CONTENT_SECURITY_POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'self'",
    )
)
_PAGE_HEADERS: Final = {
    "Content-Security-Policy": _CONTENT_SECURITY_POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}

_Account = Annotated[int, Query(alias="conta", ge=1, description="Chatwoot account shown by the page")]


class _RevalidatedFiles(StaticFiles):
    """Static files that a browser asks for again: an update must not meet a page's old modules."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = "no-cache"
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response


def mount_pages(app: FastAPI) -> None:
    """Add `/`, `/cliente`, `/atendimento` and `/simulator/static/*` to the stand-in's application."""
    templates = Jinja2Templates(directory=_HERE / "templates")
    app.mount("/simulator/static", _RevalidatedFiles(directory=_HERE / "static"), name="simulator-static")

    def page(request: Request, template: str, account_id: int) -> HTMLResponse:
        return templates.TemplateResponse(
            request, template, {"account_id": account_id}, headers=dict(_PAGE_HEADERS)
        )

    @app.get("/", include_in_schema=False)
    async def root(request: Request) -> RedirectResponse:
        query = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(f"/cliente{query}")

    @app.get("/cliente", include_in_schema=False)
    async def customer_page(request: Request, account_id: _Account = 1) -> HTMLResponse:
        return page(request, "cliente.html", account_id)

    @app.get("/atendimento", include_in_schema=False)
    async def agent_page(request: Request, account_id: _Account = 1) -> HTMLResponse:
        return page(request, "atendimento.html", account_id)
