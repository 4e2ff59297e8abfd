"""The gate: may the bot speak in this conversation, now?

It is asked when a turn starts and again in the instant before anything is sent.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from chatwootai.domain.conversations import Author, Message, Status
from chatwootai.domain.outcomes import SilenceReason
from chatwootai.hub.view import PEOPLE, View

TAKEOVER_LASTS = timedelta(hours=12)
"""How long a person's message keeps the bot silent in a conversation that nobody resolved or gave back."""

# Chatwoot tells these two things only in the text of its activities, in the account's language.
BOT_ERROR = re.compile(r"agent bot|robô de atendimento|bot del agente|bot de agente", re.IGNORECASE)
GIVEN_BACK = re.compile(r"resolv|pending|pendente|pendiente", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Verdict:
    """`silence` is None where the bot may speak. `reclaim` says: take the conversation back first."""

    silence: SilenceReason | None = None
    reclaim: bool = False


SPEAK = Verdict()


def may_speak(
    view: View, speaks_in: frozenset[Status], now: datetime, *, handing_over: bool = False
) -> Verdict:
    """Decide from what was just read.

    `handing_over` says that this very turn has assigned people: that somebody is assigned now, and that
    Chatwoot opened the conversation for her (since 4.16), is our own doing and no reason to stop halfway.
    """
    conversation = view.conversation
    if conversation.contact.blocked:
        return Verdict(SilenceReason.CONTACT_BLOCKED)
    if conversation.human_assignee_id is not None and not handing_over:
        return Verdict(SilenceReason.HUMAN_ASSIGNED)
    if _person_has_it(view.messages, now):
        return Verdict(SilenceReason.HUMAN_WROTE)
    if conversation.status not in speaks_in and not handing_over:
        return _unless_opened_by_error(view)
    if not conversation.can_reply:
        return Verdict(SilenceReason.CANNOT_REPLY)
    return SPEAK


def _person_has_it(messages: tuple[Message, ...], now: datetime) -> bool:
    """A person wrote after our last words, not long ago, and did not give the conversation back since."""
    for message in reversed(messages):
        if message.private:
            continue
        if message.author is Author.BOT and message.chosen is None:
            return False
        if message.author is Author.ACTIVITY and GIVEN_BACK.search(message.text):
            return False
        if message.author in PEOPLE:
            return now - message.created_at < TAKEOVER_LASTS
    return False


def _unless_opened_by_error(view: View) -> Verdict:
    """Chatwoot opens a pending conversation when a webhook fails, and it would stay silent for good.

    Source: its agent-bot webhook fallback, since 4.7. Nobody took the conversation over, so the bot
    takes it back.
    """
    if view.conversation.status is not Status.OPEN or view.conversation.team_id is not None:
        return Verdict(SilenceReason.NOT_BOTS_TURN)
    for message in reversed(view.messages):
        if message.author in PEOPLE:
            break
        if message.author is Author.ACTIVITY and BOT_ERROR.search(message.text):
            return Verdict(reclaim=True)
    return Verdict(SilenceReason.NOT_BOTS_TURN)
