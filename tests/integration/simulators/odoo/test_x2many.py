"""The commands for lists of records, 0 to 6, on children and on links."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from tests.fixtures.odoo_calls import Caller, calling_odoo

from chatwootai.simulators.odoo.errors import AccessError, BadValue, MissingError, OdooError
from chatwootai.simulators.odoo.orm.fields import Json

pytestmark = pytest.mark.integration


@pytest.fixture
async def call(odoo_database: str) -> AsyncIterator[Caller]:
    async with calling_odoo(odoo_database) as opened:
        yield opened


async def children(call: Caller, parent: int) -> dict[Json, Json]:
    rows = await call.rows("res.partner", "search_read", [["parent_id", "=", parent]], ["name"], order="id")
    return {row["id"]: row["name"] for row in rows}


async def family(call: Caller) -> tuple[int, int, int]:
    commands: Json = [[0, 0, {"name": "Ana"}], [0, "virtual_1", {"name": "Bia"}]]
    parent = await call.create("res.partner", name="Loja", child_ids=commands)
    ana, bia = await call.search("res.partner", ["parent_id", "=", parent], order="id")
    assert isinstance(ana, int)
    assert isinstance(bia, int)
    return parent, ana, bia


async def change(call: Caller, parent: int, *commands: Json) -> None:
    await call("res.partner", "write", [parent], {"child_ids": list(commands)})


async def test_children_are_created_with_their_parent(call: Caller) -> None:
    parent, ana, bia = await family(call)
    assert await children(call, parent) == {ana: "Ana", bia: "Bia"}


async def test_a_child_is_changed_deleted_let_go_and_taken_in(call: Caller) -> None:
    parent, ana, bia = await family(call)
    await change(call, parent, [1, ana, {"name": "Anna"}])
    assert await children(call, parent) == {ana: "Anna", bia: "Bia"}
    await change(call, parent, [3, ana, 0])
    assert await children(call, parent) == {bia: "Bia"}
    await change(call, parent, [4, ana, 0], [2, bia, 0])
    assert await children(call, parent) == {ana: "Anna"}
    assert await call("res.partner", "read", [bia], ["name"]) == []


async def test_a_list_is_cleared_and_set(call: Caller) -> None:
    parent, ana, bia = await family(call)
    await change(call, parent, [5, 0, 0])
    assert await children(call, parent) == {}
    await change(call, parent, [6, 0, [bia]])
    assert await children(call, parent) == {bia: "Bia"}
    await change(call, parent, [6, 0, [ana, bia]])
    assert await children(call, parent) == {ana: "Ana", bia: "Bia"}


async def test_links_follow_the_same_commands(call: Caller) -> None:
    ana, bia = await call.create("res.partner", name="Ana"), await call.create("res.partner", name="Bia")
    quiet = call.in_context(no_mail_to_attendees=True)
    event = await quiet.create(
        "calendar.event",
        name="Consulta",
        start="2026-12-01 12:00:00",
        stop="2026-12-01 13:00:00",
        partner_ids=[[6, 0, [ana]]],
    )

    async def linked(*commands: Json) -> list[int]:
        values: Json = {"partner_ids": list(commands)}
        await quiet("calendar.event", "write", [event], values)
        (row,) = await call.rows("calendar.event", "read", [event], ["partner_ids"])
        assert isinstance(row["partner_ids"], list)
        return sorted(number for number in row["partner_ids"] if isinstance(number, int))

    assert await linked([4, bia, 0]) == [ana, bia]
    assert await linked([4, bia, 0]) == [ana, bia]
    assert await linked([3, ana, 0]) == [bia]
    assert await linked([5, 0, 0]) == []
    assert len(str(await linked([0, 0, {"name": "Nova"}]))) > 2
    assert await linked([6, 0, [ana, bia]]) == [ana, bia]


@pytest.mark.parametrize(
    "commands",
    [
        "x",
        7,
        {"a": 1},
        [[9, 0, 0]],
        [[True, 0, 0]],
        [[]],
        [[0, 0, "x"]],
        [[1, "x", {}]],
        [["4", 1]],
        [[4, 0]],
    ],
)
async def test_a_malformed_command_is_a_value_error(call: Caller, commands: Json) -> None:
    with pytest.raises(BadValue):
        await call.create("res.partner", name="Loja", child_ids=commands)


async def test_an_unknown_field_of_a_child_fails_the_whole(call: Caller) -> None:
    before = await call("res.partner", "search_count", [])
    with pytest.raises(BadValue, match="colour"):
        await call.create("res.partner", name="Loja", child_ids=[[0, 0, {"name": "Ana", "colour": 1}]])
    assert await call("res.partner", "search_count", []) == before


async def test_a_child_that_is_gone_is_missing(call: Caller) -> None:
    with pytest.raises(MissingError):
        await call.create("res.partner", name="Loja", child_ids=[[4, 999_999, 0]])


@pytest.mark.parametrize(
    ("method", "args"),
    [
        ("create", [[{"name": "x"}, 7]]),
        ("create", ["x"]),
        ("create", [{"name": ["x"]}]),
        ("create", [{"name": "x", "parent_id": "Ana"}]),
        ("create", [{"name": "x", "parent_id": [1, "Ana"]}]),
        ("create", [{"name": "x\x00"}]),
        ("create", [{"name": "x", "lang": "nowhere"}]),
        ("write", [["x"], {}]),
        ("write", [[2**40], {"name": "x"}]),
        ("write", [[1], "x"]),
        ("write", [1]),
        ("unlink", []),
        ("read", [[1], {"a": 1}]),
        ("read", [{"a": 1}]),
        ("web_save", [[], {"name": "x"}, ["name"]]),
        ("web_save", [[], {"name": "x"}, {"name": 7}]),
        ("web_read", [[1], {"parent_id": {"fields": 7}}]),
        ("web_search_read", [[], {"nothing": {}}]),
        ("name_search", [{"a": 1}]),
        ("name_search", ["x", "y"]),
        ("fields_get", [7]),
        ("default_get", ["name"]),
        ("has_access", [[1], "fly"]),
        ("check_access_rights", [7]),
        ("copy", [[999_999]]),
        ("message_post", [[1], 7]),
    ],
)
async def test_malformed_arguments_are_an_error_of_odoo(call: Caller, method: str, args: list[Json]) -> None:
    partner = await call.create("res.partner", name="Ana")
    given: list[Json] = [[partner] if item == [1] else item for item in args]
    with pytest.raises(OdooError):
        await call("res.partner", method, *given)


async def test_what_no_group_allows_is_refused_by_name(call: Caller) -> None:
    with pytest.raises(AccessError, match=r"product\.product"):
        await call("product.product", "write", [1], {"name": "x"})
    with pytest.raises(AccessError, match=r"res\.partner"):
        await call.with_groups("internal").create("res.partner", name="Ana")


async def test_a_copy_has_the_same_columns_and_no_children(call: Caller) -> None:
    parent, _, _ = await family(call)
    twin = await call("res.partner", "copy", [parent], {"ref": "2"})
    assert isinstance(twin, int | list)
    listed: Json = twin if isinstance(twin, list) else [twin]
    (row,) = await call.rows("res.partner", "read", listed, ["ref", "child_ids"])
    assert (row["ref"], row["child_ids"]) == ("2", [])
