"""Times of day without an hour: "de manhã", "depois do almoço", "no fim do dia", "cedinho"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time

from chatwootai.crews.understanding.clock_times import DAY_TAKEN
from chatwootai.crews.understanding.moment_parts import ClockPart
from chatwootai.crews.understanding.readable import TAKEN
from chatwootai.domain.requests import PartOfDay


@dataclass(frozen=True, slots=True)
class Vague:
    part: PartOfDay | None = None
    not_before: time | None = None
    not_after: time | None = None


MORNING, AFTERNOON, EVENING = PartOfDay.MORNING, PartOfDay.AFTERNOON, PartOfDay.EVENING
MORNING_WORDS = r"(?:manha(?:zinha)?|madrugada)"
AFTERNOON_WORDS = r"(?:tarde(?:zinha)?|tardinha)"
EVENING_WORDS = r"(?:noite|noitinha)"
OF = (
    r"(?:(?:\bde|\ba|\bpela|\bna|\bda|\bpra|\bessa|\bnessa|\bno|\bdo|\bao?)(?: (?:parte|periodo|turno"
    r"|horario) (?:da|de))? |\b(?:periodo|turno|parte|horario) da |\b(?:cedo|so) (?:de )?|\x01,? ?)"
)
VAGUE: tuple[tuple[re.Pattern[str], Vague], ...] = tuple(
    (re.compile(pattern), vague)
    for pattern, vague in (
        (r"\bantes d[oe] (?:meu )?almoco\b", Vague(MORNING, not_after=time(12))),
        (r"\b(?:depois|apos) (?:d?o|de) (?:meu )?almoco\b", Vague(AFTERNOON, not_before=time(13))),
        (
            r"\b(?:(?:n[ao] )?(?:hora|horario|intervalo) d[oe]|n[oa])(?: meu)? almoco\b",
            Vague(not_before=time(12), not_after=time(14)),
        ),
        (r"\bantes d[oe] (?:trabalho|servico|expediente)\b", Vague(MORNING, not_after=time(9))),
        (
            r"\b(?:depois|apos) (?:d?o|que sa(?:io|ir) do) (?:meu )?(?:trabalho|servico|expediente)\b",
            Vague(EVENING, not_before=time(18)),
        ),
        (rf"\b(?:inicio|comeco|comecinho) d[ae] {MORNING_WORDS}\b", Vague(MORNING, not_after=time(10))),
        (rf"\b(?:inicio|comeco|comecinho) d[ae] {AFTERNOON_WORDS}\b", Vague(AFTERNOON, not_after=time(15))),
        (rf"\b(?:inicio|comeco|comecinho) d[ae] {EVENING_WORDS}\b", Vague(EVENING, not_after=time(20))),
        (rf"\b(?:fim|final|finzinho) d[ae] {MORNING_WORDS}\b", Vague(MORNING, not_before=time(10))),
        (rf"\b(?:fim|final|finzinho) d[ae] {AFTERNOON_WORDS}\b", Vague(AFTERNOON, not_before=time(16))),
        (r"\b(?:fim|final|finzinho) d[eo] (?:dia|expediente)\b", Vague(AFTERNOON, not_before=time(17))),
        (r"\b(?:inicio|comeco|comecinho) do dia\b", Vague(MORNING, not_after=time(10))),
        (
            r"(?<!mais )(?<!muito )(?<!tao )\b(?:bem |logo |de manha )?ced(?:inh)?o\b(?: \w+ manha\b)?",
            Vague(MORNING),
        ),
        (rf"{OF}{MORNING_WORDS}\b", Vague(MORNING)),
        (rf"{OF}{AFTERNOON_WORDS}\b(?! demais)", Vague(AFTERNOON)),
        (rf"{OF}{EVENING_WORDS}\b", Vague(EVENING)),
        (rf"^\W*{MORNING_WORDS}\W*$", Vague(MORNING)),
        (rf"^\W*{AFTERNOON_WORDS}\W*$", Vague(AFTERNOON)),
        (rf"^\W*{EVENING_WORDS}\W*$", Vague(EVENING)),
    )
)
MAY_NAME = re.compile(r"manha|madrug|tard|noit|almoco|trabalho|servico|expediente|trampo|dia\b|ced")
GREETING = re.compile(
    r"\b(?:bom dia|boas? (?:tardes?|noites?)|mais (?:tarde|cedo)|muito cedo|tarde demais)\b"
)
PRODUCT = re.compile(
    r"\b(?:creme|hidratante|serum|mascara|camisola|vestido|bolsa|locao|sabonete|uso|rotina|oleo"
    r"|gel)(?: \w+)? (?:e |d[ae] |para )?$"
)
"""Things that go by a part of the day: "creme da noite"."""


def vague_parts(folded: str) -> tuple[ClockPart, ...]:
    if not MAY_NAME.search(folded):
        return ()
    rest = GREETING.sub(lambda match: TAKEN * len(match.group()), folded)
    found: list[ClockPart] = []
    for pattern, vague in VAGUE:
        for match in pattern.finditer(rest):
            start, end = match.span()
            while rest[start] in f"{DAY_TAKEN}, ":
                start += 1
            if PRODUCT.search(rest, max(0, start - 32), start):
                continue
            found.append(ClockPart(start, end, None, vague.part, vague.not_before, vague.not_after))
            rest = rest[: match.start()] + TAKEN * (end - match.start()) + rest[end:]
    return tuple(sorted(found, key=lambda part: part.start))
