"""One account with a fake helpdesk, fake records and crews that echo."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from tests.fakes.crews import EchoCrew, EchoUnderstanding, HandingFrontdesk, PlainChannel
from tests.fakes.helpdesk import FakeHelpdesk
from tests.fakes.records import FakeRecords

from chatwootai.domain.accounts import AccountId, ConversationKey
from chatwootai.domain.conversations import ChannelKind, Message
from chatwootai.domain.crews import CrewName
from chatwootai.domain.deliveries import Delivery
from chatwootai.domain.profiles import BusinessHours, HandoffRules, Profile
from chatwootai.hub.accounts import Account
from chatwootai.hub.turns import Pace, Turns

KEY = ConversationKey(AccountId("1"), 7)
PROFILE = Profile(
    "loja", "Loja", "Bia", BusinessHours(ZoneInfo("America/Sao_Paulo"), {}), HandoffRules(team_id=1)
)


class Clock:
    """Stands still until a test turns it."""

    def __init__(self) -> None:
        self.time = datetime(2026, 11, 25, 15, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time

    def forward(self, **by: float) -> None:
        self.time += timedelta(**by)


@dataclass
class Hub:
    """What a test of the hub holds in its hands."""

    clock: Clock
    helpdesk: FakeHelpdesk
    records: FakeRecords
    crew: EchoCrew
    account: Account
    turns: Turns
    key: ConversationKey = KEY
    seen: list[int] = field(default_factory=list)

    async def arrives(self, text: str, *, told: bool = True) -> Message:
        """The contact writes; with `told` a webhook brings it."""
        message = self.helpdesk.customer_writes(self.key.conversation, text)
        if told:
            await self.tell(message)
        return message

    async def tell(self, message: Message) -> None:
        await self.records.accept(
            Delivery(
                self.key.account, f"message_created:{message.id}", "message_created", b"{}",
                self.key.conversation, message.id, None, wakes=True,
            )
        )  # fmt: skip

    def texts(self) -> list[str]:
        return [message.text for message in self.helpdesk.sent(self.key.conversation)]


def make_account(id_: str, helpdesk: FakeHelpdesk, crew: EchoCrew) -> Account:
    return Account(
        id=AccountId(id_),
        profile=PROFILE,
        helpdesk=helpdesk,
        understanding=EchoUnderstanding(),
        crews={CrewName.SALES: crew},
        frontdesk=HandingFrontdesk(),
        channels={kind: PlainChannel() for kind in ChannelKind},
    )


@pytest.fixture
def make_hub() -> Callable[[Pace], Hub]:
    def make(pace: Pace) -> Hub:
        clock, crew = Clock(), EchoCrew()
        helpdesk, records = FakeHelpdesk(KEY.account, now=clock), FakeRecords(now=clock)
        account = make_account("1", helpdesk, crew)
        turns = Turns({account.id: account}, records, pace, clock)
        return Hub(clock, helpdesk, records, crew, account, turns)

    return make


@pytest.fixture
def hub(make_hub: Callable[[Pace], Hub]) -> Hub:
    return make_hub(Pace(quiet=0, patience=0))
