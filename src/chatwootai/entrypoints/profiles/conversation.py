"""A conversation with a profile in the terminal, before anything is connected."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import typer

from chatwootai.crews.dialogues.frontdesk import Frontdesk
from chatwootai.crews.info.crew import InfoCrew
from chatwootai.crews.understanding.reader import Reader
from chatwootai.domain.accounts import AccountId, ConversationKey
from chatwootai.domain.conversations import Author, ChannelKind, Contact, Conversation, Message, Status
from chatwootai.domain.crews import Briefing, Crew, CrewName, Json, Request
from chatwootai.domain.errors import RequestRefused
from chatwootai.domain.leads import Lead
from chatwootai.domain.ledger import Ledger
from chatwootai.domain.outcomes import Handoff
from chatwootai.domain.profiles import Profile
from chatwootai.entrypoints.profiles.empty import EmptyWindow

CUSTOMER = Conversation(
    ConversationKey(AccountId("teste"), 1),
    1,
    ChannelKind.API,
    Status.PENDING,
    can_reply=True,
    contact=Contact(1, "Cliente de teste"),
)
NEEDS_ERP = "(Isto depende do ERP: ligue o Odoo e converse com o produto inteiro, por exemplo com make run.)"


class _NoLeads:
    """`Leads` that keeps nothing: a conversation for trying leaves no trace."""

    async def create(self, key: str, lead: Lead) -> int:
        raise RequestRefused("erp", f"no ERP is connected for {lead.title}")


class Rehearsal:
    """Hours, address, payment, delivery, rules: what the profile alone can answer."""

    def __init__(self, profile: Profile) -> None:
        self._profile = profile
        self._reader = Reader()
        self._crews: dict[CrewName | None, Crew] = {
            CrewName.INFO: InfoCrew(EmptyWindow()),
            None: Frontdesk(_NoLeads()),
        }
        self._memory: dict[str, Json] = {}
        self._history: tuple[Message, ...] = ()

    async def answer(self, text: str) -> str:
        """What the customer would read."""
        now = datetime.now(self._profile.hours.zone)
        said = Message(len(self._history) + 1, Author.CUSTOMER, text, now)
        briefing = Briefing(CUSTOMER, self._profile, (said,), now, self._history, self._memory)
        texts: list[str] = []
        requests = self._reader.requests(briefing)
        briefing = replace(briefing, requests=requests)
        for name in dict.fromkeys(request.crew for request in requests):
            asked = tuple(request for request in requests if request.crew == name)
            texts.append(await self._one(name, asked, briefing))
        answer = "\n\n".join(dict.fromkeys(texts))
        self._history += (said, Message(said.id + 1, Author.BOT, answer, now))
        return answer

    async def _one(self, name: CrewName | None, asked: tuple[Request, ...], briefing: Briefing) -> str:
        crew = self._crews.get(name)
        if crew is None:
            return NEEDS_ERP
        try:
            draft = await crew.respond(asked, briefing, Ledger())
        except RequestRefused:
            return NEEDS_ERP
        self._memory.update(draft.memory)
        outcome = draft.outcome
        if isinstance(outcome, Handoff):
            return f"{outcome.text}\n(aqui a conversa iria para uma pessoa)"
        choices = "\n".join(f"  [{choice.title}]" for choice in outcome.choices)
        return "\n".join(part for part in (outcome.text, choices) if part)


async def converse(profile: Profile) -> None:
    """Until an empty line."""
    typer.echo("Escreva como um cliente; uma linha vazia termina.\n")
    rehearsal = Rehearsal(profile)
    while text := str(typer.prompt("você", default="", show_default=False)).strip():
        typer.echo(f"{profile.assistant}: {await rehearsal.answer(text)}\n")
