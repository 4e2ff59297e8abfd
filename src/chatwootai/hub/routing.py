"""Which crew answers what, and one text from all their answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Final

from chatwootai.domain.crews import Briefing, Crew, CrewName, Draft, Intent, Memory, Request
from chatwootai.domain.errors import IntegrationError
from chatwootai.domain.ledger import Ledger
from chatwootai.domain.outcomes import Handoff
from chatwootai.domain.proposals import CREW_OF, Proposal
from chatwootai.domain.requests import Assent
from chatwootai.domain.threads import current
from chatwootai.hub.accounts import Account
from chatwootai.hub.joining import Part, joined, merged
from chatwootai.hub.yes import no_value, yes_value
from chatwootai.observability.logs import logger

log = logger("hub.routing")

FAREWELLS: Final = frozenset({Intent.THANKS, Intent.GOODBYE})
YES_OR_NO: Final = frozenset({Intent.YES, Intent.NO})


async def respond(account: Account, briefing: Briefing, ledger: Ledger) -> tuple[Draft, str]:
    """Let every crew that is asked answer; returns one draft and the names of those who answered.

    What the customer accepted in a turn that was cut off is ended first, whatever she says now.
    """
    requests = account.understanding.requests(briefing)
    if account.closings:
        requests = _ending_first(requests, await account.closings.unfinished(briefing), account.crews)
    answering = _Answering(replace(briefing, requests=tuple(requests)), ledger, briefing.memory)
    for name, group in _by_crew(requests, account.crews):
        crew = account.frontdesk if name is None else account.crews[name]
        answering.take(name, *await answering.ask(crew, group))
    name = _put_off(account, requests, answering)
    if name is not None and (resumed := await answering.resume(account.crews[name])):
        answering.take(name, *resumed)
    names = dict.fromkeys(part.name for part in answering.parts)
    return joined(answering.parts, briefing.memory), "+".join(names)


@dataclass(slots=True)
class _Answering:
    """The turn so far. `memory` is what the next crew knows."""

    briefing: Briefing
    ledger: Ledger
    memory: Memory
    parts: list[Part] = field(default_factory=list)

    async def ask(self, crew: Crew, requests: tuple[Request, ...]) -> tuple[Draft, bool]:
        effects = len(self.ledger.effects)
        draft = await crew.respond(requests, self._seen(), self.ledger)
        return draft, len(self.ledger.effects) > effects

    async def resume(self, crew: Crew) -> tuple[Draft, bool] | None:
        """A reminder is no reason to withhold the answer that she asked for."""
        effects = len(self.ledger.effects)
        try:
            draft = await crew.resume(self._seen(), self.ledger)
        except IntegrationError as error:
            key = self.briefing.conversation.key
            log.warning("not_resumed", account=key.account, conversation=key.conversation, error=str(error))
            return None
        return (draft, len(self.ledger.effects) > effects) if draft else None

    def take(self, name: CrewName | None, draft: Draft, acted: bool) -> None:
        self.parts.append(Part(name.value if name else "frontdesk", draft, acted))
        self.memory = merged(self.memory, draft.memory)

    def _seen(self) -> Briefing:
        return replace(self.briefing, memory=self.memory)


def _by_crew(
    requests: Sequence[Request], crews: Mapping[CrewName, Crew]
) -> list[tuple[CrewName | None, tuple[Request, ...]]]:
    """Requests of one crew together, crews in the order in which they were first asked, people last.

    What a crew would answer that this business does not have is for the front desk.
    """

    def answering(request: Request) -> CrewName | None:
        return request.crew if request.crew in crews else None

    order = {answering(request): position for position, request in reversed(list(enumerate(requests)))}
    ranked = sorted(requests, key=lambda each: (answering(each) is None, order[answering(each)]))
    return [(crew, tuple(group)) for crew, group in groupby(ranked, key=answering)]


def _put_off(account: Account, requests: Sequence[Request], answering: _Answering) -> CrewName | None:
    """The crew that comes back to its question now that another subject is dealt with.

    Not after another question, which she would then have to answer first: those of the front desk, and those
    with choices.
    """
    thread = current(answering.memory)
    if thread is None or thread.crew not in account.crews:
        return None
    asked = {request.crew for request in requests}
    if thread.crew in asked or not asked <= account.crews.keys():
        return None
    outcomes = [part.draft.outcome for part in answering.parts]
    asks = any(isinstance(outcome, Handoff) or outcome.choices for outcome in outcomes)
    is_farewell = all(request.intent in FAREWELLS for request in requests)
    return None if asks or is_farewell else thread.crew


def _ending_first(
    requests: Sequence[Request], unfinished: Sequence[Proposal], crews: Mapping[CrewName, Crew]
) -> tuple[Request, ...]:
    """The yes to each of these once more, before all else; what she says to it now comes too late."""
    ends = [
        Request(
            Intent.YES,
            CREW_OF[proposal.kind],
            "",
            message_id=proposal.accepted_by or 0,
            chosen=yes_value(proposal.id),
            assent=Assent.YES,
        )
        for proposal in unfinished
        if CREW_OF[proposal.kind] in crews
    ]
    busy = {request.crew for request in ends}
    values = {value for each in unfinished for value in (yes_value(each.id), no_value(each.id))}

    def is_late(request: Request) -> bool:
        return request.chosen in values or (request.crew in busy and request.intent in YES_OR_NO)

    return (*ends, *(request for request in requests if not is_late(request)))
