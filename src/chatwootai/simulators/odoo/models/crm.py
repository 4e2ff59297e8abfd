"""crm.lead with its teams and stages."""

from __future__ import annotations

from typing import TYPE_CHECKING, LiteralString

from psycopg import sql

from chatwootai.simulators.odoo.models.emails import normalized
from chatwootai.simulators.odoo.models.phones import PHONE_MOBILE_SEARCH, first_sanitized, own_country
from chatwootai.simulators.odoo.models.threads import Thread, thread_fields
from chatwootai.simulators.odoo.orm.fields import Field, Kind
from chatwootai.simulators.odoo.orm.model import Model, on_records, record

if TYPE_CHECKING:
    from chatwootai.simulators.odoo.orm.environment import Environment
    from chatwootai.simulators.odoo.orm.fields import Json
    from chatwootai.simulators.odoo.orm.records import Records

_LAST_WITH_MOBILE = 18
_TYPES = (("lead", "Lead"), ("opportunity", "Oportunidade"))
_FROM_PARTNER = {"contact_name": "name", "phone": "phone", "mobile": "mobile", "email_from": "email"}


class Lead(Thread):
    """Somebody who may buy."""

    async def creating(self, records: Records, values: dict[str, Json]) -> None:
        if not values.get("partner_id"):
            return
        rows = await records.rows(
            "SELECT name, phone, mobile, email FROM erp.partners WHERE id = %s", (values["partner_id"],)
        )
        for name, column in _FROM_PARTNER.items():
            if rows and not values.get(name) and rows[0][column]:
                values[name] = rows[0][column]

    async def settle(self, records: Records, ids: list[int], names: frozenset[str]) -> None:
        if not names & {"phone", "mobile", "partner_id"}:
            return
        country = await own_country(records)
        for row in await records.rows("SELECT id, phone, mobile FROM erp.leads WHERE id = ANY(%s)", (ids,)):
            await records.rows(
                "UPDATE erp.leads SET phone_sanitized = %s WHERE id = %s",
                (first_sanitized((row["mobile"], row["phone"]), country), row["id"]),
            )

    @on_records
    async def convert_opportunity(
        self,
        records: Records,
        ids: list[int],
        partner_id: Json = False,
        user_ids: Json = False,
        team_id: Json = False,
    ) -> bool:
        """Make an opportunity of a lead, for a customer if one is given."""
        values: dict[str, Json] = {"type": "opportunity"}
        if partner_id:
            values["partner_id"] = partner_id
        if isinstance(user_ids, list) and user_ids:
            values["user_id"] = user_ids[0]
        if team_id:
            values["team_id"] = team_id
        await records.write([*ids], values)
        return True

    @on_records
    async def action_set_won(self, records: Records, ids: list[int]) -> bool:
        """Move to the stage of those who bought."""
        won = await records.of("crm.stage").search([["is_won", "=", True]], limit=1)
        await records.write(
            [*ids], {"stage_id": won[0] if won else False, "probability": 100, "active": True}
        )
        return True

    @on_records
    async def action_set_lost(self, records: Records, ids: list[int], **additional_values: Json) -> None:
        """Archive, with no chance left."""
        await records.write([*ids], {"active": False, "probability": 0, **additional_values})


async def _caller(records: Records) -> Json:
    return records.env.user.id


async def _company(records: Records) -> Json:
    return records.env.company


async def _team(records: Records) -> Json:
    found = await records.rows(
        "SELECT id FROM erp.teams WHERE company_id IS NULL OR company_id = %s"
        " ORDER BY company_id, id LIMIT 1",
        (records.env.company,),
    )
    return int(found[0]["id"]) if found else None


async def _stage(records: Records) -> Json:
    found = await records.rows("SELECT id FROM erp.stages ORDER BY sequence, id LIMIT 1")
    return int(found[0]["id"]) if found else None


