"""Carrying out a plan: each step once, and only while the bot may still speak."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from chatwootai.domain.conversations import Status
from chatwootai.domain.errors import RequestRefused
from chatwootai.domain.helpdesk import OutgoingMessage
from chatwootai.domain.turns import Plan, Standing, Step, StepKind, TurnStore
from chatwootai.hub.accounts import Account
from chatwootai.hub.gate import may_speak
from chatwootai.hub.view import View, look
from chatwootai.observability.logs import logger

log = logger("hub.delivery")

POSTS = frozenset({StepKind.MESSAGE, StepKind.NOTE})
ASSIGNS = frozenset({StepKind.ASSIGN_AGENT, StepKind.ASSIGN_TEAM})


async def deliver(
    account: Account,
    store: TurnStore,
    standing: Standing,
    plan: Plan,
    clock: Callable[[], datetime],
    *,
    may_supersede: bool,
) -> bool:
    """Take the remaining steps of `plan`, looking at the conversation before each that posts.

    A step whose key is in the conversation has happened: it is ticked off, not repeated. False when the plan
    was dropped because of what the look showed: the turn must start again from there. Raises `OutcomeUnknown`
    when a post got no answer; the next run finds its key or posts it.
    """
    while plan.done < len(plan.steps):
        async with store.sending(standing, plan) as sending:
            read_up_to = await _take_step(account, standing, plan, clock(), may_supersede=may_supersede)
            if read_up_to is not None:
                await sending.done(read_up_to)
        if read_up_to is None:
            await store.drop(standing, plan)
            return False
        plan = replace(plan, done=plan.done + 1)
    return True


async def _take_step(
    account: Account, standing: Standing, plan: Plan, now: datetime, *, may_supersede: bool
) -> int | None:
    """Up to which message the conversation was read by then; None when the step must not be taken."""
    step = plan.steps[plan.done]
    if step.kind not in POSTS:
        await _act(account, standing, step)
        return 0
    view = await look(account.helpdesk, standing)
    if any(message.key == step.key for message in view.messages):
        return _read_up_to(view, plan)
    if not _may_post(account, view, plan, now, may_supersede=may_supersede):
        return None
    message = OutgoingMessage(step.key, step.text, step.choices, private=step.kind is StepKind.NOTE)
    return _read_up_to(view, plan, await account.helpdesk.post(standing.key.conversation, message))


def _may_post(account: Account, view: View, plan: Plan, now: datetime, *, may_supersede: bool) -> bool:
    """A person who took over stops everything; news from the contact stops only what has not begun."""
    handing_over = any(step.kind in ASSIGNS for step in plan.steps[: plan.done])
    if may_speak(view, account.speaks_in, now, handing_over=handing_over).silence is not None:
        return False
    return plan.done > 0 or not may_supersede or set(view.waiting_ids) == set(plan.answers)


def _read_up_to(view: View, plan: Plan, posted: int | None = None) -> int:
    """Up to which message id nothing of the contact was overlooked.

    Between the look and our post she may have written, and her message then lies before ours. Ids count for
    the whole helpdesk: where ours follows directly, nothing can lie between.
    """
    overlooked = [id_ for id_ in view.waiting_ids if id_ not in plan.answers]
    if overlooked:
        return min(overlooked) - 1
    return posted if posted == view.newest + 1 else view.newest


async def _act(account: Account, standing: Standing, step: Step) -> None:
    conversation = standing.key.conversation
    if step.kind is StepKind.OPEN:
        await account.helpdesk.set_status(conversation, Status.OPEN)
        return
    if step.kind is StepKind.URGENT:
        await _mark_urgent(account, conversation)
        return
    assign = (
        account.helpdesk.assign_agent if step.kind is StepKind.ASSIGN_AGENT else account.helpdesk.assign_team
    )
    try:
        await assign(conversation, step.target)
    except RequestRefused as error:
        # Whoever the profile names may have left; the conversation still opens, and anybody can take it.
        log.warning(
            "handoff_to_nobody", account=account.id, conversation=conversation, reason=str(error)
        )  # fmt: skip


async def _mark_urgent(account: Account, conversation: int) -> None:
    try:
        await account.helpdesk.mark_urgent(conversation)
    except RequestRefused as error:
        # A handoff without its mark is better than none; the note tells colleagues, too.
        log.warning(
            "handoff_not_marked_urgent", account=account.id, conversation=conversation, reason=str(error)
        )  # fmt: skip
