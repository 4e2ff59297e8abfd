"""res.partner: customers, the contacts of companies, and everybody else with a name and an address."""

from __future__ import annotations

from typing import TYPE_CHECKING, LiteralString

from psycopg import sql

from chatwootai.simulators.odoo.errors import ValidationError
from chatwootai.simulators.odoo.models.emails import normalized
from chatwootai.simulators.odoo.models.identifications import check_identification
from chatwootai.simulators.odoo.models.phones import PHONE_MOBILE_SEARCH, first_sanitized, own_country
from chatwootai.simulators.odoo.models.threads import Thread, thread_fields
from chatwootai.simulators.odoo.orm.fields import Field, Kind
from chatwootai.simulators.odoo.orm.model import Model, record

if TYPE_CHECKING:
    from chatwootai.simulators.odoo.orm.environment import Environment
    from chatwootai.simulators.odoo.orm.fields import Json
    from chatwootai.simulators.odoo.orm.records import Records

_LAST_WITH_MOBILE = 18
_LANGUAGES = (("en_US", "English (US)"), ("pt_BR", "Português (BR)"))
_TITLE: LiteralString = (
    "(CASE WHEN r.parent_id IS NULL OR r.is_company THEN r.name ELSE"
    " (SELECT p.name || ', ' || r.name FROM erp.partners p WHERE p.id = r.parent_id) END)"
)
_COMMERCIAL: LiteralString = """(WITH RECURSIVE up AS (
        SELECT r.id, r.parent_id, r.is_company
        UNION
        SELECT p.id, p.parent_id, p.is_company FROM up JOIN erp.partners p ON p.id = up.parent_id
        WHERE NOT up.is_company
    ) SELECT up.id FROM up WHERE up.is_company OR up.parent_id IS NULL LIMIT 1)"""
# Colleagues are seen from every company, customers from their own.
_COMPANY: LiteralString = (
    "(CASE WHEN NOT EXISTS (SELECT FROM erp.users u WHERE u.partner_id = r.id) THEN r.company_id END)"
)


class Partner(Thread):
    """Checks names and documents, and keeps the one searchable telephone number."""

    async def creating(self, records: Records, values: dict[str, Json]) -> None:
        del records
        if values.get("name") in (None, False):
            raise ValidationError("The operation cannot be completed: Contacts require a name")

    async def writing(self, records: Records, ids: list[int], values: dict[str, Json]) -> None:
        if values.get("name", "") in (None, False):
            raise ValidationError("The operation cannot be completed: Contacts require a name")

    async def settle(self, records: Records, ids: list[int], names: frozenset[str]) -> None:
        if names & {"phone", "mobile", "country_id"}:
            await _settle_phones(records, ids)
        if names & {"vat", "country_id", "l10n_latam_identification_type_id"}:
            await _check_documents(records, ids)
        if "parent_id" in names:
            await _refuse_circles(records, ids)

    async def unlinking(self, records: Records, ids: list[int]) -> None:
        if await records.rows("SELECT id FROM erp.users WHERE active AND partner_id = ANY(%s)", (ids,)):
            raise ValidationError(
                "Você não pode excluir contatos vinculados a um usuário ativo."
                " Peça a um administrador que arquive o usuário antes."
            )


async def _settle_phones(records: Records, ids: list[int]) -> None:
    own = await own_country(records)
    rows = await records.rows(
        "SELECT p.id, p.phone, p.mobile, c.code FROM erp.partners p"
        " LEFT JOIN erp.countries c ON c.id = p.country_id WHERE p.id = ANY(%s)",
        (ids,),
    )
    for row in rows:
        number = first_sanitized((row["mobile"], row["phone"]), row["code"] or own)
        await records.rows("UPDATE erp.partners SET phone_sanitized = %s WHERE id = %s", (number, row["id"]))


async def _check_documents(records: Records, ids: list[int]) -> None:
    rows = await records.rows(
        "SELECT p.name, p.vat, t.name AS kind FROM erp.partners p"
        " JOIN erp.countries c ON c.id = p.country_id AND c.code = 'BR'"
        " LEFT JOIN erp.identification_types t ON t.id = p.identification_type_id"
        " WHERE p.id = ANY(%s) AND coalesce(p.vat, '') <> ''",
        (ids,),
    )
    for row in rows:
        check_identification(row["vat"], row["kind"], row["name"])


