"""Adapters before servers that lack what the simulation has: modules, rights, languages, told lines."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from decimal import Decimal

import aiohttp
import pytest

from chatwootai.domain.customers import NewCustomer
from chatwootai.domain.errors import BusinessRefusal, Refusal, RequestRefused, ServiceUnavailable
from chatwootai.domain.orders import Item
from chatwootai.integrations.odoo.access import Identity, OdooAccess
from chatwootai.integrations.odoo.client import OdooClient
from chatwootai.integrations.odoo.customers import OdooCustomers
from chatwootai.integrations.odoo.errors import SERVICE, RightMissing
from chatwootai.integrations.odoo.known_fields import KnownFields
from chatwootai.integrations.odoo.loading import load
from chatwootai.integrations.odoo.quotes import Quotes

pytestmark = pytest.mark.unit

Answer = object | Callable[..., object]
PARTNER_FIELDS = {
    "phone": {"type": "char"},
    "email_normalized": {"type": "char"},
    "lang": {"type": "selection", "selection": [["en_US", "English"]]},
}
REFUSED = {"ids": False, "messages": [{"type": "error", "message": "Sem permissão."}]}

ME = Identity(8, 7, 1, 18)


class ScriptedOdoo(OdooClient):
    """An Odoo 18 whose answers are written down; what is an exception is raised. `calls` keeps the rest."""

    def __init__(self, session: aiohttp.ClientSession, answers: Mapping[str, Answer]) -> None:
        super().__init__(session, OdooAccess("http://127.0.0.1", "odoo", "agente", "chave"))
        self._answers = answers
        self.calls: list[tuple[str, Mapping[str, object]]] = []

    async def identity(self) -> Identity:
        return ME

    async def read(
        self,
        model: str,
        method: str,
        ids: list[int] | None = None,
        *,
        context: Mapping[str, object] | None = None,
        **named: object,
    ) -> object:
        del ids, context
        name = f"{model}.{method}"
        self.calls.append((name, named))
        answer = self._answers[name]
        told = answer(**named) if callable(answer) else answer
        if isinstance(told, Exception):
            raise told
        return told

    write = read


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as opened:
        yield opened


def no_right(model: str) -> RightMissing:
    return RightMissing(model, model)


async def test_a_customer_is_found_and_made_without_sms_mobile_portuguese_and_kinds_of_documents(
    session: aiohttp.ClientSession,
) -> None:
    row = {"id": 5, "name": "Ana", "email": False, "vat": False, "phone": "(11) 98765-4321"}
    odoo = ScriptedOdoo(
        session,
        {
            "res.partner.fields_get": PARTNER_FIELDS,
            "res.partner.search_read": [row],
            "res.country.search_read": [{"id": 31}],
            "ir.model.data.search_read": [],
            "res.partner.load": {"ids": [5], "messages": [], "nextrow": 0},
        },
    )
    customers = OdooCustomers(odoo)
    assert [found.id for found in await customers.by_phone("+551187654321")] == [5]
    await customers.create("a", NewCustomer("Ana", document="529.982.247-25"))
    (columns,) = [named["fields"] for name, named in odoo.calls if name == "res.partner.load"]
    assert columns == ["id", "name", "company_id/.id", "country_id/.id", "phone", "email", "vat"]


async def test_an_external_id_that_may_not_be_read_is_asked_for_by_the_public_method(
    session: aiohttp.ClientSession,
) -> None:
    odoo = ScriptedOdoo(
        session,
        {
            "ir.model.data.search_read": no_right("ir.model.data"),
            "ir.model.data.check_object_reference": ["res.partner", 12],
        },
    )
    assert await load(odoo, "res.partner", "contato_a", {"name": "Ana"}) == 12
    assert "res.partner.load" not in [name for name, _ in odoo.calls]


async def test_an_external_id_of_something_else_or_of_nothing_is_made(session: aiohttp.ClientSession) -> None:
    for told in (["crm.lead", 12], ["res.partner", False], RequestRefused(SERVICE, "builtins.ValueError")):
        odoo = ScriptedOdoo(
            session,
            {
                "ir.model.data.search_read": no_right("ir.model.data"),
                "ir.model.data.check_object_reference": told,
                "res.partner.load": {"ids": [13], "messages": []},
            },
        )
        assert await load(odoo, "res.partner", "contato_a", {"name": "Ana"}) == 13


async def test_a_missing_right_is_no_invalid_document(session: aiohttp.ClientSession) -> None:
    """`load` answers both as a message in the user's language."""
    for may_create, expected in ((False, RightMissing), (True, BusinessRefusal)):
        odoo = ScriptedOdoo(
            session,
            {
                "res.partner.fields_get": PARTNER_FIELDS,
                "res.country.search_read": [{"id": 31}],
                "ir.model.data.search_read": [],
                "res.partner.load": REFUSED,
                "res.partner.has_access": may_create,
            },
        )
        with pytest.raises(expected) as refused:
            await OdooCustomers(odoo).create("a", NewCustomer("Ana", document="529.982.247-25"))
        if isinstance(refused.value, BusinessRefusal):
            assert refused.value.reason is Refusal.DOCUMENT_INVALID


