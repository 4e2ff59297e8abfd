"""The accounts as their profiles are now: a profile that was edited comes into force without a restart."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from chatwootai.bootstrap.accounts import profile_of
from chatwootai.bootstrap.shared import Shared
from chatwootai.bootstrap.shops import Feed, Shop
from chatwootai.config import Settings
from chatwootai.domain.accounts import AccountId
from chatwootai.domain.errors import ConfigurationError, IntegrationError
from chatwootai.hub.accounts import Account
from chatwootai.integrations.postgres.profile_versions import ProfileVersions
from chatwootai.observability.logs import logger

log = logger("profiles")


@dataclass(slots=True)
class LiveAccounts:
    """`accounts` is the mapping that turns are taken from; a turn under way keeps the account it began with.

    A file that turned wrong is reported once and changes nothing: the shop goes on with what was right.
    """

    settings: Settings
    shared: Shared
    versions: ProfileVersions
    accounts: dict[AccountId, Account] = field(default_factory=dict)
    _shops: dict[AccountId, Shop] = field(default_factory=dict)
    _texts: dict[AccountId, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for key, account in self.settings.accounts.items():
            id_ = AccountId(key)
            profile = profile_of(account, self.settings)
            self._shops[id_] = Shop(id_, account, self.shared, profile)
            self.accounts[id_] = self._shops[id_].account()
            self._texts[id_] = self._read(id_)

    def shop(self, id_: AccountId) -> Shop:
        return self._shops[id_]

    @property
    def feeds(self) -> Mapping[AccountId, Feed]:
        return {id_: shop.feed for id_, shop in self._shops.items()}

    async def refresh(self) -> list[AccountId]:
        """Put into force what was edited since the last look; returns whose profile changed."""
        changed = [id_ for id_ in self._shops if await self._refreshed(id_)]
        for id_ in changed:
            await self._record(id_)
        return changed

    async def record(self) -> None:
        """Keep the versions that are in force now."""
        for id_ in self._shops:
            await self._record(id_)

    async def _record(self, id_: AccountId) -> None:
        try:
            number = await self.versions.record(self._shops[id_].profile.name, self._texts[id_])
        except IntegrationError as error:
            log.warning("profile_version_not_kept", account=id_, reason=str(error))
        else:
            log.info("profile_in_force", account=id_, version=number)

    async def _refreshed(self, id_: AccountId) -> bool:
        text = self._read(id_)
        if text == self._texts[id_]:
            return False
        self._texts[id_] = text
        shop = self._shops[id_]
        try:
            profile = profile_of(shop.settings, self.settings)
        except ConfigurationError as error:
            log.warning("profile_refused", account=id_, problems=str(error).splitlines())
            return False
        # New examples take seconds to learn: turns go on meanwhile, with the profile of before.
        await asyncio.to_thread(self.shared.reader.prepare, profile)
        shop.profile = profile
        self.accounts[id_] = shop.account()
        log.info("profile_reloaded", account=id_, profile=shop.profile.name)
        return True

    def _read(self, id_: AccountId) -> str:
        path = self._path(id_)
        try:
            return path.read_text(encoding="utf-8", errors="replace")
        except OSError:
            return self._texts.get(id_, "")  # being replaced at this moment

    def _path(self, id_: AccountId) -> Path:
        return self.settings.profiles_folder / f"{self.settings.accounts[id_].profile}.yaml"
