"""What the running simulation holds."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from chatwootai.simulators.odoo.cooldown import Cooldown
from chatwootai.simulators.odoo.faults import Faults
from chatwootai.simulators.odoo.sessions import Sessions

if TYPE_CHECKING:
    from chatwootai.simulators.odoo.authentication import Authentication
    from chatwootai.simulators.odoo.settings import Settings
    from chatwootai.simulators.odoo.storage import Storage


@dataclass(slots=True)
class State:
    """Kept at `app.state.simulation`; `faults` is replaced while it runs."""

    settings: Settings
    storage: Storage
    authentication: Authentication
    faults: Faults = field(default_factory=Faults)
    sessions: Sessions = field(default_factory=Sessions)
    cooldown: Cooldown = field(default_factory=Cooldown)
