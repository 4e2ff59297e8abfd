"""HTTP to one Chatwoot account: deadlines, repetitions, and what an answer or its absence means."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import aiohttp
import orjson

from chatwootai.domain.errors import IntegrationError, OutcomeUnknown, RequestRefused, ServiceUnavailable
from chatwootai.integrations.chatwoot.fields import as_object, as_text

SERVICE = "chatwoot"

TOKEN_HEADER = "Api-Access-Token"  # noqa: S105  # the name of the header, not a token
"""Rack reads it as the documented `api_access_token`; proxies drop names with underscores, this one not."""

REPETITIONS = 2
LONGEST_RETRY_AFTER = 5.0
"""Seconds. Who asks for more than this gets an error at once: a customer is waiting."""

_FIRST_PAUSE = 0.2
_REPEATED = frozenset({429, 502, 503, 504})
_NOT_DONE = frozenset({408, 425, 429})
"""Refused before anything was stored, and worth another try later."""

_jitter = random.SystemRandom()


@dataclass(frozen=True, slots=True)
class ChatwootAccess:
    """Where an account's Chatwoot is, and how to enter.

    `bot_token` writes and hands over; `user_token` (of a person with role agent) reads, since Chatwoot
    4.10 refuses every GET of a bot. Time-outs are in seconds; `timeout` holds for the whole exchange.
    """

    url: str
    account_id: int
    bot_token: str = field(repr=False)
    user_token: str = field(repr=False)
    connect_timeout: float = 2.0
    timeout: float = 10.0


@dataclass(frozen=True, slots=True)
class Call:
    """One request. A read is always repeatable; `name` is what errors call it, without the query."""

    method: str
    path: str
    token: str = field(repr=False)
    query: Mapping[str, str] = field(default_factory=dict)
    body: object = None
    repeatable: bool = True

    @property
    def writes(self) -> bool:
        return self.method != "GET"

    @property
    def name(self) -> str:
        return f"{self.method} {self.path}"


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    body: bytes
    retry_after: str | None


class _NoAnswer(Exception):
    """`sent` when the request may have arrived, `at_once` when nobody was kept waiting."""

    def __init__(self, reason: str, *, sent: bool, at_once: bool) -> None:
        super().__init__(reason)
        self.reason = reason
        self.sent = sent
        self.at_once = at_once


class Transport:
    def __init__(self, session: aiohttp.ClientSession, access: ChatwootAccess) -> None:
        self._session = session
        self._access = access
        self._root = access.url.rstrip("/")
        self._account = f"/api/v1/accounts/{access.account_id}"
        # `connect` also bounds the wait for a free connection, so whatever exceeds the total was sent.
        self._timeout = aiohttp.ClientTimeout(total=access.timeout, connect=access.connect_timeout)

    async def read(self, path: str, query: Mapping[str, str] | None = None) -> object:
        """GET below the account with the user's token; the decoded JSON."""
        return await self.call(Call("GET", self._account + path, self._access.user_token, query or {}))

    async def write(self, path: str, body: Mapping[str, object], *, repeatable: bool) -> object:
        """POST below the account with the bot's token; the decoded JSON, None for an empty answer."""
        call = Call("POST", self._account + path, self._access.bot_token, {}, body, repeatable)
        return await self.call(call)

    async def call(self, call: Call) -> object:
        """Send `call`, again where that is safe and promising, and decode the answer.

        Raises `RequestRefused`, `ServiceUnavailable`, and `OutcomeUnknown` for a write that may have
        happened: also when only an earlier one of several attempts may have.
        """
        maybe_done = False
        for attempt in range(1 + REPETITIONS if call.repeatable else 1):
            last = attempt == REPETITIONS or not call.repeatable
            try:
                answer = await self._attempt(call)
            except _NoAnswer as failure:
                maybe_done = maybe_done or (call.writes and failure.sent)
                if last or not failure.at_once:
                    raise _lost(call, failure.reason, maybe_done) from failure.__cause__
                await asyncio.sleep(_pause(attempt))
                continue
            pause = _pause(attempt, answer.retry_after)
            if last or answer.status not in _REPEATED or pause > LONGEST_RETRY_AFTER:
                return _decoded(call, answer, maybe_done)
            maybe_done = maybe_done or (call.writes and answer.status >= 500)
            await asyncio.sleep(pause)
        raise AssertionError("the last attempt returns or raises")

    async def _attempt(self, call: Call) -> _Answer:
        headers = {TOKEN_HEADER: call.token, "Accept": "application/json"}
        payload = None
        if call.body is not None:
            headers["Content-Type"] = "application/json"
            payload = orjson.dumps(call.body)
        try:
            async with self._session.request(
                call.method,
                self._root + call.path,
                params=call.query,
                data=payload,
                headers=headers,
                timeout=self._timeout,
                allow_redirects=False,  # a redirected POST would arrive as a GET
            ) as response:
                body = await response.read()
                return _Answer(response.status, body, response.headers.get("Retry-After"))
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise _NoAnswer("not reached", sent=False, at_once=True) from error
        except aiohttp.InvalidURL as error:
            raise RequestRefused(SERVICE, f"{self._root!r} is not a URL") from error
        except TimeoutError as error:
            reason = f"no answer within {self._access.timeout:g} s"
            raise _NoAnswer(reason, sent=True, at_once=False) from error
        except (aiohttp.ClientError, OSError) as error:
            raise _NoAnswer("the connection broke", sent=True, at_once=True) from error


def _lost(call: Call, reason: str, maybe_done: bool) -> IntegrationError:
    kind = OutcomeUnknown if maybe_done else ServiceUnavailable
    return kind(SERVICE, f"{call.name}: {reason}")


def _decoded(call: Call, answer: _Answer, maybe_done: bool) -> object:
    if 200 <= answer.status < 300:
        return _json(call, answer)
    reason = f"HTTP {answer.status}{_explanation(answer.body)}"
    # Chatwoot answers 422 also when a conversation got more than 200 messages within a minute.
    if answer.status in _NOT_DONE or (answer.status == 422 and "Too many messages" in reason):
        raise _lost(call, reason, maybe_done)
    if answer.status >= 500:
        raise _lost(call, reason, call.writes)
    raise RequestRefused(SERVICE, f"{call.name}: {reason}")


def _json(call: Call, answer: _Answer) -> object:
    if not answer.body.strip():
        return None
    try:
        decoded: object = orjson.loads(answer.body)
    except orjson.JSONDecodeError as error:
        raise _lost(call, "the answer is not JSON", call.writes) from error
    return decoded


def _explanation(body: bytes) -> str:
    """Chatwoot's own words, short: they may quote what was sent."""
    try:
        decoded = as_object(orjson.loads(body))
    except orjson.JSONDecodeError:
        return ""
    words = as_text(decoded.get("error")) or as_text(decoded.get("message"))
    return f": {words[:120]}" if words else ""


def _pause(attempt: int, retry_after: str | None = None) -> float:
    """Seconds until the next attempt: as asked, else growing, with jitter so that workers spread."""
    asked = _seconds(retry_after)
    return asked if asked is not None else _FIRST_PAUSE * 2**attempt * _jitter.uniform(0.5, 1.5)


def _seconds(retry_after: str | None) -> float | None:
    """Both forms of RFC 9110, 10.2.3: seconds or a date."""
    if retry_after is None:
        return None
    if retry_after.isascii() and retry_after.isdecimal():
        return float(retry_after)
    try:
        moment = parsedate_to_datetime(retry_after)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())
