"""What the invoice editor says about a customer's exemption from tax."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QCoreApplication

from tcf_desktop.domain.contacts import Exemption
from tcf_desktop.domain.exemptions import standing
from tcf_desktop.qtkit import i18n
from tcf_desktop.views.common import Notice


def _tr(text: str) -> str:
    return QCoreApplication.translate("ExemptNotice", text)


class ExemptNotice(Notice):
    """Whether tax is charged and why, in one line; its button makes the draft fit the exemption.

    ``actionRequested`` asks for the other choice: tax where none is charged, or none.
    """

    def __init__(self) -> None:
        super().__init__("", "info", "percent")
        self.setObjectName("invoice.exemption")
        self.hide()

    def show_exemption(self, exemption: Exemption | None, on: str, *, taxed: bool) -> None:
        """Speak about a draft of the ISO date ``on``; nothing to say hides it."""
        how = standing(exemption, on)
        self.setVisible(how != "none")
        if exemption is None:
            return
        if how == "ended":
            text = _tr("This customer's tax exemption {ended}.").format(ended=_ended(exemption))
            if taxed:
                text = _tr("{why} So tax is charged.").format(why=text)
                self.set_notice(text, "warn", "warning")
            else:
                text = _tr("{why} This draft still charges none.").format(why=text)
                self.set_notice(text, "warn", "warning", _tr("Charge tax"))
            return
        words = i18n.joined(
            [
                _tr("This customer is exempt from tax"),
                _certificate(exemption),
                _tr("until {day}").format(day=i18n.full_day(exemption.until_on))
                if exemption.until_on
                else "",
            ]
        )
        if taxed:
            text = _tr("{exempt}. This draft charges tax all the same.").format(exempt=words)
            self.set_notice(text, "warn", "warning", _tr("Charge none"))
        else:
            self.set_notice(words, "info", "percent")


def _certificate(exemption: Exemption) -> str:
    number = f"{exemption.region} {exemption.number}".strip()
    return _tr("certificate {number}").format(number=number) if number else ""


def _ended(exemption: Exemption) -> str:
    try:
        day = i18n.full_day(date.fromisoformat(exemption.until_on))
    except ValueError:
        return _tr("has no date that can be read")
    return _tr("ended on {day}").format(day=day)
