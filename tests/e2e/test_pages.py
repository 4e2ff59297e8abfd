"""The stand-in's pages in a real browser against a real server."""

import re
from collections.abc import AsyncIterator
from html.parser import HTMLParser
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, Page, Route, expect
from tests.e2e.browsing import PHONE, Shop, chromium, served, window

from chatwootai.simulators.chatwoot import pages
from chatwootai.simulators.chatwoot.settings import StandInSettings

pytestmark = [pytest.mark.e2e, pytest.mark.asyncio(loop_scope="module")]


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as started:
        yield started


@pytest_asyncio.fixture(loop_scope="module")
async def shop(tmp_path: Path) -> AsyncIterator[Shop]:
    settings = StandInSettings(database=tmp_path / "chatwoot.sqlite")
    async with served(settings) as address, aiohttp.ClientSession() as http:
        shop = Shop(address, http)
        await shop.sign_in()
        yield shop


def row(page: Page, text: str) -> Locator:
    """The message with that text in the open conversation."""
    return page.get_by_role("log").locator(".row").filter(has_text=text)


def stored(page: Page, text: str) -> Locator:
    """The same, once the server has it: only then can it be quoted."""
    return row(page, text).filter(has=page.get_by_role("button", name="Responder a esta mensagem"))


async def start_as_maria(page: Page, shop: Shop) -> int:
    """Open Maria's WhatsApp thread by one of the ready messages; gives the conversation's id."""
    first = "oi, vocês estão abertos?"
    await page.goto(f"{shop.address}/cliente")
    await page.get_by_role("button", name=first).click()
    await expect(stored(page, first)).to_have_count(1)
    return (await shop.conversations())[0]


async def test_a_first_visit_offers_maria_and_three_messages(browser: Browser, shop: Shop) -> None:
    async with window(browser) as page:
        await page.goto(f"{shop.address}/")
        await page.get_by_role("button", name="Conversar como Maria Silva").click()
        await expect(page.get_by_role("link", name=re.compile("Maria Silva"))).to_have_attribute(
            "aria-current", "true"
        )
        ready = page.get_by_role("group", name="Respostas prontas")
        await expect(ready.get_by_role("button")).to_have_count(3)
        await page.get_by_role("button", name="quero falar com uma pessoa").click()
        await expect(stored(page, "quero falar com uma pessoa")).to_have_count(1)
        await expect(page.locator("#chips")).to_be_hidden()


async def test_an_answer_of_the_shop_arrives_without_reloading(browser: Browser, shop: Shop) -> None:
    async with window(browser) as page:
        conversation = await start_as_maria(page, shop)
        await shop.say(conversation, "Sim, até as 18h!")
        await expect(row(page, "Sim, até as 18h!")).to_contain_text("pessoa")
        await expect(page.locator("#threads")).to_contain_text("Sim, até as 18h!")


async def refuse_posts(route: Route) -> None:
    if route.request.method == "POST":
        await route.abort()
    else:
        await route.continue_()


async def test_a_message_that_was_not_sent_waits_for_a_tap(browser: Browser, shop: Shop) -> None:
    async with window(browser) as page:
        await start_as_maria(page, shop)
        await page.route("**/messages", refuse_posts)
        await page.get_by_label("Mensagem", exact=True).fill("tem troca?")
        await page.keyboard.press("Enter")
        retry = page.get_by_role("button", name="Não enviada. Tocar para tentar de novo")
        await expect(retry).to_be_visible()
        await page.unroute("**/messages")
        await retry.click()
        await expect(stored(page, "tem troca?")).to_have_count(1)
        await expect(row(page, "tem troca?")).to_have_count(1)
        await expect(retry).to_have_count(0)


async def test_a_message_whose_receipt_was_lost_is_not_sent_twice(browser: Browser, shop: Shop) -> None:
    async def deliver_and_lose_the_answer(route: Route) -> None:
        if route.request.method == "POST":
            await route.fetch()
            await route.abort()
        else:
            await route.continue_()

    async with window(browser) as page:
        await start_as_maria(page, shop)
        await page.route("**/messages", deliver_and_lose_the_answer)
        await page.get_by_label("Mensagem", exact=True).fill("quero dois")
        await page.keyboard.press("Enter")
        await expect(stored(page, "quero dois")).to_have_count(1)
        await page.unroute("**/messages")
        await page.reload()
        await expect(row(page, "quero dois")).to_have_count(1)


async def test_up_to_three_options_are_buttons_and_one_tap_answers(browser: Browser, shop: Shop) -> None:
    async with window(browser) as page:
        conversation = await start_as_maria(page, shop)
        await shop.say(conversation, "Posso confirmar?", ["Sim, confirmar", "Cancelar"])
        await page.get_by_role("button", name="Sim, confirmar").click()
        answer = page.locator(".row--mine").filter(has_text="Sim, confirmar")
        await expect(answer).to_have_count(1)
        await expect(page.get_by_role("button", name="Cancelar", disabled=True)).to_be_visible()


