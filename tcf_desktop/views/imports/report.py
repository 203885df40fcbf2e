"""Reports of imports: saving one, and showing an earlier one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from tcf_desktop.domain.imports import Action, PlanRow
from tcf_desktop.itemmodels.import_rows import REASON, ROW, ImportRowsModel
from tcf_desktop.qtkit import i18n
from tcf_desktop.services.import_report import save_report
from tcf_desktop.services.queries.import_runs import import_report
from tcf_desktop.views.common import Card, DataLabel, ListTable, PlainButton, Surface
from tcf_desktop.views.imports.rows_table import dress

if TYPE_CHECKING:
    from tcf_desktop.views.context import ViewContext


def _tr(text: str) -> str:
    return QCoreApplication.translate("ImportReport", text)


def ask_and_save(
    ctx: ViewContext,
    parent: QWidget,
    rows: Sequence[Mapping[str, Any]],
    remarks: Sequence[str] = (),
) -> None:
    """Ask where to, then write the report there; the dialog does not block the window."""
    dialog = QFileDialog(parent, _tr("Save report"))
    dialog.setObjectName("import.report.dialog")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilter(_tr("CSV for spreadsheets (*.csv)"))
    dialog.setDefaultSuffix("csv")
    dialog.selectFile("import-report.csv")
    dialog.fileSelected.connect(lambda path: save_to(ctx, parent, Path(path), rows, remarks))
    dialog.open()


def save_to(
    ctx: ViewContext,
    parent: QWidget,
    target: Path,
    rows: Sequence[Mapping[str, Any]],
    remarks: Sequence[str] = (),
) -> None:
    """Write a report; says so in the snackbar."""
    ctx.tasks.run(
        parent,
        lambda: save_report(target, rows, remarks),
        lambda _: ctx.notify(_tr("The report was saved as {file}").format(file=target.name)),
    )


class ReportDialog(QDialog):
    """What an earlier import did with every row of its files."""

    def __init__(self, ctx: ViewContext, run_id: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("import.report")
        self.setWindowTitle(self.tr("Report of the import"))
        self.resize(760, 560)
        self._ctx = ctx
        self._report: list[dict[str, Any]] = []
        self.model = ImportRowsModel()
        self.table = ListTable(object_name="import.report.table")
        self.table.setAccessibleName(self.tr("Rows of the file"))
        self.table.setModel(self.model)
        dress(self.table, self.model)
        self.model.contacts = self.model.reason_with_name = True
        for column in (ROW, REASON):
            self.table.setColumnHidden(column, True)
        self.title = DataLabel("", "subtitle")
        save = PlainButton(self.tr("Save report…"), object_name="import.report.save")
        save.clicked.connect(lambda *_: ask_and_save(ctx, self, self._report))
        close = PlainButton(self.tr("Close"), object_name="import.report.close")
        close.clicked.connect(self.close)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addStretch(1)
        foot.addWidget(save)
        foot.addWidget(close)
        frame = Card(margin=0)
        frame.body.setContentsMargins(1, 6, 1, 6)
        frame.body.addWidget(self.table)
        ground = Surface("surface", self)
        inner = QVBoxLayout(ground)
        inner.setContentsMargins(20, 16, 20, 16)
        inner.setSpacing(12)
        inner.addWidget(self.title)
        inner.addWidget(frame, 1)
        inner.addLayout(foot)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(ground)
        ctx.tasks.read(self, lambda r: import_report(r, run_id), self._show)

    def _show(self, report: list[dict[str, Any]]) -> None:
        self._report = report
        self.title.setText(
            i18n.plural(
                len(report),
                self.tr("What happened to {n} row"),
                self.tr("What happened to {n} rows"),
            )
        )
        self.model.set_rows(
            [
                PlanRow(
                    row["row"],
                    row["line"] or 0,
                    row["file"],
                    Action(row["action"]),
                    row["name"],
                    reason=row["reason"],
                )
                for row in report
            ]
        )
        self.table.refresh_edges()
