"""`chatwootai migrate`."""


def migrate() -> None:
    """Atualiza as tabelas do banco de dados; repetir não faz mal."""
    from chatwootai.config import load_settings
    from chatwootai.integrations.postgres import migrations

    migrations.migrate(load_settings().database_url.get_secret_value())
