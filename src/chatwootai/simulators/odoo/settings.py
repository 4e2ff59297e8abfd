"""What the simulation is started with."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

SERIES = (16, 17, 18, 19)
AGENT_GROUPS = ("internal", "sale_all", "stock_user", "contact_creation")


@dataclass(frozen=True, slots=True)
class Login:
    """A user that may call; `companies` has the user's own company first.

    `key` opens the APIs, `password` the web session too; an empty one opens nothing. With `two_factor` the
    password alone opens nothing at all. The key is refused from the day `key_expires_on` (UTC).
    """

    login: str
    key: str = field(repr=False)
    companies: tuple[int, ...]
    password: str = field(default="", repr=False)
    groups: tuple[str, ...] = AGENT_GROUPS
    two_factor: bool = False
    key_expires_on: date | None = None

    @classmethod
    def parse(cls, text: str) -> Login:
        """Read `login:key:company`, or `login:key:company,company` for a user of several companies.

        Raises `ValueError` without repeating the text, because it holds a key.
        """
        login, _, rest = text.partition(":")
        key, _, companies = rest.rpartition(":")
        numbers = tuple(int(part) for part in companies.split(",") if part.isascii() and part.isdigit())
        if not login or not key or not numbers or len(numbers) != companies.count(",") + 1:
            raise ValueError("expected login:key:company, for example agente@loja.example:segredo:1")
        return cls(login, key, numbers)


@dataclass(frozen=True, slots=True)
class Settings:
    """`database_url` is a DSN (it holds a password: never shown), `database` the name that clients give.

    `startup_seconds` is how long to wait for PostgreSQL before giving up.
    """

    database_url: str = field(repr=False)
    logins: tuple[Login, ...]
    database: str = "odoo"
    series: int = 18
    startup_seconds: float = 60.0
