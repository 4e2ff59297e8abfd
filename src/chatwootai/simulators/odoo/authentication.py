"""Who may call: passwords, API keys, second factors, and who was deactivated. Secrets stay in memory."""

from __future__ import annotations

import hmac
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from chatwootai.simulators.odoo.errors import AccessDenied
from chatwootai.simulators.odoo.orm.environment import User

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from psycopg.rows import DictRow

    from chatwootai.simulators.odoo.orm.fields import Json
    from chatwootai.simulators.odoo.settings import Login
    from chatwootai.simulators.odoo.storage import Storage

_MAX_ID = 2**31 - 1
_COLUMNS = "SELECT id, login, name, partner_id, company_id, company_ids, groups FROM erp.users"
_BY_ID = f"{_COLUMNS} WHERE id = %s AND active"
_BY_LOGIN = f"{_COLUMNS} WHERE login = %s AND active"


def _utc_today() -> date:
    return datetime.now(UTC).date()


class Authentication:
    """Every way in. The cost of a real login (0.45 s of CPU) is not imitated.

    Whether a user is active, and what it may do, is read from the database at each call.
    """

    def __init__(
        self, storage: Storage, logins: Iterable[Login], today: Callable[[], date] = _utc_today
    ) -> None:
        self._storage = storage
        self._logins = {login.login: login for login in logins}
        self._today = today

    async def by_name(self, name: Json, secret: Json) -> User:
        """`common.login`: a key, or the password of a user without second factor, else `AccessDenied`."""
        login = self._logins.get(name) if isinstance(name, str) else None
        return await self._active(login if self._opens_rpc(login, secret) else None)

    async def by_id(self, uid: int, secret: Json) -> User:
        """A call of the object service; the same secrets as `by_name`."""
        user = await self.active(uid)
        login = self._logins.get(user.login) if user else None
        if user is None or not self._opens_rpc(login, secret):
            raise AccessDenied
        return user

    async def by_key(self, key: str) -> User:
        """A bearer: API keys only. Every key is compared, so that the time tells nothing."""
        found = [login for login in self._logins.values() if self._is_key(login, key)]
        return await self._active(found[0] if found else None)

    async def by_password(self, name: Json, password: Json) -> User | None:
        """The web session: passwords only; None where the second factor is still to come."""
        login = self._logins.get(name) if isinstance(name, str) else None
        user = await self._active(login if login and _same(login.password, password) else None)
        return None if login and login.two_factor else user

    async def active(self, uid: int) -> User | None:
        """The user with this id as the database has it now, unless it was deactivated."""
        return await self._user(_BY_ID, uid) if 0 < uid <= _MAX_ID else None

    async def _active(self, login: Login | None) -> User:
        user = await self._user(_BY_LOGIN, login.login) if login else None
        if user is None:
            raise AccessDenied
        return user

    async def _user(self, query: str, value: int | str) -> User | None:
        async with self._storage.transaction() as connection:
            cursor = await connection.execute(query.encode(), (value,))
            row = await cursor.fetchone()
        return _user(row) if row else None

    def _opens_rpc(self, login: Login | None, secret: Json) -> bool:
        if login is None:
            return False
        opened = [self._is_key(login, secret), _same(login.password, secret) and not login.two_factor]
        return any(opened)

    def _is_key(self, login: Login, secret: Json) -> bool:
        expires = login.key_expires_on
        return _same(login.key, secret) and (expires is None or self._today() < expires)


def _user(row: DictRow) -> User:
    companies = dict.fromkeys((row["company_id"], *row["company_ids"]))
    return User(
        row["id"], row["login"], row["name"], row["partner_id"], row["company_id"],
        tuple(companies), frozenset(row["groups"]),
    )  # fmt: skip


def _same(secret: str, given: Json) -> bool:
    if not secret or not isinstance(given, str):
        return False
    return hmac.compare_digest(secret.encode(), given.encode(errors="surrogatepass"))
