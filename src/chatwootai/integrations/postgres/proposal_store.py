"""Proposals in PostgreSQL. See the port in `domain.proposals`.

`accept` compares `expires_at` with the database's clock, so that all workers agree in the instant of the yes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC

from psycopg.rows import DictRow
from psycopg.types.json import Json

from chatwootai.domain.accounts import AccountId, ConversationKey
from chatwootai.domain.proposals import Proposal, ProposalKind, ProposalState
from chatwootai.integrations.postgres.pool import Pool, database_errors

# Two who open at once would each see nothing open.
ALONE = "select pg_advisory_xact_lock(hashtextextended(%(account)s || '/' || %(conversation)s::text, 4))"
REPLACE = """
update proposals set state = 'void'
where account = %(account)s and conversation = %(conversation)s and state = 'open'
returning *
"""
OPEN = """
insert into proposals (account, id, conversation, kind, terms, asked_up_to, expires_at)
values (%(account)s, %(id)s, %(conversation)s, %(kind)s, %(terms)s, %(asked_up_to)s, %(expires_at)s)
"""
GET = """
select * from proposals
where account = %(account)s and conversation = %(conversation)s and id = %(id)s
"""
UNSETTLED = """
select * from proposals
where account = %(account)s and conversation = %(conversation)s
  and (state in ('open', 'accepted') or accepted_by = any(%(answering)s::bigint[]))
order by position
"""
ACCEPT = """
update proposals set state = 'accepted', accepted_by = %(message)s
where account = %(account)s and conversation = %(conversation)s and id = %(id)s
  and state = 'open' and expires_at > clock_timestamp() and asked_up_to < %(message)s
returning *
"""
WITHDRAW = """
update proposals set state = 'void'
where account = %(account)s and conversation = %(conversation)s
  and (%(id)s::text is null or id = %(id)s) and state = 'open'
"""
VOID = """
select * from proposals
where account = %(account)s and conversation = %(conversation)s
  and (%(id)s::text is null or id = %(id)s) and state = 'void' and accepted_by is null
  and expires_at > now()
order by position
"""
SETTLE = """
update proposals set state = %(state)s
where account = %(account)s and conversation = %(conversation)s and id = %(id)s and state = 'accepted'
"""
SETTLED = frozenset({ProposalState.DONE, ProposalState.VOID})


@dataclass(frozen=True, slots=True)
class PostgresProposalStore:
    """`ProposalStore`."""

    pool: Pool

    async def open(self, proposal: Proposal) -> Sequence[Proposal]:
        values = {
            **_names(proposal.conversation, proposal.id),
            "kind": proposal.kind.value,
            "terms": Json(proposal.terms),
            "asked_up_to": proposal.asked_up_to,
            "expires_at": proposal.expires_at,
        }
        with database_errors():
            async with self.pool.connection() as connection, connection.transaction():
                await connection.execute(ALONE, values)
                replaced = await (await connection.execute(REPLACE, values)).fetchall()
                await connection.execute(OPEN, values)
        return _proposals(replaced)

    async def get(self, conversation: ConversationKey, proposal_id: str) -> Proposal | None:
        rows = await self._rows(GET, _names(conversation, proposal_id))
        return _proposal(rows[0]) if rows else None

    async def unsettled(
        self, conversation: ConversationKey, answering: Sequence[int] = ()
    ) -> Sequence[Proposal]:
        values = {**_names(conversation), "answering": list(answering)}
        return _proposals(await self._rows(UNSETTLED, values))

    async def accept(
        self, conversation: ConversationKey, proposal_id: str, message_id: int
    ) -> Proposal | None:
        accepted = await self._rows(ACCEPT, {**_names(conversation, proposal_id), "message": message_id})
        if accepted:
            return _proposal(accepted[0])
        found = await self.get(conversation, proposal_id)
        return found if found and found.state is ProposalState.ACCEPTED else None

    async def withdraw(
        self, conversation: ConversationKey, proposal_id: str | None = None
    ) -> Sequence[Proposal]:
        values = _names(conversation, proposal_id)
        with database_errors():
            async with self.pool.connection() as connection, connection.transaction():
                await connection.execute(WITHDRAW, values)
                return _proposals(await (await connection.execute(VOID, values)).fetchall())

    async def settle(self, conversation: ConversationKey, proposal_id: str, state: ProposalState) -> None:
        if state not in SETTLED:
            raise ValueError(f"{proposal_id} cannot be settled as {state}")
        with database_errors():
            async with self.pool.connection() as connection:
                await connection.execute(SETTLE, {**_names(conversation, proposal_id), "state": state.value})

    async def _rows(self, statement: str, values: Mapping[str, object]) -> list[DictRow]:
        with database_errors():
            async with self.pool.connection() as connection:
                return await (await connection.execute(statement, values)).fetchall()


def _names(conversation: ConversationKey, proposal_id: str | None = None) -> dict[str, object]:
    return {
        "account": conversation.account,
        "conversation": conversation.conversation,
        "id": proposal_id,
    }


def _proposals(rows: Sequence[DictRow]) -> tuple[Proposal, ...]:
    return tuple(_proposal(row) for row in sorted(rows, key=lambda row: int(row["position"])))


def _proposal(row: DictRow) -> Proposal:
    return Proposal(
        id=row["id"],
        conversation=ConversationKey(AccountId(row["account"]), row["conversation"]),
        kind=ProposalKind(row["kind"]),
        terms=row["terms"],
        asked_up_to=row["asked_up_to"],
        expires_at=row["expires_at"].astimezone(UTC),
        state=ProposalState(row["state"]),
        accepted_by=row["accepted_by"],
    )
