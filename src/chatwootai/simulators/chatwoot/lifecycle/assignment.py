"""Who a conversation belongs to: a person, a bot, a team."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chatwootai.simulators.chatwoot.lifecycle.conversations import update_conversation
from chatwootai.simulators.chatwoot.store.inboxes import inboxes
from chatwootai.simulators.chatwoot.store.people import members_of

if TYPE_CHECKING:
    from chatwootai.simulators.chatwoot.installation import Change
    from chatwootai.simulators.chatwoot.store.conversations import Conversation
    from chatwootai.simulators.chatwoot.store.people import AgentBot, Team, User


def assign_user(change: Change, conversation: Conversation, user: User | None) -> Conversation:
    """Assign a person, or nobody; the bot is unassigned either way.

    From 4.16 a person who gets a conversation that a bot has opens it.
    """
    values: dict[str, object] = {"assignee_id": user.id if user else None, "assignee_agent_bot_id": None}
    if user and change.features.takeover_by_assignment and _is_bots(change, conversation):
        values["status"] = "open"
    return update_conversation(change, conversation, **values)


def assign_bot(change: Change, conversation: Conversation, bot: AgentBot) -> Conversation:
    """Assign a bot in place of a person; from 4.16 the conversation becomes pending."""
    values: dict[str, object] = {"assignee_id": None, "assignee_agent_bot_id": bot.id}
    if change.features.takeover_by_assignment:
        values["status"] = "pending"
    return update_conversation(change, conversation, **values)


def assign_team(change: Change, conversation: Conversation, team: Team | None) -> Conversation:
    """Assign a team, or none. A person from outside the team loses the conversation; a team that assigns by
    itself gives it to a member who is online."""
    values: dict[str, object] = {"team_id": team.id if team else None}
    if team and team.id != conversation.team_id:
        members = members_of(change.db, team.id)
        assignee_id = conversation.assignee_id
        if assignee_id not in {member.id for member in members}:
            assignee_id = None
        if assignee_id is None and team.allow_auto_assign:
            assignee_id = next((member.id for member in members if member.online), None)
        values["assignee_id"] = assignee_id
    return update_conversation(change, conversation, **values)


def _is_bots(change: Change, conversation: Conversation) -> bool:
    if conversation.status != "pending":
        return False
    inbox = inboxes.require(change.db, conversation.inbox_id)
    return conversation.assignee_agent_bot_id is not None or inbox.agent_bot_id is not None
