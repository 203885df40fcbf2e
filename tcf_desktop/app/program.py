"""The running program of a window: first start or office, crash reports, an orderly end."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QFileDialog, QStyle, QWidget

from tcf_desktop.app.bootstrap import create_office, make_view_context, open_office
from tcf_desktop.app.collector import set_loaded_aside, set_writer_aside
from tcf_desktop.app.crash import report_text
from tcf_desktop.app.folder_lock import FolderLock
from tcf_desktop.app.sample_folder import build_sample
from tcf_desktop.app.session import Options
from tcf_desktop.base.errors import AppError
from tcf_desktop.base.folder_guard import sync_service, trouble_of
from tcf_desktop.base.paths import DataFolder, default_data_folder, demo_data_folder

if TYPE_CHECKING:
    from tcf_desktop.app.single_instance import WindowCall
    from tcf_desktop.services.office import NewBusiness, Office
    from tcf_desktop.views.context import ViewContext
    from tcf_desktop.views.dialogs.first_start import FirstStart
    from tcf_desktop.views.dialogs.message_dialog import MessageDialog

log = logging.getLogger(__name__)
_KEEP_KEY = "folder.keep_in_cloud"
_AFTER_PAINT_MS = 150  # what need not be there when the window comes
_PHONES_AFTER_MS = 400
_UPKEEP_MS = 1_000
_SETTLE_EVERY_MS = 5 * 60_000
_SETTLED_MS = 2_000  # by then what the first page needs is loaded


class Program(QObject):
    """Holds what lives as long as the window."""

    ended = Signal()  # the window was closed for good
    _crash_reported = Signal(str)
    _office_made = Signal(object)  # Office or AppError
    _first_progress = Signal(str, float)

    def __init__(
        self,
        app: QApplication,
        options: Options,
        folder: DataFolder,
        device_path: Path,
        last_crash: str | None,
    ) -> None:
        super().__init__()
        self._app = app
        self._options = options
        self._folder = folder
        self._device_path = device_path
        self._last_crash = last_crash
        self._office: Office | None = None
        self._context: ViewContext | None = None
        self._window: QWidget | None = None
        self._dialogs: list[QWidget] = []
        self._calls: list[WindowCall] = []  # one for each folder that this window holds
        self._first: FirstStart | None = None
        self._maker: threading.Thread | None = None
        self._sample_lock: FolderLock | None = None
        self.move_target: Path | None = None
        # These may come from any thread; the window hears of them on its own.
        self._crash_reported.connect(self._on_crash_reported)
        self._office_made.connect(self._on_office_made)

    # start

    def start(self) -> None:
        """Show the window, or the first start when there is no business yet."""
        if self._folder.has_business():
            self._show_office(open_office(self._folder, self._options.clock()))
        else:
            self._show_first_start()
        QTimer.singleShot(_AFTER_PAINT_MS, self, self._on_painted)

    def _show_office(self, office: Office) -> None:
        from tcf_desktop.views.context import Target
        from tcf_desktop.views.main_window import MainWindow

        self._office = office
        set_writer_aside(office)
        self._context = make_view_context(office, self._device_path)
        window = MainWindow(self._context)
        window.closed.connect(self._on_window_closed)
        page = self._context.device.get("window/page", "today")
        window.navigate(Target(page if page in window.page_keys() else "today"))
        self._replace_window(window)
        # The switch "Receive from phones" is taken up again, but not before there is a picture.
        QTimer.singleShot(_PHONES_AFTER_MS, self, self._resume_phones)

    def _resume_phones(self) -> None:
        from tcf_desktop.views.team.receiver import receiver

        if self._context is not None:
            receiver(self._context).resume()

    def _show_first_start(self) -> None:
        from tcf_desktop.qtkit import style
        from tcf_desktop.views.dialogs.first_start import FirstStart

        style.install(self._app)
        first = FirstStart()
        first.businessRequested.connect(self._on_first_business_requested)
        first.sampleRequested.connect(self._on_first_sample_requested)
        first.closed.connect(self._on_window_closed)
        self._first_progress.connect(first.show_progress)
        self._first = first
        self._replace_window(first)

    def _replace_window(self, window: QWidget) -> None:
        before, self._window = self._window, window
        _fit_screen(window)
        window.show()
        if before is not None:
            before.hide()
            before.deleteLater()

    def _on_first_business_requested(self, business: NewBusiness) -> None:
        self._make(lambda: create_office(self._folder, business, self._options.clock()))

    def _on_first_sample_requested(self) -> None:
        # The sample has a folder of its own; the chosen one stays free for the own business.
        sample = demo_data_folder()
        lock = FolderLock(sample, "window")
        try:
            lock.acquire()
        except AppError as error:
            if self._first is not None:
                self._first.show_error(error)
            return
        self._sample_lock = lock

        def build() -> Office:
            if not sample.has_business():
                build_sample(self._options, sample, self._first_progress.emit)
            return open_office(sample, self._options.clock())

        self._make(build)

    def _make(self, function: Callable[[], Office]) -> None:
        """Make the first office on a thread of its own; the first start shows how far it is."""
        if self._maker is not None:
            return
        if self._first is not None:
            self._first.set_busy(True)

        def work() -> None:
            try:
                self._office_made.emit(function())
            except AppError as error:
                self._office_made.emit(error)
            except Exception as error:
                log.exception("the first business could not be made")
                self._crash_reported.emit(report_text(error))
                self._office_made.emit(AppError("app.bug"))

        self._maker = threading.Thread(target=work, name="tcf-first-start", daemon=True)
        self._maker.start()

    def _on_office_made(self, made: object) -> None:
        self._maker = None
        if isinstance(made, AppError):
            self._free_sample()
            if self._first is not None:
                self._first.set_busy(False)
                self._first.show_error(made)
        else:
            self._first = None
            self._show_office(cast("Office", made))
            if self._sample_lock is not None:
                self._listen(demo_data_folder())

    def _free_sample(self) -> None:
        if self._sample_lock is not None:
            self._sample_lock.release()
            self._sample_lock = None

    # after the window is painted

    def _on_painted(self) -> None:
        self._listen(self._folder)
        QTimer.singleShot(_UPKEEP_MS, self, self._keep_up)
        QTimer.singleShot(_SETTLED_MS, self, lambda: set_loaded_aside(self))
        if self._last_crash:
            self._on_crash_reported(self._last_crash)
        service = sync_service(self._folder.path)
        if service is not None:
            self._offer_move(service)

    def _listen(self, folder: DataFolder) -> None:
        """Come to the front when a later start asks for this folder."""
        from tcf_desktop.app.single_instance import WindowCall

        call = WindowCall(folder, self)
        call.raise_requested.connect(self.come_to_front)
        self._calls.append(call)

    def _keep_up(self) -> None:
        """Forget undo entries of their time and the files that only they named, and the names on
        documents of erased persons; with it everything that a first save needs loads."""
        from tcf_desktop.services.files import CollectFiles, forget_opened
        from tcf_desktop.services.privacy import purge_when_due
        from tcf_desktop.services.runner import Priority
        from tcf_desktop.services.trash import EmptyTrash
        from tcf_desktop.services.undo import PruneJournal

        if self._office is not None and self._context is not None:
            office, folder = self._office, self._office.folder
            self._office.runner.submit(PruneJournal(), Priority.BULK)
            self._office.runner.submit(EmptyTrash(), Priority.BULK)
            self._office.runner.submit(CollectFiles(folder), Priority.BULK)
            self._context.tasks.run(self, lambda: forget_opened(folder))
            self._context.tasks.run(self, lambda: purge_when_due(office))
            self._follow_the_day()

    def _follow_the_day(self) -> None:
        """Now and every few minutes: what has begun of series is written down, and everybody is
        in the crew of today."""
        from tcf_desktop.services.crews_of_today import keep_right
        from tcf_desktop.services.series_settling import settle

        if self._office is not None and self._context is not None:
            office = self._office
            self._context.tasks.run(self, lambda: keep_right(office))
            self._context.tasks.run(self, lambda: settle(office))
            QTimer.singleShot(_SETTLE_EVERY_MS, self, self._follow_the_day)

    def come_to_front(self) -> None:
        """Show the window in front of the others."""
        if self._window is not None:
            self._window.setWindowState(
                self._window.windowState() & ~Qt.WindowState.WindowMinimized
                | Qt.WindowState.WindowActive
            )
            self._window.show()
            self._window.raise_()
            self._window.activateWindow()

    # the folder lies where a cloud program copies it

    def _offer_move(self, service: str) -> None:
        from PySide6.QtCore import QSettings

        kept = QSettings(str(self._device_path), QSettings.Format.IniFormat)
        if str(self._folder.path) in str(kept.value(_KEEP_KEY, "")).split("|"):
            return
        text = self.tr(
            "Your data lies in {folder}, which {service} copies while you work. That can damage "
            "the database. It is safer in a folder of this computer alone; backups may go to "
            "{service}."
        ).format(folder=self._folder.path, service=service)
        dialog = self._message(
            self.tr("Keep your data out of {service}").format(service=service),
            text,
            [
                ("keep", self.tr("Leave it there")),
                ("choose", self.tr("Choose a folder…")),
                ("move", self.tr("Move it")),
            ],
            name="cloud",
        )
        dialog.chosen.connect(self._on_move_chosen)

    def _on_move_chosen(self, choice: str) -> None:
        if choice == "keep":
            from PySide6.QtCore import QSettings

            kept = QSettings(str(self._device_path), QSettings.Format.IniFormat)
            known = str(kept.value(_KEEP_KEY, ""))
            kept.setValue(_KEEP_KEY, f"{known}|{self._folder.path}".strip("|"))
        elif choice == "move":
            self._move(free_folder(default_data_folder().path))
        elif choice == "choose":
            picker = QFileDialog(self._window, self.tr("An empty folder for your data"))
            picker.setFileMode(QFileDialog.FileMode.Directory)
            picker.setOption(QFileDialog.Option.ShowDirsOnly)
            picker.fileSelected.connect(self._on_folder_selected)
            picker.open()

    def _on_folder_selected(self, name: str) -> None:
        self._move(Path(name))

    def _move(self, target: Path) -> None:
        self.move_target = target
        self.close()

    # trouble

    def report_crash(self, text: str) -> None:
        """Show a report; may be called on any thread."""
        self._crash_reported.emit(text)

    def _on_crash_reported(self, text: str) -> None:
        if any(dialog.objectName() == "problem" and dialog.isVisible() for dialog in self._dialogs):
            return
        dialog = self._message(
            self.tr("Something went wrong in the program"),
            self.tr(
                "Everything that was shown as saved is saved. This report holds no data of your "
                "business and was sent to nobody; copy or save it if you want to report the "
                "problem."
            ),
            [
                ("save", self.tr("Save…")),
                ("copy", self.tr("Copy")),
                ("close", self.tr("Close")),
            ],
            name="problem",
            detail=text,
        )
        dialog.chosen.connect(lambda choice: self._on_report_chosen(choice, text))

    def _on_report_chosen(self, choice: str, text: str) -> None:
        if choice == "copy":
            QApplication.clipboard().setText(text)
        elif choice == "save":
            picker = QFileDialog(self._window, self.tr("Save the report"))
            picker.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
            picker.selectFile("tcf-desktop-report.txt")
            picker.fileSelected.connect(lambda name: self._save_report(Path(name), text))
            picker.open()

    def _save_report(self, path: Path, text: str) -> None:
        try:
            path.write_text(text, "utf-8")
        except OSError as error:
            known = trouble_of(error, path.parent)
            self._message(
                self.tr("The report was not saved"),
                str(known),
                [("close", self.tr("Close"))],
                name="not_saved",
            )

    def _message(
        self, title: str, text: str, choices: list[tuple[str, str]], *, name: str, detail: str = ""
    ) -> MessageDialog:
        from tcf_desktop.views.dialogs.message_dialog import MessageDialog

        dialog = MessageDialog(title, text, choices, self._window, detail=detail, object_name=name)
        self._dialogs.append(dialog)
        dialog.open()
        return dialog

    # end

    def close(self) -> None:
        """Close the window as a click would."""
        if self._window is not None:
            self._window.close()
        else:
            self.ended.emit()

    def _on_window_closed(self) -> None:
        self.ended.emit()

    def finish(self, deadline_seconds: float) -> bool:
        """After the event loop: end everything in order. False when the writer ran out of time."""
        for call in self._calls:
            call.close()
        self._calls.clear()
        if self._maker is not None:
            self._maker.join(deadline_seconds)
        if self._context is not None:
            self._context.close()
            self._context = None
        done = True
        if self._office is not None:
            done = self._office.close(deadline_seconds)
            if not done:
                log.error("the writer did not finish in %.0f s", deadline_seconds)
            self._office = None
        self._free_sample()
        for dialog in self._dialogs:
            dialog.deleteLater()
        self._dialogs.clear()
        if self._window is not None:
            self._window.deleteLater()
            self._window = None
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        return done


def free_folder(wanted: Path) -> Path:
    """``wanted``, or the next name beside it that is not taken by files."""
    candidate, number = wanted, 2
    while candidate.exists() and any(candidate.iterdir()):
        candidate = wanted.with_name(f"{wanted.name}-{number}")
        number += 1
    return candidate


def _fit_screen(window: QWidget) -> None:
    """Let no new window be higher or wider than the desk it opens on, title bar included."""
    if window.isMaximized() or window.isFullScreen():
        return
    room = window.screen().availableSize()
    title = window.style().pixelMetric(QStyle.PixelMetric.PM_TitleBarHeight)
    window.resize(window.size().boundedTo(QSize(room.width(), room.height() - title)))
