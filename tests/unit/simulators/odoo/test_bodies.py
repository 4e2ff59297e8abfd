"""A request's body is read up to a limit."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any

import pytest
from fastapi import HTTPException, Request

from chatwootai.simulators.odoo.wire.bodies import body_of, media_type

pytestmark = pytest.mark.unit

MEGABYTE = 1024 * 1024


def sending(parts: list[bytes], kind: str = "") -> Request:
    left = list(parts)

    async def receive() -> MutableMapping[str, Any]:
        return {"type": "http.request", "body": left.pop(0), "more_body": bool(left)}

    return Request({"type": "http", "headers": [(b"content-type", kind.encode())]}, receive)


async def test_parts_are_put_together() -> None:
    assert await body_of(sending([b"a", b"", b"bc"])) == b"abc"


async def test_what_is_longer_than_16_megabytes_is_not_read_to_its_end() -> None:
    with pytest.raises(HTTPException) as refused:
        await body_of(sending([bytes(MEGABYTE)] * 30))
    assert refused.value.status_code == 413


@pytest.mark.parametrize(
    "kind", ["application/json", "Application/JSON; charset=utf-8", " application/json ;"]
)
def test_parameters_of_a_content_type_do_not_matter(kind: str) -> None:
    assert media_type(sending([], kind)) == "application/json"
