"""HTTP to Odoo: one attempt, with deadlines, and what its failure means."""

from __future__ import annotations

from dataclasses import dataclass

import aiohttp

from chatwootai.domain.errors import IntegrationError, OutcomeUnknown, RequestRefused, ServiceUnavailable
from chatwootai.integrations.odoo.access import OdooAccess
from chatwootai.integrations.odoo.errors import SERVICE
from chatwootai.integrations.odoo.wires import Request

_GATEWAY = frozenset({502, 503, 504})


class Passing(Exception):
    """A failure that another try may not meet; `error` is what it means if it stays."""

    def __init__(self, error: IntegrationError) -> None:
        super().__init__(str(error))
        self.error = error


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    content: bytes


async def post(
    session: aiohttp.ClientSession, access: OdooAccess, request: Request, *, writes: bool
) -> Answer:
    """Send a request once. Raises `Passing`, or the error itself where repeating does not help."""
    seconds = access.write_timeout if writes else access.timeout
    lost = OutcomeUnknown if writes else ServiceUnavailable
    try:
        async with session.post(
            access.url.rstrip("/") + request.path,
            data=request.body,
            headers=request.headers,
            timeout=aiohttp.ClientTimeout(total=seconds, connect=access.connect_timeout),
            allow_redirects=False,  # a redirected POST would arrive as a GET
        ) as response:
            answer = Answer(response.status, await response.read())
    except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
        raise Passing(ServiceUnavailable(SERVICE, "not reached")) from error
    except aiohttp.InvalidURL as error:
        raise RequestRefused(SERVICE, f"{access.url!r} is not a URL") from error
    except TimeoutError as error:
        raise lost(SERVICE, f"no answer within {seconds:g} s") from error
    except (aiohttp.ClientError, OSError) as error:
        raise Passing(lost(SERVICE, "the connection broke")) from error
    if answer.status in _GATEWAY:
        raise Passing(lost(SERVICE, f"HTTP {answer.status}"))
    if answer.status == 429:
        raise ServiceUnavailable(SERVICE, "HTTP 429")
    return answer
