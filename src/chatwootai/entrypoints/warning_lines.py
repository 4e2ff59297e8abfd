"""The lines of a growing log that the operator should see at once."""

import json
import re
from pathlib import Path

_LEVELS = frozenset({"warning", "error", "critical"})
_PLAIN = re.compile(r"\b(WARNING|ERROR|CRITICAL|FATAL|PANIC)\b")
_ORDINARY = re.compile(r"FATAL: +the database system is (starting up|shutting down|not yet accepting)")
"""What PostgreSQL calls fatal for one who asks too early or too late; nobody needs to do anything."""
_SHOWN_AT_ONCE = 3
_LINE_LIMIT = 200


class WarningLines:
    """Follows one log from its present end."""

    def __init__(self, log: Path) -> None:
        self._log = log
        self._offset = log.stat().st_size if log.exists() else 0

    def take(self) -> list[str]:
        """The new warnings since the last call, at most three and then a count of the others."""
        found = [text for line in self._new_lines() if (text := _warning(line))]
        others = len(found) - _SHOWN_AT_ONCE
        if others <= 0:
            return found
        return [*found[:_SHOWN_AT_ONCE], f"… e mais {others} em {self._log}"]

    def _new_lines(self) -> list[str]:
        if not self._log.exists():
            return []
        size = self._log.stat().st_size
        if size < self._offset:  # set aside, and begun anew
            self._offset = 0
        with self._log.open("rb") as file:
            file.seek(self._offset)
            whole, newline, _ = file.read(size - self._offset).rpartition(b"\n")
        self._offset += len(whole) + len(newline)
        return whole.decode("utf-8", "replace").splitlines()


def last_line(log: Path) -> str:
    """What a program said last, empty when it said nothing."""
    if not log.exists():
        return ""
    lines = log.read_bytes()[-4096:].decode("utf-8", "replace").strip().splitlines()
    return lines[-1][:_LINE_LIMIT] if lines else ""


def _warning(line: str) -> str | None:
    if line.startswith("{"):
        return _json_warning(line)
    return line[:_LINE_LIMIT] if _PLAIN.search(line) and not _ORDINARY.search(line) else None


def _json_warning(line: str) -> str | None:
    try:
        entry = json.loads(line)
    except json.JSONDecodeError:
        return None
    if not isinstance(entry, dict) or str(entry.get("level", "")).lower() not in _LEVELS:
        return None
    return str(entry.get("event", line))[:_LINE_LIMIT]
