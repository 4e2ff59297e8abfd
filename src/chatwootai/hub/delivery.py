"""Carrying out a plan: each step once, and only while the bot may still speak."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime
from enum import Enum, auto

from chatwootai.domain.conversations import Status
from chatwootai.domain.helpdesk import Helpdesk, OutgoingMessage
from chatwootai.domain.outcomes import SilenceReason
from chatwootai.domain.turns import Ending, Plan, Standing, Step, StepKind, TurnStore
from chatwootai.hub.accounts import Account
from chatwootai.hub.gate import may_speak
from chatwootai.hub.view import View, look

POSTS = frozenset({StepKind.MESSAGE, StepKind.NOTE})
ASSIGNS = frozenset({StepKind.ASSIGN_AGENT, StepKind.ASSIGN_TEAM})
PEOPLES_TURN = frozenset(
    {SilenceReason.HUMAN_ASSIGNED, SilenceReason.HUMAN_WROTE, SilenceReason.NOT_BOTS_TURN}
)


class Delivered(Enum):
    """What became of a plan."""

    COMPLETE = auto()
    SILENCED = auto()
    SUPERSEDED = auto()


async def deliver(
    account: Account,
    store: TurnStore,
    standing: Standing,
    plan: Plan,
    clock: Callable[[], datetime],
    *,
    may_supersede: bool,
) -> tuple[Delivered, SilenceReason | None]:
    """Take the remaining steps of `plan`, looking at the conversation before each that posts.

    A step whose key is in the conversation has happened: it is ticked off, not repeated. Raises
    `OutcomeUnknown` when a post got no answer; the next run finds its key or posts it.
    """
    while plan.done < len(plan.steps):
        step = plan.steps[plan.done]
        async with store.sending(standing, plan) as sending:
            view = await look(account.helpdesk, standing) if step.kind in POSTS else None
            posted = _posted(view, step)
            stop = None
            if view is not None and posted is None:
                stop = _reason_to_stop(account, view, plan, clock(), may_supersede=may_supersede)
            if stop is None:
                await sending.done(posted or await _act(account.helpdesk, standing.key.conversation, step))
        if view is not None and stop is not None:
            return await _stopped(account, store, standing, plan, view, stop)
        plan = replace(plan, done=plan.done + 1)
    return Delivered.COMPLETE, None


def _posted(view: View | None, step: Step) -> int | None:
    if view is None:
        return None
    return next((m.id for m in view.messages if m.key == step.key), None)


def _reason_to_stop(
    account: Account, view: View, plan: Plan, now: datetime, *, may_supersede: bool
) -> SilenceReason | Delivered | None:
    """A person who took over stops everything; news from the contact stops only what has not begun."""
    handing_over = any(step.kind in ASSIGNS for step in plan.steps[: plan.done])
    verdict = may_speak(view, account.speaks_in, now, handing_over=handing_over)
    if verdict.silence is not None:
        return verdict.silence
    begun = any(step.kind in POSTS for step in plan.steps[: plan.done])
    if may_supersede and not begun and set(view.waiting_ids) != set(plan.answers):
        return Delivered.SUPERSEDED
    return None


async def _stopped(
    account: Account,
    store: TurnStore,
    standing: Standing,
    plan: Plan,
    view: View,
    stop: SilenceReason | Delivered,
) -> tuple[Delivered, SilenceReason | None]:
    await store.drop(standing, plan)
    if isinstance(stop, Delivered):
        return stop, None
    if _handing_over(plan) and view.conversation.status is Status.PENDING:
        await account.helpdesk.set_status(standing.key.conversation, Status.OPEN)
    await store.finish(
        standing,
        Ending("silence", stop.value, plan.ending.crews),
        answers=plan.answers,
        seen=view.ids,
        settled=stop not in PEOPLES_TURN,
    )
    return Delivered.SILENCED, stop


def _handing_over(plan: Plan) -> bool:
    return any(step.kind is StepKind.OPEN for step in plan.steps)


async def _act(helpdesk: Helpdesk, conversation: int, step: Step) -> int | None:
    if step.kind in POSTS:
        message = OutgoingMessage(step.key, step.text, step.choices, private=step.kind is StepKind.NOTE)
        return await helpdesk.post(conversation, message)
    acts: dict[StepKind, Callable[[], Awaitable[None]]] = {
        StepKind.ASSIGN_AGENT: lambda: helpdesk.assign_agent(conversation, step.target),
        StepKind.ASSIGN_TEAM: lambda: helpdesk.assign_team(conversation, step.target),
        StepKind.OPEN: lambda: helpdesk.set_status(conversation, Status.OPEN),
    }
    await acts[step.kind]()
    return None