async def test_more_options_open_a_list(browser: Browser, shop: Shop) -> None:
    async with window(browser, PHONE) as page:
        conversation = await start_as_maria(page, shop)
        await shop.say(conversation, "Qual dia?", ["Quarta", "Quinta", "Sexta", "Sábado"])
        await page.get_by_role("button", name="Ver opções").click()
        sheet = page.get_by_role("dialog", name="Escolha uma opção")
        await expect(sheet.get_by_role("button", name="Enviar")).to_be_disabled()
        await sheet.get_by_role("radio", name="Sexta").check()
        await sheet.get_by_role("button", name="Enviar").click()
        await expect(page.locator(".row--mine").filter(has_text="Sexta")).to_have_count(1)


async def test_a_conversation_needs_no_mouse(browser: Browser, shop: Shop) -> None:
    async with window(browser) as page:
        await start_as_maria(page, shop)
        await expect(page.get_by_label("Mensagem", exact=True)).to_be_focused()
        await page.keyboard.type("primeira linha")
        await page.keyboard.press("Shift+Enter")
        await page.keyboard.type("segunda linha")
        await page.keyboard.press("Enter")
        await expect(stored(page, "segunda linha").filter(has_text="primeira linha")).to_have_count(1)
        await page.keyboard.press("Shift+Tab")
        await expect(page.get_by_role("button", name="Anexar")).to_be_focused()
        await page.keyboard.press("Enter")
        await page.keyboard.press("ArrowUp")
        await expect(page.get_by_role("menuitem", name="Localização")).to_be_focused()
        await page.keyboard.press("Home")
        await page.keyboard.press("Enter")
        await expect(stored(page, "Mensagem de voz")).to_have_count(1)


async def test_the_shops_own_phone_can_answer(browser: Browser, shop: Shop) -> None:
    async with window(browser) as page:
        await start_as_maria(page, shop)
        await page.get_by_role("button", name="Escrever como o celular da loja").click()
        await page.keyboard.type("respondo já")
        await page.keyboard.press("Enter")
        await expect(stored(page, "respondo já")).to_contain_text("celular da loja")
        await page.keyboard.type("obrigada")
        await page.keyboard.press("Enter")
        await expect(page.locator(".row--mine").filter(has_text="obrigada")).to_have_count(1)


async def test_a_message_can_be_quoted(browser: Browser, shop: Shop) -> None:
    async with window(browser) as page:
        conversation = await start_as_maria(page, shop)
        await shop.say(conversation, "Temos o *Karité* por R$ 39,90")
        await row(page, "Karité").get_by_role("button", name="Responder a esta mensagem").click()
        await page.keyboard.type("quero este")
        await page.keyboard.press("Enter")
        await expect(stored(page, "quero este").locator(".quote")).to_contain_text("Karité")


async def test_customers_live_side_by_side_with_their_unread_answers(browser: Browser, shop: Shop) -> None:
    async with window(browser) as page:
        conversation = await start_as_maria(page, shop)
        await page.get_by_role("button", name="Novo cliente").click()
        await page.get_by_label("Nome").fill("João Pereira")
        await page.get_by_label("Telefone").fill("12")
        await page.get_by_role("button", name="Começar conversa").click()
        await expect(page.get_by_text("Telefone com DDD, por exemplo")).to_be_visible()
        await page.get_by_label("Telefone").fill("(11) 95550-1234")
        await page.get_by_role("button", name="Começar conversa").click()
        await expect(page.locator("#chat-subtitle")).to_contain_text("João Pereira")
        await shop.say(conversation, "Maria, seu pedido chegou")
        maria = page.get_by_role("link", name=re.compile("Maria Silva"))
        await expect(maria).to_contain_text("1 não lida")
        await maria.click()
        await expect(row(page, "seu pedido chegou")).to_be_visible()
        await expect(maria).not_to_contain_text("não lida")


async def test_an_agent_answers_notes_and_resolves(browser: Browser, shop: Shop) -> None:
    async with window(browser) as phone, window(browser) as desk:
        conversation = await start_as_maria(phone, shop)
        await desk.goto(f"{shop.address}/atendimento")
        await desk.get_by_role("link", name=re.compile("Maria Silva")).click()
        await desk.get_by_label("Resposta ao cliente").fill("Aqui é a **Ana**, tudo bem?")
        await desk.keyboard.press("Enter")
        await expect(desk.locator(".said--human")).to_contain_text("Aqui é a Ana")
        await expect(row(phone, "Aqui é a")).to_have_count(1)
        await desk.get_by_role("button", name="Nota privada").click()
        await desk.get_by_label("Nota privada").fill("cliente antiga")
        await desk.keyboard.press("Enter")
        await expect(desk.locator(".said--note")).to_contain_text("cliente antiga")
        await desk.get_by_role("button", name="Resolver").click()
        await expect(desk.locator("#talk-subtitle")).to_contain_text("Resolvida")
        assert await shop.status(conversation) == "resolved"
        await desk.get_by_role("button", name="Devolver ao robô").click()
        await expect(desk.locator("#talk-subtitle")).to_contain_text("Pendente")
        await expect(row(phone, "cliente antiga")).to_have_count(0)


