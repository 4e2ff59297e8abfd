"""Outgoing content as a Liquid template, which is what Chatwoot makes of everything that is sent."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from liquid import Environment, Mode
from liquid.exceptions import LiquidError

if TYPE_CHECKING:
    from chatwootai.simulators.chatwoot.jsontypes import JsonObject
    from chatwootai.simulators.chatwoot.store.accounts import Account
    from chatwootai.simulators.chatwoot.store.contacts import Contact
    from chatwootai.simulators.chatwoot.store.conversations import Conversation
    from chatwootai.simulators.chatwoot.store.inboxes import Inbox
    from chatwootai.simulators.chatwoot.store.people import User

_environment = Environment(tolerance=Mode.LAX)
_backticks = re.compile(r"`(.*?)`", re.DOTALL)
_tag = re.compile(r"\{%-?\s*(\w*)")
# Ruby's Liquid refuses a tag it does not know even when lax; python-liquid drops it.
_known = (
    frozenset(_environment.tags) | {"else", "elsif", "when"} | {f"end{name}" for name in _environment.tags}
)


def expand(content: str, drops: JsonObject) -> str:
    """Content with its variables and tags expanded; what cannot be parsed stays as it is.

    Unknown variables vanish, and text in backticks is left alone.
    """
    if "{{" not in content and "{%" not in content:
        return content
    if any(name not in _known for name in _tag.findall(content)):
        return content
    protected = _backticks.sub(r"{% raw %}`\1`{% endraw %}", content)
    try:
        return _environment.from_string(protected).render(**drops)
    except LiquidError:
        return content


def drops(
    account: Account, inbox: Inbox, conversation: Conversation, contact: Contact, agent: User | None
) -> JsonObject:
    """What templates may name: contact, conversation, inbox, account, agent."""
    first, _, rest = contact.name.partition(" ")
    return {
        "contact": {
            "id": contact.id,
            "name": contact.name,
            "first_name": first,
            "last_name": rest.rpartition(" ")[2],
            "email": contact.email,
            "phone_number": contact.phone_number,
            "custom_attribute": contact.custom_attributes,
        },
        "conversation": {
            "display_id": conversation.display_id,
            "contact_name": contact.name,
            "custom_attribute": conversation.custom_attributes,
        },
        "inbox": {"id": inbox.id, "name": inbox.name},
        "account": {"id": account.id, "name": account.name},
        "agent": _agent_drop(agent),
    }


def _agent_drop(agent: User | None) -> JsonObject:
    if agent is None:
        return {}
    first, _, rest = agent.name.partition(" ")
    return {"name": agent.name, "first_name": first, "last_name": rest, "email": agent.email}
