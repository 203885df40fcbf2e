"""File > Export calendar: where to, then the writing on an io thread."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

from tcf_desktop.qtkit import i18n

if TYPE_CHECKING:
    from tcf_desktop.views.context import ViewContext


def _tr(text: str) -> str:
    return QCoreApplication.translate("ScheduleExport", text)


def ask_and_export(ctx: ViewContext, parent: QWidget, first: date, last: date) -> QFileDialog:
    """Open the system's save dialog; the answer writes the days from first to last."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    dialog = QFileDialog(parent, _tr("Export calendar"), folder, _tr("Calendar files (*.ics)"))
    dialog.setObjectName("schedule.export")
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix("ics")
    dialog.selectFile(f"schedule-{first.isoformat()}.ics")
    dialog.fileSelected.connect(partial(export_to, ctx, parent, first, last))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog


def export_to(ctx: ViewContext, parent: QWidget, first: date, last: date, path: str) -> None:
    """Write the file and say so."""
    from tcf_desktop.services.calendar_files import export_calendar

    def done(count: int) -> None:
        appointments = i18n.plural(count, _tr("{n} appointment"), _tr("{n} appointments"))
        ctx.notify(
            _tr("{appointments} written to {file}.").format(
                appointments=appointments, file=path.replace("\\", "/").rpartition("/")[2]
            )
        )

    ctx.tasks.run(parent, lambda: export_calendar(ctx.office, path, first, last), done)
