"""The sweep: finds conversations that wait for an answer and that no webhook told of (promise P6)."""

from __future__ import annotations

from dataclasses import dataclass

from chatwootai.domain.accounts import ConversationKey
from chatwootai.domain.conversations import Status
from chatwootai.domain.deliveries import DeliveryStore
from chatwootai.domain.turns import SweepStore
from chatwootai.hub.accounts import Account

ALIVE = frozenset({Status.PENDING, Status.OPEN})


@dataclass(frozen=True, slots=True)
class SweepPace:
    """Seconds. `margin` overlaps two sweeps; `first` is how far back the very first one looks.

    A conversation that was given up is tried again `second_chance` later, while the helpdesk answers.
    """

    margin: int = 60
    first: int = 3600
    second_chance: float = 300.0


async def sweep(
    account: Account, sweeps: SweepStore, deliveries: DeliveryStore, pace: SweepPace = SweepPace()
) -> int:
    """Wake what was missed and return how many conversations that were.

    Raises `IntegrationError` when the helpdesk does not answer; the next sweep then looks further back.
    """
    async with sweeps.turn_of_sweeping(account.id) as since:
        if since is None:
            return 0
        window = pace.first if since < 0 else int(since) + pace.margin
        glances = [g for g in await account.helpdesk.updated_within(window) if g.status in ALIVE]
        lanes = {glance.conversation: glance.lane for glance in glances}
        unseen = await sweeps.unseen(account.id, glances)
        failed = await sweeps.failed(account.id, pace.second_chance, limit=100)
        found = 0
        for conversation in dict.fromkeys([*unseen, *failed]):
            found += await deliveries.wake(ConversationKey(account.id, conversation), lanes.get(conversation))
        return found
