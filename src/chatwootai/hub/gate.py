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

PEOPLES_TURN = frozenset(
    {
        SilenceReason.HUMAN_ASSIGNED,
        SilenceReason.HUMAN_WROTE,
        SilenceReason.NOT_BOTS_TURN,
        SilenceReason.CANNOT_REPLY,
    }
)
"""What waits is for people to answer; they still have templates where the bot cannot reply any more."""

TAKEOVER_LASTS = timedelta(hours=12)
"""How long a person's message keeps the bot silent in a conversation that nobody resolved or gave back."""

# Chatwoot tells of a status only in the text of its activities, in the account's language (here English,
# Portuguese, Spanish). Labels, teams and people may be named like a status: "Ana adicionou pendente".
STATUS_LINE = re.compile(r"(?:a |la )?convers(?:ation|a|aci[oó]n)\b", re.IGNORECASE)
BOT_ERROR = re.compile(STATUS_LINE.pattern + r".*\berror?\b.*\b(?:bot|robô)\b", re.IGNORECASE)
GIVEN_BACK = re.compile(
    STATUS_LINE.pattern + r".*\b(?:resolved|resolvid[ao]|resuelt[ao]|pending|pendente|pendiente)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """`silence` is None where the bot may speak. `reclaim` says: take the conversation back first."""

    silence: SilenceReason | None = None
    reclaim: bool = False


SPEAK = Verdict()
NOT_OURS = Verdict(SilenceReason.NOT_BOTS_TURN)


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
    if not conversation.can_reply and view.waiting:
        return Verdict(SilenceReason.CANNOT_REPLY)
    return SPEAK


def _person_has_it(messages: tuple[Message, ...], now: datetime) -> bool:
    """A person wrote not long ago, and the conversation was not given back since.

    Our own words after hers say nothing: we may have posted them in the very instant in which she wrote.
    """
    for message in reversed(messages):
        if message.author is Author.ACTIVITY and GIVEN_BACK.match(message.text):
            return False
        if message.author in PEOPLE and not message.private:
            return now - message.created_at < TAKEOVER_LASTS
    return False


def _unless_opened_by_error(view: View) -> Verdict:
    """Chatwoot opens a pending conversation when a webhook fails, and it would stay silent for good.

    Source: its agent-bot webhook fallback, since 4.7. Nobody took the conversation over, so the bot
    takes it back: unless people wrote since, or we handed it over (only then we leave a note), or the status
    was changed once more.
    """
    if view.conversation.status is not Status.OPEN or view.conversation.team_id is not None:
        return NOT_OURS
    for message in reversed(view.messages):
        if message.author in PEOPLE or (message.author is Author.BOT and message.private):
            break
        if message.author is Author.ACTIVITY and STATUS_LINE.match(message.text):
            return Verdict(reclaim=True) if BOT_ERROR.match(message.text) else NOT_OURS
    return NOT_OURS
