"""The parts of whoever looks into an account's index, or builds it anew."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

import aiohttp

from chatwootai.bootstrap.accounts import odoo_access, profile_of
from chatwootai.bootstrap.shared import qdrant_client
from chatwootai.config import Settings
from chatwootai.domain.errors import ConfigurationError
from chatwootai.hub.knowledge import KnowledgeKeeper
from chatwootai.integrations.odoo.catalog import OdooCatalog
from chatwootai.integrations.odoo.client import OdooClient
from chatwootai.integrations.qdrant.knowledge import QdrantKnowledge

TIMEOUT_SECONDS = 30


@dataclass(frozen=True, slots=True)
class KnowledgeParts:
    knowledge: QdrantKnowledge
    keeper: KnowledgeKeeper


@asynccontextmanager
async def knowledge_parts(settings: Settings, account: str) -> AsyncIterator[KnowledgeParts]:
    """Opened for one account.

    Raises `ConfigurationError` where no Qdrant is configured, or for an unknown account or profile.
    """
    chosen = settings.accounts.get(account)
    if chosen is None:
        known = ", ".join(sorted(settings.accounts))
        raise ConfigurationError(f"não existe a conta “{account}”; existentes: {known}")
    profile = profile_of(chosen, settings)
    qdrant = qdrant_client(settings, TIMEOUT_SECONDS)
    if qdrant is None:
        raise ConfigurationError(
            "QDRANT_URL não está definida (exemplo: http://localhost:6333); `make run` a define sozinho."
        )
    zone = profile.hours.zone
    try:
        async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as session:
            catalog = OdooCatalog(OdooClient(session, odoo_access(chosen)), zone=zone)
            knowledge = QdrantKnowledge(qdrant, account)
            keeper = KnowledgeKeeper(
                account, catalog, knowledge, lambda: profile, lambda: datetime.now(zone).date()
            )
            yield KnowledgeParts(knowledge, keeper)
    finally:
        await qdrant.close()
