"""What the stand-in for Chatwoot makes of texts, and of its command line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatwootai.simulators.chatwoot.__main__ import parse_arguments, settings_from
from chatwootai.simulators.chatwoot.liquid import expand
from chatwootai.simulators.chatwoot.rendering import render

pytestmark = pytest.mark.unit

MARKUP = st.text(alphabet="ab1 \n*_#<>{}%|.)`-[]()&é", max_size=60)


@given(MARKUP)
def test_any_text_can_be_written_for_any_channel(text: str) -> None:
    for kind in ("whatsapp", "instagram", "web_widget", "email"):
        assert isinstance(render(kind, text or "x", keep_list_numbers=False), str)
    assert render("api", text, keep_list_numbers=False) == text


@given(MARKUP)
def test_any_text_can_be_taken_for_a_template(text: str) -> None:
    expanded = expand(text, {"contact": {"name": "Ana"}})
    if "{{" not in text and "{%" not in text:
        assert expanded == text


@given(st.text(alphabet="abc é.,!?", max_size=60))
def test_plain_words_reach_whatsapp_as_they_are(text: str) -> None:
    words = text.strip()
    assert render("whatsapp", words, keep_list_numbers=False) == words


@pytest.mark.parametrize(
    ("written", "whatsapp", "instagram"),
    [
        ("**Total**: R$ 10", "*Total*: R$ 10", "**Total**: R$ 10"),
        ("1. um\n2. dois", "- um\n- dois", "1. um\n2. dois"),
        ("> citado", "citado", "citado"),
        ("<b>x</b> & eu", "x\n & eu", "x\n & eu"),
    ],
)
def test_markdown_is_written_in_the_marks_of_the_channel(written: str, whatsapp: str, instagram: str) -> None:
    assert render("whatsapp", written, keep_list_numbers=False) == whatsapp
    assert render("instagram", written, keep_list_numbers=False) == instagram


def test_the_secret_may_travel_in_the_path() -> None:
    arguments = ["--webhook-url", "http://127.0.0.1:8100/webhook/loja", "--webhook-secret", "s3"]
    settings = settings_from(parse_arguments([*arguments, "--webhook-path-style"]))
    assert settings.seed is not None
    assert settings.seed.accounts[0].bots[0].outgoing_url == "http://127.0.0.1:8100/webhook/loja/s3"


def test_a_secret_in_the_path_needs_an_address() -> None:
    with pytest.raises(SystemExit, match="--webhook-url"):
        settings_from(parse_arguments(["--webhook-path-style"]))
