"""Where an account's Odoo is, and who we are there."""

from __future__ import annotations

from dataclasses import dataclass, field

PORTUGUESE = "pt_BR"


@dataclass(frozen=True, slots=True)
class OdooAccess:
    """A user of one company and its API key. `company` chooses among the user's companies, by id.

    Times are in seconds. Odoo repeats conflicting writes by itself for up to 20 s: a `write_timeout` shorter
    than 30 would make outcomes unknown that are merely slow. `zone` is the shop's, for Odoo's day buckets.
    """

    url: str
    database: str
    login: str
    api_key: str = field(repr=False)
    company: int | None = None
    zone: str = "America/Sao_Paulo"
    connect_timeout: float = 2.0
    timeout: float = 10.0
    write_timeout: float = 40.0


@dataclass(frozen=True, slots=True)
class Identity:
    """What signing in tells: the user, its partner, the company that we act for, and the server's series.

    `language` is Odoo's code of the one that we speak there: Brazilian Portuguese where it is installed.
    """

    uid: int
    partner: int
    company: int
    series: int
    language: str = PORTUGUESE
