"""The Privacy page: somebody asks what is known about them, or to be forgotten."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QProgressBar,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from tcf_desktop.base.atomic_file import replaced_file
from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.changes import ChangeSet
from tcf_desktop.domain.erase_certificate import certificate
from tcf_desktop.domain.privacy import ErasePlan
from tcf_desktop.qtkit import i18n
from tcf_desktop.qtkit.messages import words_of
from tcf_desktop.services import privacy
from tcf_desktop.services.privacy import Erased
from tcf_desktop.services.privacy_export import PersonArchive, export_person, suggested_name
from tcf_desktop.services.progress import Progress
from tcf_desktop.views.common import (
    DataLabel,
    IconLabel,
    PlainButton,
    PrimaryButton,
    Surface,
    TextArea,
)
from tcf_desktop.views.context import Target
from tcf_desktop.views.page import Page
from tcf_desktop.views.privacy.choose import ChoosePerson
from tcf_desktop.views.privacy.person_pane import PersonPane

if TYPE_CHECKING:
    from tcf_desktop.views.context import ViewContext

CHOOSE, PERSON, ERASING, DONE = range(4)
TABLES: Final = ("contacts", "invoices", "payments", "appointments", "notes", "attachments")


class PrivacyPage(Page):
    """Addresses: ``person``, ``export`` and ``erase`` with a contact's id; without one it asks."""

    key = "privacy"

    def __init__(self, ctx: ViewContext, parent: QWidget | None = None) -> None:
        super().__init__(ctx, parent)
        self._contact: int | None = None
        self._plan: ErasePlan | None = None
        self._certificate = ""
        self._generation = 0
        self._progress = Progress()
        self.choose = ChoosePerson(ctx)
        self.choose.chosen.connect(self._on_choose_chosen)
        self.person = PersonPane(ctx)
        self.person.exportRequested.connect(self.ask_where)
        self.person.eraseRequested.connect(self.erase)
        self.person.stopRequested.connect(self.stop_export)
        self.steps = QStackedWidget()
        for widget in (self.choose, self.person, self._erasing(), self._done()):
            self.steps.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.steps)
        ctx.bus.committed.connect(self._on_bus_committed)

    # building

    def _erasing(self) -> QWidget:
        page = Surface("window")
        self.erasing = DataLabel("", "subtitle", object_name="privacy.erasing")
        bar = QProgressBar()
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        bar.setFixedHeight(8)
        bar.setMaximumWidth(480)
        bar.setAccessibleName(self.tr("Erasing"))
        note = DataLabel(
            self.tr(
                "The file of the business is written anew, so that nothing can be read in it any "
                "more. This takes a few seconds."
            ),
            color="text2",
            wrap=True,
        )
        return _stacked(page, self.erasing, bar, note)

    def _done(self) -> QWidget:
        page = Surface("window")
        self.done_text = DataLabel("", "subtitle", object_name="privacy.done")
        self.done_more = DataLabel("", color="text2", wrap=True)
        self.proof = TextArea(lines=16, object_name="privacy.certificate")
        self.proof.setReadOnly(True)
        self.proof.setAccessibleName(self.tr("Certificate"))
        self.proof.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.proof.setMaximumWidth(760)
        self.save = PrimaryButton(
            self.tr("Save certificate…"), "floppy-disk", object_name="privacy.save"
        )
        self.save.clicked.connect(self._on_save_clicked)
        back = PlainButton(self.tr("Open contacts"), object_name="privacy.contacts")
        back.clicked.connect(lambda *_: self.ctx.navigate(Target("contacts")))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.save)
        row.addWidget(back)
        row.addStretch(1)
        buttons = QWidget()
        row.setContentsMargins(0, 0, 0, 0)
        buttons.setLayout(row)
        return _stacked(
            page, IconLabel("check-circle", "ok", 32), self.done_text, self.done_more, buttons,
            self.proof,
        )  # fmt: skip

    # what the header shows

    def title(self) -> str:
        if self.steps.currentIndex() == PERSON and self._plan is not None:
            return self._plan.name
        return self.tr("Privacy")

    def subtitle(self) -> str:
        if self.steps.currentIndex() == PERSON:
            return self.tr("What is known, and what erasing means")
        return self.tr("One person's data") if self.steps.currentIndex() == CHOOSE else ""

    def back_action(self) -> Callable[[], object] | None:
        if self.steps.currentIndex() == PERSON:
            return self._back
        return self.start if self.steps.currentIndex() == DONE else None

    def home(self) -> QWidget:
        return {CHOOSE: self.choose.search, PERSON: self.person.export, DONE: self.save}.get(
            self.steps.currentIndex(), self
        )

    def regions(self) -> list[QWidget]:
        return [self.home()]

    # steps

    def open_target(self, target: Target) -> None:
        if target.kind not in {"person", "export", "erase"} or target.id is None:
            self.start()
            return
        self._contact = target.id
        self._load(anew=True, then=target.kind)

    def start(self) -> None:
        """Ask whom it is about."""
        self._contact = self._plan = None
        self._certificate = ""
        self._go(CHOOSE)
        self.choose.begin()

    def _load(self, *, anew: bool, then: str = "") -> None:
        contact_id = self._contact
        if contact_id is None:
            return
        self._generation += 1
        generation = self._generation

        def answer(plan: ErasePlan) -> None:
            if generation != self._generation:
                return
            self._plan = plan
            self.person.show_plan(plan, anew=anew)
            if anew:
                self._go(PERSON)
                self._point(then)
            self.headerChanged.emit()

        def gone(error: AppError) -> None:
            if generation != self._generation:
                return
            if anew:
                self.ctx.show_error(error)
            self.start()

        self.ctx.tasks.run(self, lambda: privacy.plan_of(self.ctx.office, contact_id), answer, gone)

    def _point(self, then: str) -> None:
        if then == "erase":
            self.person.name.setFocus(Qt.FocusReason.OtherFocusReason)
            self.person.verticalScrollBar().setValue(0)
            return
        self.person.export.setFocus(Qt.FocusReason.OtherFocusReason)
        if then == "export":
            self.ask_where()

    def ask_where(self) -> None:
        """Open the system's save dialog for the archive."""
        if self._plan is not None:
            name = suggested_name(self._plan.name)
            self._save_dialog(self.tr("Export all about this person"), name, "zip", self.export_to)

    def export_to(self, path: str) -> None:
        """Write the archive on an io thread, with progress and Stop."""
        contact_id = self._contact
        if contact_id is None:
            return
        self._progress = progress = Progress()
        self.person.show_export(progress)

        def done(written: PersonArchive) -> None:
            text = self.tr("{file} was written with {n} entries.").format(
                file=Path(path).name, n=i18n.locale_of().toString(written.entries)
            )
            if written.lost:
                text += " " + self.tr("Not found in the data folder: {files}.").format(
                    files=", ".join(written.lost[:5])
                )
            self._export_ended(text)

        def refused(error: AppError) -> None:
            stopped = error.code == "app.stopped"
            text = self.tr("Stopped. No file was written.") if stopped else words_of(error).text()
            self._export_ended(text)

        self.ctx.tasks.run(
            self,
            lambda: export_person(self.ctx.office, contact_id, Path(path), progress),
            done,
            refused,
        )

    def stop_export(self) -> None:
        """End an export that is under way; no file is left then."""
        self._progress.stop()

    def _export_ended(self, text: str) -> None:
        self.person.show_export(None, text)
        if self.steps.currentIndex() == PERSON:
            self.person.export.setFocus(Qt.FocusReason.OtherFocusReason)

    def erase(self) -> None:
        """Erase the person that is shown; the name was typed."""
        contact_id, plan = self._contact, self._plan
        if contact_id is None or plan is None:
            return
        self._progress.stop()
        self.erasing.setText(self.tr("Erasing {name}…").format(name=plan.name[:80]))
        self._go(ERASING)

        def refused(error: AppError) -> None:
            self._go(PERSON)
            self.ctx.show_error(error)
            self._load(anew=False)

        self.ctx.tasks.run(
            self,
            lambda: privacy.erase_person(self.ctx.office, contact_id),
            self._on_erased,
            refused,
        )

    def _on_erased(self, erased: Erased) -> None:
        self._contact = self._plan = None
        self._certificate = certificate(
            erased.plan, erased.shown_as, self.ctx.business_name(), erased.at, self.ctx.zone()
        )
        name = erased.plan.name[:80]
        self.done_text.setText(self.tr("{name} was erased").format(name=name))
        self.done_more.setText(
            self.tr("Lists and books say “{name}” from now on.").format(name=erased.shown_as)
        )
        self.proof.setPlainText(self._certificate)
        self._go(DONE)
        self.save.setFocus(Qt.FocusReason.OtherFocusReason)

    def save_certificate(self, path: str) -> None:
        """Write the certificate; it is there complete or not at all."""
        content = self._certificate.encode()

        def write() -> None:
            with replaced_file(Path(path)) as stream:
                stream.write(content)

        def done(_nothing: None) -> None:
            text = self.tr("The certificate was saved as {file}.")
            self.ctx.notify(text.format(file=Path(path).name))

        self.ctx.tasks.run(self, write, done)

    # inside

    def _go(self, step: int) -> None:
        self.steps.setCurrentIndex(step)
        self.headerChanged.emit()

    def _back(self) -> None:
        if self._contact is not None:
            self.ctx.navigate(Target("contacts", "contact", self._contact))

    def _save_dialog(self, title: str, name: str, suffix: str, then: Callable[[str], None]) -> None:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        dialog = QFileDialog(self, title, folder)
        dialog.setObjectName("privacy.dialog")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(suffix)
        dialog.selectFile(name)
        dialog.fileSelected.connect(partial(_call, then))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_choose_chosen(self, contact_id: int) -> None:
        self._contact = contact_id
        self._load(anew=True)

    def _on_save_clicked(self) -> None:
        self._save_dialog(
            self.tr("Save certificate"), self.tr("Certificate of erasure.txt"), "txt",
            self.save_certificate,
        )  # fmt: skip

    def _on_bus_committed(self, changes: ChangeSet) -> None:
        if self.steps.currentIndex() == PERSON and changes.touches(*TABLES):
            self._load(anew=False)


def _call(then: Callable[[str], None], path: str) -> None:
    then(path)


def _stacked(page: QWidget, *widgets: QWidget) -> QWidget:
    column = QVBoxLayout(page)
    column.setContentsMargins(24, 20, 24, 24)
    column.setSpacing(12)
    for widget in widgets:
        column.addWidget(widget)
    column.addStretch(1)
    return page
