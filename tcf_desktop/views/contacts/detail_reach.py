"""How a contact is reached, in the detail pane."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from tcf_desktop.views.common import DataLabel, IconLabel
from tcf_desktop.views.contacts.detail_card import DetailCard, clear
from tcf_desktop.views.contacts.detail_places import capital

if TYPE_CHECKING:
    from tcf_desktop.services.queries.contact_detail import ContactDetail
    from tcf_desktop.views.context import ViewContext


def _tr(text: str) -> str:
    return QCoreApplication.translate("ContactDetail", text)


class ReachCard(DetailCard):
    """Numbers and mail addresses."""

    def __init__(self, ctx: ViewContext) -> None:
        super().__init__(ctx, _tr("Phone and e-mail"), object_name="contacts.reach")
        self.header.addStretch(1)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(8)
        self.body.addLayout(self._rows)
        self.body.addStretch(1)

    def show_contact(self, detail: ContactDetail, facts: Any) -> None:
        clear(self._rows)
        draft = detail.draft
        entries = [("phone", phone.number, phone.label) for phone in draft.phones]
        entries += [("envelope-simple", mail.address, mail.label) for mail in draft.emails]
        for icon, text, label in entries[:12]:
            row = QHBoxLayout()
            row.setSpacing(10)
            row.addWidget(IconLabel(icon, "text2", 16), 0, Qt.AlignmentFlag.AlignTop)
            words = QVBoxLayout()
            words.setSpacing(0)
            words.addWidget(DataLabel(text[:300]))
            if label:
                words.addWidget(DataLabel(capital(label[:60]), "caption", "text2"))
            row.addLayout(words, 1)
            self._rows.addLayout(row)
        if not entries:
            self._rows.addWidget(DataLabel(_tr("No phone or e-mail yet."), color="text2"))
