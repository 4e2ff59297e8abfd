"""The crews' way to their threads. The hub reads them, too, so they live in `domain.threads`."""

from __future__ import annotations

from chatwootai.domain.threads import KEY, Thread, closed, current, of_crew, opened, threads

__all__ = ["KEY", "Thread", "closed", "current", "of_crew", "opened", "threads"]
