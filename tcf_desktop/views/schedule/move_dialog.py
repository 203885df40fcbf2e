"""Move an appointment by typing: the day, the time and the crew, without dragging."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from tcf_desktop.qtkit import i18n
from tcf_desktop.services.queries.schedule import AppointmentBlock, CrewRow
from tcf_desktop.views.common import ComboBox, DataLabel, PlainButton, PrimaryButton, Surface
from tcf_desktop.views.schedule.editor_fields import DayEdit, time_edit
from tcf_desktop.views.schedule.geometry import local_at
from tcf_desktop.views.schedule.surface import Wish

_KEEP = "keep"


class MoveDialog(QDialog):
    """``wished`` gives what dragging would have given; nothing is emitted for the same place."""

    wished = Signal(object)  # Wish

    def __init__(
        self,
        block: AppointmentBlock,
        crews: Sequence[CrewRow],
        today: date,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("schedule.move")
        self.setWindowTitle(self.tr("Move to"))
        self._block = block
        self.day = DayEdit(date.fromisoformat(block.starts_local[:10]), today)
        self.day.setObjectName("schedule.move.day")
        minute = int(block.starts_local[11:13]) * 60 + int(block.starts_local[14:16])
        self.time = time_edit(minute, self.tr("Time"))
        self.time.setObjectName("schedule.move.time")
        self.who = ComboBox(object_name="schedule.move.who")
        self.who.setAccessibleName(self.tr("Crew"))
        if block.worker_id is not None:
            self.who.addItem(block.worker_name, _KEEP)
        for crew in crews:
            self.who.addItem(crew.name, crew.id)
            if block.worker_id is None and crew.id == block.crew_id:
                self.who.setCurrentIndex(self.who.count() - 1)
        self.who.addItem(self.tr("Nobody yet"), None)
        if block.worker_id is None and block.crew_id is None:
            self.who.setCurrentIndex(self.who.count() - 1)
        self.copy = PlainButton(self.tr("Copy there"), "copy", object_name="schedule.move.copy")
        self.go = PrimaryButton(self.tr("Move"), object_name="schedule.move.go")
        cancel = PlainButton(self.tr("Cancel"), object_name="schedule.move.cancel")
        self.go.setDefault(True)
        cancel.clicked.connect(self.close)
        self._lay_out(cancel)
        self.setMinimumWidth(400)
        self.go.clicked.connect(self._on_go_clicked)
        self.copy.clicked.connect(self._on_copy_clicked)
        self.day.setFocus()
        self.day.selectAll()

    def _lay_out(self, cancel: QWidget) -> None:
        block = self._block
        fields = QGridLayout()
        fields.setHorizontalSpacing(16)
        fields.setVerticalSpacing(10)
        fields.setColumnStretch(1, 1)
        rows: list[tuple[str, QWidget]] = [(self.tr("Day"), self.day)]
        if not block.all_day:
            rows.append((self.tr("Time"), self.time))
        rows.append((self.tr("Crew"), self.who))
        for row, (text, field) in enumerate(rows):
            fields.addWidget(DataLabel(text, color="text2"), row, 0)
            fields.addWidget(field, row, 1)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.copy)
        foot.addStretch(1)
        foot.addWidget(cancel)
        foot.addWidget(self.go)
        ground = Surface("surface", self)
        inner = QVBoxLayout(ground)
        inner.setContentsMargins(20, 16, 20, 16)
        inner.setSpacing(12)
        inner.addWidget(DataLabel(block.name, "subtitle", wrap=True))
        when = i18n.weekday(block.starts_local)
        if not block.all_day:
            when = f"{when}, {i18n.time_range(block.starts_local, block.minutes)}"
        inner.addWidget(DataLabel(when, "caption", "text2"))
        inner.addLayout(fields)
        inner.addStretch(1)
        inner.addLayout(foot)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(ground)

    def wish(self, kind: str) -> Wish:
        """What the fields ask for; ``kind`` is "move" or "copy"."""
        block = self._block
        day, minute = self.day.value(), self.time.value()
        assert isinstance(day, date)
        assert isinstance(minute, int)
        crew = self.who.currentData()
        keeps = crew == _KEEP or (block.worker_id is None and crew == block.crew_id)
        return Wish(
            kind,
            block.id,
            local_at(day, minute),
            block.minutes,
            block.crew_id if keeps else crew,
            not keeps,
            block.name,
            block.starts_local,
            series_id=block.series_id,
        )

    def _on_go_clicked(self) -> None:
        self._finish("move")

    def _on_copy_clicked(self) -> None:
        self._finish("copy")

    def _finish(self, kind: str) -> None:
        for field in (self.day, self.time):
            if not field.is_understood():
                field.setFocus()
                field.selectAll()
                return
        wish = self.wish(kind)
        self.close()
        if kind == "copy" or wish.changes_who or wish.starts_local != self._block.starts_local:
            self.wished.emit(wish)
