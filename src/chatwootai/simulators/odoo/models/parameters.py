"""ir.config_parameter and ir.model: for administrators only, as in Odoo."""

from __future__ import annotations

from typing import TYPE_CHECKING, LiteralString

from psycopg import sql

from chatwootai.simulators.odoo.orm.fields import Field, Kind
from chatwootai.simulators.odoo.orm.model import Behaviour, Model, on_model, record

if TYPE_CHECKING:
    from chatwootai.simulators.odoo.orm.environment import Environment
    from chatwootai.simulators.odoo.orm.fields import Json
    from chatwootai.simulators.odoo.orm.records import Records

# Numbers of models, as mail.activity wants them in "res_model_id": the order is the number.
_THREADS: LiteralString = """(SELECT t.id, t.model, t.name FROM (VALUES
    (81, 'res.partner', 'Contato'),
    (84, 'res.users', 'Usuário'),
    (176, 'crm.lead', 'Lead/oportunidade'),
    (231, 'calendar.event', 'Evento do calendário'),
    (262, 'product.template', 'Produto'),
    (264, 'product.product', 'Variante do produto'),
    (344, 'stock.picking', 'Transferência'),
    (412, 'sale.order', 'Pedido de venda')) t (id, model, name))"""
_ADMINISTRATOR = {"system": "rwcd"}


class Parameters(Behaviour):
    """Key and value pairs of the whole database."""

    @on_model
    async def get_param(self, records: Records, key: Json, default: Json = False) -> Json:
        """The value of a key."""
        await records.check_access_rights("read")
        return await parameter(records, str(key)) or default

    @on_model
    async def set_param(self, records: Records, key: Json, value: Json) -> Json:
        """Set or, with an empty value, remove a key; answers the value before."""
        await records.check_access_rights("write")
        before = await parameter(records, str(key))
        if value in (None, False, ""):
            await records.rows("DELETE FROM erp.parameters WHERE key = %s", (str(key),))
        else:
            await records.rows(
                "INSERT INTO erp.parameters (key, value) VALUES (%s, %s)"
                " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                (str(key), str(value)),
            )
        return before or False


async def parameter(records: Records, key: str) -> str | None:
    """The value of a key, whoever asks."""
    rows = await records.rows("SELECT value FROM erp.parameters WHERE key = %s", (key,))
    return str(rows[0]["value"]) if rows else None


async def model_numbered(records: Records, number: Json) -> str | None:
    """The name of the model with this id in ir.model."""
    query = sql.SQL("SELECT m.model FROM {} m WHERE m.id = %s").format(sql.SQL(_THREADS))
    rows = await records.rows(query, (number,))
    return str(rows[0]["model"]) if rows else None


def model_number(_env: Environment) -> sql.Composable:
    """SQL of the id in ir.model of the model that the column "model" names."""
    return sql.SQL("(SELECT m.id FROM {} m WHERE m.model = r.model)").format(sql.SQL(_THREADS))


MODELS = (
    Model(
        name="ir.config_parameter",
        label="Parâmetro do sistema",
        table="erp.parameters",
        title="r.key",
        order="key, id",
        fields=record("r.key")
        | {
            "key": Field(Kind.CHAR, "Chave", "r.key", column="key", required=True),
            "value": Field(Kind.TEXT, "Valor", "r.value", column="value", required=True),
        },
        access=_ADMINISTRATOR,
        behaviour=Parameters(),
    ),
    Model(
        name="ir.model",
        label="Modelos",
        table=_THREADS,
        title="r.name",
        order="model, id",
        fields={
            "id": Field(Kind.INTEGER, "ID", "r.id"),
            "display_name": Field(Kind.CHAR, "Nome exibido", "r.name", stored=False),
            "model": Field(Kind.CHAR, "Modelo", "r.model"),
            "name": Field(Kind.CHAR, "Descrição do modelo", "r.name"),
        },
        access={"system": "r"},
    ),
)
