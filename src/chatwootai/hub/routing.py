"""Which crew answers what, and one text from all their answers."""

from __future__ import annotations

from itertools import groupby

from chatwootai.domain.crews import Briefing, CrewName, Draft, Memory, Request
from chatwootai.domain.ledger import Ledger
from chatwootai.domain.outcomes import Handoff, Reply
from chatwootai.hub.accounts import Account


async def respond(account: Account, briefing: Briefing, ledger: Ledger) -> tuple[Draft, str]:
    """Let every crew that is asked answer; returns one draft and the names of those who answered."""
    requests = account.understanding.requests(briefing)
    drafts: list[Draft] = []
    names: list[str] = []
    memory: Memory = briefing.memory
    for name, group in _by_crew(requests):
        crew = account.frontdesk if name is None else account.crews[name]
        seen = Briefing(
            briefing.conversation, briefing.profile, briefing.messages, briefing.now, briefing.history, memory
        )
        draft = await crew.respond(group, seen, ledger)
        memory = {**memory, **draft.memory}
        drafts.append(draft)
        names.append(name.value if name else "frontdesk")
    return Draft(_joined(drafts), _kept(memory)), "+".join(dict.fromkeys(names))


def _kept(memory: Memory) -> Memory:
    """A crew forgets something by remembering None."""
    return {key: value for key, value in memory.items() if value is not None}


def _by_crew(requests: tuple[Request, ...]) -> list[tuple[CrewName | None, tuple[Request, ...]]]:
    """Requests of one crew together, crews in the order in which they were first asked, people last."""
    order = {request.crew: position for position, request in reversed(list(enumerate(requests)))}
    ranked = sorted(requests, key=lambda request: (request.crew is None, order[request.crew]))
    return [(crew, tuple(group)) for crew, group in groupby(ranked, key=lambda request: request.crew)]


def _joined(drafts: list[Draft]) -> Reply | Handoff:
    """One answer in the order of the drafts; a question with choices comes last, beside its buttons.

    A handoff among them makes the whole a handoff, and questions are left out: people will ask them.
    """
    handoff = next((d.outcome for d in drafts if isinstance(d.outcome, Handoff)), None)
    replies = [draft.outcome for draft in drafts if isinstance(draft.outcome, Reply)]
    plain = [reply.text for reply in replies if not reply.choices]
    questions = [reply for reply in replies if reply.choices]
    if handoff is not None:
        text = "\n\n".join([*plain, handoff.text])
        return Handoff(handoff.reason, text, handoff.summary, handoff.urgent)
    text = "\n\n".join([*plain, *(question.text for question in questions)])
    return Reply(text, questions[-1].choices if questions else ())
