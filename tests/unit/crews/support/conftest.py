from __future__ import annotations

import pytest
from tests.unit.crews.support.counters import Counter

from chatwootai.domain.conversations import ChannelKind


@pytest.fixture
def counter() -> Counter:
    return Counter()


@pytest.fixture
def site() -> Counter:
    """On the site nobody's telephone is proven."""
    return Counter(channel=ChannelKind.WEB_WIDGET)
