"""res.users and what can be learnt of API keys. Keys are made in the browser, never over the wire."""

from __future__ import annotations

from typing import TYPE_CHECKING, LiteralString

from psycopg import sql

from chatwootai.simulators.odoo.errors import UserError
from chatwootai.simulators.odoo.models.groups import BY_EXTERNAL_ID, group_ids
from chatwootai.simulators.odoo.orm.fields import Field, Kind
from chatwootai.simulators.odoo.orm.model import Behaviour, Model, on_model, record

if TYPE_CHECKING:
    from chatwootai.simulators.odoo.orm.environment import Environment
    from chatwootai.simulators.odoo.orm.fields import Json
    from chatwootai.simulators.odoo.orm.records import Records

_LAST_WITH_GROUPS_ID = 18
_ZONE = "America/Sao_Paulo"
# The key of a user is known to the server's memory only: here is that there is one.
_KEYS: LiteralString = """(SELECT u.id, u.id AS user_id, 'Integração' AS name, u.created_at, u.updated_at
    FROM erp.users u WHERE u.active)"""
_ONLY_HTTP = {
    "pt_BR": "Este método só pode ser acessado por HTTP",
    "en_US": "This method can only be accessed over HTTP",
}


class Users(Behaviour):
    """What a user can ask about himself."""

    @on_model
    async def context_get(self, records: Records) -> Json:
        """The caller's own language and zone."""
        user = records.env.user
        rows = await records.rows("SELECT lang FROM erp.partners WHERE id = %s", (user.partner_id,))
        return {"lang": rows[0]["lang"] if rows else "pt_BR", "tz": _ZONE, "uid": user.id}

    @on_model
    async def has_group(self, records: Records, *args: Json, group_ext_id: Json = None) -> bool:
        """Whether the caller is in a group, by its external id; from series 18 on, ids come first."""
        name = group_ext_id or (args[-1] if args else None)
        return BY_EXTERNAL_ID.get(str(name)) in records.env.groups


class KeyDescriptions(Behaviour):
    """The wizard of the browser, which checks who sits there."""

    @on_model
    async def make_key(self, records: Records, *args: Json) -> Json:
        """Refuse, whatever the arguments: this works in a browser only."""
        del args
        raise UserError(_ONLY_HTTP[records.env.lang])


def _mine(env: Environment) -> sql.Composable:
    return sql.SQL("r.user_id = {}").format(sql.Literal(env.user.id))


_PEOPLE = ("internal", "sale_own", "sale_all", "sale_admin", "stock_user", "contact_creation")
_USER_FIELDS = {
    "login": Field(Kind.CHAR, "Login", "r.login", column="login", required=True),
    "name": Field(Kind.CHAR, "Nome", "r.name", column="name", required=True),
    "partner_id": Field(Kind.MANY2ONE, "Parceiro relacionado", "r.partner_id", relation="res.partner"),
    "email": Field(
        Kind.CHAR, "E-mail", "(SELECT p.email FROM erp.partners p WHERE p.id = r.partner_id)", stored=False
    ),
    "lang": Field(
        Kind.CHAR, "Idioma", "(SELECT p.lang FROM erp.partners p WHERE p.id = r.partner_id)", stored=False
    ),
    "tz": Field(Kind.CHAR, "Fuso horário", "'America/Sao_Paulo'", stored=False),
    "company_id": Field(
        Kind.MANY2ONE, "Empresa", "r.company_id", column="company_id", relation="res.company"
    ),
    "company_ids": Field(Kind.MANY2MANY, "Empresas", "r.company_ids", stored=False, relation="res.company"),
    "groups_id": Field(
        Kind.MANY2MANY, "Grupos", group_ids, stored=False, relation="res.groups", until=_LAST_WITH_GROUPS_ID
    ),
    "group_ids": Field(
        Kind.MANY2MANY,
        "Grupos",
        group_ids,
        stored=False,
        relation="res.groups",
        since=_LAST_WITH_GROUPS_ID + 1,
    ),
    "share": Field(Kind.BOOLEAN, "Usuário compartilhado", "false"),
    "active": Field(Kind.BOOLEAN, "Ativo", "r.active", column="active", default=True),
}

MODELS = (
    Model(
        name="res.users",
        label="Usuário",
        table="erp.users",
        title="r.name",
        order="name, login, id",
        fields=record("r.name") | _USER_FIELDS,
        access={"internal": "r", "system": "rw"},
        behaviour=Users(),
    ),
    Model(
        name="res.users.apikeys",
        label="Chaves de API dos usuários",
        table=_KEYS,
        title="r.name",
        order="id",
        fields=record("r.name")
        | {
            "name": Field(Kind.CHAR, "Descrição", "r.name"),
            "user_id": Field(Kind.MANY2ONE, "Usuário", "r.user_id", relation="res.users"),
            "scope": Field(Kind.CHAR, "Escopo", "NULL::text"),
        },
        access={"internal": "r", "system": "r"},
        rules=dict.fromkeys(_PEOPLE, _mine),
    ),
    Model(
        name="res.users.apikeys.description",
        label="Descrição da chave de API",
        table="erp.key_wizards",
        title="r.name",
        order="id",
        fields=record("r.name")
        | {"name": Field(Kind.CHAR, "Descrição", "r.name", column="name", required=True)},
        access={"internal": "rwc"},
        behaviour=KeyDescriptions(),
    ),
)
