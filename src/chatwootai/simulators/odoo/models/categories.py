"""Product categories, a tree whose records are shown by their path."""

from __future__ import annotations

from typing import TYPE_CHECKING, LiteralString

from chatwootai.simulators.odoo.errors import ValidationError
from chatwootai.simulators.odoo.orm.fields import Field, Kind
from chatwootai.simulators.odoo.orm.model import Behaviour, Model, record

if TYPE_CHECKING:
    from chatwootai.simulators.odoo.orm.records import Records

# "UNION" without "ALL" ends at a circle, which the table itself does not forbid.
_PATH: LiteralString = """(WITH RECURSIVE up AS (
    SELECT c.parent_id, c.name AS path FROM erp.categories c WHERE c.id = r.id
    UNION SELECT c.parent_id, c.name || ' / ' || up.path FROM erp.categories c JOIN up ON c.id = up.parent_id
) SELECT up.path FROM up WHERE up.parent_id IS NULL)"""
_CIRCLE = """
WITH RECURSIVE up AS (
    SELECT c.id, c.parent_id FROM erp.categories c WHERE c.id = ANY(%(ids)s)
    UNION SELECT up.id, c.parent_id FROM erp.categories c JOIN up ON c.id = up.parent_id
)
SELECT up.id FROM up WHERE up.parent_id = up.id LIMIT 1
"""


class CategoryBehaviour(Behaviour):
    """Keeps the tree a tree."""

    async def settle(self, records: Records, ids: list[int], names: frozenset[str]) -> None:
        if "parent_id" in names and await records.rows(_CIRCLE, {"ids": ids}):
            raise ValidationError("Você não pode criar categorias recursivas.")


CATEGORY = Model(
    name="product.category",
    label="Categoria de produto",
    table="erp.categories",
    title=_PATH,
    order="complete_name, id",
    fields=record(_PATH)
    | {
        "name": Field(Kind.CHAR, "Nome", "r.name", column="name", required=True),
        "complete_name": Field(Kind.CHAR, "Nome completo", _PATH),
        "parent_id": Field(
            Kind.MANY2ONE, "Categoria pai", "r.parent_id", column="parent_id", relation="product.category"
        ),
        "child_id": Field(
            Kind.ONE2MANY,
            "Categorias filhas",
            "ARRAY(SELECT c.id FROM erp.categories c WHERE c.parent_id = r.id ORDER BY c.name, c.id)",
            relation="product.category",
            inverse="parent_id",
        ),
        "product_count": Field(
            Kind.INTEGER,
            "Nº de produtos",
            "(SELECT count(*) FROM public.products p WHERE p.category_id = r.id AND p.active)",
            stored=False,
        ),
    },
    access={"internal": "r", "sale_admin": "rwcd", "system": "rwcd"},
    behaviour=CategoryBehaviour(),
)
