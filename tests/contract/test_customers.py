"""What all customers keep to: the fake, the simulated Odoo over HTTP, and a real one where given."""

from __future__ import annotations

import asyncio
import random
import uuid
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

import pytest
import pytest_asyncio
from tests.contract.odoos import ODOOS, OdooUnderTest, odoo_under_test
from tests.contract.shops import CACHED, FAKE, new_customer
from tests.fakes.customers import FakeCustomers
from tests.fixtures.odoo_shop import Rows
from validate_docbr import CNPJ, CPF

from chatwootai.brazil import documents, phones
from chatwootai.domain.customers import Customer, Customers, NewCustomer
from chatwootai.domain.errors import BusinessRefusal, Refusal
from chatwootai.integrations.cache.customers import CachedCustomers
from chatwootai.integrations.cache.opening import make_cache
from chatwootai.integrations.odoo.customers import OdooCustomers

pytestmark = [pytest.mark.contract, pytest.mark.asyncio(loop_scope="module")]


@dataclass(slots=True)
class Register:
    """`enter` is what people do in the ERP; the values are those of a partner in Odoo."""

    customers: Customers
    odoo: OdooUnderTest | None = None
    fake: FakeCustomers | None = None

    def twin(self) -> Customers:
        return self.customers if self.odoo is None else OdooCustomers(self.odoo.twin)

    def key(self) -> str:
        return f"teste-{uuid.uuid4().hex[:12]}"

    async def create(self, new: NewCustomer, key: str = "") -> Customer:
        return self.remember(await self.customers.create(key or self.key(), new))

    def remember(self, customer: Customer) -> Customer:
        if self.odoo is not None:
            self.odoo.remember("res.partner", customer.id)
        return customer

    async def enter(self, **values: str) -> int:
        if self.odoo is not None:
            return await new_customer(self.odoo, **values)
        assert self.fake is not None
        document = documents.parse(values.get("vat", ""))
        entered = self.fake.enter(
            NewCustomer(
                values.get("name", "Cliente"),
                phones.to_e164(values.get("phone", "")),
                values.get("email"),
                document.digits if document else None,
            )
        )
        return entered.id

    async def fields(self) -> frozenset[str]:
        """The fields for telephone numbers."""
        if self.odoo is None:
            return frozenset({"phone"})
        return frozenset({"phone"} if (await self.odoo.client.series()).number >= 19 else {"phone", "mobile"})


@asynccontextmanager
async def register_of(request: pytest.FixtureRequest) -> AsyncIterator[Register]:
    if request.param == FAKE:
        fake = FakeCustomers()
        yield Register(fake, fake=fake)
        return
    if request.param == CACHED:
        fake = FakeCustomers()
        async with make_cache(None) as cache:
            yield Register(CachedCustomers(fake, cache, "1"), fake=fake)
        return
    async with odoo_under_test(request) as odoo:
        yield Register(OdooCustomers(odoo.client), odoo)


@pytest_asyncio.fixture(scope="module", loop_scope="module", params=[FAKE, CACHED, *ODOOS])
async def register(request: pytest.FixtureRequest) -> AsyncIterator[Register]:
    async with register_of(request) as found:
        yield found


def mobile() -> str:
    """A number that nobody has by chance, with its ninth digit."""
    return f"+55119{random.randint(8, 9)}{random.randint(0, 9_999_999):07}"


def ids(found: Sequence[Customer]) -> list[int]:
    return [customer.id for customer in found]


async def test_a_new_customer_is_found_by_everything_she_told(register: Register) -> None:
    number, cpf = mobile(), CPF().generate(mask=False)
    email = f"{uuid.uuid4().hex[:10]}@example.com"
    made = await register.create(NewCustomer("Maria da Silva", number, email, cpf))
    assert made == Customer(made.id, "Maria da Silva", (number,), email, cpf)
    for found in (
        await register.customers.by_phone(number),
        await register.customers.by_email(email.upper()),
        await register.customers.by_document(CPF().mask(cpf)),
    ):
        assert list(found) == [made]


async def test_a_name_alone_is_enough(register: Register) -> None:
    made = await register.create(NewCustomer("João"))
    assert made == Customer(made.id, "João")


async def test_a_number_is_found_with_and_without_its_ninth_digit(register: Register) -> None:
    for entered, asked in ((0, 1), (1, 0), (0, 0), (1, 1)):
        forms = phones.variants(mobile())
        made = await register.enter(phone=forms[entered])
        assert ids(await register.customers.by_phone(forms[asked])) == [made]


