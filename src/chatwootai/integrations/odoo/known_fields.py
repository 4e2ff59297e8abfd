"""Which fields a server has: modules bring some, and one unknown name fails the whole call."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence

from chatwootai.domain.errors import ServiceUnavailable
from chatwootai.integrations.odoo.access import Identity
from chatwootai.integrations.odoo.client import OdooClient
from chatwootai.integrations.odoo.errors import SERVICE

_FRESH_SECONDS = 600.0


class KnownFields:
    """Asked once per model and sign-in, for servers are upgraded, and after ten minutes, for modules are
    installed. `wished` are names that may be missing; `clock` is in seconds."""

    def __init__(
        self,
        client: OdooClient,
        model: str,
        wished: Sequence[str],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._client = client
        self._model = model
        self._wished = list(wished)
        self._told: Mapping[str, object] = {}
        self._told_to: Identity | None = None
        self._clock = clock
        self._stale_at = 0.0

    async def names(self) -> list[str]:
        """Those that exist, in the order wished. Raises `ModuleMissing` where the model does not."""
        told = await self._described()
        return [name for name in self._wished if name in told]

    async def options(self, field: str) -> frozenset[str]:
        """What may be written into a selection field; empty where there is none."""
        described = (await self._described()).get(field)
        selection = described.get("selection") if isinstance(described, dict) else None
        return frozenset(str(option[0]) for option in selection or () if isinstance(option, list))

    async def _described(self) -> Mapping[str, object]:
        identity = await self._client.identity()
        if self._told_to is not identity or self._clock() >= self._stale_at:
            told = await self._client.read(
                self._model, "fields_get", allfields=self._wished, attributes=["type", "selection"]
            )
            if not isinstance(told, dict):
                raise ServiceUnavailable(SERVICE, f"the fields of {self._model} are no mapping")
            self._told, self._told_to = told, identity
            self._stale_at = self._clock() + _FRESH_SECONDS
        return self._told
