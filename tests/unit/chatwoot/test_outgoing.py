"""Nothing that leaves is interpreted by Chatwoot."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from liquid import Environment

from chatwootai.domain.conversations import Choice
from chatwootai.domain.helpdesk import OutgoingMessage
from chatwootai.integrations.chatwoot.outgoing import harmless, message_body

pytestmark = pytest.mark.unit

LIQUID_PIECES = st.sampled_from(
    ["{", "}", "%", "-", "`", " ", "\n", "{{", "{%", "contact.email", "comment", "raw", "endraw", "a"]
)
HTML_PIECES = st.sampled_from(["<", ">", "/", "!", "?", "--", "script", "b", " ", "=", "[CDATA[", "3", "\n"])


class Markup(HTMLParser):
    """Collects whatever a browser would not show as text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append(tag)

    def handle_endtag(self, tag: str) -> None:
        self.found.append(tag)

    def handle_comment(self, data: str) -> None:
        self.found.append(data)

    def handle_decl(self, decl: str) -> None:
        self.found.append(decl)

    def unknown_decl(self, data: str) -> None:
        self.found.append(data)

    def handle_pi(self, data: str) -> None:
        self.found.append(data)


@given(st.lists(LIQUID_PIECES).map("".join))
def test_liquid_renders_an_outgoing_text_to_itself(text: str) -> None:
    safe = harmless(text)
    assert Environment().from_string(safe).render(contact={"email": "ana@example.com"}) == safe


@given(st.lists(HTML_PIECES).map("".join))
def test_no_outgoing_text_holds_html(text: str) -> None:
    assert Markup(harmless(text)).found == []


@pytest.mark.parametrize(
    "text", ["Custa R$ 49,90.", "{chave}", "amo <3", "1 < 2", "**oi** _tudo_", "a & b", ""]
)
def test_ordinary_texts_stay_as_they_are(text: str) -> None:
    assert harmless(text) == text


@given(st.text())
def test_making_harmless_twice_changes_nothing_more(text: str) -> None:
    assert harmless(harmless(text)) == harmless(text)


def test_a_text_carries_its_key_and_no_items() -> None:
    assert message_body(OutgoingMessage(key="k1", text="Olá!")) == {
        "content": "Olá!",
        "message_type": "outgoing",
        "private": False,
        "content_attributes": {"bot_key": "k1"},
    }


def test_choices_become_an_input_select_with_harmless_titles() -> None:
    choices = (Choice("Sim {{ contact.email }}", "sim"), Choice("Não", "nao"))
    body = message_body(OutgoingMessage(key="k1", text="Confirma?", choices=choices))
    assert body["content_type"] == "input_select"
    assert body["content_attributes"] == {
        "bot_key": "k1",
        "items": [{"title": "Sim { { contact.email }}", "value": "sim"}, {"title": "Não", "value": "nao"}],
    }


def test_a_note_is_harmless_too_and_has_no_buttons() -> None:
    note = OutgoingMessage(key="k1", text="{% raw %}", choices=(Choice("Sim", "sim"),), private=True)
    body = message_body(note)
    assert body["private"] is True
    assert body["content"] == "{ % raw %}"
    assert "content_type" not in body


@pytest.mark.parametrize("text", ["![x](http://mal.example/p.png)", "Rua [A](http://mal.example), 5"])
def test_p10_no_link_or_picture_hides_behind_what_somebody_typed(text: str) -> None:
    assert "](" not in harmless(text)
