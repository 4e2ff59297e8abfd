"""From a draft to a plan: the steps that a turn will take outside."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from chatwootai.domain.channels import Channel
from chatwootai.domain.crews import Draft
from chatwootai.domain.outcomes import Handoff, Reply
from chatwootai.domain.profiles import HandoffRules
from chatwootai.domain.turns import Ending, Plan, Step, StepKind
from chatwootai.hub.memories import stamped


def plan_for(
    draft: Draft, answers: tuple[int, ...], channel: Channel, rules: HandoffRules, crews: str, now: datetime
) -> Plan:
    """Every step that posts gets its own unguessable key, by which it is found again after a crash.

    That of the last message goes into the memory: what the customer says to this answer comes after it.
    """
    outcome = draft.outcome
    if isinstance(outcome, Handoff):
        steps = _handoff_steps(outcome, channel, rules)
        ending = Ending("handoff", outcome.reason.value, crews)
    else:
        steps = _messages(outcome, channel)
        ending = Ending("reply", "", crews)
    told = [step.key for step in steps if step.kind is StepKind.MESSAGE]
    return Plan(answers, steps, ending, stamped(draft.memory, told[-1] if told else None, now))


def _messages(reply: Reply, channel: Channel) -> tuple[Step, ...]:
    return tuple(
        Step(StepKind.MESSAGE, key=uuid4().hex, text=bubble.text, choices=bubble.choices)
        for bubble in channel.bubbles(reply)
    )


def _handoff_steps(handoff: Handoff, channel: Channel, rules: HandoffRules) -> tuple[Step, ...]:
    """Assign before opening: on the open transition Chatwoot would otherwise pick somebody itself."""
    steps: list[Step] = []
    if rules.agent_id is not None:
        steps.append(Step(StepKind.ASSIGN_AGENT, target=rules.agent_id))
    elif rules.team_id is not None:
        steps.append(Step(StepKind.ASSIGN_TEAM, target=rules.team_id))
    if handoff.urgent:
        steps.append(Step(StepKind.URGENT))
    steps.append(Step(StepKind.NOTE, key=uuid4().hex, text=handoff.summary))
    steps.extend(_messages(Reply(handoff.text), channel))
    steps.append(Step(StepKind.OPEN))
    return tuple(steps)
