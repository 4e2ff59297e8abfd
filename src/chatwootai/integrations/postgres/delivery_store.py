"""Deliveries in PostgreSQL. See the port in `domain.deliveries`."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import procrastinate
from psycopg.rows import DictRow

from chatwootai.domain.accounts import AccountId, ConversationKey
from chatwootai.domain.deliveries import Delivery, DeliveryState, StoredDelivery, lane_of
from chatwootai.integrations.postgres.pool import Connection, Pool, database_errors
from chatwootai.integrations.postgres.queue import enqueue

KEPT_OF_REJECTED = 64 * 1024
"""Bytes of a malformed body that are kept."""

INSERT = """
insert into deliveries (account, dedupe_key, event, conversation, message_id, state, body)
values (%(account)s, %(dedupe_key)s, %(event)s, %(conversation)s, %(message_id)s, %(state)s, %(body)s)
on conflict (account, dedupe_key) do nothing returning id
"""
WAKE = """
insert into conversations as c (account, conversation, lane, wakes, waiting_since, last_wake_at)
values (%(account)s, %(conversation)s, %(lane)s, 1, %(by_contact)s, now())
on conflict (account, conversation) do update set
    wakes = c.wakes + 1,
    waiting_since = coalesce(c.waiting_since, excluded.waiting_since),
    last_wake_at = now()
returning wakes, lane
"""
COLUMNS = "id, account, event, conversation, message_id, state, reason, received_at, body"


@dataclass(frozen=True, slots=True)
class PostgresDeliveryStore:
    """`DeliveryStore` over a pool; wake-ups join the queue in the same transaction."""

    pool: Pool
    queue: procrastinate.App

    async def accept(self, delivery: Delivery) -> bool:
        wakes = delivery.wakes and delivery.conversation is not None
        row = {
            "account": delivery.account,
            "dedupe_key": delivery.dedupe_key,
            "event": delivery.event,
            "conversation": delivery.conversation,
            "message_id": delivery.message_id,
            "state": DeliveryState.WAITING if wakes else DeliveryState.KEPT,
            "body": delivery.body,
        }
        with database_errors():
            async with self.pool.connection() as connection, connection.transaction():
                cursor = await connection.execute(INSERT, row)
                if await cursor.fetchone() is None:
                    return False
                if wakes and delivery.conversation is not None:
                    key = ConversationKey(delivery.account, delivery.conversation)
                    await self._wake(connection, key, delivery.lane, by_contact=True)
                return True

    async def reject(self, account: AccountId, body: bytes, reason: str) -> None:
        row = {
            "account": account,
            "dedupe_key": f"rejected:{hashlib.sha256(body).hexdigest()}",
            "event": "",
            "conversation": None,
            "message_id": None,
            "state": DeliveryState.REJECTED,
            "body": body[:KEPT_OF_REJECTED],
        }
        with database_errors():
            async with self.pool.connection() as connection, connection.transaction():
                cursor = await connection.execute(INSERT, row)
                if stored := await cursor.fetchone():
                    await connection.execute(
                        "update deliveries set reason = %s where id = %s", (reason, stored["id"])
                    )

    async def wake(self, key: ConversationKey, lane: str | None) -> bool:
        with database_errors():
            async with self.pool.connection() as connection, connection.transaction():
                return await self._wake(connection, key, lane, by_contact=False)

    async def listed(
        self, *, account: AccountId | None, state: DeliveryState | None, limit: int
    ) -> Sequence[StoredDelivery]:
        query = f"""
            select {COLUMNS} from deliveries
            where (%(account)s::text is null or account = %(account)s)
              and (%(state)s::text is null or state = %(state)s)
            order by id desc limit %(limit)s
        """  # noqa: S608 -- COLUMNS is a constant of this module
        with database_errors():
            async with self.pool.connection() as connection:
                cursor = await connection.execute(query, {"account": account, "state": state, "limit": limit})
                return [_stored(row) for row in await cursor.fetchall()]

    async def find(self, delivery_id: int) -> StoredDelivery | None:
        query = f"select {COLUMNS} from deliveries where id = %s"  # noqa: S608 -- COLUMNS is a constant
        with database_errors():
            async with self.pool.connection() as connection:
                row = await (await connection.execute(query, (delivery_id,))).fetchone()
                return _stored(row) if row else None

    async def replay(self, delivery_id: int) -> bool:
        with database_errors():
            async with self.pool.connection() as connection, connection.transaction():
                cursor = await connection.execute(
                    """
                    update deliveries set state = 'waiting', reason = ''
                    where id = %s and conversation is not null and state <> 'rejected'
                    returning account, conversation
                    """,
                    (delivery_id,),
                )
                row = await cursor.fetchone()
                if row is None:
                    return False
                key = ConversationKey(row["account"], row["conversation"])
                await self._wake(connection, key, None, by_contact=False)
                return True

    async def _wake(
        self, connection: Connection, key: ConversationKey, lane: str | None, *, by_contact: bool
    ) -> bool:
        """True when the conversation was asleep; only then a job is added, so a burst adds one."""
        cursor = await connection.execute(
            WAKE.replace("%(by_contact)s", "now()" if by_contact else "null"),
            {
                "account": key.account,
                "conversation": key.conversation,
                "lane": lane_of(key.conversation, lane),
            },
        )
        row = await cursor.fetchone()
        if row is None or row["wakes"] > 1:
            return False
        await enqueue(self.queue, connection, key, row["lane"])
        return True


def _stored(row: DictRow) -> StoredDelivery:
    return StoredDelivery(
        id=row["id"],
        account=AccountId(row["account"]),
        event=row["event"],
        conversation=row["conversation"],
        message_id=row["message_id"],
        state=DeliveryState(row["state"]),
        reason=row["reason"],
        received_at=row["received_at"],
        body=bytes(row["body"]),
    )
