"""Days, weeks, months, quarters and years as groups of dates and times."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from typing import TYPE_CHECKING, LiteralString

from babel.dates import format_date
from psycopg import sql

from chatwootai.simulators.odoo.orm.fields import Field, Kind
from chatwootai.simulators.odoo.orm.values import written_time

if TYPE_CHECKING:
    from chatwootai.simulators.odoo.orm.environment import Environment


class Period(StrEnum):
    """What follows the colon in a group by."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


_LABELS = {
    Period.DAY: "dd MMM yyyy",
    Period.WEEK: "'W'w YYYY",
    Period.MONTH: "MMMM yyyy",
    Period.QUARTER: "QQQ yyyy",
    Period.YEAR: "yyyy",
}
_MONTHS = {Period.MONTH: 1, Period.QUARTER: 3, Period.YEAR: 12}


def start_of(column: sql.Composable, field: Field, period: Period, env: Environment) -> sql.Composable:
    """The first day of the period that a value falls into, in the caller's zone."""
    local = sql.SQL("({})::timestamp").format(column)
    if field.kind is Kind.DATETIME:
        local = sql.SQL("(({}) AT TIME ZONE {})").format(column, sql.Literal(_zone_name(env)))
    if period is Period.WEEK:
        # Weeks begin on Sunday in both languages of the simulation; PostgreSQL's begin on Monday.
        return sql.SQL("(date_trunc('week', {} + interval '1 day') - interval '1 day')::date").format(local)
    unit: LiteralString = period.value
    return sql.SQL("date_trunc({}, {})::date").format(sql.Literal(unit), local)


def _zone_name(env: Environment) -> str:
    name = env.context.get("tz")
    return str(name) if isinstance(name, str) and env.zone is not UTC else "UTC"


def label(first: date, period: Period, env: Environment) -> str:
    """The period as Odoo names it in the caller's language."""
    return format_date(first, _LABELS[period], locale=env.lang)


def bounds(first: date, field: Field, period: Period, env: Environment) -> tuple[str, str]:
    """Begin and end (exclusive) as a domain needs them: UTC text for times, days for dates."""
    following = _following(first, period)
    if field.kind is Kind.DATE:
        return first.isoformat(), following.isoformat()
    return _midnight(first, env.zone), _midnight(following, env.zone)


def _following(first: date, period: Period) -> date:
    if period in (Period.DAY, Period.WEEK):
        return first + timedelta(days=1 if period is Period.DAY else 7)
    months = first.month - 1 + _MONTHS[period]
    return date(first.year + months // 12, months % 12 + 1, 1)


def _midnight(day: date, zone: tzinfo) -> str:
    return written_time(datetime.combine(day, time(), zone))
