"""One window on one data folder, from start to end.

Start: folder guard, lock, crash hooks, Qt, office, window. A second start of the same folder asks
the first window to come to the front and ends.
End: the window closes, phones are no longer received, io tasks are cancelled, the writer finishes
what it was given, the database is closed, the folder is free.
"""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from tcf_desktop.app.collector import hold_collector
from tcf_desktop.app.crash import CrashReports
from tcf_desktop.app.folder_lock import FolderLock
from tcf_desktop.app.move_data import move_data, moved_to
from tcf_desktop.app.qt_start import device_settings_path, display_missing, make_application
from tcf_desktop.app.session import Options, prepare_sample
from tcf_desktop.base.errors import AppError
from tcf_desktop.base.folder_guard import refuse_network_drive, trouble_of
from tcf_desktop.base.log import start_log, stop_log
from tcf_desktop.base.paths import DataFolder

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

log = logging.getLogger(__name__)
SAVING_DEADLINE_SECONDS = 30.0


def run_window(options: Options) -> int:
    """Open the window and stay until it is closed; returns the exit code."""
    folder = moved_to(options.folder())
    if display_missing():
        print(
            "tcf-desktop: There is no display here, so no window can be opened. The commands of "
            "“tcf-desktop --help” and “tcf-desktop tour DIR” work without one.",
            file=sys.stderr,
        )
        return 1
    lock = FolderLock(folder, "window")
    try:
        refuse_network_drive(folder.path)
        lock.acquire()
    except AppError as error:
        if error.code == "app.busy" and _raise_the_other(folder):
            return 0
        return _refuse_start(error)
    target: Path | None = None
    try:
        code, target = _run_locked(options, folder)
    finally:
        if target is None:
            lock.release()
    if target is None:
        return code
    return _move_and_reopen(options, folder, lock, target)


def _run_locked(options: Options, folder: DataFolder) -> tuple[int, Path | None]:
    """(exit code, folder to move the data to) of one window on a folder that is ours."""
    hold_collector()
    log_file = start_log(folder.logs)
    relay: list[Callable[[str], None]] = []
    crash = CrashReports(folder.logs, lambda text: relay[0](text) if relay else _to_stderr(text))
    last_crash = crash.install()
    try:
        if options.demo:
            prepare_sample(options, folder, lambda: None)
        app = make_application()
        crash.watch_qt()
        from PySide6.QtCore import Qt

        from tcf_desktop.app.program import Program

        program = Program(app, options, folder, device_settings_path(), last_crash)
        # Queued: a signal may close the window before the event loop runs, and quitting a loop that
        # does not run yet is forgotten.
        program.ended.connect(app.quit, Qt.ConnectionType.QueuedConnection)
        relay.append(program.report_crash)
        with _signals_close(app, program.close):
            program.start()
            code = app.exec()
        program.finish(SAVING_DEADLINE_SECONDS)
        return code, program.move_target
    except AppError as error:
        log.error("the start was refused: %s", error.code)
        return _refuse_start(error), None
    except OSError as error:
        return _refuse_start(trouble_of(error, folder.path)), None
    finally:
        crash.remove()
        stop_log(log_file)


def run_loop(app: QApplication, begin: Callable[[], None]) -> int:
    """Run the event loop for something that drives itself and quits; ``begin`` comes first."""
    from PySide6.QtCore import QTimer

    QTimer.singleShot(0, begin)
    return app.exec()


def _move_and_reopen(options: Options, folder: DataFolder, lock: FolderLock, target: Path) -> int:
    try:
        new = move_data(folder, target)
    except AppError as error:
        lock.release()
        return _refuse_start(error)
    lock.release()
    return run_window(Options(data=new.path, date=options.date))


def _raise_the_other(folder: DataFolder) -> bool:
    """Bring the window that holds the folder to the front; False when no window holds it."""
    if FolderLock(folder, "").held_by()[0] != "window":
        return False
    from PySide6.QtCore import QCoreApplication

    from tcf_desktop.app.single_instance import raise_first_window

    app = QCoreApplication.instance() or QCoreApplication(sys.argv[:1])
    raised = raise_first_window(folder)
    del app
    return raised


def _to_stderr(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _refuse_start(error: AppError) -> int:
    """Say why the program cannot start, at the terminal and in a small window."""
    _to_stderr(f"tcf-desktop: {error}")
    if display_missing() or os.environ.get("QT_QPA_PLATFORM") == "offscreen":
        return 1
    app = make_application()
    from PySide6.QtCore import QCoreApplication

    from tcf_desktop.qtkit import style
    from tcf_desktop.views.dialogs.message_dialog import MessageDialog

    style.install(app)
    title = QCoreApplication.translate("Start", "TCF Desktop cannot start")
    dialog = MessageDialog(
        title, str(error), [("close", QCoreApplication.translate("Start", "Close"))]
    )
    dialog.chosen.connect(app.quit)
    dialog.show()
    app.exec()
    return 1


@contextlib.contextmanager
def _signals_close(app: QApplication, close: Callable[[], None]) -> Iterator[None]:
    """SIGINT and SIGTERM close the window as a click would.

    Qt's loop does not return to Python by itself; a byte on a socket wakes it.
    """
    from PySide6.QtCore import QSocketNotifier

    read_end, write_end = socket.socketpair()
    read_end.setblocking(False)
    write_end.setblocking(False)
    before_fd = signal.set_wakeup_fd(write_end.fileno())
    notifier = QSocketNotifier(read_end.fileno(), QSocketNotifier.Type.Read, app)

    def on_notifier_activated() -> None:
        with contextlib.suppress(OSError):
            read_end.recv(64)

    notifier.activated.connect(on_notifier_activated)
    names = (signal.SIGINT, signal.SIGTERM)
    before = {name: signal.signal(name, lambda *_: close()) for name in names}
    try:
        yield
    finally:
        notifier.setEnabled(False)
        for name, handler in before.items():
            signal.signal(name, handler)
        signal.set_wakeup_fd(before_fd)
        read_end.close()
        write_end.close()
