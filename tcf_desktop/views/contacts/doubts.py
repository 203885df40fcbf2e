"""Words beside a number or address that was kept as typed and looks like a mistake."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from tcf_desktop.domain.mail_addresses import is_plausible_email
from tcf_desktop.domain.phone_numbers import e164


def phone_doubt(number: str, country: str) -> str:
    """What to say about a number; empty when it can be dialled, or when there is none."""
    if not number.strip() or e164(number, country):
        return ""
    return QCoreApplication.translate("Doubts", "This may not be a phone number")


def email_doubt(address: str) -> str:
    """What to say about a mail address; empty when mail can go there, or when there is none."""
    if not address.strip() or is_plausible_email(address):
        return ""
    return QCoreApplication.translate("Doubts", "This may not be an e-mail address")
