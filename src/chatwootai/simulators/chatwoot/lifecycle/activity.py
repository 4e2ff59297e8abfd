"""Activity messages: the grey lines that tell agents what happened, and nobody else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chatwootai.simulators.chatwoot.events import LiveEvent
from chatwootai.simulators.chatwoot.store.accounts import accounts
from chatwootai.simulators.chatwoot.store.messages import MessageType, messages
from chatwootai.simulators.chatwoot.store.people import User, agent_bots, teams, users

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chatwootai.simulators.chatwoot.installation import Change
    from chatwootai.simulators.chatwoot.store.conversations import Conversation

PORTUGUESE = {
    "open": "Conversa foi reaberta por {actor}",
    "resolved": "Conversa foi marcada como resolvida por {actor}",
    "pending": "Conversa foi marcada como pendente por {actor}",
    "snoozed": "Conversa foi adiada por {actor}",
    "self_assigned": "{actor} atribuiu esta conversa a si",
    "assigned": "Atribuída a {subject} por {actor}",
    "unassigned": "Conversa não atribuída por {actor}",
    "team_assigned": "Atribuída a {subject} por {actor}",
    "team_removed": "Time {subject} removido por {actor}",
    "labels_added": "{actor} adicionou {subject}",
    "labels_removed": "{actor} removeu {subject}",
    "priority": "{actor} definiu a prioridade como {subject}",
    "priority_removed": "{actor} removeu a prioridade",
    "bot_failed": (
        "A conversa foi marcada como aberta pelo sistema devido a um erro com o robô de atendimento."
    ),
}
ENGLISH = {
    "open": "Conversation was reopened by {actor}",
    "resolved": "Conversation was marked resolved by {actor}",
    "pending": "Conversation was marked as pending by {actor}",
    "snoozed": "Conversation was snoozed by {actor}",
    "self_assigned": "{actor} self-assigned this conversation",
    "assigned": "Assigned to {subject} by {actor}",
    "unassigned": "Conversation unassigned by {actor}",
    "team_assigned": "Assigned to {subject} by {actor}",
    "team_removed": "Unassigned from {subject} by {actor}",
    "labels_added": "{actor} added {subject}",
    "labels_removed": "{actor} removed {subject}",
    "priority": "{actor} set the priority to {subject}",
    "priority_removed": "{actor} removed the priority",
    "bot_failed": "Conversation was marked open by system due to an error with the agent bot.",
}


def tell_of_changes(change: Change, before: Conversation, after: Conversation) -> None:
    """Write the activities of a change that somebody made; what Chatwoot does by itself has none."""
    if change.actor is None:
        return
    for key, subject in _lines(change, before, after):
        add_activity(change, after, key, subject)


def add_activity(change: Change, conversation: Conversation, key: str, subject: str = "") -> None:
    """Write one activity in the language of the account."""
    account = accounts.require(change.db, conversation.account_id)
    wording = PORTUGUESE if account.locale.startswith("pt") else ENGLISH
    actor = change.actor.name if change.actor else "Chatwoot"
    message = messages.insert(
        change.db,
        account_id=conversation.account_id,
        conversation_id=conversation.id,
        contact_inbox_id=conversation.contact_inbox_id,
        inbox_id=conversation.inbox_id,
        content=wording[key].format(actor=actor, subject=subject),
        message_type=MessageType.ACTIVITY,
        content_type="text",
        status="sent",
        created_at=change.now,
        updated_at=change.now,
    )
    change.live.append(
        LiveEvent(
            "message_created",
            conversation.account_id,
            conversation.contact_inbox_id,
            conversation.display_id,
            message.id,
        )
    )


def _lines(change: Change, before: Conversation, after: Conversation) -> Iterator[tuple[str, str]]:
    if after.status != before.status:
        yield after.status, ""
    old_owner = (before.assignee_id, before.assignee_agent_bot_id)
    if (after.assignee_id, after.assignee_agent_bot_id) != old_owner:
        yield _assignment(change, after)
    if after.team_id != before.team_id:
        team = teams.find(change.db, after.team_id or before.team_id)
        yield ("team_assigned" if after.team_id else "team_removed"), (team.name if team else "")
    added = [label for label in after.labels if label not in before.labels]
    removed = [label for label in before.labels if label not in after.labels]
    if added:
        yield "labels_added", ", ".join(added)
    if removed:
        yield "labels_removed", ", ".join(removed)
    if after.priority != before.priority:
        yield ("priority" if after.priority else "priority_removed"), after.priority or ""


def _assignment(change: Change, after: Conversation) -> tuple[str, str]:
    bot = agent_bots.find(change.db, after.assignee_agent_bot_id)
    if bot:
        return "assigned", bot.name
    user = users.find(change.db, after.assignee_id)
    if user is None:
        return "unassigned", ""
    if isinstance(change.actor, User) and change.actor.id == user.id:
        return "self_assigned", ""
    return "assigned", user.name
