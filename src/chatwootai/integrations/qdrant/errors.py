"""What Qdrant's client raises, as errors of ours: wrapped once, cause kept."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from qdrant_client.common.client_exceptions import QdrantException
from qdrant_client.http.exceptions import ApiException, UnexpectedResponse

from chatwootai.domain.errors import IntegrationError, RequestRefused, ServiceUnavailable

SERVICE = "qdrant"
NOT_FOUND = 404
_OVERLOADED = (408, 429)


@contextmanager
def translated(doing: str) -> Iterator[None]:
    """Raise `ServiceUnavailable` or `RequestRefused` for what the client raises; `doing` says in what."""
    try:
        yield
    except UnexpectedResponse as error:
        raise _for_status(error.status_code, doing) from error
    except (ApiException, QdrantException) as error:
        # The client wraps whatever its transport raises: no connection, no answer in time, no JSON.
        raise ServiceUnavailable(SERVICE, f"{doing}: no answer") from error


def is_missing(error: IntegrationError) -> bool:
    """Whether Qdrant answered that there is no such collection."""
    cause = error.__cause__
    return isinstance(cause, UnexpectedResponse) and cause.status_code == NOT_FOUND


def _for_status(status: int | None, doing: str) -> IntegrationError:
    if status is None or status >= 500 or status in _OVERLOADED:
        return ServiceUnavailable(SERVICE, f"{doing}: status {status}")
    return RequestRefused(SERVICE, f"{doing}: status {status}")
