"""The product's database: reached, new enough, migrated."""

import psycopg
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import NullPool

from chatwootai.integrations.chatwoot.access import Finding, Level
from chatwootai.integrations.postgres import migrations

_OLDEST = 15
_CONNECT_SECONDS = 5


def check_database(dsn: str) -> Finding:
    try:
        with psycopg.connect(dsn, connect_timeout=_CONNECT_SECONDS) as connection:
            version = connection.info.server_version // 10_000
    except psycopg.Error as error:
        reason = str(error).strip().splitlines()[-1]
        return Finding(Level.PROBLEM, f"Não responde ({reason}). Inicie o servidor ou corrija DATABASE_URL.")
    if version < _OLDEST:
        return Finding(Level.PROBLEM, f"A versão {version} é antiga demais: use a {_OLDEST} ou mais nova.")
    try:
        return _migrations(dsn, version)
    except SQLAlchemyError as error:
        return Finding(Level.PROBLEM, f"Não foi possível ler a versão das tabelas: {error}.")


def _migrations(dsn: str, version: int) -> Finding:
    engine = create_engine(migrations.sqlalchemy_url(dsn), poolclass=NullPool)
    with engine.connect() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
    newest = ScriptDirectory(migrations.__path__[0]).get_current_head()
    if current != newest:
        text = (
            f"PostgreSQL {version}, mas as tabelas estão na versão {current or 'nenhuma'} e o programa "
            f"precisa da {newest}: rode `chatwootai migrate`."
        )
        return Finding(Level.PROBLEM, text)
    return Finding(Level.OK, f"PostgreSQL {version}, tabelas na versão {current}.")
