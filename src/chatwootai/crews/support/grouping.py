"""Which dialogue answers which request of a turn, and what it knows from the turns before."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from chatwootai.crews.dialogues.answers import offered
from chatwootai.crews.support.cancelling import CANCEL
from chatwootai.crews.support.complaining import COMPLAINT
from chatwootai.crews.support.exchanging import EXCHANGE
from chatwootai.crews.support.invoicing import INVOICE
from chatwootai.crews.support.listing import LIST
from chatwootai.crews.support.owners import same_code
from chatwootai.crews.support.reading import ITEM_VALUE, ORDER_VALUE, Said, bare_code
from chatwootai.crews.support.scene import Slots
from chatwootai.crews.support.tracking import STATUS
from chatwootai.domain.crews import Intent, Memory, Request
from chatwootai.domain.threads import Thread

DIALOGUE_OF: Final[Mapping[Intent, str]] = {
    Intent.ORDER_STATUS: STATUS,
    Intent.ORDER_LIST: LIST,
    Intent.CANCEL_ORDER: CANCEL,
    Intent.EXCHANGE: EXCHANGE,
    Intent.WRONG_ITEM: EXCHANGE,
    Intent.COMPLAINT: COMPLAINT,
    Intent.INVOICE: INVOICE,
}
VERDICT: Final = re.compile(r"(?:yes|no):(?P<id>.+)")
"""Values of the buttons of a proposal, as `hub.yes` makes them."""
DATE: Final = re.compile(r"\b\d{1,2}/\d{1,2}\b")
KEPT: Final = 300
"""Characters of her first words that a thread keeps."""


@dataclass(frozen=True, slots=True)
class Group:
    """Requests that one dialogue answers together. `proposal` is the id of the one that they decide on."""

    dialogue: str
    requests: tuple[Request, ...]
    proposal: str = ""


def grouped(requests: Sequence[Request], thread: Thread | None) -> tuple[Group, ...]:
    """In the order in which they were first said; "" is the dialogue of an answer that nobody asked for."""
    found: dict[tuple[str, str], list[Request]] = {}
    for request in requests:
        found.setdefault(_place(request, thread), []).append(request)
    return tuple(Group(name, tuple(each), proposal) for (name, proposal), each in found.items())


def slots_for(group: Group, said: Said, thread: Thread | None, memory: Memory) -> Slots:
    """What is known by now: the thread's slots where it goes on, and what she says in this turn."""
    goes_on = thread is not None and thread.dialogue == group.dialogue
    known = Slots.of(thread.state) if thread and goes_on else Slots(said=said.text[:KEPT])
    asks_order = thread is not None and goes_on and thread.asks == "order"
    code = said.value(ORDER_VALUE) or (said.codes[0] if said.codes else "")
    if not code and asks_order:
        code = _dated(said.text, memory) or ("" if DATE.search(said.text) else bare_code(said.text))
    if same_code(code, known.code):
        code = known.code
    elif code and known.code:
        known = replace(known, items="", opened="")
    return replace(known, code=code or known.code, items=said.value(ITEM_VALUE) or known.items)


def _place(request: Request, thread: Thread | None) -> tuple[str, str]:
    dialogue = DIALOGUE_OF.get(request.intent, "")
    if pressed := VERDICT.fullmatch(request.chosen):
        return (thread.dialogue if thread else dialogue), pressed["id"]
    if thread is None:
        return dialogue, ""
    if not dialogue:
        return thread.dialogue, thread.proposal
    if dialogue != thread.dialogue or request.entities.order_codes:
        return dialogue, ""
    return dialogue, thread.proposal


def _dated(text: str, memory: Memory) -> str:
    """ "o de 12/11" among the orders that we showed with their days."""
    match = DATE.search(text)
    if match is None:
        return ""
    day = "/".join(part.zfill(2) for part in match.group().split("/"))
    shown = offered(memory)
    codes = [
        value.removeprefix(ORDER_VALUE)
        for value, title in zip(shown.values, shown.titles, strict=False)
        if value.startswith(ORDER_VALUE) and day in title
    ]
    return codes[0] if len(codes) == 1 else ""
