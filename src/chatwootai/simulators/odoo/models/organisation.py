"""Companies, currencies, units of measure, taxes: what every record refers to."""

from __future__ import annotations

from typing import LiteralString

from chatwootai.simulators.odoo.orm.fields import Field, Kind
from chatwootai.simulators.odoo.orm.model import Model, record

_CURRENCY: LiteralString = "(SELECT c.id FROM erp.currencies c WHERE c.name = r.currency)"
_TERMS_HTML: LiteralString = (
    "'<p>' || replace(replace(replace(replace(r.invoice_terms, '&', '&amp;'), '<', '&lt;'), '>', '&gt;'),"
    " E'\\n', '<br>') || '</p>'"
)
_NAME = Field(Kind.CHAR, "Nome", "r.name", column="name", required=True)
_ACTIVE = Field(Kind.BOOLEAN, "Ativo", "true")

COMPANY = Model(
    name="res.company",
    label="Empresas",
    table="erp.companies",
    title="r.name",
    order="name, id",
    company="r.id",
    fields=record("r.name")
    | {
        "name": _NAME,
        "active": _ACTIVE,
        "partner_id": Field(Kind.MANY2ONE, "Parceiro", "r.partner_id", relation="res.partner"),
        "currency_id": Field(Kind.MANY2ONE, "Moeda", _CURRENCY, relation="res.currency"),
        "invoice_terms": Field(
            Kind.TEXT, "Termos e condições padrão", "r.invoice_terms", column="invoice_terms"
        ),
        "invoice_terms_html": Field(Kind.HTML, "Termos e condições padrão", _TERMS_HTML, stored=False),
    },
)

CURRENCY = Model(
    name="res.currency",
    label="Moeda",
    table="erp.currencies",
    title="r.name",
    order="name, id",
    fields=record("r.name")
    | {
        "name": _NAME,
        "active": _ACTIVE,
        "symbol": Field(Kind.CHAR, "Símbolo", "r.symbol", column="symbol", required=True),
        "decimal_places": Field(Kind.INTEGER, "Casas decimais", "r.decimal_places"),
        "rounding": Field(Kind.FLOAT, "Fator de arredondamento", "power(10, -r.decimal_places)"),
    },
)

UNIT = Model(
    name="uom.uom",
    label="Unidade de medida",
    table="erp.units",
    title="r.name",
    order="id",
    fields=record("r.name") | {"name": _NAME, "active": _ACTIVE},
)

# The simulated shops charge no tax on top: prices in Brazil are told with their taxes inside.
TAX = Model(
    name="account.tax",
    label="Imposto",
    table=(
        "(SELECT NULL::integer AS id, NULL::text AS name, 0::numeric AS amount,"
        " NULL::timestamptz AS created_at, NULL::timestamptz AS updated_at WHERE false)"
    ),
    title="r.name",
    order="id",
    fields=record("r.name")
    | {
        "name": Field(Kind.CHAR, "Nome", "r.name"),
        "amount": Field(Kind.FLOAT, "Valor", "r.amount"),
    },
    access={"internal": "r"},
)

MODELS: tuple[Model, ...] = (COMPANY, CURRENCY, UNIT, TAX)
