"""Holds in memory, as `domain.holds` promises, with a clock that can be put forward."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from chatwootai.domain.errors import IntegrationError
from chatwootai.domain.holds import Claim, Hold, SlotClaim, StockClaim, require_claims

LARGEST = 2**63 - 1


class FakeHolds:
    """`HoldStore`. `fail_next` makes the next calls raise, one each; `lone` is who is inside now."""

    def __init__(self, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self.now = now
        self.lone: set[tuple[str, str]] = set()
        self._locks: defaultdict[tuple[str, str], asyncio.Lock] = defaultdict(asyncio.Lock)
        self._holds: dict[tuple[str, str], Hold] = {}
        self._failures: list[IntegrationError] = []

    def alone(self, account: str, subjects: Sequence[str]) -> AbstractAsyncContextManager[None]:
        return self._alone(account, subjects)

    @asynccontextmanager
    async def _alone(self, account: str, subjects: Sequence[str]) -> AsyncIterator[None]:
        self._fail()
        wanted = {(account, subject) for subject in subjects}
        async with AsyncExitStack() as stack:
            for subject in sorted(wanted):
                await stack.enter_async_context(self._locks[subject])
            self.lone |= wanted
            stack.callback(self.lone.difference_update, wanted)
            yield

    async def place(self, account: str, key: str, claims: Sequence[Claim], duration: timedelta) -> Hold:
        self._fail()
        require_claims(key, claims)
        hold = Hold(key, tuple(claims), self.now() + duration)
        self._holds[account, key] = hold
        return hold

    async def get(self, account: str, key: str) -> Hold | None:
        self._fail()
        hold = self._holds.get((account, key))
        return hold if hold and hold.expires_at > self.now() else None

    async def release(self, account: str, key: str) -> None:
        self._fail()
        self._holds.pop((account, key), None)

    async def stock_held(
        self, account: str, product_ids: Sequence[int], *, ignoring: str = ""
    ) -> dict[int, Decimal]:
        self._fail()
        if any(abs(id_) > LARGEST for id_ in product_ids):
            raise OverflowError("no id of a product, as the database would say")
        held = dict.fromkeys(product_ids, Decimal(0))
        for claim in self._claims(account, ignoring):
            if isinstance(claim, StockClaim) and claim.product_id in held:
                held[claim.product_id] += claim.quantity
        return held

    async def slots_held(
        self,
        account: str,
        professional_ids: Sequence[int],
        start: datetime,
        end: datetime,
        *,
        ignoring: str = "",
    ) -> Sequence[SlotClaim]:
        self._fail()
        held = [
            claim
            for claim in self._claims(account, ignoring)
            if isinstance(claim, SlotClaim)
            and claim.professional_id in professional_ids
            and claim.start < end
            and claim.end > start
        ]
        return tuple(sorted(held, key=lambda claim: (claim.start, claim.professional_id)))

    def all(self) -> list[Hold]:
        """What is held now, for whatever account."""
        return [hold for hold in self._holds.values() if hold.expires_at > self.now()]

    def fail_next(self, *errors: IntegrationError) -> None:
        """Raise these, one per call."""
        self._failures += errors

    def _claims(self, account: str, ignoring: str) -> list[Claim]:
        return [
            claim
            for (owner, key), hold in self._holds.items()
            if owner == account and key != ignoring and hold.expires_at > self.now()
            for claim in hold.claims
        ]

    def _fail(self) -> None:
        if self._failures:
            raise self._failures.pop(0)
