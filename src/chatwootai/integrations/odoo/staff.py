"""Who works in the shop: resources with a user, whose partner attends the appointments."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from chatwootai.domain.calendars import ServiceRule
from chatwootai.domain.errors import BusinessRefusal, Refusal
from chatwootai.integrations.odoo.client import OdooClient
from chatwootai.integrations.odoo.values import flag, linked_id, number, records, text

_USERS = "res.users"
_ALL = {"active_test": False}


@dataclass(frozen=True, slots=True)
class Member:
    """`id` is that of the resource; `calendar` is None for somebody without fixed hours."""

    id: int
    name: str
    user: int
    partner: int
    calendar: int | None
    is_active: bool


async def read_staff(client: OdooClient) -> list[Member]:
    """All people of the company, those who left as well, by name. Who has no user cannot be booked."""
    company = (await client.identity()).company
    rows = records(
        await client.read(
            "resource.resource",
            "search_read",
            context=_ALL,
            domain=[
                ["resource_type", "=", "user"],
                ["user_id", "!=", False],
                "|",
                ["company_id", "=", company],
                ["company_id", "=", False],
            ],
            fields=["name", "user_id", "calendar_id", "active"],
            order="name, id",
        )
    )
    users = {linked_id(row, "user_id") for row in rows} - {None}
    partners = {
        number(user, "id"): linked_id(user, "partner_id")
        for user in records(
            await client.read(
                _USERS,
                "search_read",
                context=_ALL,
                domain=[["id", "in", sorted(id_ for id_ in users if id_ is not None)]],
                fields=["partner_id"],
            )
        )
    }
    members = [
        Member(
            number(row, "id"),
            text(row, "name"),
            user,
            partner,
            linked_id(row, "calendar_id"),
            flag(row, "active"),
        )
        for row in rows
        if (user := linked_id(row, "user_id")) is not None and (partner := partners.get(user)) is not None
    ]
    return each_once(members)


def each_once(members: Sequence[Member]) -> list[Member]:
    """Of several resources of one partner the active one, else the oldest: her events do not tell which.

    Whoever left and came back has two.
    """
    chosen: dict[int, Member] = {}
    for member in sorted(members, key=lambda member: (not member.is_active, member.id)):
        chosen.setdefault(member.partner, member)
    return [member for member in members if chosen[member.partner] is member]


async def colleagues_among(client: OdooClient, partners: Collection[int]) -> set[int]:
    """Which of these partners are internal users, professionals or not."""
    if not partners:
        return set()
    rows = records(
        await client.read(
            _USERS,
            "search_read",
            context=_ALL,
            domain=[["partner_id", "in", sorted(partners)], ["share", "=", False]],
            fields=["partner_id"],
        )
    )
    return {partner for row in rows if (partner := linked_id(row, "partner_id")) is not None}


def offering(rule: ServiceRule, staff: Sequence[Member]) -> list[Member]:
    """Who offers a service, by name."""
    names = {name.strip().casefold() for name in rule.professionals}
    able = [
        member
        for member in staff
        if member.is_active and (not names or member.name.strip().casefold() in names)
    ]
    return sorted(able, key=lambda member: (member.name.casefold(), member.id))


def member_with(staff: Sequence[Member], professional_id: int) -> Member:
    """The member of this number; `UNKNOWN_RECORD` where there is none."""
    for member in staff:
        if member.id == professional_id:
            return member
    raise BusinessRefusal(Refusal.UNKNOWN_RECORD, f"professional:{professional_id}")
