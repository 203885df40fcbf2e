"""Edit > Undo history: what was done, newest first; each entry can be taken back by itself."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget
from shiboken6 import isValid

from tcf_desktop.base.clock import from_ms
from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.changes import ChangeSet
from tcf_desktop.qtkit import i18n
from tcf_desktop.qtkit.messages import words_of
from tcf_desktop.services.queries.history import (
    HistoryRow,
    UndoPreview,
    history,
    undo_preview,
)
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
from tcf_desktop.views.dialogs.undo_words import changes_text
from tcf_desktop.views.window_commands import said

MOST = 5_000  # entries that the search goes through
SHOWN = 80


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
        for row in shown[:SHOWN]:
            self._list.addWidget(self._line(row))
            self._list.addWidget(hairline())
        if len(shown) > SHOWN:
            more = self.tr("{n} older changes: type a name to find one.")
            number = i18n.locale_of().toString(len(shown) - SHOWN)
            self._list.addWidget(DataLabel(more.format(n=number), "caption", "text2"))
        if not shown:
            text = self.tr("Nothing was changed yet.")
            if typed:
                text = self.tr("Nothing matches “{text}”.").format(text=self.search.text()[:40])
            self._list.addWidget(DataLabel(text, "body", "text2"))
        self._list.addStretch(1)

    def _line(self, row: HistoryRow) -> QWidget:
        line = QWidget()
        line.setMinimumHeight(44)
        column = QVBoxLayout(line)
        column.setContentsMargins(0, 4, 0, 4)
        column.setSpacing(4)
        layout = QHBoxLayout()
        layout.setSpacing(12)
        column.addLayout(layout)
        text = said(row.label, row.params)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(DataLabel(text[:1].upper() + text[1:], "body", weight=500))
        words.addWidget(DataLabel(self._when(row.at), "caption", "text2"))
        layout.addLayout(words, 1)
        details = DataLabel(
            "", "caption", "text2", wrap=True, object_name=f"undo_history.details{row.id}"
        )
        details.hide()
        column.addWidget(details)
        if not row.undone:
            look = LinkButton(self.tr("What it changes"), object_name=f"undo_history.look{row.id}")
            look.setAccessibleName(self.tr("What it changes: {what}").format(what=text))
            look.clicked.connect(lambda *_, number=row.id: self._look(number, details))
            layout.addWidget(look)
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

    def _look(self, number: int, details: DataLabel) -> None:
        """Show below an entry what taking it back changes, or hide that again."""
        if not details.isHidden():
            details.hide()
            return

        def answer(found: UndoPreview) -> None:
            if isValid(details):
                details.setText(f"{changes_text(found)}\n{self._in_the_way(found)}".strip())
                details.show()

        self._ctx.tasks.read(self, lambda r: undo_preview(r, number), answer)

    def _in_the_way(self, found: UndoPreview) -> str:
        if not found.in_the_way:
            return ""
        later = [
            self.tr("{what} ({when})").format(
                what=said(row.label, row.params), when=self._when(row.at)
            )
            for row in found.in_the_way
        ]
        return self.tr("Changed since by: {these}. Undo that first.").format(these="; ".join(later))

    def _when(self, at: int) -> str:
        moment = from_ms(at, self._ctx.zone())
        return f"{i18n.near_day(moment.date(), self._ctx.today())}, {i18n.clock_time(moment)}"

    def _undo(self, number: int) -> None:
        from tcf_desktop.services.undo import UndoEntry

        self._notice.hide()
        self._ctx.tasks.command(
            self, UndoEntry(number), lambda _: self._load(), lambda e: self._refused(number, e)
        )

    def _refused(self, number: int, error: AppError) -> None:
        """Say why, and which later changes are in the way."""
        said_so = words_of(error).text()

        def answer(found: UndoPreview) -> None:
            self._notice.set_notice(
                f"{said_so} {self._in_the_way(found)}".strip(), "warn", "warning"
            )
            self._notice.show()

        self._ctx.tasks.read(self, lambda r: undo_preview(r, number), answer)

    def _on_bus_committed(self, _changes: ChangeSet) -> None:
        self._load()
