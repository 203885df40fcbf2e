"""The rows of the rain day: tick, who, from when to when, and what speaks against it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QSizePolicy, QWidget

from tcf_desktop.domain.when_input import parse_time
from tcf_desktop.qtkit import i18n
from tcf_desktop.qtkit.theme import theme
from tcf_desktop.services.queries.rain_day import RainVisit
from tcf_desktop.views.common import Chip, DataLabel, LineEdit
from tcf_desktop.views.common.dates import DayField

_NARROW = 760


class RainRow(QWidget):
    """One visit. ``changed`` when tick, day or time is another."""

    changed = Signal()

    def __init__(
        self, visit: RainVisit, today: Callable[[], str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.visit = visit
        self.setObjectName(f"rain_day.row.{visit.id}")
        self._wide: bool | None = None
        self.tick = QCheckBox()
        self.tick.setAccessibleName(self.tr("Move {name}").format(name=visit.name))
        self.tick.setObjectName(f"rain_day.tick.{visit.id}")
        self.name = DataLabel(visit.name, "body", weight=600)
        self.detail = DataLabel(i18n.joined([visit.service, visit.crew_name]), "caption", "text2")
        span = i18n.time_range(visit.starts_local, visit.minutes)
        was = span if visit.why else self.tr("was {time}").format(time=span)
        self.was = DataLabel(was if visit.why != "all_day" else self.tr("All day"), "body", "text2")
        self.day = DayField(today, object_name=f"rain_day.day.{visit.id}")
        self.day.setAccessibleName(self.tr("New day for {name}").format(name=visit.name))
        self.day.setPlaceholderText(self.tr("Day"))
        self.time = LineEdit(object_name=f"rain_day.time.{visit.id}", placeholder=self.tr("Time"))
        self.time.setAccessibleName(self.tr("New time for {name}").format(name=visit.name))
        self.mark = Chip("", "neutral")
        self.mark.setObjectName(f"rain_day.mark.{visit.id}")
        self._fill()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(24, 8, 24, 8)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(4)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._place(wide=True)
        self.tick.toggled.connect(lambda _: self._on_edited())
        self.day.isoChanged.connect(self.changed)
        self.time.textEdited.connect(lambda _: self.changed.emit())
        self.time.editingFinished.connect(self._show_time)
        theme().changed.connect(self.update)

    @property
    def can_move(self) -> bool:
        """Whether it may go elsewhere at all."""
        return not self.visit.why

    def is_on(self) -> bool:
        """Whether it is to be moved."""
        return self.can_move and self.tick.isChecked()

    def to_local(self) -> str:
        """The chosen start as a wall time; empty when day or time is not understood."""
        minute = parse_time(self.time.text())
        try:
            day = date.fromisoformat(self.day.iso()).isoformat()
        except ValueError:
            return ""
        return "" if minute is None else f"{day}T{minute // 60:02d}:{minute % 60:02d}"

    def set_mark(self, text: str, tone: str) -> None:
        """What speaks against the chosen start; empty when nothing does."""
        self.mark.setVisible(bool(text))
        if text:
            self.mark.set_state(text, tone)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(24, self.height() - 1, self.width() - 48, 1, theme().color("line"))
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place(wide=event.size().width() >= _NARROW * theme().text_scale // 100)

    def _fill(self) -> None:
        visit = self.visit
        reasons = {
            "done": self.tr("Finished"),
            "under_way": self.tr("Under way"),
            "invoiced": self.tr("Invoiced"),
            "all_day": self.tr("Whole day: move it by hand"),
        }
        movable = not visit.why
        for field in (self.tick, self.day, self.time):
            field.setVisible(movable)
        if not movable:
            self.set_mark(reasons[visit.why], "neutral")
            return
        self.tick.setChecked(bool(visit.to_local))
        self.day.set_iso(visit.to_local[:10])
        if visit.to_local:
            self.time.setText(i18n.clock_time(visit.to_local))
        self._on_edited()

    def _on_edited(self) -> None:
        for field in (self.day, self.time):
            field.setEnabled(self.tick.isChecked())
        self.changed.emit()

    def _show_time(self) -> None:
        local = self.to_local()
        if local:
            self.time.setText(i18n.clock_time(local))

    def _place(self, *, wide: bool) -> None:
        """All in one line, or the new time under the name."""
        if wide == self._wide:
            return
        self._wide = wide
        grid = self._grid
        for widget in (self.tick, self.name, self.detail, self.was, self.day, self.time, self.mark):
            grid.removeWidget(widget)
        middle = Qt.AlignmentFlag.AlignVCenter
        grid.addWidget(self.tick, 0, 0, 2, 1, middle)
        grid.addWidget(self.name, 0, 1)
        grid.addWidget(self.detail, 1, 1)
        if wide:
            grid.addWidget(self.was, 0, 2, 2, 1, middle)
            grid.addWidget(self.day, 0, 3, 2, 1, middle)
            grid.addWidget(self.time, 0, 4, 2, 1, middle)
            grid.addWidget(self.mark, 0, 5, 2, 1, middle)
        else:
            grid.addWidget(self.was, 0, 2, 1, 2)
            grid.addWidget(self.mark, 1, 2, 1, 2)
            grid.addWidget(self.day, 2, 1)
            grid.addWidget(self.time, 2, 2, 1, 2)
        scale = theme().text_scale
        grid.setColumnStretch(1, 1)
        for column, width in ((0, 26), (2, 150), (3, 150), (4, 110), (5, 150)):
            keeps = wide or column == 0
            grid.setColumnMinimumWidth(column, width * scale // 100 if keeps else 0)
            grid.setColumnStretch(column, 0)
