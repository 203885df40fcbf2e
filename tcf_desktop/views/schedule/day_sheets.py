"""Print the day sheet: which crew, with or without prices; it opens in the program for PDFs."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPoint, QStandardPaths
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from tcf_desktop.qtkit import i18n
from tcf_desktop.services.queries.team import crew_names

if TYPE_CHECKING:
    from tcf_desktop.views.context import ViewContext


def _tr(text: str) -> str:
    return QCoreApplication.translate("DaySheets", text)


def choose_day_sheet(ctx: ViewContext, page: QWidget, on: date) -> QMenu:
    """Open a menu of the crews; each entry makes the sheet of that day."""
    menu = QMenu(page)
    menu.setObjectName("daysheet.menu")
    heading = menu.addAction(_tr("Day sheet, {day}").format(day=i18n.full_day(on)))
    heading.setEnabled(False)
    _fill(menu, ctx, page, on, prices=False)
    menu.addSeparator()
    priced = menu.addMenu(_tr("With prices"))
    priced.setObjectName("daysheet.prices")
    _fill(priced, ctx, page, on, prices=True)
    menu.addSeparator()
    menu.addAction(_tr("Save as PDF…"), partial(_ask_where, ctx, page, on))
    menu.aboutToHide.connect(menu.deleteLater)
    menu.popup(page.mapToGlobal(QPoint(max(0, page.width() - menu.sizeHint().width() - 24), 8)))
    entries = [action for action in menu.actions() if action.isEnabled()]
    menu.setActiveAction(entries[0])
    return menu


def _fill(menu: QMenu, ctx: ViewContext, page: QWidget, on: date, *, prices: bool) -> None:
    menu.addAction(_tr("All crews"), partial(print_day_sheet, ctx, page, on, None, prices))
    for crew in ctx.tasks.read_now(crew_names):
        name = crew.name.replace("&", "&&")
        menu.addAction(name, partial(print_day_sheet, ctx, page, on, crew.id, prices))


def print_day_sheet(
    ctx: ViewContext, page: QWidget, on: date, crew_id: int | None, prices: bool
) -> None:
    """Make the sheet off the GUI thread and open it."""
    from tcf_desktop.services.day_sheet import SheetChoice, day_sheet, render_day_sheet
    from tcf_desktop.services.pdf_files import open_pdf
    from tcf_desktop.services.queries.day_sheet import SheetFor

    office = ctx.office
    choice = SheetChoice(SheetFor(None if crew_id is None else (crew_id,)), prices)

    def make() -> Path:
        who = "" if crew_id is None else day_sheet(office, on, choice).crews[0].name
        name = " ".join(filter(None, ("Day sheet", on.isoformat(), who)))
        return open_pdf(office, name, render_day_sheet(office, on, choice))

    def opened(_path: Path) -> None:
        ctx.notify(_tr("The day sheet opens in your program for PDFs. Print it there."))

    ctx.tasks.run(page, make, opened)


def _ask_where(ctx: ViewContext, page: QWidget, on: date) -> QFileDialog:
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    dialog = QFileDialog(page, _tr("Save the day sheet"), folder, _tr("PDF files (*.pdf)"))
    dialog.setObjectName("daysheet.save")
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix("pdf")
    dialog.selectFile(_tr("Day sheet {day}.pdf").format(day=on.isoformat()))
    dialog.fileSelected.connect(partial(save_day_sheet_to, ctx, page, on))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog


def save_day_sheet_to(ctx: ViewContext, page: QWidget, on: date, path: str) -> None:
    """Write the sheet of all crews to a file and say so."""
    from tcf_desktop.services.day_sheet import save_day_sheet

    office, target = ctx.office, Path(path)

    def done(count: int) -> None:
        visits = i18n.plural(count, _tr("{n} visit"), _tr("{n} visits"))
        ctx.notify(_tr("{visits} written to {file}").format(visits=visits, file=target.name))

    ctx.tasks.run(page, lambda: save_day_sheet(office, on, target), done)
