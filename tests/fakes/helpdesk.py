"""A helpdesk in memory, of one account, that behaves as `domain.helpdesk.Helpdesk` promises.

Beside the port it offers what happens without us (`customer_writes`, `human_writes`, …) and switches
for what goes wrong (`fail_next`, `lose_answers`, `before_next_post`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import TypedDict, Unpack

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
from chatwootai.domain.errors import IntegrationError, OutcomeUnknown, RequestRefused
from chatwootai.domain.helpdesk import OutgoingMessage

NEWEST = 20
"""How many of the newest messages a read always holds."""


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the port, in the order they came; `argument` is what it was asked to do."""

    name: str
    conversation: int | None
    argument: object = None


class ConversationChanges(TypedDict, total=False):
    """Fields of `Conversation` that `set_conversation` may set."""

    inbox_id: int
    channel: ChannelKind
    status: Status
    can_reply: bool
    contact: Contact
    human_assignee_id: int | None
    team_id: int | None


@dataclass(slots=True)
class _Thread:
    conversation: Conversation
    source_id: str
    updated_at: datetime
    messages: list[Message] = field(default_factory=list)
    posted: list[OutgoingMessage] = field(default_factory=list)
    urgent: bool = False


@dataclass(slots=True)
class _Failure:
    error: IntegrationError
    call: str | None
    left: int


def _utc_now() -> datetime:
    return datetime.now(UTC)


