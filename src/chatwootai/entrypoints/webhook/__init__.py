"""The webhook server: stores deliveries and wakes conversations."""

from __future__ import annotations


def serve() -> None:
    """Run until SIGINT or SIGTERM; settings come from the environment."""
    import uvicorn

    from chatwootai.bootstrap.webhook import webhook_parts
    from chatwootai.config import load_settings
    from chatwootai.entrypoints.webhook.app import create_app
    from chatwootai.observability.logs import configure_logs

    settings = load_settings()
    configure_logs(settings.log_format)
    uvicorn.run(
        create_app(webhook_parts(settings)),
        host=settings.webhook_host,
        port=settings.webhook_port,
        access_log=False,
        log_level="warning",
        timeout_graceful_shutdown=5,
    )
