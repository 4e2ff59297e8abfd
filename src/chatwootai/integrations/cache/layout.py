"""How entries, marks and claims lie in Redis. Change `FORMAT` whenever this changes."""

from __future__ import annotations

import secrets
import time

from chatwootai.integrations.cache.keys import CacheKey, Invalidation
from chatwootai.integrations.cache.shared import Loaded, Place, Stored, Ticket

FORMAT = 1
_PREFIX = f"chatwootai:cache:{FORMAT}"
CHANNEL = f"{_PREFIX}:invalidations"
# Lengths before the texts: whatever an account or a name holds, two keys are never one (P12).


def whole_key(place: Place) -> str:
    return _whole(place.account, place.kind)


def mark_key(key: CacheKey) -> str:
    return _mark(key.account, key.kind, key.name)


def entry_key(place: Place, key: CacheKey) -> str:
    return f"{_PREFIX}:entry:{place.version}:{_address(key)}"


def claim_key(place: Place, key: CacheKey) -> str:
    return f"{_PREFIX}:claim:{place.version}:{_address(key)}"


def stale_marks(what: Invalidation) -> list[str]:
    """The marks that vanish with an invalidation."""
    if what.names is None:
        return [_whole(what.account, what.kind)]
    return [_mark(what.account, what.kind, name) for name in sorted(what.names)]


def new_mark() -> bytes:
    """A mark that never stood before, so that what was stored under another one never counts again."""
    return secrets.token_hex(8).encode()


def written(loaded: Loaded) -> bytes:
    """The entry: a line of when it was read, how long it lasts and under which marks, then the value.

    When it ends is told by this machine's clock: with clocks that differ it ends sooner, or at its first
    reader's latest after the whole of its time again.
    """
    ticket = loaded.ticket
    ends = int((time.time() + loaded.lasts) * 1000)
    return b"%d %d %s %s\n%s" % (ticket.begun, ends, ticket.whole, ticket.mark, loaded.payload)


def counting(entry: bytes | None, whole: bytes | None, mark: bytes | None, since: int) -> Stored | None:
    """What an entry holds if it was loaded after `since`, under the marks that stand, and has not ended."""
    if entry is None or whole is None or mark is None:
        return None
    head, _, payload = entry.partition(b"\n")
    try:
        begun, ends, own_whole, own_mark = head.split(b" ")
        lasts = int(ends) / 1000 - time.time()
        read_at = int(begun)
    except ValueError:
        return None  # what others wrote there is none of our entries
    if own_whole != whole or own_mark != mark or read_at < since or lasts <= 0:
        return None
    return Stored(payload, lasts)


def ticket_of(whole: bytes | None, mark: bytes | None, begun: int) -> Ticket:
    """What stands now; a mark that vanished in this instant is none that will ever stand."""
    return Ticket(whole or b"-", mark or b"-", begun)


def _whole(account: str, kind: str) -> str:
    return f"{_PREFIX}:whole:{len(account)}:{account}:{kind}"


def _mark(account: str, kind: str, name: str) -> str:
    return f"{_PREFIX}:mark:{len(account)}:{account}:{kind}:{name}"


def _address(key: CacheKey) -> str:
    return f"{len(key.account)}:{key.account}:{key.kind}:{len(key.name)}:{key.name}:{key.variant}"
