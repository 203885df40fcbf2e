"""How often somebody wants something, written right in the detail pane."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tcf_desktop.domain.contacts import Place
from tcf_desktop.qtkit import i18n
from tcf_desktop.services.frequencies import FrequencyDraft
from tcf_desktop.services.queries.appointment import ServiceRow
from tcf_desktop.services.queries.due import DueRow
from tcf_desktop.views.common import ComboBox, FormField, PrimaryButton, QuietButton
from tcf_desktop.views.contacts.detail_note_editor import keeps, leaves
from tcf_desktop.views.due.rhythm_field import RhythmField

if TYPE_CHECKING:
    from tcf_desktop.domain.frequency import Rhythm


def _tr(text: str) -> str:
    return QCoreApplication.translate("ContactDetail", text)


@dataclass(frozen=True, slots=True)
class TypedFrequency:
    """What stands in the editor; ``row`` is the one that is changed."""

    contact_id: int
    row: DueRow | None
    text: str
    service_id: int | None
    location_id: int | None


class FrequencyEditor(QWidget):
    """Service, place, how often. ``keepRequested`` gives the id (or None) and the draft.

    Enter in the last field or Ctrl+Enter keeps, Esc leaves.
    """

    keepRequested = Signal(object, object)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("contacts.usual.editor")
        self._contact_id = 0
        self._row: DueRow | None = None
        self._before: TypedFrequency | None = None
        self.service = _combo("contacts.usual.service")
        self.place = _combo("contacts.usual.place")
        self.often = RhythmField(
            _tr("How often"), "contacts.usual.often", _tr("counted from the last visit")
        )
        self.keep = PrimaryButton(
            _tr("Keep"), tooltip=_tr("Keep it (Ctrl+Enter)"), object_name="contacts.usual.keep"
        )
        leave = QuietButton(
            _tr("Cancel"),
            tooltip=_tr("Leave without keeping it (Esc)"),
            object_name="contacts.usual.cancel",
        )
        pair = QHBoxLayout()
        pair.setSpacing(8)
        pair.addWidget(FormField(_tr("Service"), self.service), 1)
        pair.addWidget(FormField(_tr("Where"), self.place), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 12)
        column.setSpacing(8)
        column.addLayout(pair)
        column.addWidget(self.often)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addStretch(1)
        foot.addWidget(leave)
        foot.addWidget(self.keep)
        column.addLayout(foot)
        self.keep.clicked.connect(lambda *_: self.submit())
        leave.clicked.connect(lambda *_: self.left.emit())
        self.often.edit.returnPressed.connect(self.submit)

    def start(
        self,
        contact_id: int,
        row: DueRow | None,
        services: Sequence[ServiceRow],
        places: Sequence[Place],
    ) -> None:
        """A new one, or one to change."""
        self._contact_id, self._row = contact_id, row
        self.service.clear()
        self.service.addItem(_tr("Any visit"), None)
        for service in services:
            self.service.addItem(service.name[:80], service.id)
        self.place.clear()
        self.place.addItem(_tr("Any place"), None)
        for place in places:
            if place.id is not None:
                text = i18n.joined([place.name, place.street])
                self.place.addItem(text[:80] or _tr("Location"), place.id)
        if row is not None:
            if row.service_id is not None and self.service.findData(row.service_id) < 0:
                self.service.addItem(row.title[:80], row.service_id)  # it is sold no more
            self.service.select_data(row.service_id)
            self.place.select_data(row.location_id)
        elif self.place.count() == 2:
            self.place.setCurrentIndex(1)
        self.often.set_rhythm(row.rhythm if row is not None else None)
        self._before = self.typed()
        first = self.often.edit if row is not None else self.service
        first.setFocus(Qt.FocusReason.TabFocusReason)

    def typed(self) -> TypedFrequency:
        """What stands in the fields."""
        return TypedFrequency(
            self._contact_id,
            self._row,
            self.often.edit.text(),
            self.service.currentData(),
            self.place.currentData(),
        )

    def take_up(self, typed: TypedFrequency) -> None:
        """Put back what was typed before, after :meth:`start`."""
        self.often.edit.setText(typed.text)
        self.service.select_data(typed.service_id)
        self.place.select_data(typed.location_id)

    def is_touched(self) -> bool:
        """Whether something would be lost."""
        return self.typed() != self._before

    def submit(self) -> None:
        """Keep it when it is clear how often."""
        rhythm: Rhythm | None = self.often.rhythm()
        if rhythm is None:
            self.often.complain()
            return
        row = self._row
        draft = FrequencyDraft(
            self._contact_id,
            rhythm,
            self.place.currentData(),
            self.service.currentData(),
            title=row.title if row is not None and row.service_id is None else "",
            price_cents=row.price_cents if row is not None else None,
        )
        self.keepRequested.emit(None if row is None else row.id, draft)

    def event(self, event: QEvent) -> bool:
        # Ctrl+Enter and Esc mean this editor, whatever the page does with them elsewhere.
        asked = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if asked and isinstance(event, QKeyEvent) and (keeps(event) or leaves(event)):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if keeps(event):
            self.submit()
        elif leaves(event):
            self.left.emit()
        elif event.text():
            event.accept()  # letters are no keys of the pane while something is being written
        else:
            super().keyPressEvent(event)


def _combo(name: str) -> ComboBox:
    """One whose longest entry does not widen the pane."""
    combo = ComboBox(object_name=name)
    combo.setSizeAdjustPolicy(ComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    combo.setMinimumContentsLength(12)
    return combo
