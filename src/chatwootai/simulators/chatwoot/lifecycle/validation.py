"""What Chatwoot refuses to store as a message."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chatwootai.simulators.chatwoot.store.messages import MessageType, messages

if TYPE_CHECKING:
    from chatwootai.simulators.chatwoot.installation import Change
    from chatwootai.simulators.chatwoot.jsontypes import JsonObject
    from chatwootai.simulators.chatwoot.lifecycle.messages import Draft
    from chatwootai.simulators.chatwoot.store.conversations import Conversation

CONTENT_CAP = 150_000
MESSAGES_PER_MINUTE = 200
ATTACHMENT_CAP = 15
CONTENT_TYPES = frozenset(
    {
        "text",
        "input_text",
        "input_textarea",
        "input_email",
        "input_select",
        "cards",
        "form",
        "article",
        "incoming_email",
        "input_csat",
        "integrations",
        "sticker",
        "voice_call",
    }
)
# content_attribute_validator.rb
ITEM_KEYS = {
    "input_select": frozenset({"title", "value"}),
    "cards": frozenset({"title", "description", "media_url", "actions"}),
    "form": frozenset(
        {
            "type",
            "placeholder",
            "label",
            "name",
            "options",
            "default",
            "required",
            "pattern",
            "title",
            "pattern_error",
        }
    ),
    "article": frozenset({"title", "description", "link"}),
}
ACTION_KEYS = frozenset({"text", "type", "payload", "uri"})


class MessageRefusedError(Exception):
    """A message that is not stored; the text is Chatwoot's."""


def check(change: Change, conversation: Conversation, draft: Draft) -> None:
    """Apply the rules for all messages.

    Raises:
        MessageRefusedError: one of them is broken.
    """
    if draft.content_type not in CONTENT_TYPES:
        raise MessageRefusedError(f"'{draft.content_type}' is not a valid content_type")
    problems = [*_length_problems(draft), *_item_problems(draft)]
    since = change.now - 60
    where = "conversation_id = ? AND created_at >= ?"
    if messages.count(change.db, where, conversation.id, since) >= MESSAGES_PER_MINUTE:
        problems.append("Too many messages")
    if problems:
        raise MessageRefusedError(f"Validation failed: {', '.join(problems)}")


def _length_problems(draft: Draft) -> list[str]:
    problems = []
    if draft.content is not None and len(draft.content) > CONTENT_CAP:
        problems.append(f"Content is too long (maximum is {CONTENT_CAP} characters)")
    if len(draft.attachments) > ATTACHMENT_CAP:
        problems.append(f"Attachments exceeded maximum allowed {ATTACHMENT_CAP}")
    return problems


def _item_problems(draft: Draft) -> list[str]:
    allowed = ITEM_KEYS.get(draft.content_type)
    if allowed is None or draft.message_type not in (MessageType.OUTGOING, MessageType.TEMPLATE):
        return []
    items = draft.content_attributes.get("items")
    if not isinstance(items, list) or not items:
        return ["Content attributes At least one item is required."]
    rows = [item for item in items if isinstance(item, dict)]
    if len(rows) < len(items):
        return ["Content attributes Items should be a hash."]
    problems = _key_problems(rows, allowed, "items")
    if draft.content_type == "cards":
        problems += _key_problems(_actions(rows), ACTION_KEYS, "actions")
    return problems


def _actions(rows: list[JsonObject]) -> list[JsonObject]:
    lists = [actions for row in rows if isinstance(actions := row.get("actions"), list)]
    return [action for actions in lists for action in actions if isinstance(action, dict)]


def _key_problems(rows: list[JsonObject], allowed: frozenset[str], what: str) -> list[str]:
    unknown = list(dict.fromkeys(key for row in rows for key in row if key not in allowed))
    if not unknown:
        return []
    listed = ", ".join(f":{key}" for key in unknown)
    return [f"Content attributes contains invalid keys for {what} : [{listed}]"]
