"""Hours as Brazilians write them: "14h", "às 2 da tarde", "2 e meia", "dez pras três", "entre 14 e 16h"."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta

from chatwootai.crews.understanding.moment_parts import ClockPart
from chatwootai.crews.understanding.numerals import NAMES, NUMBER, number
from chatwootai.crews.understanding.readable import TAKEN
from chatwootai.domain.requests import Impossible

DAY_TAKEN = "\x01"
"""Stands where a day was read: "amanhã 14"."""

HOUR_NAMES = "|".join(
    sorted(
        (name for name, value in NAMES.items() if 1 <= value <= 20 and name != "um"), key=len, reverse=True
    )
)
UNIT = r"(?:horas?|hrs?|hs?|hora)"
PART = r"(?:manha|manhazinha|tarde|tardezinha|noite|noitinha|madrugada)"


def _clock(name: str) -> str:
    return (
        rf"(?:(?P<noon{name}>meio[ -]?dia|meia[ -]?noite)|(?P<hour{name}>[0-9]{{1,2}}"
        rf"|(?:{HOUR_NAMES})(?![a-z]))"
        rf"(?:(?P<mark{name}>:|\.| ?{UNIT} ?(?:e )?)(?P<minute{name}>[0-9]{{2}})(?![0-9])"
        rf"(?: ?(?:m|min(?:utos)?|{UNIT})(?![a-z]))?"
        rf"| ?(?P<unit{name}>{UNIT})(?![a-z0-9]))?)"
        rf"(?:,? e (?P<past{name}>meia|quinze|vinte|trinta|quarenta(?: e cinco)?|dez|cinco"
        r"|[0-9]{2})(?![\w/,.:]|\s*(?:reais|ml|g|kg|metros?|duzia)\b))?"
    )


LEAD = (
    r"(?P<lead>antes d[aeo]s?|(?:ate )?no maximo(?: [ao]s?| ate)?|ate(?: umas?| [ao]s?)?"
    r"|depois d[aeo]s?(?: umas)?|apos(?: [ao]s?)?"
    r"|a partir d[aeo]s?|por volta d[aeo]s?|la p(?:elas?|elo|ras?|ara as)|pel[ao]s?|umas|tipo(?: umas"
    r"| [ao]s?)?|n?das|desde as|entao as|para as|pra as|pras|as|ah?s|a|ao|de|entre(?: [ao]s?)?|[\x01]+,?)"
)
CLOCK = re.compile(
    rf"(?<![\w$:/,.+-])(?:{LEAD} ?(?=[0-9a-z]))?(?<![a-z])"
    rf"{_clock('')}"
    rf"(?:(?P<to> ?-| (?:as?|ao|e(?: as?)?|ate(?: as?| o)?)) ?(?<![a-z]){_clock('2')})?"
    rf"(?P<about> e (?:pouc[oa]|tanto)\b)?(?: (?:d[ae]|na|a|pela|de) (?P<part>{PART})\b| ?(?P<half>am"
    rf"|pm)\b)?(?!\w)"
)
TO_THE_HOUR = re.compile(
    r"\b(?:(?P<lead>[ao]s?|por volta das?|umas|la pelas) )?(?P<minutes>5|10|15|20|25|cinco|dez|quinze|vinte"
    r"|vinte e cinco)(?: min(?:utos)?)? (?:pras?|para [ao]s?|pr[ao] [ao]s?|pro) "
    rf"(?P<hour>meio[ -]?dia|[0-9]{{1,2}}|{HOUR_NAMES})(?![\w:/,.])(?: (?:d[ae]) (?P<part>{PART})\b)?"
)
HOURS_AHEAD = re.compile(
    rf"\b(?:daqui(?: ha| a)?|dentro de)(?: umas?)? (?P<count>{NUMBER}|meia) ?(?P<unit>horas?|hrs?|h"
    r"|min(?:utos?)?)\b"
)
MAY_NAME = re.compile(rf"[0-9]|{HOUR_NAMES}|meio|meia")
FOLLOWS = re.compile(
    r"\s*(?:$|[^\w\s%/\x00]|(?:da|de|do|na|no|e|ou|ai|la|hj|hoje|amanha|pode|tem|ta|esta|se|por|pra|para|pfv"
    r"|pf|com|eu|vc|vcs|voces|em|q|que|ja|dai|entao|serve|fica|seria|sera|dia|certinho|ok|ne|blz|obrigad[ao]"
    r"|obg|mesmo|so|consigo|posso|vou|quero|queria|marca|marcar|agenda|agendar|nao|da|daria|rola|mais|ate"
    r"|antes|depois|beleza|combinado|fechado|confirmo|confirmado|sim|tudo|certo|seg|sex|sab|a|as|pro|tbm"
    r"|tambem|gostaria|prefiro|hein|viu|tava|atendem|abre|abrem|vago|livre|disponivel|c|meu|minha)\b)"
)
LASTS = re.compile(
    r"\b(?:ha|faz|fazem|em|demoram?|duram?|durou|durante|por|leva|levou|cada|daqui|daqui a|dentro de"
    r"|prazo de|de|mais de|em ate|tem|menos de|quase|apenas|cerca de|funciona|aberto|duracao(?: de)?|uma?s"
    r"|sao|so) $"
)
LASTED = re.compile(
    r" (?:depois|atras|antes|de (?:duracao|antecedencia|atraso|sono|espera|viagem)|por dia|seguidas)\b"
)
BOOKED_BEFORE = re.compile(r"(?:\x01,?|\b(?:ser|marca\w*|agenda\w*|horario|para|pra|ate|la|entao)) ?$")
OPENERS = frozenset(("antes", "ate", "no max", "depois", "apos", "a partir"))
MORNING_FROM = 7
"""Hours before it without a part of the day are those of the afternoon: no shop is open at three."""

HALF_DAYS = frozenset((6, 7, 8))
"""Hours at which shops and clinics may be open in the morning and in the evening."""

NOON = 12


def clock_parts(surface: str, folded: str, now: datetime) -> tuple[ClockPart, ...]:
    """`folded` has `DAY_TAKEN` where days were read, and `TAKEN` where other things were."""
    if not MAY_NAME.search(folded):
        return ()
    found: list[ClockPart] = []
    for match in HOURS_AHEAD.finditer(folded):
        found.append(_ahead(match, now))
        folded = _blanked(folded, match)
    for match in TO_THE_HOUR.finditer(folded):
        part = _to_the_hour(match)
        if part is not None:
            found.append(part)
            folded = _blanked(folded, match)
    found += [_read(match) for match in CLOCK.finditer(folded) if _is_clock(match, surface)]
    return tuple(sorted(found, key=lambda part: part.start))


def _blanked(folded: str, match: re.Match[str]) -> str:
    return folded[: match.start()] + TAKEN * (match.end() - match.start()) + folded[match.end() :]


def _ahead(match: re.Match[str], now: datetime) -> ClockPart:
    minutes = 1 if match["unit"].startswith("m") else 60
    count = 30 if match["count"] == "meia" else number(match["count"]) * minutes
    then = now + timedelta(minutes=min(count, 24 * 60))
    if then.date() != now.date():
        return ClockPart(*match.span(), impossible=Impossible.TIME)
    return ClockPart(*match.span(), at=then.time().replace(second=0, microsecond=0))


def _to_the_hour(match: re.Match[str]) -> ClockPart | None:
    hour = NOON if match["hour"].startswith("meio") else number(match["hour"])
    if not 1 <= hour <= 24:
        return None
    whole, sure, half_day = _hour_of_shop(hour, match["part"], written=False)
    before = (whole * 60 - number(match["minutes"])) % (24 * 60)
    return ClockPart(*match.span(), at=time(*divmod(before, 60)), sure=sure, half_day=half_day)


def _is_clock(match: re.Match[str], surface: str) -> bool:
    """Whether the number is an hour at all: a bare one needs "às", a part of the day, or the like."""
    lead = match["lead"] or ""
    if match["noon"] or match["part"] or match["half"]:
        return True
    if match["mark"]:
        return match["mark"] != "." or bool(re.fullmatch(r"(?:ate )?[aà]h?s|das|pelas|umas", lead))
    if match["unit"] or match["unit2"]:
        return _is_hour_with_unit(match, lead)
    if match["past"]:
        whole = match["past"] in ("15", "30", "45") and BOOKED_BEFORE.search(match.string, 0, match.start())
        return match["past"] == "meia" or lead in ("as", "das", "pelas", "umas") or bool(whole)
    return _is_bare_hour(match, lead, surface)


def _is_hour_with_unit(match: re.Match[str], lead: str) -> bool:
    if match["to"]:
        return True
    if lead == "de" or LASTED.match(match.string, match.end()):
        return False
    if lead in ("as", "ahs", "a", "das", "pelas") or lead.startswith(
        (*OPENERS, DAY_TAKEN, "la ", "por ", "entre")
    ):
        return lead != "ate" or not match.string[: match.start()].rstrip().endswith("em")
    if LASTS.search(match.string, max(0, match.start() - 24), match.start()):
        return False
    return match["hour"].isdigit() and (lead == "umas" or int(match["hour"]) <= 23)


def _is_bare_hour(match: re.Match[str], lead: str, surface: str) -> bool:
    # "Às" with its accent cannot be the article of "as 2 caixas".
    accented = "à" in surface[match.start() : match.start() + len(lead)].lower()
    if not FOLLOWS.match(match.string, match.end()):
        return accented
    if match["to"] and lead:
        second = match["hour2"] or ""
        return _at_most_24(match["hour"]) and (not second or _at_most_24(second)) and lead not in ("a", "ao")
    if lead.startswith(DAY_TAKEN):
        return match["hour"].isdigit() and MORNING_FROM <= int(match["hour"]) <= 21
    if lead in ("a", "ao", "de"):
        return match["hour"] in ("uma", "1") and accented
    if lead == "as" and not match["hour"].isdigit() and not accented:
        # "Quero as duas" are two things.
        return bool(BOOKED_BEFORE.search(match.string, 0, match.start()))
    return (lead.endswith("s") or lead.startswith(("por volta", "la p", "tipo"))) and lead not in (
        "antes",
        "apos",
        "depois",
    )


def _at_most_24(said: str) -> bool:
    return number(said) <= 24


def _read(match: re.Match[str]) -> ClockPart:
    first = _time(match, "")
    second = _time(match, "2") if match["to"] else None
    if first is None or (match["to"] and second is None):
        return ClockPart(*match.span(), impossible=Impossible.TIME)
    start = next(at for at in range(*match.span()) if match.string[at] not in f"{DAY_TAKEN}, ")
    at, sure, half_day = first
    span = (start, match.end())
    if second is not None:
        return ClockPart(*span, not_before=min(at, second[0]), not_after=max(at, second[0]), sure=sure)
    lead = match["lead"] or ""
    if lead.startswith(("antes", "ate", "no max")):
        return ClockPart(*span, not_after=at, sure=sure)
    if lead.startswith(("depois", "apos", "a partir")):
        return ClockPart(*span, not_before=at, sure=sure)
    return ClockPart(*span, at=at, sure=sure and not match["about"], half_day=half_day)


def _time(match: re.Match[str], name: str) -> tuple[time, bool, bool] | None:
    """The time, whether it is sure, whether it may be twelve hours later; None where no clock shows it."""
    noon, past = match[f"noon{name}"], match[f"past{name}"]
    minute = int(match[f"minute{name}"] or 0) if not noon else 0
    if past:
        minute = 30 if past == "meia" else number(past)
    if noon:
        return (time(NOON if noon.startswith("meio") else 0, minute), True, False) if minute < 60 else None
    hour = number(match[f"hour{name}"])
    part = match["part"] or match["half"]
    if name == "" and match["to"] and not part and match["hour2"] and not match["noon2"]:
        part = "tarde" if _crosses_noon(hour, number(match["hour2"])) else None
    if hour * 60 + minute > 24 * 60 or minute > 59:
        return None
    written = bool(match[f"mark{name}"] or match[f"unit{name}"])
    if match[f"hour{name}"].startswith("0"):
        return time(hour % 24, minute), True, False
    whole, sure, half_day = _hour_of_shop(hour, part, written=written)
    return time(whole, minute), sure, half_day


def _crosses_noon(first: int, second: int) -> bool:
    """ "Entre 2 e 4": both of the afternoon."""
    return first < MORNING_FROM and second < MORNING_FROM + 1


def _hour_of_shop(hour: int, part: str | None, *, written: bool) -> tuple[int, bool, bool]:
    """The hour of twenty-four. `written` with its unit ("8h") it is taken at its word from seven on."""
    if part:
        return _with_part(hour, part), True, False
    if hour < MORNING_FROM and hour != 0:
        return hour + NOON, hour not in HALF_DAYS or written, False
    return hour % 24, hour not in HALF_DAYS or written, not written and hour < NOON


def _with_part(hour: int, part: str) -> int:
    if part.startswith(("manha", "madrugada", "am")):
        return hour % 24 if hour != NOON or part.startswith("manha") else 0
    if part.startswith("noit") and hour == NOON:
        return 0
    return hour + NOON if hour < NOON else hour % 24
