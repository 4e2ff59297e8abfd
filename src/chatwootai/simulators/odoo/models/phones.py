"""Telephone numbers as Odoo's phone validation stores them: one number in E.164 per record, or none."""

from __future__ import annotations

from typing import TYPE_CHECKING, LiteralString

import phonenumbers

if TYPE_CHECKING:
    from chatwootai.simulators.odoo.orm.records import Records

# A text to search in: mobile and phone without what people write between digits. Never the E.164 form.
PHONE_MOBILE_SEARCH: LiteralString = (
    r"nullif(concat_ws(' ', nullif(regexp_replace(r.mobile, '[\s\\./()-]', '', 'g'), ''),"
    r" nullif(regexp_replace(r.phone, '[\s\\./()-]', '', 'g'), '')), '')"
)


def sanitized(number: str | None, country: str | None) -> str | None:
    """The number in E.164, None for what no telephone has.

    `country` is the ISO code that a number without "+" belongs to. A Brazilian mobile number without
    its ninth digit is no valid number, hence None.
    """
    text = (number or "").strip()
    try:
        parsed = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        return None
    if phonenumbers.is_valid_number(parsed):
        return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
    if text.startswith("+") or not _too_long(parsed):
        return None
    # Typed with a country's code but without the "+", or with "00" in its place.
    return sanitized(f"+{text.lstrip('0')}", country)


def first_sanitized(numbers: tuple[str | None, ...], country: str | None) -> str | None:
    """The first that is a number, in E.164: a record has one, whichever others it holds."""
    return next((found for number in numbers if (found := sanitized(number, country))), None)


async def own_country(records: Records) -> str | None:
    """The country of the caller's company, which numbers without a country of their own belong to."""
    rows = await records.rows(
        "SELECT k.code FROM erp.companies y JOIN erp.partners o ON o.id = y.partner_id"
        " JOIN erp.countries k ON k.id = o.country_id WHERE y.id = %s",
        (records.env.company,),
    )
    return str(rows[0]["code"]) if rows else None


def _too_long(number: phonenumbers.PhoneNumber) -> bool:
    reason = phonenumbers.is_possible_number_with_reason(number)
    return bool(reason == phonenumbers.ValidationResult.TOO_LONG)
