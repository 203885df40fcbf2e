"""All treatment records: looked through by words and dates, written out for who inspects."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from tcf_desktop.itemmodels.treatment_rows import TreatmentRowsModel
from tcf_desktop.qtkit import i18n
from tcf_desktop.qtkit.theme import theme
from tcf_desktop.services.queries.treatments import PAGE_ROWS, ListedTreatment, listed
from tcf_desktop.views.common import (
    Cell,
    DataLabel,
    ListTable,
    PlainButton,
    PrimaryButton,
    SearchField,
    Surface,
    TwoLineDelegate,
)
from tcf_desktop.views.common.dates import DayField
from tcf_desktop.views.context import Target

if TYPE_CHECKING:
    from tcf_desktop.domain.changes import ChangeSet
    from tcf_desktop.itemmodels.columns import Column
    from tcf_desktop.views.context import ViewContext

_TABLES = ("treatments", "appointments", "contacts")


class TreatmentList(QDialog):
    """Enter opens the visit of a record on the schedule."""

    def __init__(self, ctx: ViewContext, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("treatments")
        self.setWindowTitle(self.tr("Treatment records"))
        self._ctx = ctx
        self._asked = 0
        self.model = TreatmentRowsModel()
        self._build()
        ctx.bus.committed.connect(self._on_bus_committed)
        room = parent.window().size()
        self.resize(min(1080, room.width() - 40), min(640, room.height() - 40))
        self.load()

    def _build(self) -> None:
        self.search = SearchField(
            self.tr("Product, number, target, customer or applicator"),
            object_name="treatments.search",
        )
        self.search.searchChanged.connect(self.load)
        self.search.leaveRequested.connect(self._on_search_leave_requested)
        day = partial(DayField, self._ctx.today)
        self.first = day(object_name="treatments.first")
        self.first.setAccessibleName(self.tr("From"))
        self.last = day(object_name="treatments.last")
        self.last.setAccessibleName(self.tr("Until"))
        for field in (self.first, self.last):
            field.setFixedWidth(field.fontMetrics().averageCharWidth() * 22)
            field.textChanged.connect(self.load)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.search, 1)
        for word, field in ((self.tr("From"), self.first), (self.tr("Until"), self.last)):
            top.addWidget(DataLabel(word, color="text2"))
            top.addWidget(field)
        self.count = DataLabel("", "caption", "text2", wrap=True, object_name="treatments.count")
        self._build_table()
        self.export_button = PlainButton(
            self.tr("Export as CSV…"), "export", object_name="treatments.export"
        )
        self.export_button.clicked.connect(self._on_export_clicked)
        self.open_button = PlainButton(
            self.tr("Show the visit"), tooltip=self.tr("Show the visit (Enter)"),
            object_name="treatments.open",
        )  # fmt: skip
        self.open_button.clicked.connect(self._open_selected)
        close = PrimaryButton(self.tr("Close"), object_name="treatments.close")
        close.clicked.connect(self.close)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.export_button)
        foot.addWidget(self.count, 1, Qt.AlignmentFlag.AlignVCenter)
        foot.addWidget(self.open_button)
        foot.addWidget(close)
        for button in (self.export_button, self.open_button, close):
            button.setAutoDefault(False)
        ground = Surface("surface", self)
        inner = QVBoxLayout(ground)
        inner.setContentsMargins(20, 16, 20, 16)
        inner.setSpacing(12)
        inner.addWidget(DataLabel(self.tr("Treatment records"), "subtitle"))
        inner.addLayout(top)
        inner.addWidget(self.table, 1)
        inner.addLayout(foot)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(ground)

    def _build_table(self) -> None:
        self.table = ListTable(object_name="treatments.table")
        self.table.setAccessibleName(self.tr("Treatment records"))
        self.table.setModel(self.model)
        header = self.table.horizontalHeader()
        for number, column in enumerate(self.model.columns):
            delegate = TwoLineDelegate(partial(_cell, column), self.table)
            self.table.setItemDelegateForColumn(number, delegate)
            if column.stretch:
                header.setSectionResizeMode(number, header.ResizeMode.Stretch)
            else:
                header.resizeSection(number, column.width * theme().text_scale // 100)
        self.table.activatedRow.connect(lambda _row: self._open_selected())

    def _on_search_leave_requested(self) -> None:
        self.table.setFocus()

    # what is shown

    def wanted(self) -> dict[str, str]:
        """What is looked for, as the query takes it; what is no date counts as none."""
        return {
            "text": self.search.text(),
            "first_on": self.first.iso() if self.first.is_understood() else "",
            "last_on": self.last.iso() if self.last.is_understood() else "",
        }

    def load(self, *_: object) -> None:
        """Ask anew; what is shown stays until the answer is there."""
        self._asked += 1
        number, wanted = self._asked, self.wanted()
        self._ctx.tasks.read(
            self,
            lambda r: listed(r, **wanted),  # type: ignore[arg-type]
            lambda found: self._take(number, found),
        )

    def _take(self, number: int, found: tuple[ListedTreatment, ...]) -> None:
        if number != self._asked:
            return
        self.model.set_found(found)
        count = len(found)
        words = i18n.plural(count, self.tr("{n} record"), self.tr("{n} records"))
        if count >= PAGE_ROWS:
            words = self.tr("The newest {n}. Give dates to see others; the export has all.")
            words = words.format(n=count)
        elif not count:
            words = self.tr("Nothing found. Treatments are recorded at a visit: More, Treatment.")
        self.count.setText(words)
        self.export_button.setEnabled(bool(count))
        self.open_button.setEnabled(bool(count))
        if count:
            self.table.select_row(0)

    def _on_bus_committed(self, changes: ChangeSet) -> None:
        if changes.touches(*_TABLES):
            self.load()

    def _open_selected(self) -> None:
        rows = self.table.selected_rows()
        row = self.model.row_at(rows[0]) if rows else None
        if row is not None:
            target = Target("schedule", "appointment", row.row.appointment_id)
            self.close()
            self._ctx.navigate(target)

    # as a table

    def _on_export_clicked(self) -> None:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        dialog = QFileDialog(
            self, self.tr("Export treatment records"), folder, self.tr("CSV files (*.csv)")
        )
        dialog.setObjectName("treatments.where")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("csv")
        day = date.fromisoformat(self._ctx.today()).isoformat()
        dialog.selectFile(self.tr("Treatment records {day}.csv").format(day=day))
        dialog.fileSelected.connect(self.export_to)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def export_to(self, path: str) -> None:
        """Write what is looked for."""
        from tcf_desktop.services.treatment_papers import export_treatments

        ctx, target, wanted = self._ctx, Path(path), self.wanted()

        def done(count: int) -> None:
            words = i18n.plural(count, self.tr("{n} record"), self.tr("{n} records"))
            ctx.notify(
                self.tr("{records} written to {file}.").format(records=words, file=target.name)
            )

        ctx.tasks.run(self, lambda: export_treatments(ctx.office, target, **wanted), done)


def _cell(column: Column[Any], row: ListedTreatment) -> Cell:
    second = column.second(row) if column.second is not None else ""
    return Cell(column.text(row), second, weight=600 if column.key == "product" else 400)
