"""Recording a yes or a no right in the detail pane."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QCoreApplication, QDate, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout

from tcf_desktop.domain.consent import Channel, How, Purpose
from tcf_desktop.qtkit.theme import theme
from tcf_desktop.services.consent import RecordConsent, RevokeConsent
from tcf_desktop.views.common import (
    ComboBox,
    DataLabel,
    DateEdit,
    FormField,
    LineEdit,
    PrimaryButton,
    QuietButton,
    TextArea,
)
from tcf_desktop.views.contacts.detail_inline_editor import InlineEditor
from tcf_desktop.views.contacts.detail_reach_words import (
    channel_word,
    how_choices,
    purpose_word,
    ready_wording,
)

if TYPE_CHECKING:
    from tcf_desktop.services.queries.consent import AddressConsent

_TWO_COLUMNS = 260


def _tr(text: str) -> str:
    return QCoreApplication.translate("ContactDetail", text)


class ConsentEditor(InlineEditor):
    """Whom, what for, when, how, with which words, and who recorded it.

    ``keepRequested`` gives the command. Ctrl+Enter keeps, Esc leaves.
    """

    keepRequested = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("contacts.consent.editor")
        self._contact_id = 0
        self._given = True
        self._business = ""
        self._ready = ""
        self.title = DataLabel("", "body", weight=600)
        self.address = _combo("contacts.consent.address")
        self.purpose = _combo("contacts.consent.purpose")
        self.on = DateEdit(object_name="contacts.consent.on")
        self.how = _combo("contacts.consent.how")
        self.wording = TextArea(lines=4, object_name="contacts.consent.wording")
        self.by = LineEdit(object_name="contacts.consent.by")
        self.keep = PrimaryButton(
            "", tooltip=_tr("Keep it (Ctrl+Enter)"), object_name="contacts.consent.keep"
        )
        leave = QuietButton(
            _tr("Cancel"),
            tooltip=_tr("Leave without keeping it (Esc)"),
            object_name="contacts.consent.cancel",
        )
        self._fields = [
            FormField(_tr("Address"), self.address),
            FormField(_tr("What for"), self.purpose),
            FormField(_tr("When"), self.on),
            FormField(_tr("How"), self.how),
        ]
        self._wording_field = FormField(_tr("What they were told or shown"), self.wording)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(8)
        self._columns = 0
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 4)
        column.setSpacing(8)
        column.addWidget(self.title)
        column.addLayout(self._grid)
        column.addWidget(self._wording_field)
        column.addWidget(FormField(_tr("Recorded by"), self.by))
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addStretch(1)
        foot.addWidget(leave)
        foot.addWidget(self.keep)
        column.addLayout(foot)
        self.purpose.currentIndexChanged.connect(self._on_what_changed)
        self.address.currentIndexChanged.connect(self._on_what_changed)
        self.keep.clicked.connect(lambda *_: self.submit())
        leave.clicked.connect(lambda *_: self.left.emit())
        self._arrange()
        theme().changed.connect(self._arrange)

    def start(
        self,
        contact_id: int,
        addresses: Sequence[AddressConsent],
        *,
        given: bool,
        chosen: tuple[Channel, str],
        purpose: Purpose | None,
        today: str,
        by: str,
        business: str,
    ) -> None:
        """Begin with an address and a purpose; ``by`` is who recorded last."""
        self._contact_id, self._given, self._business = contact_id, given, business
        self.title.setText(_tr("They agreed") if given else _tr("They want no more"))
        self.keep.setText(_tr("Keep permission") if given else _tr("Stop it"))
        self.address.clear()
        for entry in addresses:
            text = f"{channel_word(entry.channel)}: {entry.address[:80]}"
            self.address.addItem(text, (entry.channel, entry.address))
        for index in range(self.address.count()):
            if tuple(self.address.itemData(index)) == chosen:
                self.address.setCurrentIndex(index)
        self.purpose.clear()
        choices: list[Purpose | None] = ["service", "marketing"]
        for choice in choices if given else [None, *choices]:
            self.purpose.addItem(purpose_word(choice), choice or "")
        self.purpose.select_data(purpose or ("service" if given else ""))
        self.how.clear()
        for key, text in how_choices(given=given):
            self.how.addItem(text, key)
        self.on.setMaximumDate(QDate.fromString(today, Qt.DateFormat.ISODate))
        self.on.set_iso(today)
        label = _tr("What they were told or shown") if given else _tr("What they said")
        self._wording_field.label.setText(label)
        self.wording.setAccessibleName(label)
        self._ready = ""
        self.wording.setText("")
        self.by.setText(by)
        self._on_what_changed()
        self.how.setFocus(Qt.FocusReason.TabFocusReason)

    def command(self) -> RecordConsent | RevokeConsent:
        """What is to be kept."""
        channel, address = self.address.currentData()
        purpose = cast("Purpose | None", self.purpose.currentData() or None)
        how = cast("How", self.how.currentData())
        said, by = self.wording.text(), self.by.text()
        if self._given:
            assert purpose is not None
            return RecordConsent(
                self._contact_id, channel, address, purpose, self.on.iso(), how, said, by
            )
        return RevokeConsent(
            self._contact_id, channel, address, purpose, self.on.iso(), how, by, said
        )

    def is_yes(self) -> bool:
        """Whether it is a permission that is being recorded."""
        return self._given

    def submit(self) -> None:
        """Keep it."""
        self.keepRequested.emit(self.command())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        columns = 2 if self.width() * 100 >= _TWO_COLUMNS * theme().text_scale else 1
        if columns == self._columns:
            return
        self._columns = columns
        self._grid.addWidget(self._fields[0], 0, 0, 1, columns)
        self._grid.addWidget(self._fields[1], 1, 0, 1, columns)
        for number, field in enumerate(self._fields[2:]):
            self._grid.addWidget(field, 2 + number // columns, number % columns)
        for column in range(2):
            self._grid.setColumnStretch(column, int(column < columns))

    def _on_what_changed(self) -> None:
        """The ready words follow the choice until somebody writes others."""
        if not self._given or self.address.currentData() is None:
            return
        if self.wording.text() not in ("", self._ready):
            return
        purpose = cast("Purpose | None", self.purpose.currentData() or None)
        channel = cast("Channel", self.address.currentData()[0])
        self._ready = ready_wording(channel, purpose, self._business)
        self.wording.setText(self._ready)


def _combo(name: str) -> ComboBox:
    combo = ComboBox(object_name=name)
    combo.setSizeAdjustPolicy(ComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    combo.setMinimumContentsLength(8)
    return combo
