"""Which port each part listens on."""

from dataclasses import astuple, dataclass


@dataclass(frozen=True, slots=True)
class Ports:
    """Ports of 127.0.0.1; the option of each is `--<name>-port`."""

    postgres: int = 5433
    odoo: int = 8069
    chatwoot: int = 3000
    webhook: int = 8000
    metrics: int = 9101
    qdrant: int = 6333

    def shifted(self, offset: int) -> "Ports":
        return Ports(*(port + offset for port in astuple(self)))
