"""Promotions in memory that behave as `domain.promotions.Promotions` promises."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from tests.fakes.script import Script

from chatwootai.domain.promotions import Promotion, Promotions


class FakePromotions:
    """`Promotions`. `exhausted` holds the ids of those that were used as often as they may; `cards` the
    points of customers, one entry per card."""

    def __init__(self, promotions: Iterable[Promotion] = (), script: Script | None = None) -> None:
        self.script = script or Script()
        self.exhausted: set[int] = set()
        self.cards: list[tuple[int, Decimal]] = []
        self._promotions = list(promotions)

    async def valid_on(self, day: date) -> Sequence[Promotion]:
        return await self.script.run("valid_on", lambda: self._valid_on(day))

    async def points(self, customer_id: int) -> Decimal | None:
        def counted() -> Decimal | None:
            own = [points for owner, points in self.cards if owner == customer_id]
            return sum(own, Decimal(0)) if own else None

        return await self.script.run("points", counted)

    # People's acts.

    def add(self, promotion: Promotion) -> Promotion:
        """Somebody makes a promotion."""
        self._promotions.append(promotion)
        return promotion

    def _valid_on(self, day: date) -> tuple[Promotion, ...]:
        usable = (promotion for promotion in self._promotions if promotion.id not in self.exhausted)
        valid = (
            promotion
            for promotion in usable
            if (promotion.valid_from or day) <= day <= (promotion.valid_until or day)
        )
        return tuple(sorted(valid, key=lambda promotion: (promotion.name.casefold(), promotion.id)))


def _keeps_to_the_port(promotions: FakePromotions) -> Promotions:
    return promotions