async def test_an_agent_sees_new_messages_and_assigns_by_keyboard(browser: Browser, shop: Shop) -> None:
    async with window(browser) as phone, window(browser) as desk:
        await start_as_maria(phone, shop)
        await desk.goto(f"{shop.address}/atendimento")
        await desk.get_by_role("tab", name="Todas").focus()
        await desk.keyboard.press("Home")
        await expect(desk.get_by_role("tab", name="Pendentes")).to_have_attribute("aria-selected", "true")
        await desk.get_by_role("link", name=re.compile("Maria Silva")).click()
        await phone.keyboard.type("ainda está aí?")
        await phone.keyboard.press("Enter")
        await expect(desk.get_by_role("log", name="Mensagens")).to_contain_text("ainda está aí?")
        assignee = desk.get_by_role("combobox", name="Atendente")
        assigned = desk.locator("#conversations .tag").filter(has=desk.locator("use[href$='#person']"))
        await assignee.select_option(index=1)
        # From Chatwoot 4.16 on, a person who is given a pending conversation has it opened.
        await expect(desk.locator("#talk-subtitle")).to_contain_text("Aberta")
        await desk.get_by_role("tab", name="Abertas").click()
        await expect(assigned).to_have_count(1)
        await assignee.select_option(index=0)
        await expect(assigned).to_have_count(0)


@pytest.mark.parametrize("path", ["/cliente", "/atendimento"])
async def test_nothing_is_cut_off_on_a_small_phone(browser: Browser, shop: Shop, path: str) -> None:
    async with window(browser) as first:
        await start_as_maria(first, shop)
    async with window(browser, PHONE) as page:
        await page.goto(f"{shop.address}{path}")
        overflow = "document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth"
        assert await page.evaluate(overflow) == 0
        await page.get_by_role("link", name=re.compile("Maria Silva")).click()
        await expect(page.get_by_role("heading", level=2)).to_be_visible()
        assert await page.evaluate(overflow) == 0
        await page.get_by_role("button", name="Voltar às conversas").click()
        await expect(page.get_by_role("link", name=re.compile("Maria Silva"))).to_be_visible()


MARKUP = [
    ("*negrito* e _itálico_", "<strong>negrito</strong> e <em>itálico</em>"),
    ("*um _dois_ três*", "<strong>um <em>dois</em> três</strong>"),
    ("~velho~ ```x = *1*```", '<s>velho</s> <code class="mono">x = *1*</code>'),
    ("2 * 3 * 4 e nome_do_arquivo_x", "2 * 3 * 4 e nome_do_arquivo_x"),
    ("<img src=x onerror=alert(1)>", "&lt;img src=x onerror=alert(1)&gt;"),
    ("javascript:alert(1)", "javascript:alert(1)"),
    (
        "(https://x.example/a_b)",
        '(<a href="https://x.example/a_b" target="_blank" rel="noopener noreferrer">https://x.example/a_b</a>)',
    ),
]


@pytest.mark.parametrize(("text", "html"), MARKUP)
async def test_whatsapp_markup_becomes_text_nodes(browser: Browser, shop: Shop, text: str, html: str) -> None:
    async with window(browser) as page:
        await page.goto(f"{shop.address}/cliente")
        shown = await page.evaluate(
            """async (text) => {
              const {formatted} = await import("/simulator/static/js/markup.js");
              const box = document.createElement("div");
              box.append(formatted(text, "whatsapp"));
              return box.innerHTML;
            }""",
            text,
        )
    assert shown == html


class Audit(HTMLParser):
    """Collects what a strict content security policy or a private network would refuse."""

    def __init__(self) -> None:
        super().__init__()
        self.findings: list[str] = []
        self._script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self._script = tag == "script"
        if tag == "style" or (tag == "script" and not values.get("src")):
            self.findings.append(f"inline {tag}")
        for name, value in values.items():
            if name.startswith("on") or name == "style":
                self.findings.append(f"{tag} {name}")
            if name in {"src", "href", "action"} and not str(value).startswith(("/", "#")):
                self.findings.append(f"{tag} {name}={value}")
            if str(value).startswith("//"):
                self.findings.append(f"{tag} {name}={value}")

    def handle_data(self, data: str) -> None:
        if self._script and data.strip():
            self.findings.append("inline script")


@pytest.mark.parametrize("path", ["/cliente", "/atendimento"])
async def test_pages_carry_no_inline_script_and_no_foreign_address(shop: Shop, path: str) -> None:
    async with aiohttp.ClientSession() as http, http.get(f"{shop.address}{path}?conta=1") as answer:
        assert answer.status == 200
        policy = answer.headers["Content-Security-Policy"]
        audit = Audit()
        audit.feed(await answer.text())
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert audit.findings == []


async def test_scripts_and_styles_load_nothing_foreign() -> None:
    foreign = re.compile(r"""(?:import\b|from|url\(|fetch\()\s*["'(]*\s*(?:https?:)?//""")
    static = Path(pages.__file__).parent / "static"
    sources = [each for each in static.rglob("*") if each.suffix in {".js", ".css", ".svg"}]
    assert len(sources) > 20
    assert [each.name for each in sources if foreign.search(each.read_text("utf-8"))] == []
