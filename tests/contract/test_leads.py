"""What all leads keep to: the fake, the simulated Odoo over HTTP, and a real one where given."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest
import pytest_asyncio
from tests.contract.odoos import ODOOS, OdooUnderTest, odoo_under_test
from tests.contract.shops import FAKE, new_customer
from tests.fakes.leads import FakeLeads
from tests.fixtures.odoo_shop import Rows

from chatwootai.domain.leads import Lead, Leads
from chatwootai.integrations.odoo.errors import ModuleMissing
from chatwootai.integrations.odoo.leads import OdooLeads
from chatwootai.integrations.odoo.values import Record, linked_id, records, text

pytestmark = [pytest.mark.contract, pytest.mark.asyncio(loop_scope="module")]

MARIA = Lead(
    title="Orçamento para salão",
    contact_name="Maria",
    phone="+5511987654321",
    email="maria@example.com",
    description="Quer 50 unidades.\nPrefere ligação <de manhã> & à tarde.",
    transcript="Cliente: quanto custa?\nLoja: <b>um momento</b>",
)


@dataclass(slots=True)
class Book:
    leads: Leads
    odoo: OdooUnderTest | None = None

    def key(self) -> str:
        return f"teste-{uuid.uuid4().hex[:12]}"

    async def create(self, lead: Lead, key: str = "") -> int:
        id_ = await self.leads.create(key or self.key(), lead)
        if self.odoo is not None:
            self.odoo.remember("crm.lead", id_)
        return id_

    def under_test(self) -> OdooUnderTest:
        if self.odoo is None:
            pytest.skip("the fake keeps a lead as it was given")
        return self.odoo

    async def read(self, id_: int) -> Record:
        fields = ["name", "type", "contact_name", "phone", "email_from", "description", "partner_id"]
        (row,) = records(await self.under_test().client.read("crm.lead", "read", [id_], fields=fields))
        return row

    async def notes(self, id_: int) -> list[Record]:
        domain = [["model", "=", "crm.lead"], ["res_id", "=", id_], ["body", "ilike", "Referência:"]]
        fields = ["body", "is_internal", "subtype_id"]
        client = self.under_test().client
        return records(await client.read("mail.message", "search_read", domain=domain, fields=fields))

    def mails(self) -> object:
        dsn = self.under_test().dsn
        return None if dsn is None else Rows(dsn).value("SELECT count(*) FROM erp.mails")


@asynccontextmanager
async def book_of(request: pytest.FixtureRequest) -> AsyncIterator[Book]:
    if request.param == FAKE:
        yield Book(FakeLeads())
        return
    async with odoo_under_test(request) as odoo:
        try:
            await odoo.client.read("crm.lead", "search_count", domain=[], limit=1)
        except ModuleMissing:
            pytest.skip("this Odoo has no module crm")
        yield Book(OdooLeads(odoo.client), odoo)


@pytest_asyncio.fixture(scope="module", loop_scope="module", params=[FAKE, *ODOOS])
async def book(request: pytest.FixtureRequest) -> AsyncIterator[Book]:
    async with book_of(request) as found:
        yield found


async def test_a_key_makes_one_lead_and_other_keys_others(book: Book) -> None:
    key = book.key()
    first = await book.create(MARIA, key)
    assert await book.create(Lead("Outro título"), key) == first
    assert await book.create(MARIA) != first


async def test_p4_a_key_makes_one_lead_although_five_ask_at_once(book: Book) -> None:
    key = book.key()
    made = await asyncio.gather(*(book.create(MARIA, key) for _ in range(5)))
    assert len(set(made)) == 1


async def test_a_title_alone_is_enough(book: Book) -> None:
    assert await book.create(Lead("Ligar")) > 0


async def test_a_lead_tells_what_was_said_and_nothing_in_it_is_markup(book: Book) -> None:
    row = await book.read(await book.create(MARIA))
    assert (text(row, "name"), text(row, "contact_name")) == (MARIA.title, MARIA.contact_name)
    assert text(row, "email_from") == MARIA.email
    assert "".join(sign for sign in text(row, "phone") if sign.isdigit())[-11:] == "11987654321"
    told = text(row, "description")
    assert "<p>Quer 50 unidades.</p>" in told
    assert "&lt;de manhã&gt; &amp; à tarde" in told


async def test_the_transcript_is_one_internal_note_and_sends_no_mail(book: Book) -> None:
    before, key = book.mails(), book.key()
    id_ = await book.create(MARIA, key)
    await book.create(MARIA, key)
    (note,) = await book.notes(id_)
    assert key in text(note, "body")
    assert "&lt;b&gt;um momento&lt;/b&gt;" in text(note, "body")
    assert book.mails() == before


async def test_a_lead_of_a_known_customer_leaves_her_own_data_alone(book: Book) -> None:
    odoo = book.under_test()
    customer = await new_customer(odoo, phone="+551132345678")
    id_ = await book.create(Lead("Ligar", phone="+5511987654321", customer_id=customer))
    row = await book.read(id_)
    assert linked_id(row, "partner_id") == customer
    assert "+5511987654321" in text(row, "description")
    (hers,) = records(await odoo.client.read("res.partner", "read", [customer], fields=["phone"]))
    assert text(hers, "phone") == "+551132345678"
