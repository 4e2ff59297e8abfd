"""Who calls, for which companies, and which rows that lets them see."""

from __future__ import annotations

import hmac
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from psycopg import sql

from chatwootai.simulators.odoo.errors import AccessDenied, AccessError, UserError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from chatwootai.simulators.odoo.fields import Json
    from chatwootai.simulators.odoo.models import Model
    from chatwootai.simulators.odoo.settings import Login

LANGUAGES = ("pt_BR", "en_US")


@dataclass(frozen=True, slots=True)
class User:
    """A login with its id in the database."""

    id: int
    login: Login


@dataclass(frozen=True, slots=True)
class Environment:
    """One call's surroundings; `companies` are those whose rows it sees, the current one first."""

    user: User
    series: int
    companies: tuple[int, ...]
    active_test: bool = True

    def in_context(self, context: Mapping[str, Json]) -> Environment:
        """Apply the context that came with the call; refuses foreign companies and unknown languages."""
        language = context.get("lang") or LANGUAGES[0]
        if language not in LANGUAGES:
            raise UserError(f"Invalid language code: {language}")
        return replace(
            self,
            companies=self._companies(context.get("allowed_company_ids")),
            active_test=bool(context.get("active_test", True)),
        )

    def _companies(self, wanted: Json) -> tuple[int, ...]:
        if not isinstance(wanted, list) or not wanted:
            return self.companies
        companies = tuple(item for item in wanted if isinstance(item, int))
        if len(companies) != len(wanted) or not set(companies) <= set(self.user.login.companies):
            raise AccessError("Access to unauthorized or invalid companies.")
        return companies

    def rule(self, model: Model) -> sql.Composable:
        """The condition that hides other companies' rows; `search` applies it silently."""
        if not model.company:
            return sql.SQL("true")
        return sql.SQL("{} = ANY({})").format(sql.SQL(model.company), sql.Literal(list(self.companies)))


class Directory:
    """The users and their keys. Keys are kept in memory only, never in the database."""

    def __init__(self, users: Iterable[User], series: int) -> None:
        self._users = {user.id: user for user in users}
        self._series = series

    def login(self, login: Json, key: Json) -> int | None:
        """The user's id, or None: Odoo answers `false` there, not an error."""
        matching = (user for user in self._users.values() if user.login.login == login)
        user = next(matching, None)
        return user.id if user and _same(user.login.key, key) else None

    def environment(self, uid: Json, key: Json) -> Environment:
        """The surroundings of an authenticated call; `AccessDenied` for a wrong user or key."""
        user = self._users.get(uid) if isinstance(uid, int) else None
        if user is None or not _same(user.login.key, key):
            raise AccessDenied
        return Environment(user, self._series, user.login.companies)


def _same(key: str, given: Json) -> bool:
    return isinstance(given, str) and hmac.compare_digest(key.encode(), given.encode())
