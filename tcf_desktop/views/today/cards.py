"""The cards of Today: the queue, what was done, money owed, who is on the clock."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from tcf_desktop.qtkit import i18n
from tcf_desktop.qtkit.style import focus_ring
from tcf_desktop.qtkit.theme import theme
from tcf_desktop.services.queries.today import Day, OnClock
from tcf_desktop.views.common import (
    Avatar,
    Card,
    CountBadge,
    DataLabel,
    IconLabel,
    LinkButton,
    PlainButton,
    hairline,
)
from tcf_desktop.views.context import Target
from tcf_desktop.views.today.rows import DoneRow, NeedRow

SHOWN = 7
BUTTON_WIDTH = 148
MOST_PEOPLE = 8


class NeedsCard(Card):
    """The queue. Up and Down move, Enter does the row's verb, H hides it until tomorrow."""

    actionRequested = Signal(object)  # Target
    hideRequested = Signal(object, str, int)  # NeedRow, kind, days

    def __init__(self) -> None:
        super().__init__("", object_name="today.needs")
        self.setAccessibleName(self.tr("Needs you"))
        self.body.setContentsMargins(16, 12, 16, 8)
        self.body.setSpacing(0)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(DataLabel(self.tr("Needs you"), "heading"))
        self._count = CountBadge(0)
        head.addWidget(self._count)
        head.addStretch(1)
        self.body.addLayout(head)
        self.body.addSpacing(6)
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self.body.addLayout(self._list)
        self._clear = DataLabel("", "body", "text2", wrap=True, object_name="today.needs.clear")
        self._clear.setContentsMargins(0, 0, 0, 8)
        self.body.addWidget(self._clear)
        self._more = LinkButton("", object_name="today.needs.more")
        self._more.clicked.connect(self._on_more_clicked)
        self.body.addWidget(self._more)
        self._rows: list[tuple[str, NeedRow]] = []
        self._all = False
        self.widgets: list[NeedRowWidget] = []

    def show_rows(self, rows: Sequence[tuple[str, NeedRow]], all_clear: str) -> None:
        """Rows with their kinds, in the order in which they are shown."""
        focused = next((i for i, w in enumerate(self.widgets) if w.hasFocus()), None)
        self._rows = list(rows)
        self._count.set_count(len(rows))
        while (item := self._list.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.widgets = []
        shown = rows if self._all else rows[:SHOWN]
        for number, (kind, row) in enumerate(shown):
            if number:
                self._list.addWidget(hairline())
            widget = NeedRowWidget(kind, row)
            widget.actionRequested.connect(self.actionRequested)
            widget.hideRequested.connect(self.hideRequested)
            widget.moveRequested.connect(self._on_row_move_requested)
            self._list.addWidget(widget)
            widget.show()  # now, so that it can take the focus
            self.widgets.append(widget)
        self._clear.setText(all_clear)
        self._clear.setVisible(not rows)
        rest = len(rows) - len(shown)
        self._more.setText(self.tr("Show {n} more").format(n=rest))
        self._more.setVisible(rest > 0)
        if focused is not None and self.widgets:
            self.widgets[min(focused, len(self.widgets) - 1)].setFocus()

    def _on_more_clicked(self) -> None:
        self._all = True
        self.show_rows(self._rows, self._clear.text())

    def _on_row_move_requested(self, by: int) -> None:
        at = next((i for i, widget in enumerate(self.widgets) if widget.hasFocus()), 0) + by
        if 0 <= at < len(self.widgets):
            self.widgets[at].setFocus(Qt.FocusReason.TabFocusReason)


class NeedRowWidget(QWidget):
    """Icon, bold sentence, names and amounts, one button."""

    actionRequested = Signal(object)
    hideRequested = Signal(object, str, int)
    moveRequested = Signal(int)

    def __init__(self, kind: str, row: NeedRow) -> None:
        super().__init__()
        self.kind, self.row = kind, row
        self.setObjectName(f"today.needs.{kind}.{row.key}")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(f"{row.title}. {row.detail}")
        self.setToolTip(self.tr("H hides this row until tomorrow"))
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 10, 0, 10)
        line.setSpacing(12)
        line.addWidget(IconLabel(row.icon, row.tone, 16, tint=f"{row.tone}Tint", box_size=32))
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(DataLabel(row.title, "body", weight=600))
        words.addWidget(DataLabel(row.detail, "caption", "text2"))
        line.addLayout(words, 1)
        self.button = PlainButton(row.button, object_name=f"{self.objectName()}.button")
        self.button.setMinimumWidth(theme().scaled(BUTTON_WIDTH))
        self.button.clicked.connect(self._on_button_clicked)
        line.addWidget(self.button)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_button_clicked()
        elif key == Qt.Key.Key_H:
            self.hideRequested.emit(self.row, self.kind, 1)
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.moveRequested.emit(1 if key == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for text, days in (
            (self.tr("Hide until tomorrow"), 1),
            (self.tr("Hide until next week"), 7),
        ):
            action = menu.addAction(text)
            action.triggered.connect(
                lambda *_, days=days: self.hideRequested.emit(self.row, self.kind, days)
            )
        menu.popup(event.globalPos())

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.hasFocus():
            painter = QPainter(self)
            focus_ring(painter, self.rect().adjusted(0, 2, 0, -2), radius=6)
            painter.end()

    def _on_button_clicked(self) -> None:
        self.actionRequested.emit(self.row.target)


class DoneCard(Card):
    """What the program did by rule today, each with where to see it."""

    targetRequested = Signal(object)

    def __init__(self) -> None:
        super().__init__("", object_name="today.done")
        self.setAccessibleName(self.tr("Done for you today"))
        self.body.setSpacing(0)
        head = QHBoxLayout()
        head.addWidget(DataLabel(self.tr("Done for you today"), "heading"))
        head.addStretch(1)
        self._rest = DataLabel("", "caption", "text2", object_name="today.done.rest")
        head.addWidget(self._rest)
        self.body.addLayout(head)
        self.body.addSpacing(4)
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self.body.addLayout(self._list)

    def show_rows(self, rows: Sequence[DoneRow], zone: str) -> None:
        """Newest last."""
        while (item := self._list.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for row in rows[-8:]:
            self._list.addWidget(self._row(row, zone))
        self._rest.setText(
            self.tr("Nothing else was sent or changed.")
            if rows
            else self.tr("Nothing was sent or changed by this app.")
        )

    def _row(self, row: DoneRow, zone: str) -> QWidget:
        widget = QWidget()
        line = QHBoxLayout(widget)
        line.setContentsMargins(0, 2, 0, 2)
        line.setSpacing(12)
        when = DataLabel(i18n.instant_time(row.at, zone), "body", "text2")
        when.setFixedWidth(theme().metrics().horizontalAdvance("12:00 PM") + 8)
        line.addWidget(when)
        line.addWidget(IconLabel(row.icon, "text2", 16))
        line.addWidget(DataLabel(row.text), 1)
        link = LinkButton(self.tr("View"))
        link.setAccessibleName(self.tr("View: {text}").format(text=row.text))
        link.clicked.connect(lambda *_: self.targetRequested.emit(row.target))
        line.addWidget(link)
        return widget


class ClockCard(Card):
    """Who is working now, where, since when."""

    targetRequested = Signal(object)

    def __init__(self) -> None:
        super().__init__(self.tr("On the clock"), object_name="today.clock")
        self.header.addStretch(1)
        link = LinkButton(self.tr("Map"), object_name="today.clock.link")
        link.clicked.connect(lambda *_: self.targetRequested.emit(Target("team", "map")))
        self.header.addWidget(link)
        self._list = QVBoxLayout()
        self._list.setSpacing(10)
        self.body.addLayout(self._list)

    def show_people(self, people: Sequence[OnClock], day: Day) -> None:
        """One line for each crew or person."""
        while (item := self._list.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        if not people:
            text = self.tr("Nobody is clocked in. Clock in under Team, or by phone.")
            self._list.addWidget(DataLabel(text, "body", "text2", wrap=True))
        for entry in people[:MOST_PEOPLE]:
            self._list.addWidget(self._row(entry, day))
        if len(people) > MOST_PEOPLE:
            rest = self.tr("and {n} more").format(n=len(people) - MOST_PEOPLE)
            self._list.addWidget(DataLabel(rest, "caption", "text2"))

    def _row(self, entry: OnClock, day: Day) -> QWidget:
        widget = QWidget()
        line = QHBoxLayout(widget)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(10)
        line.addWidget(Avatar(entry.initials, entry.color_index, 28))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(DataLabel(" & ".join(entry.names), "body", weight=500))
        words.addWidget(DataLabel(self._where(entry, day), "caption", "text2"))
        line.addLayout(words, 1)
        since = i18n.elapsed(day.now_at - entry.since_at)
        line.addWidget(DataLabel(since, "body", "text2", weight=500, align="right"))
        return widget

    def _where(self, entry: OnClock, day: Day) -> str:
        if entry.place and entry.place_since_at is not None:
            since = i18n.instant_time(entry.place_since_at, day.zone)
            return self.tr("at {place} since {time}").format(place=entry.place, time=since)
        if entry.last_fix_at is not None:
            seen = i18n.ago(entry.last_fix_at, day.now_at)
            return self.tr("last position {when}").format(when=seen)
        since = i18n.instant_time(entry.since_at, day.zone)
        return self.tr("since {time}").format(time=since)
