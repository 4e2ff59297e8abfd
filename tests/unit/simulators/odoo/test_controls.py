"""The doors for tests and demonstrations are closed to the network."""

from __future__ import annotations

import pytest
from fastapi import HTTPException, Request

from chatwootai.simulators.odoo.controls import loopback_only

pytestmark = pytest.mark.unit


def _from(host: str | None) -> Request:
    return Request({"type": "http", "client": (host, 50000) if host else None, "headers": []})


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.9.1", "::1"])
def test_this_machine_may_change_figures(host: str) -> None:
    loopback_only(_from(host))


@pytest.mark.parametrize("host", ["10.0.0.5", "192.168.0.2", "2001:db8::1", None])
def test_nobody_else_may(host: str | None) -> None:
    with pytest.raises(HTTPException) as refused:
        loopback_only(_from(host))
    assert refused.value.status_code == 403
