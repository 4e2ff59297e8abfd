"""The whole product, really started: a customer writes on the page and gets one correct answer."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass

import aiohttp
import pytest
import pytest_asyncio
from playwright.async_api import expect
from tests.e2e.browsing import PHONE, Shop, chromium, window
from tests.fixtures.product import Customers, RunningProduct, running_product

pytestmark = [pytest.mark.e2e, pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(180)]

WHATSAPP, INSTAGRAM, SITE = 1, 2, 3
ANSWERED_WITHIN = 20.0
SHAMPOO = "Shampoo Hidratante Coco 300 ml"


@dataclass(frozen=True)
class Street:
    """Customers in front of a running product."""

    product: RunningProduct
    customers: Customers
    http: aiohttp.ClientSession

    async def answers(self, thread: int, at_least: int = 1) -> list[str]:
        """What the bot said, as soon as it said so many things and nothing more comes."""
        async with asyncio.timeout(ANSWERED_WITHIN):
            while len(said := await self._said(thread)) < at_least:
                await asyncio.sleep(0.1)
        await asyncio.sleep(1)
        return await self._said(thread) or said

    async def _said(self, thread: int) -> list[str]:
        return [str(m["content"]) for m in await self.customers.read(thread) if m["author"] == "bot"]


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def street() -> AsyncIterator[Street]:
    settings = {"CHATWOOTAI_QUIET_SECONDS": "1", "CHATWOOTAI_PATIENCE_SECONDS": "6"}
    async with running_product(settings) as product, aiohttp.ClientSession() as http:
        yield Street(product, Customers(http, product.chatwoot), http)


async def product_id(street: Street, name: str) -> int:
    products = await street.product.catalog(street.http).products()
    return next(product.id for product in products if product.name == name)


async def test_price_and_stock_are_those_of_the_erp_at_this_moment(street: Street) -> None:
    url = f"{street.product.odoo}/simulator/products/{await product_id(street, SHAMPOO)}"
    async with street.http.patch(url, json={"list_price": 41.35, "stock_quantity": 7}) as response:
        assert response.status == 200
    thread = await street.customers.new_thread("Maria Silva")
    await street.customers.write(thread, f"qto custa o {SHAMPOO}? tem em estoque?")
    (said,) = await street.answers(thread)
    assert "R$ 41,35" in said.replace("\xa0", " ")
    assert "7 unidades" in said


async def test_p2_a_burst_of_five_messages_gets_one_answer_to_all_of_it(street: Street) -> None:
    thread = await street.customers.new_thread("João Pereira")
    for text in ("oi", "td bem?", f"qto custa o {SHAMPOO}", "vcs abrem sábado?", "onde fica a loja?"):
        await street.customers.write(thread, text)
        await asyncio.sleep(0.6)
    (said,) = await street.answers(thread)
    assert "R$" in said
    assert "Sábado" in said or "sábado" in said
    assert "endereço" in said.lower() or "rua" in said.lower() or "avenida" in said.lower()


@pytest.mark.parametrize("inbox", [WHATSAPP, INSTAGRAM, SITE])
async def test_whoever_wants_a_person_gets_one_on_every_channel(street: Street, inbox: int) -> None:
    thread = await street.customers.new_thread("Ana Lima", inbox)
    await street.customers.write(thread, "quero falar com um atendente")
    (said,) = await street.answers(thread)
    assert "pessoa" in said
    shop = Shop(street.product.chatwoot, street.http)
    await shop.sign_in()
    assert await shop.status((await shop.conversations())[0]) == "open"
    await street.customers.write(thread, "alô?")
    await asyncio.sleep(3)
    assert len(await street.answers(thread)) == 1


async def test_what_is_not_understood_twice_goes_to_a_person(street: Street) -> None:
    thread = await street.customers.new_thread("Rui Costa")
    await street.customers.write(thread, "blorf gnarfz?")
    await street.answers(thread)
    await street.customers.write(thread, "xpto qwerty?")
    said = await street.answers(thread, at_least=2)
    assert len(said) == 2
    assert "pessoa" in said[1]


async def test_the_answer_appears_on_the_page_of_a_phone(street: Street) -> None:
    await street.customers.new_thread("Paula Rocha")
    async with chromium() as browser, window(browser, PHONE) as page:
        await page.goto(f"{street.product.chatwoot}/cliente")
        await page.get_by_role("link", name=re.compile("Paula Rocha")).click()
        box = page.get_by_role("textbox").first
        await box.fill(f"qual o preço do {SHAMPOO}?")
        await box.press("Enter")
        await expect(page.get_by_role("log")).to_contain_text("R$", timeout=15_000)
