"""The notes about a contact in the detail pane."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QVBoxLayout

from tcf_desktop.views.common import DataLabel, LinkButton
from tcf_desktop.views.contacts.detail_card import DetailCard, clear

if TYPE_CHECKING:
    from tcf_desktop.services.queries.contact_detail import ContactDetail
    from tcf_desktop.views.context import ViewContext


def _tr(text: str) -> str:
    return QCoreApplication.translate("ContactDetail", text)


class NotesCard(DetailCard):
    """What the office noted."""

    def __init__(self, ctx: ViewContext) -> None:
        super().__init__(ctx, _tr("Notes"), object_name="contacts.notes")
        self.header.addStretch(1)
        link = LinkButton(_tr("Add note"), object_name="contacts.notes.add")
        link.clicked.connect(lambda *_: self.editRequested.emit("note"))
        self.header.addWidget(link)
        self._rows = QVBoxLayout()
        self.body.addLayout(self._rows)
        self.body.addStretch(1)

    def show_contact(self, detail: ContactDetail, facts: Any) -> None:
        clear(self._rows)
        for note in detail.draft.notes[:20]:
            self._rows.addWidget(DataLabel(note.text[:600], wrap=True))
        if not detail.draft.notes:
            self._rows.addWidget(DataLabel(_tr("Nothing noted."), color="text2"))
