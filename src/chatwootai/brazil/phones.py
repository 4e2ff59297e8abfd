"""Telephone numbers: one written form (E.164) for all that Brazilians and WhatsApp write."""

from __future__ import annotations

import re

import phonenumbers
from phonenumbers import Leniency, PhoneNumber, PhoneNumberFormat

BRAZIL = 55

WRITTEN = re.compile(r"(?:whatsapp:|tel:)?\s*(\+?[\d\s().\-–/]{3,40})(?:@[\w.]+)?", re.IGNORECASE)
"""A number and nothing else; the endings are those of WhatsApp's ids, "5511987654321@s.whatsapp.net"."""

NINTH_DIGIT = re.compile(r"\+55([1-9][1-9])(9?)([6-9]\d{7})", re.ASCII)
"""Mobile numbers that existed with eight digits before 2012-2016, when Anatel put a 9 before them. Those of
today that go on with 1 to 5 never did, and without their 9 they would be somebody's landline."""


def to_e164(text: str, region: str = "BR") -> str | None:
    """The number that `text` is, such as "+5511987654321", or None.

    Without a country code it is read as one of `region`, a code of ISO 3166. A Brazilian mobile without its
    ninth digit stays without: WhatsApp's ids keep that form, so it is an address; see `variants`.
    """
    match = WRITTEN.fullmatch(text.strip())
    if match is None:
        return None
    digits = match.group(1).strip()
    # "00" is how the plus is dialled; the library takes the next two digits for those of a carrier.
    ways = (f"+{digits[2:]}", digits) if digits.startswith("00") else (digits,)
    for way in ways:
        number = _parsed(way, region)
        if number is not None and _exists(number):
            return _e164(number)
    return None


def from_whatsapp(source: str) -> str | None:
    """The number in a WhatsApp id, which always holds the country code and never the plus."""
    return to_e164(source if source.startswith("+") else f"+{source}")


def variants(e164: str) -> tuple[str, ...]:
    """The ways in which the same telephone may be on record, the one given first.

    A second one, with or without the ninth digit, exists for Brazilian mobile numbers alone.
    """
    match = NINTH_DIGIT.fullmatch(e164)
    if match is None or not _valid(f"+55{match.group(1)}9{match.group(3)}"):
        return (e164,)
    area, ninth, rest = match.groups()
    return e164, f"+55{area}{'' if ninth else '9'}{rest}"


def display(e164: str) -> str:
    """As people here write it: "(11) 98765-4321", and "+1 415-555-2671" for foreign numbers."""
    number = _parsed(e164, None)
    if number is None:
        return e164
    if number.country_code != BRAZIL:
        return phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL)
    match = NINTH_DIGIT.fullmatch(e164)
    if match and not match.group(2):
        return f"({match.group(1)}) {match.group(3)[:4]}-{match.group(3)[4:]}"
    return phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL)


def find(text: str) -> tuple[str, ...]:
    """Every number in a message, in its order and once each. A number needs its area code to be found."""
    matches = phonenumbers.PhoneNumberMatcher(text, "BR", leniency=Leniency.VALID)
    return tuple(dict.fromkeys(_e164(match.number) for match in matches))


def _parsed(text: str, region: str | None) -> PhoneNumber | None:
    try:
        return phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None


def _exists(number: PhoneNumber) -> bool:
    return phonenumbers.is_valid_number(number) or len(variants(_e164(number))) > 1


def _valid(e164: str) -> bool:
    number = _parsed(e164, None)
    return number is not None and phonenumbers.is_valid_number(number)


def _e164(number: PhoneNumber) -> str:
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)
