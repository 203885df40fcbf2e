"""Edit > Undo history: what was done, newest first; each entry can be taken back by itself."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from tcf_desktop.base.clock import from_ms
from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.changes import ChangeSet
from tcf_desktop.qtkit import i18n
from tcf_desktop.qtkit.messages import words_of
from tcf_desktop.services.queries.history import HistoryRow, history
from tcf_desktop.views.common import (
    Chip,
    DataLabel,
    LineEdit,
    LinkButton,
    Notice,
    PlainButton,
    Surface,
    hairline,
)
from tcf_desktop.views.context import ViewContext
from tcf_desktop.views.window_commands import said

MOST = 200


class UndoHistory(QDialog):
    """Not modal in effect: it stays open while entries are undone."""

    def __init__(self, ctx: ViewContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("undo_history")
        self.setWindowTitle(self.tr("Undo history"))
        self.resize(620, 560)
        self._ctx = ctx
        self._rows: list[HistoryRow] = []
        ground = Surface("surface", self)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(ground)
        column = QVBoxLayout(ground)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        column.addWidget(DataLabel(self.tr("Undo history"), "subtitle"))
        column.addWidget(
            DataLabel(
                self.tr("Changes of the last 30 days. An entry can be taken back while nothing "
                        "that it changed has been changed again."),
                "caption", "text2", wrap=True,
            )
        )  # fmt: skip
        self.search = LineEdit(
            icon="magnifying-glass", placeholder=self.tr("Find a change"),
            object_name="undo_history.search",
        )  # fmt: skip
        self.search.setAccessibleName(self.tr("Find a change"))
        self.search.textChanged.connect(self._show)
        column.addWidget(self.search)
        self._notice = Notice("", "warn", "warning")
        self._notice.hide()
        column.addWidget(self._notice)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = Surface("surface")
        self._list = QVBoxLayout(inner)
        self._list.setContentsMargins(0, 0, 8, 0)
        self._list.setSpacing(0)
        area.setWidget(inner)
        column.addWidget(area, 1)
        foot = QHBoxLayout()
        foot.addStretch(1)
        close = PlainButton(self.tr("Close"), object_name="undo_history.close")
        close.clicked.connect(self.close)
        foot.addWidget(close)
        column.addLayout(foot)
        ctx.bus.committed.connect(self._on_bus_committed)
        self._load()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return
        super().keyPressEvent(event)

    def _load(self) -> None:
        self._ctx.tasks.read(self, lambda r: history(r, MOST), self._take)

    def _take(self, rows: list[HistoryRow]) -> None:
        self._rows = rows
        self._show()

    def _show(self) -> None:
        while (item := self._list.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        typed = self.search.text().casefold()
        shown = [row for row in self._rows if typed in said(row.label, row.params).casefold()]
        for row in shown[:80]:
            self._list.addWidget(self._line(row))
            self._list.addWidget(hairline())
        if not shown:
            text = self.tr("Nothing was changed yet.")
            if typed:
                text = self.tr("Nothing matches “{text}”.").format(text=self.search.text()[:40])
            self._list.addWidget(DataLabel(text, "body", "text2"))
        self._list.addStretch(1)

    def _line(self, row: HistoryRow) -> QWidget:
        line = QWidget()
        line.setMinimumHeight(44)
        layout = QHBoxLayout(line)
        layout.setContentsMargins(0, 4, 0, 4)
        layout.setSpacing(12)
        text = said(row.label, row.params)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(DataLabel(text[:1].upper() + text[1:], "body", weight=500))
        moment = from_ms(row.at, self._ctx.zone())
        when = f"{i18n.near_day(moment.date(), self._ctx.today())}, {i18n.clock_time(moment)}"
        words.addWidget(DataLabel(when, "caption", "text2"))
        layout.addLayout(words, 1)
        if row.undone:
            layout.addWidget(Chip(self.tr("undone"), "neutral"))
        elif row.undoable:
            undo = LinkButton(self.tr("Undo this"), object_name=f"undo_history.undo{row.id}")
            undo.setAccessibleName(self.tr("Undo: {what}").format(what=text))
            undo.clicked.connect(lambda *_, number=row.id: self._undo(number))
            layout.addWidget(undo)
        else:
            layout.addWidget(Chip(self.tr("final"), "neutral"))
        return line

    def _undo(self, number: int) -> None:
        from tcf_desktop.services.undo import UndoEntry

        self._notice.hide()
        self._ctx.tasks.command(self, UndoEntry(number), lambda _: self._load(), self._refused)

    def _refused(self, error: AppError) -> None:
        self._notice.set_notice(words_of(error).text(), "warn", "warning")
        self._notice.show()

    def _on_bus_committed(self, _changes: ChangeSet) -> None:
        self._load()
