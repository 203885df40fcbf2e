"""Writing contacts to a file: all, those that are shown, or those that are selected."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from tcf_desktop.qtkit import i18n

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader
    from tcf_desktop.views.context import ViewContext

Wanted = Callable[["Reader"], Sequence[int] | None]


class ContactExport(QObject):
    """Asks where to, writes on an io thread, and says how many."""

    def __init__(self, ctx: ViewContext, parent: QWidget) -> None:
        super().__init__(parent)
        self._ctx = ctx
        self._window = parent

    def choose(self, shown: Wanted | None, selected: Sequence[int]) -> None:
        """Ask which contacts and in which form, then for the file."""
        from tcf_desktop.views.contacts.export_dialog import ExportDialog

        def chosen(wanted: Wanted | None, form: str) -> None:
            self.ask(wanted, form=form)

        ExportDialog(shown, selected, chosen, self._window.window()).show()

    def ask(self, wanted: Wanted | None = None, title: str = "", form: str = "") -> None:
        """Ask for the file; ``wanted`` gives the ids, none for everybody; ``form`` is "vcard" or
        "csv" where that is settled."""
        dialog = QFileDialog(self._window, title or self.tr("Export contacts"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        forms = {"vcard": self.tr("vCard (*.vcf)"), "csv": self.tr("CSV for spreadsheets (*.csv)")}
        dialog.setNameFilters([forms[form]] if form else list(forms.values()))
        dialog.setDefaultSuffix("csv" if form == "csv" else "vcf")
        dialog.filterSelected.connect(
            lambda text: dialog.setDefaultSuffix("csv" if "*.csv" in text else "vcf")
        )
        dialog.fileSelected.connect(lambda path: self.write(path, wanted))
        dialog.open()

    def ask_for(self, ids: Sequence[int]) -> None:
        """Ask for the file of these contacts."""
        chosen = tuple(ids)
        title = i18n.plural(
            len(chosen), self.tr("Export {n} contact"), self.tr("Export {n} contacts")
        )
        self.ask(partial(_these, chosen), title)

    def write(self, path: str, wanted: Wanted | None = None) -> None:
        """Write to a file; its suffix says how."""
        from tcf_desktop.services.exports import export_contacts

        target, office = Path(path), self._ctx.office
        form: Any = "csv" if target.suffix.lower() == ".csv" else "vcard"

        def write() -> int:
            return office.read(
                lambda r: export_contacts(
                    r, office.ports.files, target, form, ids=wanted(r) if wanted else None
                )
            )

        def written(count: int) -> None:
            things = i18n.plural(count, self.tr("{n} contact"), self.tr("{n} contacts"))
            text = self.tr("{things} written to {file}").format(things=things, file=target.name)
            self._ctx.notify(text)

        self._ctx.tasks.run(self, write, written)


def _these(ids: tuple[int, ...], _reader: Reader) -> Sequence[int]:
    return ids
