"""Business rules over REST: what a shop tells its customers about exchange, delivery, payment."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, LiteralString

from fastapi import Query
from pydantic import BaseModel

from chatwootai.simulators.odoo.rest.fields import Body, Change, Day, Id, Name, Paging, Search, Text, example
from chatwootai.simulators.odoo.rest.queries import (
    Page,
    Source,
    delete,
    holds,
    insert,
    listed,
    own_row,
    row_of,
    update,
)
from chatwootai.simulators.odoo.rest.refusals import documented, invalid
from chatwootai.simulators.odoo.rest.routing import router_for
from chatwootai.simulators.odoo.rest.shop import CurrentShop

router = router_for("/business-rules", "Regras de negócio")

_TABLE: LiteralString = "public.business_rules"
RULES = Source(
    what="Regra",
    select="""
SELECT r.id, r.company_id, r.kind, r.name, r.text, r.valid_from, r.valid_until, r.active,
    r.created_at, r.updated_at
FROM public.business_rules r WHERE r.company_id = ANY(%(companies)s)""",
    key="r.id",
    order="r.kind, r.name, r.id",
    filters={
        "text": holds("r.name", "r.text"),
        "kind": "r.kind = %(kind)s",
        "active": "r.active = %(active)s",
        "in_force_on": "r.active AND %(in_force_on)s"
        " BETWEEN coalesce(r.valid_from, '-infinity') AND coalesce(r.valid_until, 'infinity')",
    },
)


class Rule(BaseModel):
    """A rule; without dates it is always in force."""

    id: int
    kind: str
    name: str
    text: str
    valid_from: date | None
    valid_until: date | None
    active: bool
    created_at: datetime
    updated_at: datetime


class NewRule(Body):
    """A rule to add; both days belong to its validity."""

    model_config = example(
        kind="troca", name="Troca em 7 dias", text="Troque em até 7 dias, com a nota fiscal."
    )

    kind: Name
    name: Name
    text: Text
    valid_from: Day | None = None
    valid_until: Day | None = None
    active: bool = True


class RuleChanges(Change):
    """What to change of a rule."""

    kept = frozenset({"kind", "name", "text", "active"})

    kind: Name | None = None
    name: Name | None = None
    text: Text | None = None
    valid_from: Day | None = None
    valid_until: Day | None = None
    active: bool | None = None


class RuleFilters(Paging):
    """Which rules to list."""

    text: Search | None = None
    kind: Search | None = None
    active: bool | None = None
    in_force_on: Day | None = None


@router.get("", summary="Listar regras de negócio")
async def list_rules(shop: CurrentShop, filters: Annotated[RuleFilters, Query()]) -> Page[Rule]:
    """Regras da empresa da chave. `in_force_on` mostra só as que valem naquele dia."""
    return await listed(shop, RULES, filters, Rule)


@router.get("/{rule_id}", summary="Ver uma regra", responses=documented(404))
async def read_rule(shop: CurrentShop, rule_id: Id) -> Rule:
    """Uma regra de negócio."""
    return Rule.model_validate(await row_of(shop, RULES, rule_id))


@router.post("", status_code=201, summary="Criar uma regra")
async def create_rule(shop: CurrentShop, body: NewRule) -> Rule:
    """A regra pertence à empresa da chave."""
    _refuse_backwards(body.valid_from, body.valid_until)
    number = await insert(shop, _TABLE, body.model_dump() | {"company_id": shop.company})
    return await read_rule(shop, number)


@router.patch("/{rule_id}", summary="Alterar uma regra", responses=documented(404))
async def change_rule(shop: CurrentShop, rule_id: Id, body: RuleChanges) -> Rule:
    """Altera só os campos informados; null tira uma data."""
    row = await own_row(shop, RULES, rule_id)
    merged = row | body.given
    _refuse_backwards(merged["valid_from"], merged["valid_until"])
    await update(shop, _TABLE, rule_id, body.given)
    return await read_rule(shop, rule_id)


@router.delete("/{rule_id}", status_code=204, summary="Excluir uma regra", responses=documented(404))
async def delete_rule(shop: CurrentShop, rule_id: Id) -> None:
    """Nada depende de uma regra."""
    await own_row(shop, RULES, rule_id)
    await delete(shop, _TABLE, rule_id)


def _refuse_backwards(first: date | None, last: date | None) -> None:
    if first and last and last < first:
        raise invalid("body.valid_until", "Não pode ser antes de valid_from.")
