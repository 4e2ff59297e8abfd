"""Serving the stand-in with uvicorn."""

from __future__ import annotations

from typing import TYPE_CHECKING

import uvicorn

from chatwootai.simulators.chatwoot.app import create_app

if TYPE_CHECKING:
    import socket

    from chatwootai.simulators.chatwoot.installation import Installation
    from chatwootai.simulators.chatwoot.settings import StandInSettings

GRACE_SECONDS = 5


class StandInServer(uvicorn.Server):
    """Ends the live streams before it waits for open connections, which would otherwise never close."""

    def __init__(self, config: uvicorn.Config, installation: Installation) -> None:
        super().__init__(config)
        self.installation = installation

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop serving."""
        self.installation.live.close()
        await super().shutdown(sockets)


def make_server(settings: StandInSettings, host: str = "127.0.0.1", port: int = 3000) -> StandInServer:
    """A server that has not started; port 0 lets the system choose."""
    app = create_app(settings)
    config = uvicorn.Config(
        app,
        host=host,
        port=port,
        access_log=False,
        log_level="warning",
        timeout_graceful_shutdown=GRACE_SECONDS,
        ws="none",
    )
    return StandInServer(config, app.state.installation)


def serve(settings: StandInSettings, host: str = "127.0.0.1", port: int = 3000) -> None:
    """Serve until SIGINT or SIGTERM."""
    make_server(settings, host, port).run()
