"""The shop's rules of exchange, held against what a customer wants to bring back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from chatwootai.crews.support.deadlines import Objection, Verdict, judged
from chatwootai.crews.support.goods import means_all, named
from chatwootai.crews.support.results import ExchangeRefused
from chatwootai.crews.support.terms import exchange_terms
from chatwootai.crews.support.wishes import Reason, Wish
from chatwootai.crews.understanding.words import fold
from chatwootai.domain.catalog import Catalog
from chatwootai.domain.crews import Briefing, Json
from chatwootai.domain.errors import ToolRetry
from chatwootai.domain.orders import Order, OrderLine


@dataclass(frozen=True, slots=True)
class Case:
    """`names` are the goods that may come back, `left_out` those that only a defect brings back."""

    verdict: Verdict
    names: tuple[str, ...]
    left_out: tuple[str, ...] = ()

    def terms(self, order: Order, reason: Reason, wish: Wish, buyer: int) -> dict[str, Json]:
        return exchange_terms(order, self.names, reason, wish, self.verdict, self.left_out, buyer)

    def refused(self, order: Order, reason: Reason) -> ExchangeRefused:
        """`Case` of a verdict that objects."""
        objection = self.verdict.objection or Objection.OUTSIDE
        names = self.names or self.left_out
        return ExchangeRefused(
            objection, order.code, reason, self.verdict.counted, self.verdict.allowed, names
        )


@dataclass(frozen=True, slots=True)
class Judge:
    catalog: Catalog
    briefing: Briefing

    async def case(self, order: Order, items: Sequence[str], reason: Reason, *, opened: bool) -> Case:
        """Raises `ToolRetry` where no item of the order is meant."""
        lines = meant(order, items)
        excluded = await self._excluded(lines) if reason is Reason.REGRET else ()
        left = tuple(line for line in lines if line.product_id not in excluded)
        names = tuple(line.name for line in left)
        left_out = tuple(line.name for line in lines if line.product_id in excluded)
        rules, zone = self.briefing.profile.exchange, self.briefing.profile.hours.zone
        today = self.briefing.now.date()
        verdict = judged(order, reason, rules, today, zone, opened=opened, excluded=not left)
        return Case(verdict, names, left_out)

    async def _excluded(self, lines: Sequence[OrderLine]) -> frozenset[int]:
        rules = {fold(each) for each in self.briefing.profile.exchange.excluded}
        if not rules:
            return frozenset()
        bought = {line.product_id for line in lines}
        return frozenset(
            product.id
            for product in await self.catalog.products()
            if product.id in bought and rules & {fold(product.category), fold(product.code)}
        )


def meant(order: Order, items: Sequence[str]) -> tuple[OrderLine, ...]:
    """The lines of an order that `items` name; all of them for none."""
    goods = tuple(line for line in order.lines if not line.is_discount)
    if not items or any(means_all(item) for item in items):
        return goods
    names = [line.name for line in goods]
    places = sorted({place for item in items for place in named(item, names)})
    if not places:
        raise ToolRetry(f"O pedido {order.code} não tem esses produtos. Ele tem: {', '.join(names)}.")
    return tuple(goods[place] for place in places)
