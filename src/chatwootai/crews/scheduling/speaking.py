"""Days, times and money of appointments, as customers read them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final

from chatwootai.brazil.dates import format_date
from chatwootai.crews.dialogues.opening import WEEKDAYS, spoken_time, until
from chatwootai.domain.requests import PartOfDay

SHORT_DAYS: Final = ("seg", "ter", "qua", "qui", "sex", "sáb", "dom")
PARTS: Final = {
    PartOfDay.MORNING: "de manhã",
    PartOfDay.AFTERNOON: "à tarde",
    PartOfDay.EVENING: "à noite",
}
_HER_KIN_WORDS: Final = """
mãe mulher esposa filha irmã avó tia sobrinha prima neta sogra amiga namorada noiva cunhada nora
madrinha afilhada vó
"""
HER_KIN: Final = frozenset(_HER_KIN_WORDS.split())


def spoken_date(day: date, today: date) -> str:
    """ "sexta, 27 de novembro" """
    return f"{WEEKDAYS[day.weekday()]}, {format_date(day, today)}"


def spoken_moment(start: datetime, today: date) -> str:
    """ "sexta, 27 de novembro, às 14h" """
    return f"{spoken_date(start.date(), today)}, {until(start.time())}"


def short_moment(start: datetime) -> str:
    """ "sex 27/11, 14h": at most 16 letters, which fit a button."""
    return f"{SHORT_DAYS[start.weekday()]} {start:%d/%m}, {spoken_time(start.time())}"


def spoken_length(length: timedelta) -> str:
    """ "45 minutos", "1 hora", "1h30", "2 horas" """
    minutes = int(length.total_seconds()) // 60
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{minutes} minutos"
    if rest:
        return f"{hours}h{rest:02d}"
    return "1 hora" if hours == 1 else f"{hours} horas"


def spoken_days(length: timedelta) -> str:
    """ "60 dias" """
    return "1 dia" if length.days == 1 else f"{length.days} dias"


def listed(names: Sequence[str], last: str = "e") -> str:
    """ "Ana, Bia e Carla" """
    return f" {last} ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


def possessive(kin: str) -> str:
    """ "sua mãe", "seu filho" """
    return f"{'sua' if kin in HER_KIN else 'seu'} {kin}"


def of_possessive(kin: str) -> str:
    """ "da sua mãe", "do seu filho" """
    return f"{'da' if kin in HER_KIN else 'do'} {possessive(kin)}"
