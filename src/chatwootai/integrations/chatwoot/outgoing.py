"""Outgoing messages as Chatwoot takes them, with whatever it would interpret made harmless.

Chatwoot renders outgoing content as a Liquid template that sees the contact and the conversation, and
parses it as CommonMark, which drops raw HTML and may leave an empty message.
"""

from __future__ import annotations

import re

from chatwootai.domain.helpdesk import OutgoingMessage

KEY = "bot_key"
"""Where our delivery key travels in `content_attributes`; Chatwoot keeps it on all channels."""

_LIQUID_OPENING = re.compile(r"\{(?=[{%])")
_LINK_JOINT = re.compile(r"(?<=\])(?=\()")
_HTML_OPENING = re.compile(r"<(?=[A-Za-z/!?])")


def harmless(text: str) -> str:
    """The text with a space wherever Liquid or HTML would start, or a link be hidden behind other words.

    A space and no backslash: not every channel parses Markdown, and there the customer would see it.
    """
    without_code = _HTML_OPENING.sub("< ", _LIQUID_OPENING.sub("{ ", text))
    return _LINK_JOINT.sub(" ", without_code)


def message_body(message: OutgoingMessage) -> dict[str, object]:
    """The body of `POST …/messages`. Choices become an `input_select`, but for a note."""
    attributes: dict[str, object] = {KEY: message.key}
    body: dict[str, object] = {
        "content": harmless(message.text),
        "message_type": "outgoing",
        "private": message.private,
        "content_attributes": attributes,
    }
    if message.choices and not message.private:
        body["content_type"] = "input_select"
        attributes["items"] = [{"title": harmless(c.title), "value": c.value} for c in message.choices]
    return body
