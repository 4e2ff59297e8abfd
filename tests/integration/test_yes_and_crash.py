"""A process killed between the ERP's write and the end of a proposal, over real PostgreSQL (P4, P7)."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from tests.fakes.helpdesk import FakeHelpdesk
from tests.unit.hub.agreeing import answer_to
from tests.unit.hub.conftest import KEY, PROFILE
from tests.unit.hub.purchasing import ACCOUNT, MARIA, SHAMPOO, Shop, some

from chatwootai.domain.conversations import Author, Message
from chatwootai.domain.crews import Briefing
from chatwootai.domain.ledger import Ledger
from chatwootai.domain.money import Money
from chatwootai.domain.proposals import Proposal, ProposalKind, ProposalState
from chatwootai.hub.closings import Closings
from chatwootai.hub.purchases import Placed, Purchases, Refused
from chatwootai.hub.yes import ANSWER_KEY, SHOWN, Yes
from chatwootai.integrations.postgres.hold_store import PostgresHoldStore
from chatwootai.integrations.postgres.pool import make_pool
from chatwootai.integrations.postgres.proposal_store import PostgresProposalStore
from chatwootai.integrations.postgres.seclusion import Seclusion, make_lock_pool

pytestmark = pytest.mark.integration

ACCEPT_AND_WAIT = """
import asyncio, sys
from chatwootai.domain.accounts import AccountId, ConversationKey
from chatwootai.integrations.postgres.pool import make_pool
from chatwootai.integrations.postgres.proposal_store import PostgresProposalStore

async def main():
    async with make_pool(sys.argv[1], size=1, timeout=5, name="dying") as pool:
        key = ConversationKey(AccountId("1"), 7)
        assert await PostgresProposalStore(pool).accept(key, "p1", 110)
        print("accepted", flush=True)
        await asyncio.sleep(60)

asyncio.run(main())
"""
TOTAL = Money(Decimal("79.80"))


@dataclass
class Worker:
    """One process: what it keeps is in the database, the ERP is shared with all others."""

    shop: Shop
    purchases: Purchases
    closings: Closings

    async def write(self, proposal: Proposal) -> Placed | Refused:
        return await self.purchases.confirm(proposal.id, MARIA, [some(SHAMPOO, 2)], TOTAL)


@pytest.fixture
async def worker(database: str) -> AsyncIterator[Worker]:
    async with (
        make_pool(database, size=2, timeout=30, name="rows") as rows,
        make_lock_pool(database, size=2, timeout=30) as locks,
    ):
        shop = Shop()
        holds = PostgresHoldStore(rows, Seclusion(locks))
        purchases = Purchases(ACCOUNT, shop.orders, shop.catalog, holds)
        yes = Yes(PostgresProposalStore(rows), answer_to, lambda: "p1")
        yield Worker(shop, purchases, Closings(yes, {ProposalKind.ORDER: purchases.abandon}))


def briefing(*messages: tuple[int, str]) -> Briefing:
    now = datetime.now(UTC)
    said = tuple(Message(id_, Author.CUSTOMER, text, now) for id_, text in messages)
    shown = Message(105, Author.BOT, "Confirma?", now, key="k")
    conversation = FakeHelpdesk().set_conversation(KEY.conversation)
    return Briefing(conversation, PROFILE, said, now, (shown,), {SHOWN: "p1", ANSWER_KEY: "k"})


async def proposed(worker: Worker) -> None:
    wish = briefing((100, "quero 2"))
    await worker.closings.begin(wish)
    await worker.purchases.reserve("p1", MARIA, [some(SHAMPOO, 2)])
    await worker.closings.propose(ProposalKind.ORDER, {"total": "79.80"}, wish, "p1")


async def test_p7_what_a_killed_process_began_is_ended_once_and_told(worker: Worker, database: str) -> None:
    await proposed(worker)
    dying = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        ACCEPT_AND_WAIT,
        database,
        stdout=subprocess.PIPE,
        cwd=Path.cwd(),
        env=os.environ,
    )
    assert dying.stdout is not None
    assert await dying.stdout.readline() == b"accepted\n"
    # It has written to the ERP, too, and dies before it can say so.
    await worker.write(
        Proposal("p1", KEY, ProposalKind.ORDER, {}, 100, datetime.now(UTC) + timedelta(hours=1))
    )
    dying.send_signal(signal.SIGKILL)
    await dying.wait()

    again = briefing((110, "sim"), (111, "não"))
    (begun,) = await worker.closings.unfinished(again)
    assert (begun.id, begun.state, begun.accepted_by) == ("p1", ProposalState.ACCEPTED, 110)
    ledger = Ledger()
    outcome = await worker.closings.close("p1", again, ledger, worker.write)
    assert isinstance(outcome, Placed)
    assert [effect.key for effect in ledger.effects] == ["p1"]
    assert [order.key for order in worker.shop.orders.all()] == ["p1"]
    assert worker.shop.available(SHAMPOO) == 1
    assert list(await worker.closings.unfinished(briefing((112, "e aí?")))) == []
    assert await worker.purchases.holds.get(ACCOUNT, "p1") is None


async def test_p7_two_workers_with_the_same_yes_write_once(worker: Worker) -> None:
    await proposed(worker)
    yes = briefing((110, "sim"))
    outcomes = await asyncio.gather(
        *(worker.closings.close("p1", yes, Ledger(), worker.write) for _ in range(4))
    )
    assert all(isinstance(outcome, Placed) for outcome in outcomes)
    assert len(worker.shop.orders.all()) == 1
