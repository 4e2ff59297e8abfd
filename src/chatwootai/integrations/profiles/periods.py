"""Opening hours of one day as owners write them: "09:00-18:00", a list of such, or "fechado"."""

from __future__ import annotations

import re
from datetime import time
from itertools import pairwise

from chatwootai.domain.profiles import OpenPeriod

PERIOD_PATTERN = r"^\d{1,2}:\d{2}\s*-\s*\d{1,2}:\d{2}$"
CLOSED = "fechado"
EXPECTED = 'escreva "09:00-18:00", uma lista como ["09:00-12:00", "14:00-18:00"], ou fechado'


def periods(written: object) -> tuple[OpenPeriod, ...]:
    """The periods of a day in order; raises ValueError, in Portuguese, for what cannot be."""
    if isinstance(written, tuple):
        return written
    if written == CLOSED or written is None:
        return ()
    texts = written if isinstance(written, list) else [written]
    found = tuple(_period(text) for text in texts)
    for earlier, later in pairwise(found):
        if later.opens < earlier.closes:
            raise ValueError(f"o horário das {later.opens:%H:%M} começa antes de acabar o anterior")
    return found


def _period(written: object) -> OpenPeriod:
    if not isinstance(written, str) or not re.match(PERIOD_PATTERN, written):
        raise ValueError(f'"{written}" não é um horário; {EXPECTED}')
    opens, closes = (_clock(part) for part in written.split("-"))
    if closes <= opens:
        raise ValueError(f'"{written}" termina antes de começar; depois da meia-noite não é possível')
    return OpenPeriod(opens, closes)


def _clock(written: str) -> time:
    hour, minute = (int(part) for part in written.strip().split(":"))
    try:
        return time(hour, minute)
    except ValueError as error:
        raise ValueError(f'"{written.strip()}" não é uma hora do dia; vai de 00:00 a 23:59') from error
