"""Countries, states, languages, and the kinds of documents by which people are identified."""

from __future__ import annotations

from typing import LiteralString

from chatwootai.simulators.odoo.orm.fields import Field, Kind
from chatwootai.simulators.odoo.orm.model import Model

_LANGUAGES: LiteralString = """(SELECT t.id, t.name, t.code, true AS active FROM (VALUES
    (1, 'English (US)', 'en_US'), (2, 'Portuguese (BR) / Português (BR)', 'pt_BR')) t (id, name, code))"""


def _listed(name: str, label: str, table: LiteralString, **more: Field) -> Model:
    """A list that comes with Odoo: everybody reads it, nobody here changes it."""
    fields = {
        "id": Field(Kind.INTEGER, "ID", "r.id"),
        "display_name": Field(Kind.CHAR, "Nome exibido", "r.name", stored=False),
        "name": Field(Kind.CHAR, "Nome", "r.name"),
    }
    return Model(name, label, table, "r.name", "name, id", fields | more, access={"internal": "r"})


MODELS = (
    _listed(
        "res.country",
        "País",
        "erp.countries",
        code=Field(Kind.CHAR, "Código do país", "r.code"),
        phone_code=Field(Kind.INTEGER, "Código de chamada", "r.phone_code"),
        state_ids=Field(Kind.ONE2MANY, "Estados", relation="res.country.state", inverse="country_id"),
    ),
    _listed(
        "res.country.state",
        "Estado do país",
        "erp.states",
        code=Field(Kind.CHAR, "Código do estado", "r.code"),
        country_id=Field(Kind.MANY2ONE, "País", "r.country_id", relation="res.country"),
    ),
    _listed(
        "res.lang",
        "Idiomas",
        _LANGUAGES,
        code=Field(Kind.CHAR, "Código da localidade", "r.code"),
        active=Field(Kind.BOOLEAN, "Ativo", "r.active"),
    ),
    _listed("l10n_latam.identification.type", "Tipos de identificação", "erp.identification_types"),
)
