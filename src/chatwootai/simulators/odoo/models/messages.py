"""mail.message, mail.mail, mail.followers and mail.activity: what threads leave behind."""

from __future__ import annotations

from typing import TYPE_CHECKING, LiteralString

from chatwootai.simulators.odoo.errors import MissingError, ValidationError
from chatwootai.simulators.odoo.models.parameters import model_number, model_numbered
from chatwootai.simulators.odoo.orm.fields import Field, Kind
from chatwootai.simulators.odoo.orm.model import Behaviour, Model, on_records, record

if TYPE_CHECKING:
    from chatwootai.simulators.odoo.orm.fields import Json
    from chatwootai.simulators.odoo.orm.records import Records

# What a thread leaves is seen where its record is seen; records without a company are seen everywhere.
_COMPANY: LiteralString = """(CASE r.model
    WHEN 'sale.order' THEN (SELECT o.company_id FROM public.orders o WHERE o.id = r.res_id)
    WHEN 'stock.picking' THEN (SELECT k.company_id FROM erp.pickings k WHERE k.id = r.res_id)
    WHEN 'res.partner' THEN (SELECT p.company_id FROM erp.partners p WHERE p.id = r.res_id)
    WHEN 'crm.lead' THEN (SELECT l.company_id FROM erp.leads l WHERE l.id = r.res_id) END)"""
_SUBTYPES: LiteralString = """(SELECT t.id, t.key, t.name FROM (VALUES
    (1, 'mail.mt_comment', 'Discussões'), (2, 'mail.mt_note', 'Nota')) t (id, key, name))"""
ACTIVITY_TYPES: LiteralString = """(SELECT t.id, t.key, t.name FROM (VALUES
    (1, 'mail.mail_activity_data_email', 'E-mail'), (2, 'mail.mail_activity_data_call', 'Chamada'),
    (3, 'mail.mail_activity_data_meeting', 'Reunião'), (4, 'mail.mail_activity_data_todo', 'A fazer'),
    (5, 'mail.mail_activity_data_warning', 'Alerta')) t (id, key, name))"""
TODO = 4
_STATE: LiteralString = (
    "(CASE WHEN r.deadline < current_date THEN 'overdue' WHEN r.deadline = current_date THEN 'today'"
    " ELSE 'planned' END)"
)
_STATES = (("overdue", "Atrasado"), ("today", "Hoje"), ("planned", "Planejado"))
_EVERYBODY = {"internal": "rwcd"}


class Activity(Behaviour):
    """Needs `res_model_id`, which only an administrator can look up: others use `activity_schedule`."""

    async def creating(self, records: Records, values: dict[str, Json]) -> None:
        number = values.pop("res_model_id", None)
        if not number:
            raise ValidationError(
                "The operation cannot be completed: Missing required value for the field"
                " 'Document Model' (res_model_id)"
            )
        model = await model_numbered(records, number)
        if model is None:
            raise MissingError(f"Record does not exist or has been deleted.\n(Record: ir.model({number!r},))")
        # As in Odoo, somebody who may not see the record may not plan anything for it.
        if not await records.of(model).read([values.get("res_id")], ["id"]):
            raise MissingError(
                f"Record does not exist or has been deleted.\n(Record: {model}({values.get('res_id')!r},))"
            )
        values["res_model"] = model

    @on_records
    async def action_done(self, records: Records, ids: list[int]) -> bool:
        """Mark as done, which removes the activity."""
        await records.unlink([*ids])
        return True

    @on_records
    async def action_feedback(self, records: Records, ids: list[int], feedback: Json = False) -> bool:
        """Mark as done with a remark."""
        del feedback
        await records.unlink([*ids])
        return True


async def _caller(records: Records) -> int:
    return records.env.user.id


def _plain(name: str, label: str, table: LiteralString) -> Model:
    fields = {
        "id": Field(Kind.INTEGER, "ID", "r.id"),
        "display_name": Field(Kind.CHAR, "Nome exibido", "r.name", stored=False),
        "name": Field(Kind.CHAR, "Nome", "r.name"),
    }
    return Model(name, label, table, "r.name", "id", fields)