async def _refuse_circles(records: Records, ids: list[int]) -> None:
    circles = await records.rows(
        "WITH RECURSIVE up AS (SELECT p.id AS start, p.parent_id FROM erp.partners p WHERE p.id = ANY(%s)"
        " UNION SELECT up.start, p.parent_id FROM up JOIN erp.partners p ON p.id = up.parent_id)"
        " SELECT up.start FROM up WHERE up.parent_id = up.start",
        (ids,),
    )
    if circles:
        raise ValidationError("Não é possível criar hierarquias recursivas de parceiros.")


def _price_list(env: Environment) -> sql.Composable:
    return sql.SQL(
        "coalesce(r.price_list_id, (SELECT l.id FROM public.price_lists l WHERE l.active"
        " AND (l.company_id IS NULL OR l.company_id = {}) ORDER BY l.sequence, l.id LIMIT 1))"
    ).format(sql.Literal(env.company))


def _text(label: str, column: LiteralString, kind: Kind = Kind.CHAR) -> Field:
    return Field(kind, label, "r." + column, column=column)


def _link(label: str, column: LiteralString, relation: str) -> Field:
    return Field(Kind.MANY2ONE, label, "r." + column, column=column, relation=relation)


def _contact() -> dict[str, Field]:
    return {
        "name": _text("Nome", "name"),
        "phone": _text("Telefone", "phone"),
        "mobile": Field(Kind.CHAR, "Celular", "r.mobile", column="mobile", until=_LAST_WITH_MOBILE),
        "phone_sanitized": Field(Kind.CHAR, "Número formatado", "r.phone_sanitized"),
        "phone_mobile_search": Field(Kind.CHAR, "Telefone/celular", PHONE_MOBILE_SEARCH, stored=False),
        "email": _text("E-mail", "email"),
        "email_normalized": Field(Kind.CHAR, "E-mail normalizado", normalized("r.email")),
        "vat": _text("Número de identificação", "vat"),
        "l10n_latam_identification_type_id": _link(
            "Tipo de identificação", "identification_type_id", "l10n_latam.identification.type"
        ),
        "lang": Field(
            Kind.SELECTION, "Idioma", "r.lang", column="lang", selection=_LANGUAGES, default="pt_BR"
        ),
        "ref": _text("Referência", "ref"),
        "comment": _text("Anotações", "comment", Kind.HTML),
        "active": Field(Kind.BOOLEAN, "Ativo", "r.active", column="active", default=True),
    }


def _address() -> dict[str, Field]:
    return {
        "street": _text("Rua", "street"),
        "street2": _text("Complemento", "street2"),
        "zip": _text("CEP", "zip"),
        "city": _text("Cidade", "city"),
        "state_id": _link("Estado", "state_id", "res.country.state"),
        "country_id": _link("País", "country_id", "res.country"),
    }


def _connections() -> dict[str, Field]:
    return {
        "is_company": Field(
            Kind.BOOLEAN, "É uma empresa", "r.is_company", column="is_company", default=False
        ),
        "parent_id": _link("Empresa relacionada", "parent_id", "res.partner"),
        "child_ids": Field(Kind.ONE2MANY, "Contatos", relation="res.partner", inverse="parent_id"),
        "commercial_partner_id": Field(
            Kind.MANY2ONE, "Entidade comercial", _COMMERCIAL, relation="res.partner"
        ),
        "company_id": _link("Empresa", "company_id", "res.company"),
        "user_ids": Field(Kind.ONE2MANY, "Usuários", relation="res.users", inverse="partner_id"),
        "property_product_pricelist": Field(
            Kind.MANY2ONE,
            "Lista de preços",
            _price_list,
            column="price_list_id",
            stored=False,
            relation="product.pricelist",
        ),
        "credit_limit": Field(
            Kind.FLOAT,
            "Limite de crédito",
            "r.credit_limit",
            column="credit_limit",
            groups=("account", "system"),
        ),
    }


MODELS = (
    Model(
        name="res.partner",
        label="Contato",
        table="erp.partners",
        into="public.customers",
        title=_TITLE,
        order="name, id",
        fields=record(_TITLE) | _contact() | _address() | _connections() | thread_fields("res.partner"),
        company=_COMPANY,
        access={
            "internal": "r",
            "sale_own": "rwc",
            "contact_creation": "rwcd",
            "system": "rwcd",
        },
        behaviour=Partner(),
    ),
)
