"""`chatwootai worker`."""


def worker() -> None:
    """Inicia um worker, que responde às conversas."""
    from chatwootai.entrypoints.worker import serve

    serve()
