"""Whether a turn says yes or no to the summary of an order, or puts it off."""

from __future__ import annotations

from collections.abc import Sequence

from chatwootai.domain.crews import Intent, Request
from chatwootai.domain.requests import Assent
from chatwootai.domain.threads import Thread
from chatwootai.hub.yes import no_value, yes_value


def accepted(requests: Sequence[Request], thread: Thread | None) -> str:
    """The id of the proposal that she may have accepted; whether she has, the gate decides."""
    prefix = yes_value("")
    for request in requests:
        if request.chosen.startswith(prefix):
            return request.chosen.removeprefix(prefix)
        if thread is not None and thread.proposal and _meant(request) is Assent.YES:
            return thread.proposal
    return ""


def refused(requests: Sequence[Request], thread: Thread | None) -> bool:
    if thread is None or thread.asks != "yes":
        return False
    return any(
        each.intent is Intent.NO or each.chosen == no_value(thread.proposal) for each in requests
    ) and not any(each.intent is Intent.BUY for each in requests)


def puts_off(requests: Sequence[Request]) -> bool:
    """ "Vou pensar", and nothing else that she wants."""
    wants = any(each.intent is Intent.BUY for each in requests)
    return not wants and any(each.assent is Assent.LATER for each in requests)


def _meant(request: Request) -> Assent | None:
    """As the message says it; a bare yes may come without."""
    return request.assent or (Assent.YES if request.intent is Intent.YES else None)


def is_yes(request: Request) -> bool:
    """Whether it does nothing but agree."""
    return request.chosen.startswith(yes_value("")) or _meant(request) is Assent.YES
