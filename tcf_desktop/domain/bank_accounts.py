"""Account numbers and the payment square of European banks."""

import re

_IBAN = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}")
_MOST_NAME = 70
_MOST_REFERENCE = 140
_MOST_CENTS = 99_999_999_999


def plain_iban(text: str) -> str:
    """The number without spaces, in capital letters."""
    return re.sub(r"\s", "", text).upper()


def is_iban(text: str) -> bool:
    """Whether the check digits of an IBAN are right (ISO 13616, ISO 7064 mod 97-10)."""
    number = plain_iban(text)
    if _IBAN.fullmatch(number) is None:
        return False
    turned = number[4:] + number[:4]
    return int("".join(str(int(sign, 36)) for sign in turned)) % 97 == 1


def epc_payment(holder: str, iban: str, bic: str, cents: int, reference: str) -> str:
    """The text of a payment square for a transfer in euro (EPC069-12, version 002); empty where
    it cannot be made: no holder, a wrong IBAN, an amount that is not from 0.01 to 999,999,999.99.
    """
    name = " ".join(holder.split())[:_MOST_NAME]
    if not name or not is_iban(iban) or not 0 < cents <= _MOST_CENTS:
        return ""
    amount = f"EUR{cents // 100}.{cents % 100:02d}"
    words = " ".join(reference.split())[:_MOST_REFERENCE]
    rows = (
        "BCD", "002", "1", "SCT", plain_iban(bic), name, plain_iban(iban), amount, "", "", words,
    )  # fmt: skip
    return "\n".join(rows)
