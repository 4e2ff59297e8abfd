"""What our appointments carry in their description: for people to read, and for us to find them again.

Odoo's events have no field for another program's key. Odoo cleans the HTML and people may write around it,
so the mark is a plain sentence whose values stand in brackets, quoted so that nothing in them ends it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape, unescape
from urllib.parse import quote, unquote

from chatwootai.integrations.odoo.products import literally

_PLAIN = "-_.:~/@+="
# The customer's name is last: whatever it says, the first values found are ours.
_MARK = re.compile(
    r"Agendado pelo atendimento\. Referência: \[(?P<key>[^\[\]\s]+)\]\."
    r" Serviço: \[(?P<service>[^\[\]\s]*)\]\. Cliente: \[(?P<customer>\d+)\]"
)
_TAG = re.compile(r"<[^>]*>")
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class BookingMark:
    """Our key, the code of the service and the customer's partner."""

    key: str
    service: str
    customer: int

    def written(self, customer_name: str) -> str:
        """The description of a new appointment, as HTML."""
        return (
            f"<p>Agendado pelo atendimento. Referência: {_in_brackets(self.key)}."
            f" Serviço: {_in_brackets(self.service)}."
            f" Cliente: [{self.customer}] {escape(customer_name, quote=False)}.</p>"
        )


def found_mark(description: str) -> BookingMark | None:
    """The mark in a description, None where there is none."""
    plain = _SPACES.sub(" ", unescape(_TAG.sub("", description)))
    match = _MARK.search(plain)
    if match is None:
        return None
    return BookingMark(unquote(match["key"]), unquote(match["service"]), int(match["customer"]))


def with_key(key: str) -> list[object]:
    """A condition that events with this key meet, and perhaps others: the mark has to be compared."""
    return ["description", "ilike", literally(_in_brackets(key))]


def with_customer(customer: int) -> list[object]:
    """A condition that events marked with this customer meet, and perhaps others."""
    return ["description", "ilike", f"Cliente: [{customer}]"]


def _in_brackets(value: str) -> str:
    return f"[{quote(value, safe=_PLAIN)}]"
