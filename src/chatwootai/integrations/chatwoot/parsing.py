"""Chatwoot's REST records as the domain's. Unknown and absent fields are normal, but for the few named."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from chatwootai.domain.accounts import AccountId, ConversationKey
from chatwootai.domain.conversations import (
    Author,
    ChannelKind,
    Choice,
    Contact,
    Conversation,
    ConversationGlance,
    Message,
    Status,
)
from chatwootai.domain.errors import ServiceUnavailable
from chatwootai.integrations.chatwoot.fields import JsonObject, as_id, as_list, as_object, as_text, at
from chatwootai.integrations.chatwoot.outgoing import KEY

_CHANNELS = {
    "Channel::Whatsapp": ChannelKind.WHATSAPP,
    "Channel::TwilioSms": ChannelKind.WHATSAPP,
    "Channel::Instagram": ChannelKind.INSTAGRAM,
    "Channel::WebWidget": ChannelKind.WEB_WIDGET,
    "Channel::Api": ChannelKind.API,
    "Channel::Email": ChannelKind.EMAIL,
}
_INCOMING, _OUTGOING, _ACTIVITY = "incoming", "outgoing", "activity"
_MESSAGE_TYPES = {"0": _INCOMING, "1": _OUTGOING, "2": _ACTIVITY, "3": "template"}
"""REST and nested messages write numbers, the top level of webhooks writes words."""

_WRITERS = {"agent_bot": Author.BOT, "user": Author.HUMAN}


def conversation(record: object, account: AccountId) -> Conversation:
    """One conversation of `GET conversations/:id`. Raises `ServiceUnavailable` naming a missing field."""
    found = as_object(record)
    return Conversation(
        key=ConversationKey(account, _id(found, "id")),
        inbox_id=_id(found, "inbox_id"),
        channel=_channel(found),
        status=_status(found),
        can_reply=found.get("can_reply") is not False,
        contact=_contact(found),
        human_assignee_id=_human_assignee(found),
        team_id=as_id(at(found, "meta", "team", "id")),
    )


def glances(answer: object) -> tuple[ConversationGlance, ...]:
    """The list of `GET conversations`; a conversation in which nothing was ever said is left out."""
    listed = at(answer, "data", "payload")
    if not isinstance(listed, list):
        raise _missing("data.payload")
    return tuple(_glance(as_object(r)) for r in listed if at(r, "last_non_activity_message") is not None)


def messages(answer: object) -> tuple[Message, ...]:
    """The page of `GET messages`, in the order given."""
    listed = at(answer, "payload")
    if not isinstance(listed, list):
        raise _missing("payload")
    return tuple(message(record) for record in listed)


def message(record: object) -> Message:
    found = as_object(record)
    attributes = as_object(found.get("content_attributes"))
    kind = message_type(found)
    return Message(
        id=_id(found, "id"),
        author=_author(found, kind, attributes),
        text=_text(found, attributes),
        created_at=_moment(found),
        private=found.get("private") is True,
        key=as_text(attributes.get(KEY)) if kind == _OUTGOING else None,
        attachments=tuple(_kinds(as_list(found.get("attachments")))),
        chosen=chosen(attributes),
        auto_reply=at(attributes, "email", "auto_reply") is True,
    )


def message_type(record: JsonObject) -> str:
    """ "incoming", "outgoing", "activity", "template", or whatever later versions add."""
    given = record.get("message_type")
    if isinstance(given, bool) or not isinstance(given, int | str):
        raise _missing("message_type")
    return _MESSAGE_TYPES.get(str(given), str(given))


def chosen(attributes: JsonObject) -> Choice | None:
    """The first of the values that a visitor submitted in a form of the web widget."""
    first = next(iter(as_list(attributes.get("submitted_values"))), None)
    value = as_text(at(first, "value"))
    title = as_text(at(first, "title")) or as_text(at(first, "name")) or value
    if title is None:
        return None
    return Choice(title=title, value=value or title)


def _author(record: JsonObject, kind: str, attributes: JsonObject) -> Author:
    if kind == _INCOMING:
        return Author.CUSTOMER
    if kind == _ACTIVITY:
        return Author.ACTIVITY
    if kind != _OUTGOING:
        return Author.SYSTEM
    if attributes.get("external_echo") is True:
        return Author.PHONE
    if record.get("sender") is not None:
        return _WRITERS.get(str(at(record, "sender", "type")), Author.SYSTEM)
    return _author_without_sender(record, attributes)


def _author_without_sender(record: JsonObject, attributes: JsonObject) -> Author:
    """Before 4.11 an echo of the shop's phone shows only by a source without a sender.

    So does what a machine sent, and our own message whose bot was deleted in Chatwoot.
    """
    if as_text(attributes.get(KEY)):
        return Author.BOT
    by_machine = any(
        at(place, key) is not None
        for place in (attributes, record.get("additional_attributes"))
        for key in ("automation_rule_id", "campaign_id")
    )
    return Author.PHONE if as_text(record.get("source_id")) and not by_machine else Author.SYSTEM


def _text(record: JsonObject, attributes: JsonObject) -> str:
    """As written; of an e-mail only what is new; nothing of a deleted message but Chatwoot's remark."""
    if attributes.get("deleted") is True:
        return ""
    reply = as_text(at(attributes, "email", "text_content", "reply"))
    return reply or as_text(record.get("content")) or ""


