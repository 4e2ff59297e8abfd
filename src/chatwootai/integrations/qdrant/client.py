"""The ordinary client, as every part of the product opens it."""

from __future__ import annotations

import warnings
from urllib.parse import urlsplit

from qdrant_client import AsyncQdrantClient

TIMEOUT_SECONDS = 10
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


def open_client(url: str, api_key: str | None, timeout: int = TIMEOUT_SECONDS) -> AsyncQdrantClient:
    """Does not connect yet. Its owner closes it.

    The versions of server and client are not compared: that would be a call while opening, and the embedded
    server is of no version. A key sent without TLS is warned of, but not where it never leaves the machine.
    """
    with warnings.catch_warnings():
        if urlsplit(url).hostname in _LOOPBACK:
            warnings.filterwarnings("ignore", message="Api key is used with an insecure connection")
        return AsyncQdrantClient(url=url, api_key=api_key, check_compatibility=False, timeout=timeout)
