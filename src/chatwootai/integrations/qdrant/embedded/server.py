"""The embedded Qdrant as a process of its own."""

from __future__ import annotations

from pathlib import Path

import uvicorn

from chatwootai.integrations.qdrant.embedded.app import create_app
from chatwootai.integrations.qdrant.embedded.collections import CollectionsFolder

GRACE_SECONDS = 5


def serve(host: str, port: int, folder: Path, api_key: str) -> None:
    """Serve until SIGINT or SIGTERM; port 0 lets the system choose.

    Raises `ConfigurationError` for a folder that another process serves, or that cannot be written.
    """
    app = create_app(CollectionsFolder(folder), api_key)
    uvicorn.run(
        app,
        host=host,
        port=port,
        access_log=False,
        log_level="warning",
        timeout_graceful_shutdown=GRACE_SECONDS,
        ws="none",
    )
