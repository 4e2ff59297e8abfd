"""What `chatwootai understand` tells of a text."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from chatwootai.entrypoints.cli import commands

pytestmark = pytest.mark.unit


def test_intents_confidence_and_what_was_named_are_told_in_portuguese() -> None:
    told = CliRunner().invoke(
        commands, ["understand", "quero marcar escova sexta às 15h", "--agora", "2026-11-25T09:30:00"]
    )
    assert told.exit_code == 0
    assert "book  (confiança" in told.output
    assert "equipe: scheduling" in told.output
    assert "27/11/2026 15:00" in told.output