async def test_a_conflict_told_in_portuguese_is_tried_again(session: aiohttp.ClientSession) -> None:
    message = "não pôde serializar acesso devido a atualização concorrente"
    answers = [
        {"ids": False, "messages": [{"type": "error", "message": message}]},
        {"ids": [3], "messages": []},
    ]
    odoo = ScriptedOdoo(
        session, {"ir.model.data.search_read": [], "crm.lead.load": lambda **_: answers.pop(0)}
    )
    assert await load(odoo, "crm.lead", "a", {"name": "Ligar"}) == 3


def _onchange(values: dict[str, list[list[dict[str, float]]]], **_: object) -> object:
    """R$ 10 each, and one cent less for several products in one order, as rounding the whole may give."""
    lines = values["order_line"]
    total = sum(line[2]["product_uom_qty"] * 10 for line in lines)
    return {"value": {"amount_total": total - 0.01 * (len(lines) > 1), "pricelist_id": {"display_name": "A"}}}


async def test_a_quote_whose_lines_are_not_told_asks_for_each_and_keeps_the_order_s_total(
    session: aiohttp.ClientSession,
) -> None:
    odoo = ScriptedOdoo(
        session,
        {
            "sale.order.onchange": _onchange,
            "res.company.read": [{"id": 1, "currency_id": [6, "BRL"]}],
        },
    )
    quotes, items = Quotes(odoo, "BRL"), [Item(1), Item(2, Decimal(3))]
    quoted = await quotes.quoted(items, 9)
    assert [line.total for line in quoted.lines] == [10, 30]
    assert (quoted.total, quoted.price_list) == (Decimal("39.99"), "A")
    before = len(odoo.calls)
    assert [line.unit for line in await quotes.prices(items, 9)] == [10, 10]
    assert len(odoo.calls) == before + 2  # the whole order is not asked in vain again


@pytest.mark.parametrize("count", [1, 2])
async def test_p8_a_total_that_is_not_told_is_no_price_of_nothing(
    session: aiohttp.ClientSession, count: int
) -> None:
    value = {"value": {"currency_id": {"display_name": "BRL"}}}
    odoo = ScriptedOdoo(session, {"sale.order.onchange": value})
    with pytest.raises(ServiceUnavailable):
        await Quotes(odoo, "BRL").prices([Item(number + 1) for number in range(count)], 9)


async def test_a_company_in_another_currency_is_not_quoted(session: aiohttp.ClientSession) -> None:
    """A quote leaves out the currency of its company, which is the initial one."""
    odoo = ScriptedOdoo(
        session,
        {
            "sale.order.onchange": _onchange,
            "res.company.read": [{"id": 1, "currency_id": [1, "USD"]}],
        },
    )
    with pytest.raises(RequestRefused):
        await Quotes(odoo, "BRL").quoted([Item(1)], 9)


async def test_a_module_that_is_installed_later_is_seen_within_ten_minutes(
    session: aiohttp.ClientSession,
) -> None:
    now = 0.0
    odoo = ScriptedOdoo(session, {"product.product.fields_get": lambda **_: fields})
    fields: dict[str, object] = {}
    known = KnownFields(odoo, "product.product", ["free_qty"], lambda: now)
    assert await known.names() == []
    fields = {"free_qty": {"type": "float"}}
    assert await known.names() == []
    now = 601.0
    assert await known.names() == ["free_qty"]


async def test_keys_that_differ_in_punctuation_alone_are_different_records(
    session: aiohttp.ClientSession,
) -> None:
    odoo = ScriptedOdoo(
        session,
        {"ir.model.data.search_read": [], "crm.lead.load": {"ids": [5], "messages": []}},
    )
    for key in ("a-b", "a_b", "a b"):
        await load(odoo, "crm.lead", key, {"name": "Orçamento"})
    names = {str(named["data"]) for name, named in odoo.calls if name == "crm.lead.load"}
    assert len(names) == 3
