"""Groups of users, and which bring along which."""

from __future__ import annotations

from functools import cache

STRONGEST_FIRST = ("system", "sale_admin", "sale_all", "sale_own", "internal")
"""The line in which a stronger group replaces the rules of a weaker one."""

_IMPLIED = {
    "system": ("sale_admin", "stock_user", "contact_creation"),
    "sale_admin": ("sale_all",),
    "sale_all": ("sale_own",),
    "sale_own": ("internal",),
    "stock_user": ("internal",),
    "contact_creation": ("internal",),
}


@cache
def with_implied(groups: frozenset[str]) -> frozenset[str]:
    """These groups and all that they bring along."""
    found: set[str] = set()
    waiting = list(groups)
    while waiting:
        group = waiting.pop()
        if group not in found:
            found.add(group)
            waiting += _IMPLIED.get(group, ())
    return frozenset(found)
