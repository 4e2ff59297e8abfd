from __future__ import annotations

import pytest
from tests.fixtures.salon import Salon

from chatwootai.domain.conversations import ChannelKind


@pytest.fixture
def salon() -> Salon:
    return Salon()


@pytest.fixture
def clinic() -> Salon:
    return Salon("saude")


@pytest.fixture
def site() -> Salon:
    """On the site nobody's telephone is proven."""
    return Salon(channel=ChannelKind.WEB_WIDGET, contact="Visitante 12")
