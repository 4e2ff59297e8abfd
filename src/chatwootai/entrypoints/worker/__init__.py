"""The worker: takes turns, sweeps, and recovers what dead workers left."""

from __future__ import annotations

import gc


def serve() -> None:
    """Run until SIGINT or SIGTERM; settings come from the environment."""
    gc.disable()  # until `work` has begun: of what starting makes, nothing is garbage
    import uvloop

    from chatwootai.config import load_settings
    from chatwootai.entrypoints.worker.process import work
    from chatwootai.observability.logs import configure_logs

    settings = load_settings()
    configure_logs(settings.log_format)
    uvloop.run(work(settings))
