"""Words beside a number or address that was kept as typed and looks like a mistake."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QWidget

from tcf_desktop.domain.mail_addresses import is_plausible_email
from tcf_desktop.domain.phone_numbers import e164
from tcf_desktop.views.common import DataLabel, IconLabel


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


class DoubtLine(QWidget):
    """A quiet warning below a field; hidden when there is nothing to say."""

    def __init__(self, object_name: str) -> None:
        super().__init__()
        self.label = DataLabel("", "caption", "warn", object_name=object_name)
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 0, 0, 2)
        row.setSpacing(6)
        row.addWidget(IconLabel("warning", "warn", 14))
        row.addWidget(self.label, 1)
        self.hide()

    def say(self, text: str) -> None:
        """Show a warning, or nothing."""
        self.label.setText(text)
        self.setVisible(bool(text))
