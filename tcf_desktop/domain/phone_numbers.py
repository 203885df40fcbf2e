"""Telephone numbers as the world's numbering plans know them (ITU-T E.164, by phonenumbers)."""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=4096)
def e164(number: str, country: str) -> str:
    """The number in E.164 ("+16055550148") or empty when it is none that can be dialled.

    ``country`` is the ISO code of the country whose numbers are written without a prefix. An
    extension is left out.
    """
    import phonenumbers

    try:
        parsed = phonenumbers.parse(number, country or "US")
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(parsed):
        return ""
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def national_digits(e164_number: str) -> str:
    """The digits as they are dialled inside the country ("030 1234" of "+49301234"), or empty."""
    import phonenumbers

    try:
        parsed = phonenumbers.parse(e164_number, None)
    except phonenumbers.NumberParseException:
        return ""
    written = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.NATIONAL)
    return "".join(sign for sign in written if sign.isdigit())