def _own(env: Environment) -> sql.Composable:
    return sql.SQL("(r.user_id IS NULL OR r.user_id = {})").format(sql.Literal(env.user.id))


def _text(label: str, column: LiteralString, kind: Kind = Kind.CHAR) -> Field:
    return Field(kind, label, "r." + column, column=column)


_FIELDS = {
    "name": Field(Kind.CHAR, "Oportunidade", "r.name", column="name", required=True),
    "type": Field(
        Kind.SELECTION, "Tipo", "r.kind", column="kind", selection=_TYPES, required=True, default="lead"
    ),
    "partner_id": Field(
        Kind.MANY2ONE, "Cliente", "r.partner_id", column="partner_id", relation="res.partner"
    ),
    "contact_name": _text("Nome do contato", "contact_name"),
    "phone": _text("Telefone", "phone"),
    "mobile": Field(Kind.CHAR, "Celular", "r.mobile", column="mobile", until=_LAST_WITH_MOBILE),
    "phone_sanitized": Field(Kind.CHAR, "Número formatado", "r.phone_sanitized"),
    "phone_mobile_search": Field(Kind.CHAR, "Telefone/celular", PHONE_MOBILE_SEARCH, stored=False),
    "email_from": _text("E-mail", "email_from"),
    "email_normalized": Field(Kind.CHAR, "E-mail normalizado", normalized("r.email_from")),
    "description": _text("Notas", "description", Kind.HTML),
    "expected_revenue": Field(
        Kind.MONETARY, "Receita esperada", "r.expected_revenue", column="expected_revenue", default=0
    ),
    "probability": Field(Kind.FLOAT, "Probabilidade", "r.probability", column="probability", default=10),
    "team_id": Field(
        Kind.MANY2ONE, "Equipe de vendas", "r.team_id", column="team_id", relation="crm.team", default=_team
    ),
    "user_id": Field(
        Kind.MANY2ONE, "Vendedor", "r.user_id", column="user_id", relation="res.users", default=_caller
    ),
    "stage_id": Field(
        Kind.MANY2ONE, "Estágio", "r.stage_id", column="stage_id", relation="crm.stage", default=_stage
    ),
    "company_id": Field(
        Kind.MANY2ONE,
        "Empresa",
        "r.company_id",
        column="company_id",
        relation="res.company",
        default=_company,
    ),
    "referred": _text("Indicado por", "referred"),
    "active": Field(Kind.BOOLEAN, "Ativo", "r.active", column="active", default=True),
}

_NAMED = {
    "id": Field(Kind.INTEGER, "ID", "r.id"),
    "display_name": Field(Kind.CHAR, "Nome exibido", "r.name", stored=False),
    "name": Field(Kind.CHAR, "Nome", "r.name", column="name", required=True),
}

MODELS = (
    Model(
        name="crm.lead",
        label="Lead/oportunidade",
        table="erp.leads",
        title="r.name",
        order="id desc",
        fields=record("r.name") | _FIELDS | thread_fields("crm.lead"),
        company="r.company_id",
        access={"sale_own": "rwc", "sale_admin": "rwcd"},
        rules={"sale_own": _own},
        behaviour=Lead(),
    ),
    Model(
        name="crm.team",
        label="Equipe de vendas",
        table="erp.teams",
        title="r.name",
        order="name, id",
        fields=_NAMED
        | {"company_id": Field(Kind.MANY2ONE, "Empresa", "r.company_id", relation="res.company")},
        company="r.company_id",
        access={"internal": "r"},
    ),
    Model(
        name="crm.stage",
        label="Estágios do CRM",
        table="erp.stages",
        title="r.name",
        order="sequence, name, id",
        fields=_NAMED
        | {
            "sequence": Field(Kind.INTEGER, "Sequência", "r.sequence"),
            "is_won": Field(Kind.BOOLEAN, "É um estágio ganho?", "r.is_won"),
        },
        access={"internal": "r"},
    ),
)
