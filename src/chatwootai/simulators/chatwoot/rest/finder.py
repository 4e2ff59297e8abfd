"""Finding conversations: conversation_finder.rb and the filter."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from chatwootai.simulators.chatwoot.rest.answers import server_error, unprocessable
from chatwootai.simulators.chatwoot.store.conversations import PRIORITIES, STATUSES, conversations

if TYPE_CHECKING:
    import sqlite3

    from chatwootai.simulators.chatwoot.jsontypes import JsonObject
    from chatwootai.simulators.chatwoot.rest.caller import Caller
    from chatwootai.simulators.chatwoot.rest.params import Params
    from chatwootai.simulators.chatwoot.store.conversations import Conversation

PAGE = 25
ASSIGNED = "(assignee_id IS NOT NULL OR assignee_agent_bot_id IS NOT NULL)"
UNATTENDED = "(first_reply_created_at IS NULL OR waiting_since IS NOT NULL)"
HAS_LABEL = "EXISTS (SELECT 1 FROM json_each(labels) WHERE json_each.value = ?)"
_RANK = " ".join(f"WHEN '{name}' THEN {rank}" for rank, name in enumerate(PRIORITIES, 1))
SORTS = {
    "last_activity_at_asc": "last_activity_at ASC",
    "last_activity_at_desc": "last_activity_at DESC",
    "created_at_asc": "created_at ASC",
    "created_at_desc": "created_at DESC",
    "priority_asc": f"CASE priority {_RANK} ELSE 99 END ASC, last_activity_at DESC",
    "priority_desc": f"CASE priority {_RANK} ELSE 0 END DESC, last_activity_at DESC",
    "waiting_since_asc": "waiting_since ASC NULLS LAST, created_at ASC",
    "waiting_since_desc": "waiting_since DESC NULLS LAST, created_at ASC",
}
# Keys of lib/filters/filter_keys.yml that are plain columns here.
FILTER_COLUMNS = {
    "status": "status",
    "inbox_id": "inbox_id",
    "assignee_id": "assignee_id",
    "team_id": "team_id",
    "priority": "priority",
    "display_id": "display_id",
    "contact_id": "contact_id",
    "created_at": "created_at",
    "last_activity_at": "last_activity_at",
}


@dataclass(slots=True)
class _Where:
    clauses: list[str] = field(default_factory=list)
    values: list[object] = field(default_factory=list)

    def add(self, clause: str, *values: object) -> None:
        self.clauses.append(clause)
        self.values.extend(values)

    def sql(self) -> str:
        return " AND ".join(self.clauses)


@dataclass(frozen=True, slots=True)
class Found:
    """Conversations with the counts that the dashboard shows beside them."""

    conversations: list[Conversation]
    counts: JsonObject


def search(db: sqlite3.Connection, caller: Caller, params: Params) -> Found:
    """What `GET conversations` lists; without `status`, only open ones."""
    where = _in_sight(caller)
    _add_status(where, params)
    _add_plain_filters(where, params)
    updated_within = params.integer("updated_within")
    if updated_within is not None:
        where.add("updated_at > ?", time.time() - updated_within)
    counts = count(db, caller, where)
    _add_assignee_type(where, caller, params.text("assignee_type") or "all")
    order = SORTS.get(params.text("sort_by") or "", SORTS["last_activity_at_desc"])
    sql = f"{where.sql()} ORDER BY {order}"
    if updated_within is None:
        sql += f" LIMIT {PAGE} OFFSET {(max(params.integer('page') or 1, 1) - 1) * PAGE}"
    return Found(conversations.all(db, sql, *where.values), counts)


def search_filtered(db: sqlite3.Connection, caller: Caller, params: Params) -> Found:
    """What `POST conversations/filter` finds, newest activity first.

    Raises:
        RestError: 422, a key, operator or list of values that is not understood.
    """
    where = _in_sight(caller)
    expression, values = _expression(params.items("payload") or [])
    if expression:
        where.add(f"({expression})", *values)
    offset = (max(params.integer("page") or 1, 1) - 1) * PAGE
    sql = f"{where.sql()} ORDER BY last_activity_at DESC LIMIT {PAGE} OFFSET {offset}"
    return Found(conversations.all(db, sql, *where.values), count(db, caller, where))


def count(db: sqlite3.Connection, caller: Caller, where: _Where) -> JsonObject:
    """Mine, assigned, unassigned and all."""
    sql = (
        f"SELECT count(*), coalesce(sum(assignee_id IS ?), 0), coalesce(sum({ASSIGNED}), 0) "  # noqa: S608  # our own clauses
        f"FROM conversations WHERE {where.sql()}"
    )
    mine = caller.user.id if caller.user else -1
    every, own, assigned = db.execute(sql, (mine, *where.values)).fetchone()
    return {
        "mine_count": own,
        "assigned_count": assigned,
        "unassigned_count": every - assigned,
        "all_count": every,
    }


def meta(db: sqlite3.Connection, caller: Caller, params: Params) -> JsonObject:
    """Counts for the filters of `GET conversations/meta`."""
    where = _in_sight(caller)
    _add_status(where, params)
    _add_plain_filters(where, params)
    return count(db, caller, where)


def _in_sight(caller: Caller) -> _Where:
    where = _Where()
    where.add("account_id = ?", caller.account.id)
    if caller.inbox_ids is not None:
        where.add(f"inbox_id IN ({_marks(len(caller.inbox_ids))})", *caller.inbox_ids)
    return where


def _add_status(where: _Where, params: Params) -> None:
    status = params.text("status") or "open"
    if status == "all":
        return
    if status not in STATUSES:
        raise server_error()
    where.add("status = ?", status)


def _add_plain_filters(where: _Where, params: Params) -> None:
    for key in ("inbox_id", "team_id"):
        if params.text(key):
            where.add(f"{key} = ?", params.integer(key))
    labels = params.items("labels")
    if labels:
        where.add(f"({' OR '.join([HAS_LABEL] * len(labels))})", *labels)
    if params.text("source_id"):
        where.add(
            "contact_inbox_id IN (SELECT id FROM contact_inboxes WHERE source_id = ?)",
            params.text("source_id"),
        )
    if params.text("conversation_type") == "unattended":
        where.add(UNATTENDED)
    if params.text("q"):
        where.add(
            "id IN (SELECT conversation_id FROM messages WHERE content LIKE ? AND account_id = ?)",
            f"%{params.text('q')}%",
            where.values[0],
        )


def _add_assignee_type(where: _Where, caller: Caller, assignee_type: str) -> None:
    if assignee_type == "me":
        where.add("assignee_id IS ?", caller.user.id if caller.user else -1)
    elif assignee_type == "unassigned":
        where.add(f"NOT {ASSIGNED}")
    elif assignee_type == "assigned":
        where.add(ASSIGNED)


def _expression(conditions: list[object]) -> tuple[str, list[object]]:
    parts: list[str] = []
    values: list[object] = []
    for index, condition in enumerate(conditions):
        if not isinstance(condition, dict):
            raise unprocessable("Invalid filter")
        clause, bound = _condition(condition)
        parts.append(clause)
        values += bound
        if index < len(conditions) - 1:
            parts.append("OR" if str(condition.get("query_operator")).upper() == "OR" else "AND")
    return " ".join(parts), values


def _condition(condition: JsonObject) -> tuple[str, list[object]]:
    key, operator = str(condition.get("attribute_key")), str(condition.get("filter_operator"))
    given = condition.get("values")
    values = given if isinstance(given, list) else [given]
    if key == "labels":
        return _label_condition(operator, values)
    column = FILTER_COLUMNS.get(key)
    if column is None:
        raise unprocessable(
            f"Invalid attribute key - [{key}]. The key should be one of {list(FILTER_COLUMNS)}"
        )
    if key == "status" and "all" in values:
        return "1 = 1", []
    clause = {
        "equal_to": f"{column} IN ({_marks(len(values))})",
        "not_equal_to": f"({column} IS NULL OR {column} NOT IN ({_marks(len(values))}))",
        "is_present": f"{column} IS NOT NULL",
        "is_not_present": f"{column} IS NULL",
        "is_greater_than": f"{column} > CAST(? AS REAL)",
        "is_less_than": f"{column} < CAST(? AS REAL)",
        "days_before": f"{column} < unixepoch() - 86400 * CAST(? AS INTEGER)",
    }.get(operator)
    if clause:
        return clause, values[: clause.count("?")]
    raise unprocessable(f"Invalid operator. The allowed operators for {key} are [equal_to, not_equal_to].")


def _label_condition(operator: str, values: list[object]) -> tuple[str, list[object]]:
    anyone = f"({' OR '.join([HAS_LABEL] * len(values))})"
    match operator:
        case "equal_to":
            return anyone, values
        case "not_equal_to":
            return f"NOT {anyone}", values
        case "is_present":
            return "labels <> '[]'", []
        case "is_not_present":
            return "labels = '[]'", []
    raise unprocessable("Invalid operator. The allowed operators for labels are [equal_to, not_equal_to].")


def _marks(number: int) -> str:
    return ", ".join("?" * number)
