"""Messages in the language of the call. Odoo ships English and Portuguese."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chatwootai.simulators.odoo.orm.environment import Environment


def worded(env: Environment, english: str, portuguese: str) -> str:
    """The message as this caller reads it; a call without a language reads English, as in Odoo."""
    return portuguese if env.lang == "pt_BR" else english
