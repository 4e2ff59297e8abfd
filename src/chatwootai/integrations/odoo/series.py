"""What differs between Odoo's series, in one place. Source: Odoo 16 read, 18 measured, 19 documented.

Fields that a series or a module brings are not here: the server is asked for them (`known_fields`).
"""

from __future__ import annotations

from dataclasses import dataclass

OLDEST = 16
_JSON_2 = 19


@dataclass(frozen=True, slots=True)
class Series:
    """Names and abilities of one major version; unknown newer ones are taken to be like the newest known."""

    number: int

    @property
    def speaks_json_2(self) -> bool:
        return self.number >= _JSON_2

    @property
    def has_locked(self) -> bool:
        """16 and 17 know a locked order by the state "done" instead."""
        return self.number >= 18

    @property
    def confirmed_states(self) -> tuple[str, ...]:
        return ("sale",) if self.has_locked else ("sale", "done")

    @property
    def quotes_without_writing(self) -> bool:
        """`sale.order.onchange(values, field_names, fields_spec)`; 16 has another signature."""
        return self.number >= 17

    @property
    def can_silence_attendees(self) -> bool:
        """Whether the context key `no_mail_to_attendees` keeps an event from sending mail."""
        return self.number >= 17

    @property
    def groups_with(self) -> str:
        """The grouping method: `read_group` is deprecated in 19."""
        return "formatted_read_group" if self.number >= 19 else "read_group"
