"""Users, groups, keys, and what only an administrator may see."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from tests.fixtures.odoo import BELA, VERDE
from tests.integration.simulators.odoo.callers import ADMINISTRATOR, BRAZIL, Caller, Refused, calling

pytestmark = pytest.mark.integration

USERS, KEYS, PARAMETERS = "res.users", "res.users.apikeys", "ir.config_parameter"


@pytest.fixture
async def shop(odoo_database: str) -> AsyncIterator[Caller]:
    async with calling(odoo_database) as caller:
        yield caller


async def uid_of(shop: Caller, login: str) -> int:
    (user,) = await shop.call(USERS, "search", [["login", "=", login]])
    assert isinstance(user, int)
    return user


async def test_a_user_learns_who_he_is(shop: Caller) -> None:
    uid = await uid_of(shop, BELA.login)
    told = {"lang": "pt_BR", "tz": "America/Sao_Paulo", "uid": uid}
    assert await shop.call(USERS, "context_get") == told
    row = await shop.read(USERS, uid, "login", "company_id", "company_ids", "active", "partner_id")
    assert (row["login"], row["company_id"][0], row["company_ids"]) == (BELA.login, 1, [1])


@pytest.mark.parametrize(("series", "name"), [(16, "groups_id"), (18, "groups_id"), (19, "group_ids")])
async def test_the_groups_of_a_user_changed_their_field(odoo_database: str, series: int, name: str) -> None:
    async with calling(odoo_database, series=series) as shop:
        uid = await uid_of(shop, BELA.login)
        groups = (await shop.read(USERS, uid, name))[name]
        rows = await shop.call("res.groups", "read", groups, ["full_name"])
        assert "Vendas / Usuário: todos os documentos" in [row["full_name"] for row in rows]
        other = "group_ids" if name == "groups_id" else "groups_id"
        with pytest.raises(Refused) as refused:
            await shop.read(USERS, uid, other)
        assert refused.value.name == "ValueError"


async def test_groups_are_asked_for_with_or_without_ids(shop: Caller) -> None:
    uid = await uid_of(shop, BELA.login)
    assert await shop.call(USERS, "has_group", [uid], "sales_team.group_sale_salesman") is True
    assert await shop.call(USERS, "has_group", "base.group_system") is False
    assert await shop.call(USERS, "has_group", "nothing.known") is False


async def test_the_own_keys_are_seen_and_nobody_elses(shop: Caller) -> None:
    uid = await uid_of(shop, BELA.login)
    (key,) = await shop.call(KEYS, "search_read", [], ["name", "user_id"])
    assert key["user_id"][0] == uid
    assert len(await shop.as_user(ADMINISTRATOR).call(KEYS, "search", [])) > 1
    with pytest.raises(Refused) as refused:
        await shop.call(KEYS, "create", {"name": "Outra"})
    assert refused.value.name == "AccessError"


@pytest.mark.parametrize(
    ("lang", "message"),
    [
        ("pt_BR", "Este método só pode ser acessado por HTTP"),
        ("en_US", "This method can only be accessed over HTTP"),
    ],
)
async def test_keys_are_not_made_over_the_wire(shop: Caller, lang: str, message: str) -> None:
    wizard = "res.users.apikeys.description"
    number = await shop.call(wizard, "create", {"name": "Robô"})
    with pytest.raises(Refused) as refused:
        await shop.call(wizard, "make_key", [number], context={"lang": lang})
    assert (refused.value.name, refused.value.message) == ("UserError", message)


async def test_parameters_are_for_administrators(shop: Caller) -> None:
    for method, argument in (("search", []), ("get_param", "calendar.block_mail")):
        with pytest.raises(Refused) as refused:
            await shop.call(PARAMETERS, method, argument)
        assert refused.value.name == "AccessError"
    admin = shop.as_user(ADMINISTRATOR)
    assert await admin.call(PARAMETERS, "set_param", "calendar.block_mail", "True") is False
    assert await admin.call(PARAMETERS, "get_param", "calendar.block_mail") == "True"
    assert await admin.call(PARAMETERS, "set_param", "calendar.block_mail", False) == "True"
    assert await admin.call(PARAMETERS, "get_param", "calendar.block_mail", "0") == "0"


async def test_users_are_changed_by_administrators(shop: Caller) -> None:
    uid = await uid_of(shop, VERDE.login)
    with pytest.raises(Refused) as refused:
        await shop.call(USERS, "write", [uid], {"name": "Outro"})
    assert refused.value.name == "AccessError"
    assert await shop.as_user(ADMINISTRATOR).call(USERS, "write", [uid], {"active": False}) is True
    assert await shop.call(USERS, "search", [["login", "=", VERDE.login]]) == []


async def test_brazil_is_looked_up_by_its_code(shop: Caller) -> None:
    assert await shop.call("res.country", "search", [["code", "=", "BR"]]) == [BRAZIL]
    state = shop.rows.add("erp.states", country_id=BRAZIL, code="XX", name="Estado de teste")
    row = await shop.read("res.country.state", state, "code", "country_id")
    assert (row["code"], row["country_id"]) == ("XX", [BRAZIL, "Brasil"])
    assert state in (await shop.read("res.country", BRAZIL, "state_ids"))["state_ids"]


async def test_both_languages_are_installed(shop: Caller) -> None:
    rows = await shop.call("res.lang", "search_read", [], ["code"])
    assert sorted(row["code"] for row in rows) == ["en_US", "pt_BR"]
