"""The life of a turn, from the wake-up of a conversation to its outcome."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count

from chatwootai.domain.accounts import AccountId, ConversationKey
from chatwootai.domain.conversations import Status
from chatwootai.domain.crews import Briefing, Draft
from chatwootai.domain.errors import RequestRefused
from chatwootai.domain.ledger import Ledger
from chatwootai.domain.outcomes import HandoffReason, SilenceReason
from chatwootai.domain.turns import Ending, Plan, Standing, TurnStore
from chatwootai.hub.accounts import Account
from chatwootai.hub.apology import apology
from chatwootai.hub.delivery import deliver
from chatwootai.hub.gate import PEOPLES_TURN, may_speak
from chatwootai.hub.guardrails.grounding import ungrounded
from chatwootai.hub.memories import fresh
from chatwootai.hub.plans import plan_for
from chatwootai.hub.routing import respond
from chatwootai.hub.view import View, look

NOTHING_NEW = Ending("silence", SilenceReason.NOTHING_NEW.value)


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds. An answer waits until the contact was `quiet`, but never longer than `patience`.

    After `supersedes` answers that her new messages overtook, the next is sent as it is.
    """

    quiet: float = 2.5
    patience: float = 12.0
    supersedes: int = 4


@dataclass(frozen=True, slots=True)
class Turns:
    """Takes turns for all accounts of this process; one at a time per conversation (the queue sees to it)."""

    accounts: Mapping[AccountId, Account]
    store: TurnStore
    pace: Pace = Pace()
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)

    async def take(self, key: ConversationKey) -> Ending:
        """Answer what the contact said since our last answer. Safe to run again after any crash."""
        account = self.accounts[key.account]
        resumed: Ending | None = None
        for round_ in count():
            await self._wait_for_quiet(key)
            standing = await self.store.begin(key)
            if plan := standing.plan:
                if await self._deliver(account, standing, plan):
                    resumed = plan.ending
                standing = await self.store.begin(key)
            ending = await self._answer(account, standing, may_supersede=round_ < self.pace.supersedes)
            if ending is not None:
                return resumed if resumed and ending.outcome == "silence" else ending
        raise AssertionError("a turn ends with an answer or with a silence")

    async def give_up(self, key: ConversationKey, reason: HandoffReason) -> Ending:
        """Apologise and hand over, because the turn could not be completed. Raises if that fails, too."""
        account = self.accounts[key.account]
        standing = await self.store.begin(key)
        if standing.plan:
            try:
                await self._deliver(account, standing, standing.plan)
            except RequestRefused:
                await self.store.drop(standing, standing.plan)
            standing = await self.store.begin(key)
        view = await look(account.helpdesk, standing)
        silence = await self._silence(account, standing, view)
        if silence is not None:
            return silence
        if account.closings:
            await account.closings.give_up(key)
        draft = apology(view, reason)
        return await self._send(account, standing, view, draft, "apology", may_supersede=False) or NOTHING_NEW

    async def _answer(self, account: Account, standing: Standing, *, may_supersede: bool) -> Ending | None:
        """One answer to all that waits; None when what happened meanwhile calls for a fresh look."""
        view = await look(account.helpdesk, standing)
        silence = await self._silence(account, standing, view)
        if silence is not None:
            return silence
        draft, crews = await self._draft(account, standing, view)
        return await self._send(account, standing, view, draft, crews, may_supersede=may_supersede)

    async def _silence(self, account: Account, standing: Standing, view: View) -> Ending | None:
        """End the turn where the bot has nothing to say; None where it may speak.

        A pending conversation is out of people's sight: what is theirs is opened for them.
        """
        verdict = may_speak(view, account.speaks_in, self.clock())
        reason = verdict.silence or (None if view.waiting else SilenceReason.NOTHING_NEW)
        if reason is None:
            if verdict.reclaim:
                await account.helpdesk.set_status(standing.key.conversation, Status.PENDING)
            return None
        if reason in PEOPLES_TURN and view.conversation.status is Status.PENDING:
            await account.helpdesk.set_status(standing.key.conversation, Status.OPEN)
        ending = Ending("silence", reason.value)
        settled = reason not in PEOPLES_TURN
        await self.store.finish(standing, ending, answers=view.waiting_ids, seen=view.ids, settled=settled)
        return ending

    async def _draft(self, account: Account, standing: Standing, view: View) -> tuple[Draft, str]:
        ledger = Ledger()
        now = self.clock().astimezone(account.profile.hours.zone)
        briefing = Briefing(
            conversation=view.conversation,
            profile=account.profile,
            messages=view.waiting,
            now=now,
            history=view.earlier(),
            memory=fresh(standing.memory, now),
        )
        draft, crews = await respond(account, briefing, ledger)
        if ungrounded(draft.outcome.text, ledger):
            return apology(view, HandoffReason.GUARDRAIL), crews
        return draft, crews

    async def _send(
        self,
        account: Account,
        standing: Standing,
        view: View,
        draft: Draft,
        crews: str,
        *,
        may_supersede: bool,
    ) -> Ending | None:
        channel = account.channels[view.conversation.channel]
        rules = account.profile.handoff
        plan = plan_for(draft, view.waiting_ids, channel, rules, crews, self.clock())
        plan = await self.store.plan(standing, plan)
        sent = await self._deliver(account, standing, plan, may_supersede=may_supersede)
        return plan.ending if sent else None

    async def _deliver(
        self, account: Account, standing: Standing, plan: Plan, *, may_supersede: bool = True
    ) -> bool:
        return await deliver(account, self.store, standing, plan, self.clock, may_supersede=may_supersede)

    async def _wait_for_quiet(self, key: ConversationKey) -> None:
        while (left := await self.store.quiet_left(key, self.pace.quiet, self.pace.patience)) > 0:
            await asyncio.sleep(left)
