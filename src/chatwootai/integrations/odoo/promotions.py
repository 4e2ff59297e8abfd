"""The shop's promotions in its Odoo's loyalty programs."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from chatwootai.domain.money import Money
from chatwootai.domain.promotions import Promotion
from chatwootai.integrations.odoo.client import OdooClient
from chatwootai.integrations.odoo.errors import ModuleMissing
from chatwootai.integrations.odoo.values import Record, day, decimal, flag, linked_id, number, records, text

_KINDS = ["promotion", "promo_code"]
_PROGRAM = ["name", "date_from", "date_to", "limit_usage", "max_usage", "total_order_count"]
_RULE = ["program_id", "code", "minimum_amount"]
_REWARD = ["program_id", "description", "discount", "discount_mode", "reward_type"]


class OdooPromotions:
    """`domain.promotions.Promotions`; without the module loyalty there are none."""

    def __init__(self, client: OdooClient, *, currency: str = "BRL") -> None:
        self._client = client
        self._currency = currency

    async def valid_on(self, day: date) -> Sequence[Promotion]:
        company = (await self._client.identity()).company
        domain: list[object] = [
            ["company_id", "in", [company, False]],
            ["program_type", "in", _KINDS],
            *_within(day),
        ]
        try:
            programs = await self._search("loyalty.program", domain, _PROGRAM, "name, id")
        except ModuleMissing:
            return ()
        usable = [row for row in programs if not _is_exhausted(row)]
        of_these: list[object] = [["program_id", "in", [number(row, "id") for row in usable]]]
        rules, rewards = await asyncio.gather(
            self._search("loyalty.rule", of_these, _RULE, "id"),
            self._search("loyalty.reward", of_these, _REWARD, "id"),
        )
        told = (self._promotion(row, _of(row, rules), _of(row, rewards)) for row in usable)
        return tuple(promotion for promotion in told if promotion is not None)

    async def points(self, customer_id: int) -> Decimal | None:
        domain: list[object] = [["partner_id", "=", customer_id], ["program_id.program_type", "=", "loyalty"]]
        try:
            cards = await self._search("loyalty.card", domain, ["points"], "id")
        except ModuleMissing:
            return None
        return sum((decimal(card, "points") for card in cards), Decimal(0)) if cards else None

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
        is_percent = text(reward, "discount_mode") == "percent"
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


def _within(today: date) -> list[object]:
    text_ = today.isoformat()
    begun = ["|", ["date_from", "=", False], ["date_from", "<=", text_]]
    return [*begun, "|", ["date_to", "=", False], ["date_to", ">=", text_]]


def _is_exhausted(program: Record) -> bool:
    if not flag(program, "limit_usage"):
        return False
    return decimal(program, "total_order_count") >= decimal(program, "max_usage")


def _of(program: Record, rows: list[Record]) -> list[Record]:
    return [row for row in rows if linked_id(row, "program_id") == number(program, "id")]
