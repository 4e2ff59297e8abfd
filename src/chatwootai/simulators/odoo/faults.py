"""Misbehaviour on demand, for tests and demonstrations."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class Faults(BaseModel):
    """Probabilities are per call; `database_down` answers as Odoo does when PostgreSQL is gone.

    A call that times out is executed first and answered `timeout_seconds` late: a real Odoo too commits
    what its client no longer waits for.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    status_500: float = Field(default=0.0, ge=0.0, le=1.0)
    timeout: float = Field(default=0.0, ge=0.0, le=1.0)
    timeout_seconds: float = Field(default=60.0, ge=0.0, le=600.0)
    database_down: bool = False
