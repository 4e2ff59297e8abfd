"""The webhook server over HTTP and PostgreSQL: who is let in, what is stored, what is said."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import aiohttp
import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.fixtures.serving import serving

from chatwootai.bootstrap.webhook import Doors, WebhookParts
from chatwootai.domain.accounts import AccountId
from chatwootai.domain.errors import DeliveryRejected
from chatwootai.entrypoints.webhook.app import create_app
from chatwootai.entrypoints.webhook.reception import receive
from chatwootai.integrations.chatwoot.webhooks import read_event
from chatwootai.integrations.postgres.delivery_store import PostgresDeliveryStore
from chatwootai.integrations.postgres.pool import make_pool
from chatwootai.integrations.postgres.queue import make_queue

pytestmark = pytest.mark.integration

FOLDER = Path(__file__).parents[1] / "payloads"
PAYLOADS = {path.stem: path.read_bytes() for path in sorted(FOLDER.glob("*.json"))}
SECRET, SIGNING = "segredo-do-caminho", "segredo-da-assinatura"
DOORS = Doors(AccountId("1"), 1, SECRET, SIGNING)
LIMIT = 100_000


def parts_of(dsn: str) -> WebhookParts:
    pool = make_pool(dsn, size=4, timeout=1.0, name="webhook")
    return WebhookParts(
        PostgresDeliveryStore(pool, make_queue()),
        {"1": DOORS, "2": Doors(AccountId("2"), 2, "outro", None)},
        LIMIT,
    )


@pytest.fixture
async def webhook(database: str) -> AsyncIterator[str]:
    async with serving(create_app(parts_of(database))) as url:
        yield url


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


async def rows(database: str, query: str) -> list[tuple[object, ...]]:
    async with await psycopg.AsyncConnection.connect(database) as connection:
        return await (await connection.execute(query)).fetchall()


def signed(body: bytes, secret: str = SIGNING, at: float | None = None) -> dict[str, str]:
    stamp = str(int(time.time() if at is None else at))
    digest = hmac.new(secret.encode(), f"{stamp}.".encode() + body, hashlib.sha256).hexdigest()
    return {"X-Chatwoot-Timestamp": stamp, "X-Chatwoot-Signature": f"sha256={digest}"}


INCOMING = PAYLOADS["message_created__whatsapp"]


async def test_every_payload_of_the_reference_is_stored_once(
    webhook: str, http: aiohttp.ClientSession, database: str
) -> None:
    for name, body in (*PAYLOADS.items(), *PAYLOADS.items()):
        async with http.post(f"{webhook}/webhook/1/{SECRET}", data=body) as response:
            assert response.status == 200, name
    stored = await rows(database, "select event, body from deliveries order by id")
    first = {read_event(body).dedupe_key: body for body in reversed(PAYLOADS.values())}
    assert sorted(stored) == sorted((json.loads(body)["event"], body) for body in first.values())


async def test_a_customers_message_is_stored_and_wakes_its_conversation_in_one_transaction(
    webhook: str, http: aiohttp.ClientSession, database: str
) -> None:
    for _ in range(3):
        await http.post(f"{webhook}/webhook/1/{SECRET}", data=INCOMING)
    message = json.loads(INCOMING)
    lane = f"1|{message['conversation']['inbox_id']}:{message['conversation']['contact_inbox']['source_id']}"
    assert await rows(
        database, "select lock, args, xmin = (select xmin from deliveries) from procrastinate_jobs"
    ) == [(lane, {"account": "1", "conversation": message["conversation"]["id"]}, True)]


NO_PROOF: dict[str, str] = {}
NONSENSE = {"X-Chatwoot-Signature": "sha256=", "X-Chatwoot-Timestamp": "agora"}


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        (f"/webhook/1/{SECRET}", lambda: NO_PROOF, 200),
        ("/webhook/1", lambda: signed(INCOMING), 200),
        (f"/webhook/1/{SECRET}", lambda: signed(INCOMING), 200),
        ("/webhook/1/errado", lambda: NO_PROOF, 401),
        ("/webhook/1/errado", lambda: signed(INCOMING), 401),
        ("/webhook/1", lambda: NO_PROOF, 401),
        ("/webhook/1", lambda: signed(INCOMING, "outro segredo"), 401),
        (f"/webhook/1/{SECRET}", lambda: signed(INCOMING, "outro segredo"), 401),
        ("/webhook/1", lambda: signed(INCOMING, at=time.time() - 3600), 401),
        ("/webhook/1", lambda: NONSENSE, 401),
        ("/webhook/2", lambda: signed(INCOMING, ""), 401),
        ("/webhook/2/outro", lambda: NO_PROOF, 200),
        (f"/webhook/2/{SECRET}", lambda: NO_PROOF, 401),
        ("/webhook/3/outro", lambda: NO_PROOF, 404),
    ],
)
async def test_only_who_proves_it_is_let_in(
    webhook: str,
    http: aiohttp.ClientSession,
    path: str,
    headers: Callable[[], dict[str, str]],
    status: int,
    database: str,
) -> None:
    async with http.post(webhook + path, data=INCOMING, headers=headers()) as response:
        assert response.status == status
        assert "\n" not in (await response.text()).strip()
    assert len(await rows(database, "select 1 from deliveries")) == (status == 200)


async def test_what_is_no_json_gets_one_line_and_is_kept(
    webhook: str, http: aiohttp.ClientSession, database: str
) -> None:
    for body in (b"isto nao e json", b"[]", b"", b"\xff\x00"):
        async with http.post(f"{webhook}/webhook/1/{SECRET}", data=body) as response:
            assert response.status == 400
            assert (await response.text()).startswith("the body is not")
    kept = await rows(database, "select state, body from deliveries order by id")
    assert kept == [
        ("rejected", b"isto nao e json"),
        ("rejected", b"[]"),
        ("rejected", b""),
        ("rejected", b"\xff\x00"),
    ]


async def test_what_is_too_large_is_refused(webhook: str, http: aiohttp.ClientSession) -> None:
    async with http.post(f"{webhook}/webhook/1/{SECRET}", data=b'{"a":"' + b"x" * LIMIT + b'"}') as response:
        assert response.status == 413


async def test_p12_a_payload_of_another_account_wakes_nobody(
    webhook: str, http: aiohttp.ClientSession, database: str
) -> None:
    async with http.post(f"{webhook}/webhook/2/outro", data=INCOMING) as response:
        assert response.status == 200
    assert await rows(database, "select account, state from deliveries") == [("2", "kept")]
    assert await rows(database, "select 1 from procrastinate_jobs") == []


async def test_p1_nothing_is_acknowledged_that_was_not_stored(http: aiohttp.ClientSession) -> None:
    nowhere = parts_of("postgresql://nobody@127.0.0.1:9/none")
    async with serving(create_app(nowhere)) as url:
        async with http.post(f"{url}/webhook/1/{SECRET}", data=INCOMING) as response:
            assert response.status == 500
            assert await response.text() == "not stored: the database does not answer"
        async with http.get(f"{url}/ready") as response:
            assert response.status == 503
        async with http.get(f"{url}/health") as response:
            assert response.status == 200


async def test_metrics_name_no_customer(webhook: str, http: aiohttp.ClientSession) -> None:
    await http.post(f"{webhook}/webhook/1/{SECRET}", data=INCOMING)
    await http.post(f"{webhook}/webhook/1/{SECRET}", data=b'{"event":"event of my own invention"}')
    async with http.get(f"{webhook}/metrics") as response:
        text = await response.text()
    assert 'chatwootai_deliveries_total{account="1",event="message_created",result="new"}' in text
    assert "invention" not in text
    sender = json.loads(INCOMING)["sender"]
    assert sender["name"] not in text
    assert sender["phone_number"] not in text


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=300),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=8,
)
THREAD = st.fixed_dictionaries(
    {"id": JSON, "inbox_id": JSON, "contact_inbox": st.fixed_dictionaries({"source_id": JSON})}
)
EVENT = st.fixed_dictionaries(
    {"event": st.sampled_from(["message_created", "message_updated", "conversation_updated", "\x00"]) | JSON},
    optional={
        "id": JSON,
        "message_type": st.sampled_from(["incoming", 0]) | JSON,
        "conversation": JSON | THREAD,
        "content_attributes": JSON,
        "account": JSON,
    },
)


async def test_whatever_chatwoot_may_send_is_stored_or_rejected_but_never_breaks_the_server(
    database: str,
) -> None:
    parts = parts_of(database)
    async with parts.opened():
        bodies: list[bytes] = []

        @settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
        @given(EVENT)
        def collect(event: object) -> None:
            bodies.append(json.dumps(event).encode())

        collect()
        for body in bodies:
            try:
                await receive(parts.store, DOORS, body)
            except DeliveryRejected as error:
                assert error.status == 400  # noqa: PT017 -- most bodies are accepted; this is about the rest
    assert len(bodies) >= 150
