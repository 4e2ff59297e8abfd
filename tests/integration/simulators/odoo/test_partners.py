"""Contacts: names, telephones, documents, rights, and what Odoo does not prevent."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from tests.fixtures.odoo import BELA, VERDE
from tests.integration.simulators.odoo.callers import (
    ADMINISTRATOR,
    BRAZIL,
    PORTUGAL,
    PORTUGUESE,
    Caller,
    Refused,
    calling,
)

pytestmark = pytest.mark.integration

MOBILE = "+5511987654321"
CPF = "529.982.247-25"
CNPJ = "11.222.333/0001-81"
ALPHANUMERIC_CNPJ = "12.ABC.345/01DE-35"


@pytest.fixture
async def shop(odoo_database: str) -> AsyncIterator[Caller]:
    async with calling(odoo_database) as caller:
        yield caller


async def created(shop: Caller, **values: object) -> int:
    partner = await shop.call("res.partner", "create", {"name": "Maria da Silva"} | values)
    assert isinstance(partner, int)
    return partner


async def found(shop: Caller, *domain: object) -> list[int]:
    ids: list[int] = await shop.call("res.partner", "search", list(domain), order="id")
    return ids


async def sanitized(shop: Caller, partner: int) -> object:
    return (await shop.read("res.partner", partner, "phone_sanitized"))["phone_sanitized"]


@pytest.mark.parametrize("values", [{}, {"name": False}, {"name": None}])
async def test_a_contact_needs_a_name(shop: Caller, values: dict[str, object]) -> None:
    with pytest.raises(Refused) as refused:
        await shop.call("res.partner", "create", {"phone": MOBILE} | values)
    assert refused.value.name == "ValidationError"
    assert refused.value.message == "The operation cannot be completed: Contacts require a name"


async def test_a_name_cannot_be_taken_away(shop: Caller) -> None:
    partner = await created(shop)
    with pytest.raises(Refused, match="Contacts require a name"):
        await shop.call("res.partner", "write", [partner], {"name": False})


async def test_a_national_number_is_kept_as_typed_and_found_in_e164(shop: Caller) -> None:
    partner = await created(shop, phone="(11) 98765-4321", country_id=BRAZIL)
    row = await shop.read("res.partner", partner, "phone", "phone_sanitized")
    assert (row["phone"], row["phone_sanitized"]) == ("(11) 98765-4321", MOBILE)
    assert await found(shop, ["phone_sanitized", "=", MOBILE]) == [partner]


async def test_a_number_without_country_belongs_to_the_country_of_the_company(shop: Caller) -> None:
    partner = await created(shop, phone="5511912345678")
    assert await sanitized(shop, partner) == "+5511912345678"


async def test_the_country_of_the_record_comes_before_that_of_the_company(shop: Caller) -> None:
    partner = await created(shop, phone="912 345 678", country_id=PORTUGAL)
    assert await sanitized(shop, partner) == "+351912345678"


async def test_the_mobile_hides_the_number_in_phone(shop: Caller) -> None:
    partner = await created(shop, phone="(11) 3765-4321", mobile="(11) 98765-4321")
    assert await sanitized(shop, partner) == MOBILE
    assert await found(shop, ["phone_sanitized", "=", "+551137654321"]) == []
    assert await found(shop, ["phone", "=", "(11) 3765-4321"]) == [partner]


async def test_the_number_follows_changes_of_number_and_country(shop: Caller) -> None:
    partner = await created(shop, phone="(11) 98765-4321")
    await shop.call("res.partner", "write", [partner], {"phone": "912 345 678", "country_id": PORTUGAL})
    assert await sanitized(shop, partner) == "+351912345678"
    await shop.call("res.partner", "write", [partner], {"phone": False})
    assert await sanitized(shop, partner) is False


async def test_a_mobile_without_its_ninth_digit_is_no_number(shop: Caller) -> None:
    partner = await created(shop, phone="(11) 8765-4321", country_id=BRAZIL)
    assert await sanitized(shop, partner) is False


async def test_searching_phone_in_e164_misses_what_was_typed_otherwise(shop: Caller) -> None:
    await created(shop, phone="(11) 98765-4321")
    assert await found(shop, ["phone", "=", MOBILE]) == []


@pytest.mark.parametrize("operator", ["=", "ilike"])
async def test_searching_phone_or_mobile_in_e164_misses_national_formats(shop: Caller, operator: str) -> None:
    await created(shop, phone="(11) 98765-4321")
    international = await created(shop, phone="+55 11 98765-4321")
    assert await found(shop, ["phone_mobile_search", operator, MOBILE]) == [international]


async def test_searching_by_the_last_digits_finds_others_too(shop: Caller) -> None:
    one = await created(shop, phone="(11) 98765-4321")
    other = await created(shop, mobile="+55 21 98765-4321")
    assert await found(shop, ["phone_mobile_search", "ilike", "987654321"]) == [one, other]


async def test_phone_or_mobile_cannot_be_sorted_by(shop: Caller) -> None:
    with pytest.raises(Refused, match="not stored"):
        await shop.call("res.partner", "search", [], order="phone_mobile_search")


async def test_the_same_number_is_taken_twice(shop: Caller) -> None:
    first = await created(shop, phone=MOBILE)
    second = await created(shop, phone=MOBILE)
    assert await found(shop, ["phone_sanitized", "=", MOBILE]) == [first, second]


async def test_series_19_has_no_mobile(odoo_database: str) -> None:
    async with calling(odoo_database, series=19) as shop:
        with pytest.raises(Refused, match="mobile"):
            await created(shop, mobile=MOBILE)
        assert await sanitized(shop, await created(shop, phone=MOBILE)) == MOBILE


@pytest.mark.parametrize(
    ("email", "normal"),
    [
        ("Maria@Example.com", "maria@example.com"),
        ('"Maria" <MARIA@example.com>', "maria@example.com"),
        ("a@example.com, b@example.com", False),
        ("maria", False),
        (False, False),
    ],
)
async def test_an_address_has_a_normal_form(shop: Caller, email: object, normal: object) -> None:
    partner = await created(shop, email=email)
    assert (await shop.read("res.partner", partner, "email_normalized"))["email_normalized"] == normal


@pytest.mark.parametrize("number", [CPF, "52998224725", CNPJ, "11222333000181", ALPHANUMERIC_CNPJ])
async def test_a_valid_document_is_kept_as_typed(shop: Caller, number: str) -> None:
    partner = await created(shop, vat=number, country_id=BRAZIL)
    assert (await shop.read("res.partner", partner, "vat"))["vat"] == number
    assert await found(shop, ["vat", "=", number]) == [partner]


async def test_a_document_is_found_only_in_the_form_in_which_it_was_typed(shop: Caller) -> None:
    await created(shop, vat=CPF, country_id=BRAZIL)
    assert await found(shop, ["vat", "=", "52998224725"]) == []


@pytest.mark.parametrize(("number", "kind"), [("529.982.247-26", "CPF"), ("11.222.333/0001-82", "CNPJ")])
async def test_a_wrong_document_of_a_brazilian_is_refused_in_portuguese(
    shop: Caller, number: str, kind: str
) -> None:
    with pytest.raises(Refused, match=f"O número de {kind}") as refused:
        await created(shop, vat=number, country_id=BRAZIL)
    assert refused.value.name == "ValidationError"
    assert await found(shop, ["vat", "=", number]) == []


async def test_a_wrong_document_is_refused_when_the_country_comes_later(shop: Caller) -> None:
    partner = await created(shop, vat="529.982.247-26")
    with pytest.raises(Refused, match="não parece ser válido"):
        await shop.call("res.partner", "write", [partner], {"country_id": BRAZIL})


async def test_a_passport_is_no_cpf(shop: Caller) -> None:
    passport = shop.rows.add("erp.identification_types", id=902, name="Passaporte (teste)")
    await created(shop, vat="AB123456", country_id=BRAZIL, l10n_latam_identification_type_id=passport)


async def test_a_contact_of_a_company_belongs_to_it_commercially(shop: Caller) -> None:
    firm = await created(shop, name="Padaria do Zé", is_company=True)
    contact = await created(shop, name="José", parent_id=firm)
    row = await shop.read("res.partner", contact, "display_name", "commercial_partner_id")
    assert row["display_name"] == "Padaria do Zé, José"
    assert row["commercial_partner_id"] == [firm, "Padaria do Zé"]
    assert (await shop.read("res.partner", firm, "child_ids"))["child_ids"] == [contact]
    assert await found(shop, ["id", "child_of", firm]) == [firm, contact]


async def test_nobody_is_above_himself(shop: Caller) -> None:
    firm = await created(shop, is_company=True)
    contact = await created(shop, parent_id=firm)
    with pytest.raises(Refused, match="recursivas"):
        await shop.call("res.partner", "write", [firm], {"parent_id": contact})


async def test_the_credit_limit_is_not_for_sellers(shop: Caller) -> None:
    partner = await created(shop)
    with pytest.raises(Refused, match=r"'credit_limit'.*account") as refused:
        await shop.read("res.partner", partner, "name", "credit_limit")
    assert refused.value.name == "AccessError"


async def test_another_company_does_not_see_the_customer(shop: Caller) -> None:
    partner = await created(shop, company_id=1)
    verde = shop.as_user(VERDE)
    assert await found(verde, ["id", "=", partner]) == []
    with pytest.raises(Refused) as refused:
        await verde.read("res.partner", partner, "name")
    assert refused.value.name == "AccessError"


@pytest.mark.parametrize(
    ("group", "may"), [("internal", False), ("contact_creation", True), ("sale_own", True)]
)
async def test_contacts_are_made_by_sellers_and_by_who_may_create_contacts(
    shop: Caller, group: str, *, may: bool
) -> None:
    shop.rows.groups_of(BELA.login, group)
    if may:
        assert await created(shop)
        return
    with pytest.raises(Refused) as refused:
        await created(shop)
    assert refused.value.name == "AccessError"


async def test_sellers_do_not_delete_contacts(shop: Caller) -> None:
    partner = await created(shop)
    shop.rows.groups_of(BELA.login, "sale_all")
    with pytest.raises(Refused) as refused:
        await shop.call("res.partner", "unlink", [partner])
    assert refused.value.name == "AccessError"


async def test_a_customer_with_orders_stays(shop: Caller) -> None:
    partner = await created(shop)
    shop.rows.order(partner)
    with pytest.raises(Refused) as refused:
        await shop.call("res.partner", "unlink", [partner])
    assert refused.value.name == "ValidationError"
    assert await found(shop, ["id", "=", partner]) == [partner]


async def test_the_contact_of_an_active_user_stays(shop: Caller) -> None:
    own = shop.rows.value("SELECT partner_id FROM erp.users WHERE login = %s", BELA.login)
    with pytest.raises(Refused, match="usuário ativo"):
        await shop.as_user(ADMINISTRATOR).call("res.partner", "unlink", [own])


async def test_a_customer_without_a_price_list_has_the_first_of_the_company(shop: Caller) -> None:
    partner = await created(shop)
    shop.rows.price_list("Atacado", sequence=-1)
    first = shop.rows.price_list("Varejo", sequence=-2)
    row = await shop.read("res.partner", partner, "property_product_pricelist", **PORTUGUESE)
    assert row["property_product_pricelist"][0] == first


async def test_new_contacts_are_customers_in_the_table_that_people_read(shop: Caller) -> None:
    partner = await created(shop, phone=MOBILE, city="São Paulo", zip="01310-100")
    assert shop.rows.value("SELECT city FROM public.customers WHERE id = %s", partner) == "São Paulo"