@pytest.mark.parametrize(
    "written",
    [
        "({ddd}) {a}-{b}",
        "{ddd}{a}{b}",
        "{ddd} {a} {b}",
        "+55 {ddd} {a}-{b}",
        "55{ddd}{a}{b}",
        "0{ddd} {a}.{b}",
    ],
)
async def test_a_number_is_found_however_people_wrote_it(register: Register, written: str) -> None:
    number = mobile()
    text = written.format(ddd=number[3:5], a=number[5:10], b=number[10:])
    made = await register.enter(phone=text)
    assert ids(await register.customers.by_phone(number)) == [made]


async def test_a_landline_is_found_while_the_mobile_is_filled_too(register: Register) -> None:
    landline, number = f"+551132{random.randint(0, 999_999):06}", mobile()
    if "mobile" not in await register.fields():
        made = await register.enter(phone=phones.display(landline))
        assert ids(await register.customers.by_phone(landline)) == [made]
        return
    made = await register.enter(phone=phones.display(landline), mobile=phones.display(number))
    for asked in (landline, number):
        (found,) = await register.customers.by_phone(asked)
        assert found.id == made
        assert set(found.phones) == {landline, number}


async def test_numbers_that_end_alike_are_other_peoples(register: Register) -> None:
    number = mobile()
    await register.enter(phone=number)
    elsewhere = number.replace("+5511", "+5521")
    assert list(await register.customers.by_phone(elsewhere)) == []
    assert list(await register.customers.by_phone("+14155552671")) == []


async def test_everybody_with_a_number_an_address_or_a_document_is_told(register: Register) -> None:
    number, cnpj = mobile(), CNPJ().generate(mask=False)
    email = f"{uuid.uuid4().hex[:10]}@example.com"
    entered = {"phone": number, "email": email, "vat": CNPJ().mask(cnpj)}
    both = [await register.enter(**entered), await register.enter(**entered)]
    assert ids(await register.customers.by_phone(number)) == both
    assert ids(await register.customers.by_email(email)) == both
    assert ids(await register.customers.by_document(cnpj)) == both


async def test_a_document_is_found_in_either_form_asked_in_either_form(register: Register) -> None:
    for kind in (CPF(), CNPJ()):
        for entered in (True, False):
            bare = kind.generate(mask=False)
            made = await register.enter(vat=kind.mask(bare) if entered else bare)
            for asked in (bare, kind.mask(bare)):
                assert ids(await register.customers.by_document(asked)) == [made]


async def test_what_is_no_address_or_document_finds_nobody(register: Register) -> None:
    await register.enter(email=f"{uuid.uuid4().hex[:10]}@example.com")
    for email in ("", "  ", "%", "_@example.com", "%@example.com"):
        assert list(await register.customers.by_email(email)) == []
    for document in ("", "123", "111.111.111-12", "%"):
        assert list(await register.customers.by_document(document)) == []


async def test_p4_a_key_creates_one_customer_although_eight_ask_at_once(register: Register) -> None:
    key, new = register.key(), NewCustomer("Joana", mobile())
    sides = [register.customers, register.twin()] * 4
    made = await asyncio.gather(*(side.create(key, new) for side in sides))
    for customer in made:
        register.remember(customer)
    assert len({customer.id for customer in made}) == 1
    assert new.phone is not None
    assert ids(await register.customers.by_phone(new.phone)) == [made[0].id]
    assert await register.create(new, key) == made[0]
    assert (await register.create(new)).id != made[0].id


async def test_a_document_with_wrong_check_digits_is_refused_and_nobody_made(register: Register) -> None:
    key = register.key()
    with pytest.raises(BusinessRefusal) as refused:
        await register.create(NewCustomer("Ana", None, None, "111.222.333-44"), key)
    assert refused.value.reason is Refusal.DOCUMENT_INVALID
    assert (await register.create(NewCustomer("Ana"), key)).document is None


async def test_somebody_whom_people_archived_is_not_made_anew(register: Register) -> None:
    if register.odoo is None:
        pytest.skip("the fake archives nobody")
    key = register.key()
    made = await register.create(NewCustomer("Ana", mobile()), key)
    await register.odoo.client.write("res.partner", "write", [made.id], vals={"active": False})
    assert (await register.create(NewCustomer("Ana"), key)).id == made.id


async def test_p12_customers_of_another_company_are_nobodys(register: Register) -> None:
    if register.odoo is None or register.odoo.dsn is None:
        pytest.skip("only a simulation lets a test enter another company's customers")
    number, email, cpf = mobile(), f"{uuid.uuid4().hex[:10]}@example.com", CPF().generate(mask=False)
    other = replace(Rows(register.odoo.dsn), company=2)
    other.customer(phone=number, phone_sanitized=number, email=email, vat=cpf)
    assert list(await register.customers.by_phone(number)) == []
    assert list(await register.customers.by_email(email)) == []
    assert list(await register.customers.by_document(cpf)) == []
