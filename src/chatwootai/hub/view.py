"""What the hub sees of a conversation when it looks: the state and the messages as they are now."""

from __future__ import annotations

from dataclasses import dataclass

from chatwootai.domain.conversations import Author, Conversation, Message
from chatwootai.domain.helpdesk import Helpdesk
from chatwootai.domain.turns import Standing

PEOPLE = frozenset({Author.HUMAN, Author.PHONE})
SHOP = PEOPLE | {Author.BOT}


@dataclass(frozen=True, slots=True)
class View:
    """A conversation, its newest messages in id order, and which of them wait for an answer."""

    conversation: Conversation
    messages: tuple[Message, ...]
    waiting: tuple[Message, ...]

    @property
    def newest(self) -> int:
        """The highest message id seen; 0 in an empty conversation."""
        return self.messages[-1].id if self.messages else 0

    @property
    def ids(self) -> tuple[int, ...]:
        return tuple(message.id for message in self.messages)

    @property
    def waiting_ids(self) -> tuple[int, ...]:
        return tuple(message.id for message in self.waiting)

    def earlier(self) -> tuple[Message, ...]:
        """What was said before this turn, without notes and activities.

        What the shop said after the first that waits was said before, too: she wrote in the same instant,
        or chose in the form of an old question.
        """
        first = self.waiting[0].id if self.waiting else self.newest + 1
        waiting = set(self.waiting_ids)
        return tuple(
            m
            for m in self.messages
            if (m.id < first or m.author in SHOP)
            and m.id not in waiting
            and not m.private
            and m.author is not Author.ACTIVITY
        )


async def look(helpdesk: Helpdesk, standing: Standing) -> View:
    """Read the conversation again. A webhook was only a wake-up; this is the truth."""
    conversation = await helpdesk.conversation(standing.key.conversation)
    lowest = min({standing.answered_up_to or 0, *(id_ - 1 for id_ in standing.delivered)})
    messages = await helpdesk.messages(standing.key.conversation, after=lowest)
    return View(conversation, messages, _waiting(messages, standing))


def last_of(messages: tuple[Message, ...], authors: frozenset[Author]) -> int:
    """The id of the newest public message of these authors, or 0."""
    return max((m.id for m in messages if m.author in authors and not m.private), default=0)


def _waiting(messages: tuple[Message, ...], standing: Standing) -> tuple[Message, ...]:
    by_people = last_of(messages, PEOPLE)
    floor = standing.answered_up_to
    if floor is None:
        floor = _first_floor(messages, standing)
    return tuple(
        m
        for m in messages
        if _asks(m)
        and m.id not in standing.answered
        and (m.id > by_people or m.chosen is not None)
        and (m.id > floor or m.id in standing.delivered)
    )


def _first_floor(messages: tuple[Message, ...], standing: Standing) -> int:
    """In a conversation older than the bot, what the shop has answered is not asked again."""
    before = min(standing.delivered, default=messages[-1].id + 1 if messages else 0)
    return max((m.id for m in messages if m.author in SHOP and not m.private and m.id < before), default=0)


def _asks(message: Message) -> bool:
    if message.private or message.auto_reply:
        return False
    return message.author is Author.CUSTOMER or message.chosen is not None
