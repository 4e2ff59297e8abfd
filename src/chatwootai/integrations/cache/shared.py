"""The second level as the first one sees it: shared by every process."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from chatwootai.domain.errors import ChatwootAIError
from chatwootai.integrations.cache.keys import CacheKey, Invalidation, Kind


class SharedLevelLost(ChatwootAIError):
    """The second level did not answer as it should; whoever asked goes on without it."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where entries of one kind are: `version` is that of their codec."""

    account: str
    kind: Kind
    version: str


@dataclass(frozen=True, slots=True)
class Stored:
    """`lasts` is in seconds from now."""

    payload: bytes
    lasts: float


@dataclass(frozen=True, slots=True)
class Ticket:
    """What stood when a load began: an entry counts only while the same stands.

    `whole` and `mark` are random and vanish with an invalidation, of the kind and of the name; no value
    returns once it is gone. `begun` is the shared level's own time, in microseconds.
    """

    whole: bytes
    mark: bytes
    begun: int


@dataclass(frozen=True, slots=True)
class Claim:
    """An entry that somebody stored meanwhile, or else who is to load: we, where `ours`."""

    stored: Stored | None
    ticket: Ticket
    ours: bool


@dataclass(frozen=True, slots=True)
class Loaded:
    """A value to be stored; `lasts` is in seconds from now."""

    key: CacheKey
    payload: bytes
    lasts: float
    ticket: Ticket


class SharedLevel(Protocol):
    """Each call raises `SharedLevelLost`. Keys of one call are all of its place."""

    @property
    def usable(self) -> bool:
        """Whether it may be asked now."""
        ...

    @property
    def listening(self) -> bool:
        """Whether invalidations by other processes are heard."""
        ...

    async def read(self, place: Place, keys: Sequence[CacheKey]) -> Sequence[Stored | None]:
        """What counts now, in the order asked."""
        ...

    async def claim(self, place: Place, keys: Sequence[CacheKey]) -> Sequence[Claim]:
        """Who is to load these, in the order asked. A claim lapses by itself when its process died."""
        ...

    async def store(self, place: Place, loaded: Sequence[Loaded]) -> None:
        """Keep these, and end their claims. What was invalidated since its ticket will never count."""
        ...

    async def release(self, place: Place, keys: Sequence[CacheKey]) -> None:
        """End claims without a value."""
        ...

    async def invalidate(self, what: Invalidation) -> None:
        """Nothing counts any more that was read before, in any process.

        From the call until it is told this level is not `usable`: nobody here may take what is to vanish.
        What could not be told is told as soon as that is possible, even when this raises.
        """
        ...
