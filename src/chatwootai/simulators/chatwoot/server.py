"""Serving the stand-in with uvicorn."""

from __future__ import annotations

from typing import TYPE_CHECKING

import uvicorn

from chatwootai.simulators.chatwoot.app import create_app

if TYPE_CHECKING:
    import socket

    from chatwootai.simulators.chatwoot.settings import StandInSettings

GRACE_SECONDS = 5


class StandInServer(uvicorn.Server):
    """Ends the live streams before it waits for open connections, which would otherwise never close."""

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop serving."""
        app = self.config.app
        app.state.installation.live.close()  # type: ignore[union-attr]  # always the app of `make_server`
        await super().shutdown(sockets)


def make_server(settings: StandInSettings, host: str = "127.0.0.1", port: int = 3000) -> StandInServer:
    """A server that has not started; port 0 lets the system choose."""
    config = uvicorn.Config(
        create_app(settings),
        host=host,
        port=port,
        access_log=False,
        log_level="warning",
        timeout_graceful_shutdown=GRACE_SECONDS,
        # `answer_timeout` and long polls need no websockets; fewer parts, faster start.
        ws="none",
    )
    return StandInServer(config)


def serve(settings: StandInSettings, host: str = "127.0.0.1", port: int = 3000) -> None:
    """Serve until SIGINT or SIGTERM."""
    make_server(settings, host, port).run()
