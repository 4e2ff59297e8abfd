"""`chatwootai webhook`."""


def webhook() -> None:
    """Inicia o servidor de webhook, que recebe as mensagens do Chatwoot."""
    from chatwootai.entrypoints.webhook import serve

    serve()
