"""Earlier imports: when, what, how many, and taking one back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tcf_desktop.base.clock import from_ms
from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.changes import ChangeSet
from tcf_desktop.qtkit import i18n
from tcf_desktop.qtkit.messages import words_of
from tcf_desktop.services.queries.import_runs import (
    ChangedSince,
    ImportRunRow,
    changed_since,
    import_runs,
)
from tcf_desktop.services.undo import UndoEntry
from tcf_desktop.views.common import Card, Chip, DataLabel, LinkButton, Notice, hairline
from tcf_desktop.views.imports.words import things

if TYPE_CHECKING:
    from tcf_desktop.views.context import ViewContext

_MOST = 20


class EarlierImports(QWidget):
    """A card with the newest imports; hidden while there are none."""

    reportRequested = Signal(int)

    def __init__(self, ctx: ViewContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("import.earlier")
        self._ctx = ctx
        self.rows: list[ImportRunRow] = []
        self.take_back: dict[int, LinkButton] = {}
        self.notice = Notice("", "warn", "warning")
        self.notice.setObjectName("import.earlier.notice")
        self.notice.hide()
        card = Card(margin=0)
        card.body.setContentsMargins(16, 10, 16, 10)
        card.body.setSpacing(0)
        self._list = card.body
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(DataLabel(self.tr("Earlier imports"), "subtitle"))
        column.addWidget(self.notice)
        column.addWidget(card)
        self.hide()
        ctx.bus.committed.connect(self._on_bus_committed)

    def refresh(self) -> None:
        """Read the list again."""
        self._ctx.tasks.read(self, lambda r: import_runs(r, _MOST), self._show)

    def _show(self, rows: list[ImportRunRow]) -> None:
        if rows == self.rows:
            return
        self.rows = rows
        while (item := self._list.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.take_back = {}
        for number, row in enumerate(rows):
            if number:
                self._list.addWidget(hairline())
            self._list.addWidget(self._row(row))
        self.setVisible(bool(rows))

    def _row(self, row: ImportRunRow) -> QWidget:
        box = QWidget()
        line = QHBoxLayout(box)
        line.setContentsMargins(0, 6, 0, 6)
        line.setSpacing(12)
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(DataLabel(", ".join(row.files), weight=600))
        texts.addWidget(DataLabel(self._counts(row), "caption", "text2"))
        line.addLayout(texts, 1)
        if row.state != "stands":
            words = self.tr("Taken back") if row.state == "taken_back" else self.tr("Final")
            chip = Chip(words, "neutral")
            if row.state == "final":
                chip.setToolTip(self.tr("This import cannot be taken back any more."))
            line.addWidget(chip)
        report = LinkButton(self.tr("Show report"), object_name=f"import.earlier.report.{row.id}")
        report.clicked.connect(lambda *_: self.reportRequested.emit(row.id))
        line.addWidget(report)
        if row.entry_id is not None:
            back = LinkButton(self.tr("Take back"), object_name=f"import.earlier.back.{row.id}")
            back.clicked.connect(lambda *_: self._take_back(row))
            line.addWidget(back)
            self.take_back[row.id] = back
        return box

    def _counts(self, row: ImportRunRow) -> str:
        moment = from_ms(row.at, self._ctx.zone())
        when = f"{i18n.near_day(moment.date(), self._ctx.today())}, {i18n.clock_time(moment)}"
        parts = [when, self.tr("{things} added").format(things=things("contacts", row.added))]
        if row.updated:
            parts.append(i18n.plural(row.updated, self.tr("{n} updated"), self.tr("{n} updated")))
        if row.skipped:
            parts.append(i18n.plural(row.skipped, self.tr("{n} left out"), self.tr("{n} left out")))
        return i18n.joined(parts)

    def _take_back(self, row: ImportRunRow) -> None:
        entry = row.entry_id
        if entry is None:
            return
        self.notice.hide()
        self.take_back[row.id].setEnabled(False)

        def done(_: object) -> None:
            self._ctx.notify(
                self.tr("The import of {file} was taken back").format(file=", ".join(row.files))
            )
            self.refresh()

        def refused(error: AppError) -> None:
            if row.id in self.take_back:
                self.take_back[row.id].setEnabled(True)
            self._ctx.tasks.read(
                self,
                lambda r: changed_since(r, entry),
                lambda changed: self._explain(error, changed),
            )

        self._ctx.tasks.command(self, UndoEntry(entry), done, refused)

    def _explain(self, error: AppError, changed: ChangedSince) -> None:
        """Why it stays, with who was changed since."""
        text = words_of(error).text()
        if changed.count:
            who = ", ".join(changed.names)
            if changed.count > len(changed.names):
                who = self.tr("{names} and {n} more").format(
                    names=who, n=i18n.locale_of().toString(changed.count - len(changed.names))
                )
            since = i18n.plural(
                changed.count,
                self.tr("{n} contact was changed since:"),
                self.tr("{n} contacts were changed since:"),
            )
            text = f"{text} {since} {who}."
        self.notice.set_notice(text, "warn", "warning")
        self.notice.show()

    def _on_bus_committed(self, changes: ChangeSet) -> None:
        if self.isVisible() and changes.touches("contacts", "import_runs"):
            self.refresh()
