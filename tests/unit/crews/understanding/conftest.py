"""The moment at which the customers of these tests write: a Wednesday in spring."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest


@pytest.fixture(scope="session")
def now() -> datetime:
    return datetime(2026, 11, 25, 9, 30, tzinfo=ZoneInfo("America/Sao_Paulo"))
