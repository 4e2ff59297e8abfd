"""Message content parsed as CommonMark and written for the channel, as 4.9 to 4.12 do for webhooks.

The same renderers write what a channel sends to the customer, so they serve both.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token
    from markdown_it.utils import EnvType, OptionsDict

    from chatwootai.simulators.chatwoot.store.inboxes import InboxKind

RAW_HTML = "<!-- raw HTML omitted -->"


class _SafeHtml(RendererHTML):
    """CommonMark to HTML without the author's own tags."""

    def html_block(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return RAW_HTML + "\n"

    def html_inline(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return RAW_HTML


_html = MarkdownIt("commonmark", renderer_cls=_SafeHtml)
_parser = MarkdownIt("commonmark")


@lru_cache(maxsize=4096)
def render(kind: InboxKind, content: str | None, *, keep_list_numbers: bool) -> str | None:
    """Content for the channel; API inboxes get it raw.

    `keep_list_numbers` is only heeded for WhatsApp, which lost them until 4.10.
    """
    if not content or kind == "api":
        return content
    if kind in ("web_widget", "email"):
        return str(_html.render(content))
    strong = "*" if kind == "whatsapp" else "**"
    emphasis = "_" if kind == "whatsapp" else "*"
    numbered = keep_list_numbers or kind != "whatsapp"
    return _PlainText(strong, emphasis, numbered).write(_parser.parse(content))


class _PlainText:
    """Writes parsed text in a messenger's own marks; drops headings' marks, quotes' marks and HTML."""

    def __init__(self, strong: str, emphasis: str, numbered: bool) -> None:
        self._marks = {
            "strong_open": strong,
            "strong_close": strong,
            "em_open": emphasis,
            "em_close": emphasis,
        }
        self._numbered = numbered
        self._lists: list[int | None] = []

    def write(self, tokens: Sequence[Token]) -> str:
        lines: list[str] = []
        prefix = ""
        for token in tokens:
            if token.type == "ordered_list_open":
                self._lists.append(int(token.attrGet("start") or 1) if self._numbered else None)
            elif token.type == "bullet_list_open":
                self._lists.append(None)
            elif token.type in ("ordered_list_close", "bullet_list_close"):
                self._lists.pop()
            elif token.type == "list_item_open":
                prefix = self._item_prefix()
            elif token.type == "inline":
                lines.append(prefix + self._inline(token.children or []))
                prefix = ""
            elif token.type in ("fence", "code_block"):
                lines.append(f"```\n{token.content}```")
            elif token.type == "paragraph_close" and not token.hidden and not self._lists:
                lines.append("")
        return "\n".join(lines).strip()

    def _item_prefix(self) -> str:
        number = self._lists[-1]
        if number is None:
            return "- "
        self._lists[-1] = number + 1
        return f"{number}. "

    def _inline(self, tokens: Sequence[Token]) -> str:
        return "".join(self._span(token) for token in tokens)

    def _span(self, token: Token) -> str:
        if token.type == "text":
            return token.content
        if token.type == "code_inline":
            return f"`{token.content}`"
        if token.type in ("softbreak", "hardbreak", "html_inline"):
            return "\n"
        if token.type == "link_close" and token.attrs:
            return ""
        return self._marks.get(token.type, "")
