"""res.groups: the names of what users may do, and Odoo's external ids for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, LiteralString

from psycopg import sql

from chatwootai.simulators.odoo.orm.fields import Field, Kind
from chatwootai.simulators.odoo.orm.model import Model

if TYPE_CHECKING:
    from chatwootai.simulators.odoo.orm.environment import Environment

GROUPS: LiteralString = """(SELECT t.id, t.key, t.name FROM (VALUES
    (1, 'internal', 'Tipos de usuário / Usuário interno'),
    (4, 'system', 'Administração / Configurações'),
    (8, 'contact_creation', 'Permissões extras / Criação de contatos'),
    (21, 'sale_own', 'Vendas / Usuário: somente os próprios documentos'),
    (22, 'sale_all', 'Vendas / Usuário: todos os documentos'),
    (23, 'sale_admin', 'Vendas / Administrador'),
    (31, 'stock_user', 'Inventário / Usuário')) t (id, key, name))"""

BY_EXTERNAL_ID = {
    "base.group_user": "internal",
    "base.group_system": "system",
    "base.group_partner_manager": "contact_creation",
    "sales_team.group_sale_salesman": "sale_own",
    "sales_team.group_sale_salesman_all_leads": "sale_all",
    "sales_team.group_sale_manager": "sale_admin",
    "stock.group_stock_user": "stock_user",
}


def group_ids(_env: Environment) -> sql.Composable:
    """SQL of the ids of the groups that the column "groups" of a user names."""
    return sql.SQL("ARRAY(SELECT g.id FROM {} g WHERE g.key = ANY(r.groups) ORDER BY g.id)").format(
        sql.SQL(GROUPS)
    )


MODELS = (
    Model(
        name="res.groups",
        label="Grupos de acesso",
        table=GROUPS,
        title="r.name",
        order="name, id",
        fields={
            "id": Field(Kind.INTEGER, "ID", "r.id"),
            "display_name": Field(Kind.CHAR, "Nome exibido", "r.name", stored=False),
            "full_name": Field(Kind.CHAR, "Nome do grupo", "r.name", stored=False),
            "name": Field(Kind.CHAR, "Nome", "regexp_replace(r.name, '^.* / ', '')"),
        },
        access={"internal": "r"},
    ),
)
