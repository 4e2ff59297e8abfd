"""All that the hub needs of one account, bound to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from chatwootai.domain.accounts import AccountId
from chatwootai.domain.channels import Channel
from chatwootai.domain.conversations import ChannelKind, Status
from chatwootai.domain.crews import Crew, CrewName, Understanding
from chatwootai.domain.helpdesk import Helpdesk
from chatwootai.domain.profiles import Profile
from chatwootai.hub.closings import Closings


@dataclass(frozen=True, slots=True)
class Account:
    """A tenant with its own credentials, profile and crews.

    `frontdesk` answers what no crew does: a wish for a person, and what nobody understood. `speaks_in` are
    the statuses in which the bot may speak: pending alone as agent bot, also open with an account webhook.
    """

    id: AccountId
    profile: Profile
    helpdesk: Helpdesk
    understanding: Understanding
    crews: Mapping[CrewName, Crew]
    frontdesk: Crew
    channels: Mapping[ChannelKind, Channel]
    speaks_in: frozenset[Status] = frozenset({Status.PENDING})
    closings: Closings | None = None
    """None where nothing is sold and nothing booked."""