class FakeHelpdesk:
    """`agents` and `teams` are the ids that may be assigned; None knows every id.

    `now` stamps messages and changes, so that a test may turn the clock.
    """

    def __init__(
        self,
        account: AccountId = AccountId("1"),  # noqa: B008  # a NewType call returns its immutable argument
        *,
        agents: frozenset[int] | None = None,
        teams: frozenset[int] | None = None,
        now: Callable[[], datetime] = _utc_now,
    ) -> None:
        self.account = account
        self.calls: list[Call] = []
        self._agents = agents
        self._teams = teams
        self._now = now
        self._ids = count(1001)
        self._threads: dict[int, _Thread] = {}
        self._failures: list[_Failure] = []
        self._lost_answers = 0
        self._before: dict[str, list[Callable[[], object]]] = {}

    # The port.

    async def conversation(self, conversation: int) -> Conversation:
        self._called("conversation", conversation)
        return self._thread(conversation).conversation

    async def messages(self, conversation: int, after: int) -> tuple[Message, ...]:
        self._called("messages", conversation, after)
        stored = self._thread(conversation).messages
        oldest = len(stored) - NEWEST
        return tuple(m for index, m in enumerate(stored) if m.id > after or index >= oldest)

    async def updated_within(self, seconds: int) -> tuple[ConversationGlance, ...]:
        self._called("updated_within", None, seconds)
        since = self._now() - timedelta(seconds=seconds)
        glances = (_glance(t) for t in self._threads.values() if t.updated_at >= since)
        return tuple(glance for glance in glances if glance is not None)

    async def post(self, conversation: int, message: OutgoingMessage) -> int:
        self._called("post", conversation, message)
        thread = self._thread(conversation)
        thread.posted.append(message)
        stored = self._add(conversation, Author.BOT, message.text, private=message.private, key=message.key)
        self._maybe_lose_answer("post")
        return stored.id

    async def assign_agent(self, conversation: int, agent_id: int) -> None:
        self._called("assign_agent", conversation, agent_id)
        known = self._agents is None or agent_id in self._agents
        self._change(conversation, human_assignee_id=agent_id if known else None)
        if not known:
            raise RequestRefused("chatwoot", f"agent {agent_id} is unknown")
        self._maybe_lose_answer("assign_agent")

    async def assign_team(self, conversation: int, team_id: int) -> None:
        self._called("assign_team", conversation, team_id)
        known = self._teams is None or team_id in self._teams
        self._change(conversation, team_id=team_id if known else None)
        if not known:
            raise RequestRefused("chatwoot", f"team {team_id} is unknown")
        self._maybe_lose_answer("assign_team")

    async def mark_urgent(self, conversation: int) -> None:
        self._called("mark_urgent", conversation)
        self._thread(conversation).urgent = True
        self._maybe_lose_answer("mark_urgent")

    async def set_status(self, conversation: int, status: Status) -> None:
        self._called("set_status", conversation, status)
        self._change(conversation, status=status)
        self._maybe_lose_answer("set_status")

    # What happens without us.

    def set_conversation(
        self, conversation: int, *, source_id: str | None = None, **changes: Unpack[ConversationChanges]
    ) -> Conversation:
        """Create the conversation if it is new, and set these fields.

        `source_id` is the contact's identity in its inbox: conversations that share it share a lane.
        """
        thread = self._threads.get(conversation) or self._open_thread(conversation)
        if source_id is not None:
            thread.source_id = source_id
        return self._change(conversation, **changes)

    def customer_writes(
        self, conversation: int, text: str, *, attachments: tuple[str, ...] = (), auto_reply: bool = False
    ) -> Message:
        """As in Chatwoot, writing takes a resolved conversation back to pending and opens a snoozed one."""
        if conversation not in self._threads:
            self._open_thread(conversation)
        status = self._thread(conversation).conversation.status
        if status is Status.RESOLVED:
            self._change(conversation, status=Status.PENDING)
        if status is Status.SNOOZED:
            self._change(conversation, status=Status.OPEN)
        return self._add(conversation, Author.CUSTOMER, text, attachments=attachments, auto_reply=auto_reply)

    def customer_chooses(self, conversation: int, message_id: int, choice: Choice) -> Message:
        """The web widget's form: the choice is written into our own message."""
        thread = self._thread(conversation)
        index = next(i for i, message in enumerate(thread.messages) if message.id == message_id)
        thread.messages[index] = replace(thread.messages[index], chosen=choice)
        thread.updated_at = self._now()
        return thread.messages[index]

    def human_writes(self, conversation: int, text: str) -> Message:
        """A colleague's reply; it changes neither status nor assignee, as in Chatwoot."""
        return self._add(conversation, Author.HUMAN, text)

    def phone_echo(self, conversation: int, text: str) -> Message:
        """Somebody of the shop typed in the channel's own app."""
        return self._add(conversation, Author.PHONE, text)

    def note(self, conversation: int, text: str) -> Message:
        """A colleague's private note."""
        return self._add(conversation, Author.HUMAN, text, private=True)

    def template(self, conversation: int, text: str) -> Message:
        """A greeting or another message that the helpdesk sends by itself."""
        return self._add(conversation, Author.SYSTEM, text)

    def activity(self, conversation: int, text: str) -> Message:
        return self._add(conversation, Author.ACTIVITY, text)

    def hide(self, message: Message) -> Callable[[], None]:
        """Take a message out of sight, as one that is not committed yet; call the result to show it."""
        thread = next(t for t in self._threads.values() if message in t.messages)
        thread.messages.remove(message)

        def show() -> None:
            thread.messages.append(message)
            thread.messages.sort(key=lambda m: m.id)

        return show

    # What a test looks at.

    def sent(self, conversation: int) -> list[Message]:
        """What the customer got from us, oldest first."""
        return [m for m in self._thread(conversation).messages if m.author is Author.BOT and not m.private]

    def notes(self, conversation: int) -> list[Message]:
        """Our private notes, oldest first."""
        return [m for m in self._thread(conversation).messages if m.author is Author.BOT and m.private]

    def posted(self, conversation: int) -> list[OutgoingMessage]:
        """What was stored of our posts, with keys and choices, oldest first."""
        return list(self._thread(conversation).posted)

    def state(self, conversation: int) -> Conversation:
        """The conversation, without a call in the log."""
        return self._thread(conversation).conversation

    def is_urgent(self, conversation: int) -> bool:
        """Whether colleagues were told that it is."""
        return self._thread(conversation).urgent

    # What goes wrong.

    def fail_next(self, n: int, error: IntegrationError, *, call: str | None = None) -> None:
        """The next `n` calls (of the method `call`, if given) raise `error` and do nothing."""
        self._failures.append(_Failure(error, call, n))

    def recover(self) -> None:
        """Nothing fails any more."""
        self._failures.clear()

    def lose_answers(self, n: int) -> None:
        """The next `n` writes happen and raise `OutcomeUnknown`."""
        self._lost_answers += n

    def before_next_post(self, callback: Callable[[], object]) -> None:
        """Run `callback` once, in the instant before the next post is stored."""
        self.before_next("post", callback)

    def before_next(self, call: str, callback: Callable[[], object]) -> None:
        """Run `callback` once, when the port's method `call` is called next, before it does anything."""
        self._before.setdefault(call, []).append(callback)

    # Inside.

    def _called(self, name: str, conversation: int | None, argument: object = None) -> None:
        self.calls.append(Call(name, conversation, argument))
        for callback in self._before.pop(name, []):
            callback()
        for failure in self._failures:
            if failure.left and failure.call in (None, name):
                failure.left -= 1
                raise failure.error

    def _maybe_lose_answer(self, name: str) -> None:
        if self._lost_answers:
            self._lost_answers -= 1
            raise OutcomeUnknown("chatwoot", f"{name}: the answer was lost")

    def _thread(self, conversation: int) -> _Thread:
        thread = self._threads.get(conversation)
        if thread is None:
            raise RequestRefused("chatwoot", f"conversation {conversation} is unknown")
        return thread

    def _open_thread(self, conversation: int) -> _Thread:
        thread = _Thread(
            conversation=Conversation(
                key=ConversationKey(self.account, conversation),
                inbox_id=3,
                channel=ChannelKind.WHATSAPP,
                status=Status.PENDING,
                can_reply=True,
                contact=Contact(id=50 + conversation, name="Maria Souza", phone_number="+5511987654321"),
            ),
            source_id=f"source-{conversation}",
            updated_at=self._now(),
        )
        self._threads[conversation] = thread
        return thread

    def _change(self, conversation: int, **changes: Unpack[ConversationChanges]) -> Conversation:
        thread = self._thread(conversation)
        thread.conversation = replace(thread.conversation, **changes)
        thread.updated_at = self._now()
        return thread.conversation

    def _add(
        self,
        conversation: int,
        author: Author,
        text: str,
        *,
        private: bool = False,
        key: str | None = None,
        attachments: tuple[str, ...] = (),
        auto_reply: bool = False,
    ) -> Message:
        thread = self._thread(conversation)
        message = Message(
            id=next(self._ids),
            author=author,
            text=text,
            created_at=self._now(),
            private=private,
            key=key,
            attachments=attachments,
            auto_reply=auto_reply,
        )
        thread.messages.append(message)
        thread.updated_at = message.created_at
        return message


def _glance(thread: _Thread) -> ConversationGlance | None:
    last = next((m for m in reversed(thread.messages) if m.author is not Author.ACTIVITY), None)
    if last is None:
        return None
    conversation = thread.conversation
    return ConversationGlance(
        conversation=conversation.key.conversation,
        inbox_id=conversation.inbox_id,
        status=conversation.status,
        last_message_id=last.id,
        lane=f"{conversation.inbox_id}:{thread.source_id}",
        chosen=last.chosen is not None,
    )
