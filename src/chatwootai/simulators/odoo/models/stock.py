"""Odoo's stock module: warehouses and their locations here, the rest in modules of its own."""

from __future__ import annotations

from typing import LiteralString

from chatwootai.simulators.odoo.models.pickings import MOVE, PICKING
from chatwootai.simulators.odoo.models.quants import QUANT
from chatwootai.simulators.odoo.orm.fields import Field, Kind
from chatwootai.simulators.odoo.orm.model import Model, record

_ACCESS = {"sale_own": "r", "sale_all": "r", "sale_admin": "r", "stock_user": "r", "system": "r"}
_LOCATION_TITLE: LiteralString = "(r.code || '/Estoque')"
_COMPANY = Field(Kind.MANY2ONE, "Empresa", "r.company_id", relation="res.company")

WAREHOUSE = Model(
    name="stock.warehouse",
    label="Armazém",
    table="erp.warehouses",
    title="r.name",
    order="id",
    fields=record("r.name")
    | {
        "name": Field(Kind.CHAR, "Armazém", "r.name"),
        "code": Field(Kind.CHAR, "Nome abreviado", "r.code"),
        "active": Field(Kind.BOOLEAN, "Ativo", "true"),
        "company_id": _COMPANY,
        "lot_stock_id": Field(Kind.MANY2ONE, "Local do estoque", "r.id", relation="stock.location"),
    },
    company="r.company_id",
    access=_ACCESS,
)

# One place per warehouse, under the warehouse's own number: the simulation has no shelves.
LOCATION = Model(
    name="stock.location",
    label="Locais de inventário",
    table="erp.warehouses",
    title=_LOCATION_TITLE,
    order="id",
    fields=record(_LOCATION_TITLE)
    | {
        "name": Field(Kind.CHAR, "Nome do local", "'Estoque'::text"),
        "complete_name": Field(Kind.CHAR, "Nome completo do local", _LOCATION_TITLE),
        "usage": Field(
            Kind.SELECTION, "Tipo de local", "'internal'::text", selection=(("internal", "Local interno"),)
        ),
        "active": Field(Kind.BOOLEAN, "Ativo", "true"),
        "company_id": _COMPANY,
        "warehouse_id": Field(Kind.MANY2ONE, "Armazém", "r.id", relation="stock.warehouse"),
    },
    company="r.company_id",
    access=_ACCESS,
)

MODELS = (WAREHOUSE, LOCATION, QUANT, PICKING, MOVE)
