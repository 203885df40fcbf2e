"""File > Export calendar: which days and whose, then where to; the writing on an io thread."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QStandardPaths, Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from tcf_desktop.qtkit import i18n
from tcf_desktop.services.queries.schedule import crews
from tcf_desktop.views.common import (
    ComboBox,
    DataLabel,
    DateEdit,
    FormField,
    PlainButton,
    PrimaryButton,
    SegmentedControl,
)

if TYPE_CHECKING:
    from tcf_desktop.views.context import ViewContext


def _tr(text: str) -> str:
    return QCoreApplication.translate("ScheduleExport", text)


class ExportDialog(QDialog):
    """Days or everything, all crews or one."""

    def __init__(self, ctx: ViewContext, parent: QWidget, first: date, last: date) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("schedule.export")
        self.setWindowTitle(self.tr("Export calendar"))
        self._ctx = ctx
        self._page = parent
        self._build(first, last)
        self._on_changed()
        width = self.fontMetrics().averageCharWidth() * 64
        self.resize(min(max(420, width), parent.window().width() - 40), self.sizeHint().height())

    def _build(self, first: date, last: date) -> None:
        self.extent = SegmentedControl(
            [("days", self.tr("These days")), ("all", self.tr("Everything"))],
            object_name="schedule.export.extent",
        )
        self.extent.chosen.connect(self._on_changed)
        self.first = DateEdit(object_name="schedule.export.first")
        self.first.set_iso(first.isoformat())
        self.last = DateEdit(object_name="schedule.export.last")
        self.last.set_iso(last.isoformat())
        for edit in (self.first, self.last):
            edit.dateChanged.connect(self._on_changed)
        self.who = ComboBox(object_name="schedule.export.crew")
        self.who.addItem(self.tr("All crews"), None)
        for crew in self._ctx.tasks.read_now(crews):
            self.who.addItem(crew.name, crew.id)
        self.hint = DataLabel("", "caption", "text2", wrap=True)
        days = QHBoxLayout()
        days.setSpacing(12)
        days.addWidget(FormField(self.tr("From"), self.first), 1)
        days.addWidget(FormField(self.tr("To"), self.last), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addWidget(DataLabel(self.tr("Export calendar"), "subtitle"))
        column.addWidget(self.extent)
        column.addLayout(days)
        column.addWidget(FormField(self.tr("Whose"), self.who))
        column.addWidget(self.hint)
        column.addStretch(1)
        column.addLayout(self._build_buttons())

    def _build_buttons(self) -> QHBoxLayout:
        self.export = PrimaryButton(self.tr("Export…"), object_name="schedule.export.go")
        self.export.setDefault(True)
        self.export.clicked.connect(self._on_export_clicked)
        cancel = PlainButton(self.tr("Cancel"), object_name="schedule.export.cancel")
        cancel.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(self.export)
        return row

    def days(self) -> tuple[date | None, date | None]:
        """The first and the last day; None for everything."""
        if self.extent.key() == "all":
            return None, None
        return date.fromisoformat(self.first.iso()), date.fromisoformat(self.last.iso())

    def crew_id(self) -> int | None:
        """The crew; None for all."""
        found: int | None = self.who.currentData()
        return found

    def _on_changed(self) -> None:
        first, last = self.days()
        self.first.setEnabled(first is not None)
        self.last.setEnabled(last is not None)
        right = first is None or last is None or first <= last
        self.export.setEnabled(right)
        if not right:
            text = self.tr("The last day lies before the first.")
        elif first is None:
            text = self.tr("All appointments and series. Notes for the office stay here.")
        else:
            text = self.tr(
                "Appointments of these days, and every series that has one, whole. Notes for the "
                "office stay here."
            )
        self.hint.setText(text)

    def _on_export_clicked(self) -> None:
        first, last = self.days()
        ask_where(self._ctx, self._page, first, last, self.crew_id())
        self.accept()


def ask_and_export(ctx: ViewContext, parent: QWidget, first: date, last: date) -> ExportDialog:
    """Open the question which days and whose; it begins with those from first to last."""
    dialog = ExportDialog(ctx, parent, first, last)
    dialog.open()
    return dialog


def ask_where(
    ctx: ViewContext, parent: QWidget, first: date | None, last: date | None, crew_id: int | None
) -> QFileDialog:
    """Open the system's save dialog; the answer writes the file."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    dialog = QFileDialog(parent, _tr("Export calendar"), folder, _tr("Calendar files (*.ics)"))
    dialog.setObjectName("schedule.export.file")
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix("ics")
    dialog.selectFile(f"schedule-{first.isoformat()}.ics" if first else "schedule.ics")
    dialog.fileSelected.connect(partial(export_to, ctx, parent, first, last, crew_id=crew_id))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog


def export_to(
    ctx: ViewContext,
    parent: QWidget,
    first: date | None,
    last: date | None,
    path: str,
    crew_id: int | None = None,
) -> None:
    """Write the file and say so."""
    from tcf_desktop.services.calendar_files import export_calendar

    def done(count: int) -> None:
        entries = i18n.plural(count, _tr("{n} entry"), _tr("{n} entries"))
        ctx.notify(
            _tr("{entries} written to {file}.").format(
                entries=entries, file=path.replace("\\", "/").rpartition("/")[2]
            )
        )

    ctx.tasks.run(parent, lambda: export_calendar(ctx.office, path, first, last, crew_id), done)
