"""What the running simulation holds."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from chatwootai.simulators.odoo.faults import Faults

if TYPE_CHECKING:
    from chatwootai.simulators.odoo.access import Directory
    from chatwootai.simulators.odoo.settings import Settings
    from chatwootai.simulators.odoo.storage import Storage


@dataclass(slots=True)
class State:
    """Kept at `app.state.simulation`; only `faults` changes while it runs."""

    settings: Settings
    storage: Storage
    directory: Directory
    faults: Faults = field(default_factory=Faults)
