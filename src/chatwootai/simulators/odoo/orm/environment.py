"""Who calls, for which companies, in which language and zone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, tzinfo
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from chatwootai.simulators.odoo.errors import AccessError, UserError
from chatwootai.simulators.odoo.orm.groups import with_implied

if TYPE_CHECKING:
    from chatwootai.simulators.odoo.orm.fields import Json

LANGUAGES = ("pt_BR", "en_US")
_NO_LANGUAGE = "en_US"  # what Odoo's source texts are written in: used where the context names none


@dataclass(frozen=True, slots=True)
class User:
    """A row of `erp.users`; `groups` as stored there, `company_ids` with the own company first."""

    id: int
    login: str
    name: str
    partner_id: int
    company_id: int
    company_ids: tuple[int, ...]
    groups: frozenset[str]


@dataclass(frozen=True, slots=True)
class Environment:
    """One call's surroundings; `companies` are those whose rows it sees, the current one first."""

    user: User
    series: int
    companies: tuple[int, ...]
    context: Mapping[str, Json] = field(default_factory=dict)
    is_sudo: bool = False

    @classmethod
    def of(cls, user: User, series: int, context: Mapping[str, Json]) -> Environment:
        """The surroundings of a call by this user; refuses foreign companies and unknown languages."""
        return cls(user, series, user.company_ids).in_context(context)

    def in_context(self, more: Mapping[str, Json]) -> Environment:
        """The same with these keys of the context replaced."""
        context = {**self.context, **more}
        language = context.get("lang")
        if language and language not in LANGUAGES:
            raise UserError(f"Invalid language code: {language}")
        return replace(self, context=context, companies=self._companies(context.get("allowed_company_ids")))

    def sudo(self) -> Environment:
        """The same user without limits of rights and rules."""
        return replace(self, is_sudo=True)

    def _companies(self, wanted: Json) -> tuple[int, ...]:
        if not isinstance(wanted, list) or not wanted:
            return self.user.company_ids
        companies = tuple(item for item in wanted if isinstance(item, int))
        if len(companies) != len(wanted) or not set(companies) <= set(self.user.company_ids):
            raise AccessError("Access to unauthorized or invalid companies.")
        return companies

    @property
    def groups(self) -> frozenset[str]:
        """The user's groups with all that they imply; everybody is internal."""
        return with_implied(self.user.groups | {"internal"})

    @property
    def company(self) -> int:
        """The company that new records belong to."""
        return self.companies[0]

    @property
    def lang(self) -> str:
        language = self.context.get("lang")
        return language if isinstance(language, str) and language else _NO_LANGUAGE

    @property
    def active_test(self) -> bool:
        return bool(self.context.get("active_test", True))

    @property
    def zone(self) -> tzinfo:
        """The zone of the context, UTC where it names none or one that does not exist."""
        name = self.context.get("tz")
        if not isinstance(name, str) or not name:
            return UTC
        try:
            return ZoneInfo(name)
        except (ValueError, KeyError, OSError):
            return UTC
