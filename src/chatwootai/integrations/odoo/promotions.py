"""The shop's promotions in its Odoo's loyalty programs."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from chatwootai.domain.money import Money
from chatwootai.domain.promotions import Promotion
from chatwootai.integrations.odoo.client import OdooClient
from chatwootai.integrations.odoo.errors import ModuleMissing, RightMissing
from chatwootai.integrations.odoo.known_fields import KnownFields
from chatwootai.integrations.odoo.values import (
    Record,
    day,
    decimal,
    flag,
    link,
    linked_id,
    number,
    records,
    text,
)

_KINDS = ["promotion", "promo_code"]
_OF_SOME = ["date_from", "date_to", "limit_usage", "max_usage", "total_order_count", "order_count", "sale_ok"]
"""16 has programs without a first day; what the module sale_loyalty brings differs by series."""
_RULE = ["program_id", "code", "minimum_amount"]
_REWARD = ["program_id", "description", "discount", "discount_mode", "reward_type"]


class OdooPromotions:
    """`domain.promotions.Promotions`; without the module loyalty there are none."""

    def __init__(self, client: OdooClient, *, currency: str = "BRL") -> None:
        self._client = client
        self._currency = currency
        self._of_some = KnownFields(client, "loyalty.program", _OF_SOME)

    async def valid_on(self, day: date) -> Sequence[Promotion]:
        try:
            programs = await self._programs(day)
        except ModuleMissing:
            return ()
        usable = [row for row in programs if not _is_exhausted(row) and self._is_ours(row)]
        if not usable:
            return ()
        of_these: list[object] = [["program_id", "in", [number(row, "id") for row in usable]]]
        rules, rewards = await asyncio.gather(
            self._search("loyalty.rule", of_these, _RULE, "id"),
            self._search("loyalty.reward", of_these, _REWARD, "id"),
        )
        told = (self._promotion(row, _of(row, rules), _of(row, rewards)) for row in usable)
        # Sorted here: the order of Odoo's database depends on how that was created.
        return tuple(sorted(filter(None, told), key=lambda found: (found.name.casefold(), found.id)))

    async def points(self, customer_id: int) -> Decimal | None:
        domain: list[object] = [["partner_id", "=", customer_id], ["program_id.program_type", "=", "loyalty"]]
        try:
            cards = await self._search("loyalty.card", domain, ["points"], "id")
        except (ModuleMissing, RightMissing):
            return None
        return sum((decimal(card, "points") for card in cards), Decimal(0)) if cards else None

    async def _programs(self, day: date) -> list[Record]:
        company, known = (await self._client.identity()).company, await self._of_some.names()
        domain: list[object] = [["company_id", "in", [company, False]], ["program_type", "in", _KINDS]]
        text_ = day.isoformat()
        for field, operator in (("date_from", "<="), ("date_to", ">=")):
            if field in known:
                domain += ["|", [field, "=", False], [field, operator, text_]]
        if "sale_ok" in known:  # else for the point of sale alone
            domain.append(["sale_ok", "=", True])
        return await self._search("loyalty.program", domain, ["name", "currency_id", *known], "name, id")

    def _is_ours(self, program: Record) -> bool:
        told = link(program, "currency_id")
        return told is None or told[1] == self._currency

    async def _search(self, model: str, domain: list[object], fields: list[str], order: str) -> list[Record]:
        answer = await self._client.read(model, "search_read", domain=domain, fields=fields, order=order)
        return records(answer)

    def _promotion(self, program: Record, rules: list[Record], rewards: list[Record]) -> Promotion | None:
        """None for a program of several rules or rewards, or of another reward than a discount: only a
        person can tell such a one rightly."""
        if len(rules) > 1 or len(rewards) != 1 or text(rewards[0], "reward_type") != "discount":
            return None
        reward = rewards[0]
        minimum = decimal(rules[0], "minimum_amount") if rules else Decimal(0)
        discount = decimal(reward, "discount")
        mode = text(reward, "discount_mode")
        if mode not in ("percent", "per_order"):
            return None  # so much for each point
        is_percent = mode == "percent"
        return Promotion(
            id=number(program, "id"),
            name=text(program, "name"),
            description=text(reward, "description"),
            code=text(rules[0], "code") if rules else "",
            percent=discount if is_percent else None,
            amount=None if is_percent else Money(discount, self._currency),
            minimum=Money(minimum, self._currency) if minimum else None,
            valid_from=day(program, "date_from"),
            valid_until=day(program, "date_to"),
        )


def _is_exhausted(program: Record) -> bool:
    if not flag(program, "limit_usage"):
        return False
    # The first counts sales and points of sale, the second sales alone; a server may have one of them.
    used = [decimal(program, name) for name in ("total_order_count", "order_count") if name in program]
    return max(used, default=Decimal(0)) >= decimal(program, "max_usage")


def _of(program: Record, rows: list[Record]) -> list[Record]:
    return [row for row in rows if linked_id(row, "program_id") == number(program, "id")]
