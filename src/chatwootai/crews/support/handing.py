"""To a person, with the facts of the order in the colleague's note."""

from __future__ import annotations

from collections.abc import Sequence

from chatwootai.crews.dialogues.handoff import handoff_text, summary
from chatwootai.crews.dialogues.wording import Wording
from chatwootai.crews.tools import Visit
from chatwootai.domain.outcomes import Handoff, HandoffReason

MOTIVE = "**Motivo:**"


def handed(
    reason: HandoffReason,
    text: str,
    why: str,
    facts: Sequence[str],
    visit: Visit,
    wording: Wording,
    *,
    urgent: bool = False,
) -> Handoff:
    """`text` first, then when a person answers. `why` stands in the note in place of a general motive."""
    person = handoff_text(reason, visit.briefing, wording, visit.ledger)
    said = "\n\n".join(each for each in (text, person) if each)
    lines = [
        f"{MOTIVE} {why}" if line.startswith(MOTIVE) else line
        for line in summary(reason, visit.briefing).split("\n\n")
    ]
    return Handoff(reason, said, "\n\n".join([*lines, *facts]), urgent)