def _kinds(attachments: Iterable[object]) -> Iterable[str]:
    return (as_text(at(attachment, "file_type")) or "file" for attachment in attachments)


def _glance(record: JsonObject) -> ConversationGlance:
    last = as_object(record.get("last_non_activity_message"))
    inbox_id = _id(record, "inbox_id")
    source = as_text(at(record, "contact_inbox", "source_id")) or as_text(
        at(last, "conversation", "contact_inbox", "source_id")
    )
    return ConversationGlance(
        conversation=_id(record, "id"),
        inbox_id=inbox_id,
        status=_status(record),
        last_message_id=_id(last, "id", "last_non_activity_message."),
        lane=lane(inbox_id, source),
        chosen=chosen(as_object(last.get("content_attributes"))) is not None,
    )


def lane(inbox_id: int | None, source_id: str | None) -> str | None:
    """The contact's place in an inbox: it stays the same over Chatwoot's duplicate conversations."""
    if inbox_id is None or source_id is None:
        return None
    return f"{inbox_id}:{source_id}"


def _channel(record: JsonObject) -> ChannelKind:
    name = as_text(at(record, "meta", "channel")) or as_text(record.get("channel")) or ""
    by_facebook = at(record, "additional_attributes", "type") == "instagram_direct_message"
    if name == "Channel::FacebookPage" and by_facebook:
        return ChannelKind.INSTAGRAM
    return _CHANNELS.get(name, ChannelKind.OTHER)


def _contact(record: JsonObject) -> Contact:
    sender = as_object(at(record, "meta", "sender"))
    return Contact(
        id=_id(sender, "id", "meta.sender."),
        name=as_text(sender.get("name")) or "",
        phone_number=as_text(sender.get("phone_number")),
        email=as_text(sender.get("email")),
        blocked=sender.get("blocked") is True,
    )


def _human_assignee(record: JsonObject) -> int | None:
    """From 4.8 on an agent bot may be the assignee."""
    by_bot = at(record, "meta", "assignee_type") == "AgentBot"
    if by_bot or at(record, "meta", "assignee", "type") == "agent_bot":
        return None
    return as_id(at(record, "meta", "assignee", "id"))


def _status(record: JsonObject) -> Status:
    given = as_text(record.get("status"))
    if given is None:
        raise _missing("status")
    try:
        return Status(given)
    except ValueError as error:
        raise ServiceUnavailable("chatwoot", f"unknown status {given[:40]!r}") from error


def _moment(record: JsonObject) -> datetime:
    """Seconds since 1970 in REST, ISO 8601 in webhooks."""
    given = record.get("created_at")
    try:
        if isinstance(given, str):
            moment = datetime.fromisoformat(given)
            return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        if isinstance(given, int | float):
            return datetime.fromtimestamp(given, UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise _missing("created_at") from error
    raise _missing("created_at")


def _id(record: JsonObject, name: str, under: str = "") -> int:
    found = as_id(record.get(name))
    if found is None:
        raise _missing(under + name)
    return found


def _missing(path: str) -> ServiceUnavailable:
    return ServiceUnavailable("chatwoot", f"the answer has no usable {path}")