_MESSAGE_FIELDS = {
    "model": Field(Kind.CHAR, "Modelo de documento relacionado", "r.model"),
    "res_id": Field(Kind.INTEGER, "ID do documento relacionado", "r.res_id"),
    "date": Field(Kind.DATETIME, "Data", "r.created_at"),
    "author_id": Field(Kind.MANY2ONE, "Autor", "r.author_id", relation="res.partner"),
    "subtype_id": Field(
        Kind.MANY2ONE,
        "Subtipo",
        "(CASE r.subtype WHEN 'mail.mt_comment' THEN 1 ELSE 2 END)",
        relation="mail.message.subtype",
    ),
    "is_internal": Field(Kind.BOOLEAN, "Apenas funcionários", "(r.subtype = 'mail.mt_note')"),
    "body": Field(Kind.HTML, "Conteúdo", "r.body"),
}
_MAIL_FIELDS = {
    "subject": Field(Kind.CHAR, "Assunto", "r.subject"),
    "model": Field(Kind.CHAR, "Modelo de documento relacionado", "r.model"),
    "res_id": Field(Kind.INTEGER, "ID do documento relacionado", "r.res_id"),
    "recipient_ids": Field(
        Kind.MANY2MANY, "Para (parceiros)", "ARRAY[r.partner_id]", stored=False, relation="res.partner"
    ),
    "state": Field(Kind.SELECTION, "Situação", "'sent'", selection=(("sent", "Enviado"),)),
}
_FOLLOWER_FIELDS = {
    "id": Field(Kind.INTEGER, "ID", "r.id"),
    "display_name": Field(Kind.CHAR, "Nome exibido", "r.model", stored=False),
    "res_model": Field(Kind.CHAR, "Modelo de documento relacionado", "r.model"),
    "res_id": Field(Kind.INTEGER, "ID do documento relacionado", "r.res_id"),
    "partner_id": Field(Kind.MANY2ONE, "Parceiro relacionado", "r.partner_id", relation="res.partner"),
}
_ACTIVITY_FIELDS = {
    "res_model_id": Field(
        Kind.MANY2ONE, "Modelo do documento", model_number, relation="ir.model", required=False
    ),
    "res_model": Field(Kind.CHAR, "Modelo de documento relacionado", "r.model", column="model"),
    "res_id": Field(Kind.INTEGER, "ID do documento relacionado", "r.res_id", column="res_id", required=True),
    "activity_type_id": Field(
        Kind.MANY2ONE,
        "Tipo de atividade",
        "r.type_id",
        column="type_id",
        relation="mail.activity.type",
        default=TODO,
    ),
    "summary": Field(Kind.CHAR, "Resumo", "r.summary", column="summary"),
    "date_deadline": Field(Kind.DATE, "Vencimento", "r.deadline", column="deadline", required=True),
    "user_id": Field(
        Kind.MANY2ONE, "Atribuído a", "r.user_id", column="user_id", relation="res.users", default=_caller
    ),
    "state": Field(Kind.SELECTION, "Situação", _STATE, stored=False, selection=_STATES),
}

MODELS = (
    Model(
        name="mail.message",
        label="Mensagem",
        table="erp.messages",
        title="r.model",
        order="id desc",
        fields=record("r.model") | _MESSAGE_FIELDS,
        company=_COMPANY,
    ),
    _plain("mail.message.subtype", "Subtipos de mensagem", _SUBTYPES),
    Model(
        name="mail.mail",
        label="E-mails enviados",
        table="erp.mails",
        title="r.subject",
        order="id desc",
        fields=record("r.subject") | _MAIL_FIELDS,
        access={"system": "rd"},
    ),
    Model(
        name="mail.followers",
        label="Seguidores do documento",
        table="erp.followers",
        title="r.model",
        order="id",
        fields=_FOLLOWER_FIELDS,
        company=_COMPANY,
        access={"internal": "r", "system": "rd"},
    ),
    Model(
        name="mail.activity",
        label="Atividade",
        table="erp.activities",
        title="coalesce(r.summary, 'A fazer')",
        order="date_deadline, id",
        fields=record("coalesce(r.summary, 'A fazer')") | _ACTIVITY_FIELDS,
        company=_COMPANY,
        access=_EVERYBODY,
        behaviour=Activity(),
    ),
    _plain("mail.activity.type", "Tipo de atividade", ACTIVITY_TYPES),
)
