"""What the Chatwoot client makes of slow, broken and hostile answers, over real HTTP."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import aiohttp
import pytest
from aiohttp import web

from chatwootai.domain.accounts import AccountId
from chatwootai.domain.conversations import Status
from chatwootai.domain.errors import OutcomeUnknown, RequestRefused, ServiceUnavailable
from chatwootai.domain.helpdesk import OutgoingMessage
from chatwootai.integrations.chatwoot import ChatwootAccess, ChatwootHelpdesk
from chatwootai.integrations.chatwoot.access import Level, check_access

pytestmark = pytest.mark.integration

Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]

MESSAGE = OutgoingMessage(key="k1", text="Olá!")
CONVERSATION = {
    "id": 7,
    "inbox_id": 3,
    "status": "pending",
    "meta": {"channel": "Channel::Whatsapp", "sender": {"id": 55, "name": "Juliana"}},
}
STORED = {"id": 4712, "content": "Olá!"}


class ScriptedChatwoot:
    """Answers with `script` in turn, its last answer for good; remembers what arrived."""

    def __init__(self) -> None:
        self.script: list[Answer] = []
        self.seen: list[web.Request] = []
        self.bodies: list[object] = []
        self.never = asyncio.Event()

    async def answer(self, request: web.Request) -> web.StreamResponse:
        self.seen.append(request)
        self.bodies.append(await request.json() if request.can_read_body else None)
        step = self.script.pop(0) if len(self.script) > 1 else self.script[0]
        return await step(request)


def json(body: object, status: int = 200, **headers: str) -> Answer:
    async def answer(_: web.Request) -> web.StreamResponse:
        return web.json_response(
            body, status=status, headers={k.replace("_", "-"): v for k, v in headers.items()}
        )

    return answer


def text(body: str, status: int = 200) -> Answer:
    async def answer(_: web.Request) -> web.StreamResponse:
        return web.Response(text=body, status=status, content_type="text/html")

    return answer


async def hang_up(request: web.Request) -> web.StreamResponse:
    """The request arrived; the connection breaks before the answer."""
    assert request.transport is not None
    request.transport.abort()
    return web.Response()


async def half_an_answer(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Length": "1000", "Content-Type": "application/json"})
    await response.prepare(request)
    await response.write(b'{"id": 47')
    assert request.transport is not None
    request.transport.abort()
    return response


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as opened:
        yield opened


@pytest.fixture
async def chatwoot() -> ScriptedChatwoot:
    return ScriptedChatwoot()


@pytest.fixture
async def url(chatwoot: ScriptedChatwoot) -> AsyncIterator[str]:
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", chatwoot.answer)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    yield f"http://{host}:{port}"
    chatwoot.never.set()
    await runner.cleanup()


@pytest.fixture
async def helpdesk(session: aiohttp.ClientSession, url: str) -> ChatwootHelpdesk:
    return ChatwootHelpdesk(session, access(url), AccountId("1"))


@pytest.fixture
def impatient(session: aiohttp.ClientSession, url: str) -> ChatwootHelpdesk:
    return ChatwootHelpdesk(session, access(url, timeout=0.2), AccountId("1"))


def access(url: str, timeout: float = 10.0) -> ChatwootAccess:
    return ChatwootAccess(url, 1, bot_token="bot-token", user_token="user-token", timeout=timeout)


def silent(chatwoot: ScriptedChatwoot) -> Answer:
    async def answer(_: web.Request) -> web.StreamResponse:
        await chatwoot.never.wait()
        return web.Response()

    return answer


@pytest.fixture
async def deserted_url() -> str:
    """An address on which nobody listens any more."""
    server = await asyncio.start_server(lambda _r, _w: None, "127.0.0.1", 0)
    port: int = server.sockets[0].getsockname()[1]
    server.close()
    await server.wait_closed()
    return f"http://127.0.0.1:{port}"


async def test_reads_use_the_persons_token_and_writes_the_bots(
    chatwoot: ScriptedChatwoot, helpdesk: ChatwootHelpdesk
) -> None:
    chatwoot.script = [json(CONVERSATION), json(STORED)]
    await helpdesk.conversation(7)
    assert await helpdesk.post(7, MESSAGE) == 4712
    read, write = chatwoot.seen
    assert (read.method, read.path) == ("GET", "/api/v1/accounts/1/conversations/7")
    assert (write.method, write.path) == ("POST", "/api/v1/accounts/1/conversations/7/messages")
    assert [r.headers["Api-Access-Token"] for r in (read, write)] == ["user-token", "bot-token"]
    assert "user-token" not in repr(access(""))
    assert "bot-token" not in repr(access(""))


@pytest.mark.parametrize("status", [429, 502, 503, 504])
async def test_a_read_is_repeated_while_chatwoot_is_busy(
    chatwoot: ScriptedChatwoot, helpdesk: ChatwootHelpdesk, status: int
) -> None:
    chatwoot.script = [text("busy", status), text("busy", status), json(CONVERSATION)]
    assert (await helpdesk.conversation(7)).status is Status.PENDING
    assert len(chatwoot.seen) == 3


@pytest.mark.parametrize(("status", "attempts"), [(429, 3), (500, 1), (503, 3)])
async def test_a_read_that_fails_for_good_is_unavailable(
    chatwoot: ScriptedChatwoot, helpdesk: ChatwootHelpdesk, status: int, attempts: int
) -> None:
    chatwoot.script = [text("busy", status)]
    with pytest.raises(ServiceUnavailable, match=f"GET /api/v1/accounts/1/conversations/7: HTTP {status}"):
        await helpdesk.conversation(7)
    assert len(chatwoot.seen) == attempts


@pytest.mark.parametrize(
    "wait",
    ["0", format_datetime(datetime.now(UTC) - timedelta(seconds=9), usegmt=True)],
    ids=["seconds", "date"],
)
async def test_retry_after_is_honoured_in_both_forms(
    chatwoot: ScriptedChatwoot, helpdesk: ChatwootHelpdesk, wait: str
) -> None:
    chatwoot.script = [json({}, 429, Retry_After=wait), json(CONVERSATION)]
    await helpdesk.conversation(7)
    assert len(chatwoot.seen) == 2


@pytest.mark.parametrize(
    "wait",
    ["60", format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True), "9" * 400],
    ids=["seconds", "date", "digits"],
)
async def test_nobody_waits_for_a_retry_after_of_more_than_five_seconds(
    chatwoot: ScriptedChatwoot, helpdesk: ChatwootHelpdesk, wait: str
) -> None:
    chatwoot.script = [json({}, 429, Retry_After=wait)]
    with pytest.raises(ServiceUnavailable):
        await helpdesk.conversation(7)
    assert len(chatwoot.seen) == 1


async def test_a_retry_after_that_means_nothing_is_ignored(
    chatwoot: ScriptedChatwoot, helpdesk: ChatwootHelpdesk
) -> None:
    chatwoot.script = [json({}, 429, Retry_After="soon"), json(CONVERSATION)]
    await helpdesk.conversation(7)
    assert len(chatwoot.seen) == 2


@pytest.mark.parametrize("status", [301, 400, 401, 402, 403, 404, 422])
async def test_a_refusal_is_told_with_chatwoots_words_and_not_repeated(
    chatwoot: ScriptedChatwoot, helpdesk: ChatwootHelpdesk, status: int
) -> None:
    chatwoot.script = [json({"error": "Resource could not be found"}, status)]
    with pytest.raises(RequestRefused, match=f"HTTP {status}: Resource could not be found"):
        await helpdesk.conversation(7)
    with pytest.raises(RequestRefused):
        await helpdesk.post(7, MESSAGE)
    with pytest.raises(RequestRefused):
        await helpdesk.set_status(7, Status.OPEN)
    assert len(chatwoot.seen) == 3


@pytest.mark.parametrize("status", [500, 502, 503, 504])
async def test_a_post_that_failed_inside_chatwoot_is_unknown_and_never_repeated(
    chatwoot: ScriptedChatwoot, helpdesk: ChatwootHelpdesk, status: int
) -> None:
    chatwoot.script = [text("<h1>oops</h1>", status)]
    with pytest.raises(OutcomeUnknown):
        await helpdesk.post(7, MESSAGE)
    assert len(chatwoot.seen) == 1


@pytest.mark.parametrize(
    "answer",
    [json({}, 429), json({"error": "Validation failed: Too many messages"}, 422)],
    ids=["429", "422"],
)
async def test_a_post_beyond_the_rate_was_not_stored_and_may_be_tried_later(
    chatwoot: ScriptedChatwoot, helpdesk: ChatwootHelpdesk, answer: Answer
) -> None:
    chatwoot.script = [answer]
    with pytest.raises(ServiceUnavailable):
        await helpdesk.post(7, MESSAGE)
    assert len(chatwoot.seen) == 1


@pytest.mark.parametrize(
    "answer",
    [hang_up, half_an_answer, text("<html>"), text(""), json(None), json([]), json({"id": "x"})],
    ids=["hang up", "half", "html", "empty", "null", "list", "no id"],
)
async def test_a_post_whose_answer_is_lost_is_unknown_and_never_repeated(
    chatwoot: ScriptedChatwoot, helpdesk: ChatwootHelpdesk, answer: Answer
) -> None:
    chatwoot.script = [answer]
    with pytest.raises(OutcomeUnknown):
        await helpdesk.post(7, MESSAGE)
    assert len(chatwoot.seen) == 1


async def test_a_post_without_an_answer_in_time_is_unknown(
    chatwoot: ScriptedChatwoot, impatient: ChatwootHelpdesk
) -> None:
    chatwoot.script = [silent(chatwoot)]
    with pytest.raises(OutcomeUnknown, match=r"no answer within 0\.2 s"):
        await impatient.post(7, MESSAGE)
    assert len(chatwoot.seen) == 1


async def test_a_post_over_a_connection_that_died_meanwhile_is_unknown(
    session: aiohttp.ClientSession,
) -> None:
    """The server answers the first request, keeps the connection, and drops it at the second."""
    body = b'{"id": 4712}'

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        length = next(line for line in head.lower().splitlines() if line.startswith(b"content-length:"))
        await reader.readexactly(int(length.split(b":")[1]))
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body))
        await reader.read(1)
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        port: int = server.sockets[0].getsockname()[1]
        helpdesk = ChatwootHelpdesk(session, access(f"http://127.0.0.1:{port}"), AccountId("1"))
        assert await helpdesk.post(7, MESSAGE) == 4712
        with pytest.raises(OutcomeUnknown):
            await helpdesk.post(7, MESSAGE)


async def test_where_nobody_listens_nothing_was_done(
    session: aiohttp.ClientSession, deserted_url: str
) -> None:
    nobody_there = ChatwootHelpdesk(session, access(deserted_url), AccountId("1"))
    with pytest.raises(ServiceUnavailable, match="not reached"):
        await nobody_there.post(7, MESSAGE)
    with pytest.raises(ServiceUnavailable, match="not reached"):
        await nobody_there.set_status(7, Status.OPEN)
    with pytest.raises(ServiceUnavailable, match="not reached"):
        await nobody_there.conversation(7)


async def test_an_address_that_is_none_is_refused(session: aiohttp.ClientSession) -> None:
    helpdesk = ChatwootHelpdesk(session, access("chatwoot"), AccountId("1"))
    with pytest.raises(RequestRefused, match="not a URL"):
        await helpdesk.conversation(7)


@pytest.mark.parametrize("answer", [text("<html>"), json([]), json(None), json({"id": 7}), text("")])
async def test_a_read_of_garbage_is_unavailable(
    chatwoot: ScriptedChatwoot, helpdesk: ChatwootHelpdesk, answer: Answer
) -> None:
    chatwoot.script = [answer]
    with pytest.raises(ServiceUnavailable):
        await helpdesk.conversation(7)
    with pytest.raises(ServiceUnavailable):
        await helpdesk.messages(7, after=0)
    with pytest.raises(ServiceUnavailable):
        await helpdesk.updated_within(60)


async def test_a_read_without_an_answer_in_time_is_unavailable_and_not_repeated(
    chatwoot: ScriptedChatwoot, impatient: ChatwootHelpdesk
) -> None:
    chatwoot.script = [silent(chatwoot)]
    with pytest.raises(ServiceUnavailable):
        await impatient.conversation(7)
    assert len(chatwoot.seen) == 1


async def test_a_status_is_set_again_after_a_lost_answer(
    chatwoot: ScriptedChatwoot, helpdesk: ChatwootHelpdesk
) -> None:
    handed_over = {"payload": {"success": None, "conversation_id": 7, "current_status": "open"}}
    chatwoot.script = [hang_up, text("busy", 502), json(handed_over)]
    await helpdesk.set_status(7, Status.OPEN)
    assert chatwoot.bodies == [{"status": "open"}] * 3


async def test_a_status_that_may_have_been_set_once_stays_unknown(
    chatwoot: ScriptedChatwoot, helpdesk: ChatwootHelpdesk
) -> None:
    chatwoot.script = [hang_up, json({}, 429)]
    with pytest.raises(OutcomeUnknown):
        await helpdesk.set_status(7, Status.OPEN)


@pytest.mark.parametrize(
    "payload", [{"success": False, "current_status": "open"}, {"success": True, "current_status": "pending"}]
)
async def test_a_status_that_was_not_saved_is_refused(
    chatwoot: ScriptedChatwoot, helpdesk: ChatwootHelpdesk, payload: dict[str, object]
) -> None:
    chatwoot.script = [json({"meta": {}, "payload": payload})]
    with pytest.raises(RequestRefused, match="did not become open"):
        await helpdesk.set_status(7, Status.OPEN)


async def test_an_assignment_that_chatwoot_swallowed_is_refused(
    chatwoot: ScriptedChatwoot, helpdesk: ChatwootHelpdesk
) -> None:
    chatwoot.script = [json({"id": 8, "name": "Ana"}), json({"id": 4}), json(None), text("")]
    await helpdesk.assign_agent(7, 8)
    await helpdesk.assign_team(7, 4)
    with pytest.raises(RequestRefused, match="assignee_id 99 is unknown"):
        await helpdesk.assign_agent(7, 99)
    with pytest.raises(RequestRefused, match="team_id 99 is unknown"):
        await helpdesk.assign_team(7, 99)
    assert chatwoot.bodies == [{"assignee_id": 8}, {"team_id": 4}, {"assignee_id": 99}, {"team_id": 99}]


def page(first: int, last: int) -> Answer:
    record = {"content": "Olá", "message_type": 0, "created_at": 1768816800}
    return json({"meta": {}, "payload": [record | {"id": i} for i in range(first, last + 1)]})


def queries(chatwoot: ScriptedChatwoot) -> list[dict[str, str]]:
    return [dict(request.query) for request in chatwoot.seen]


async def test_one_page_is_enough_when_it_reaches_down_to_what_is_known(
    chatwoot: ScriptedChatwoot, helpdesk: ChatwootHelpdesk
) -> None:
    chatwoot.script = [page(101, 120)]
    assert [m.id for m in await helpdesk.messages(7, after=101)] == list(range(101, 121))
    assert queries(chatwoot) == [{}]


async def test_a_short_conversation_is_read_with_one_page(
    chatwoot: ScriptedChatwoot, helpdesk: ChatwootHelpdesk
) -> None:
    chatwoot.script = [page(101, 119)]
    assert len(await helpdesk.messages(7, after=0)) == 19
    assert queries(chatwoot) == [{}]


async def test_a_gap_below_the_newest_page_is_filled(
    chatwoot: ScriptedChatwoot, helpdesk: ChatwootHelpdesk
) -> None:
    chatwoot.script = [page(281, 300), page(101, 200), page(201, 300)]
    assert [m.id for m in await helpdesk.messages(7, after=100)] == list(range(101, 301))
    assert queries(chatwoot) == [{}, {"after": "100"}, {"after": "200"}]


async def test_a_conversation_without_end_is_read_up_to_a_bound(
    chatwoot: ScriptedChatwoot, helpdesk: ChatwootHelpdesk
) -> None:
    chatwoot.script = [page(99_981, 100_000), *(page(i * 100 + 1, i * 100 + 100) for i in range(20))]
    found = await helpdesk.messages(7, after=0)
    assert len(chatwoot.seen) == 11
    assert [m.id for m in found] == [*range(1, 1001), *range(99_981, 100_001)]


async def test_a_page_that_does_not_get_further_ends_the_reading(
    chatwoot: ScriptedChatwoot, helpdesk: ChatwootHelpdesk
) -> None:
    chatwoot.script = [page(281, 300), page(50, 60)]
    assert len(await helpdesk.messages(7, after=100)) == 20
    assert len(chatwoot.seen) == 2


async def test_the_sweep_asks_for_every_status(
    chatwoot: ScriptedChatwoot, helpdesk: ChatwootHelpdesk
) -> None:
    chatwoot.script = [json({"data": {"meta": {}, "payload": []}})]
    assert await helpdesk.updated_within(900) == ()
    assert queries(chatwoot) == [{"status": "all", "updated_within": "900"}]


BOTS_REFUSED = json({"error": "Access to this endpoint is not authorized for bots"}, 401)
VERSION = json({"version": "4.10.0", "queue_services": "ok"})


def profile(role: str, account: int = 1) -> Answer:
    return json({"id": 8, "accounts": [{"id": account, "role": role}]})


@pytest.mark.parametrize(
    ("script", "levels"),
    [
        ([VERSION, profile("agent"), BOTS_REFUSED], [Level.OK, Level.OK, Level.OK]),
        ([VERSION, profile("administrator"), BOTS_REFUSED], [Level.OK, Level.WARNING, Level.OK]),
        ([VERSION, profile("agent", account=2), BOTS_REFUSED], [Level.OK, Level.PROBLEM, Level.OK]),
        ([VERSION, json({"error": "Invalid Access Token"}, 401)], [Level.OK, Level.PROBLEM, Level.PROBLEM]),
        ([VERSION, profile("agent"), json({"data": {}})], [Level.OK, Level.OK, Level.PROBLEM]),
        ([VERSION, text("", 500)], [Level.OK, Level.PROBLEM, Level.PROBLEM]),
        ([json({}, 404), profile("agent"), BOTS_REFUSED], [Level.WARNING, Level.OK, Level.OK]),
        ([text("<html>")], [Level.PROBLEM]),
        ([json({})], [Level.PROBLEM]),
    ],
)
async def test_the_check_of_access_tells_what_is_wrong(
    session: aiohttp.ClientSession,
    chatwoot: ScriptedChatwoot,
    url: str,
    script: list[Answer],
    levels: list[Level],
) -> None:
    chatwoot.script = script
    findings = await check_access(session, access(url))
    assert [finding.level for finding in findings] == levels
    assert not any(token in f.text for f in findings for token in ("bot-token", "user-token"))
    assert {request.method for request in chatwoot.seen} == {"GET"}


async def test_the_check_of_access_ends_where_nobody_listens(
    session: aiohttp.ClientSession, deserted_url: str
) -> None:
    (finding,) = await check_access(session, access(deserted_url))
    assert finding.level is Level.PROBLEM
    assert deserted_url in finding.text
