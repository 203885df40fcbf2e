"""When the program itself fails: nothing is swallowed, nothing is sent, the report can be kept.

Five ways in: an exception nobody caught, one in a thread, one in a destructor, a message of Qt,
and a hard crash, which faulthandler writes to a file that the next start reads.
"""

from __future__ import annotations

import faulthandler
import logging
import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import IO, TYPE_CHECKING, Any

from tcf_desktop import __version__
from tcf_desktop.base.redact import redact, redact_traceback

if TYPE_CHECKING:
    from PySide6.QtCore import QMessageLogContext, QtMsgType

log = logging.getLogger(__name__)
HARD_CRASH = "hard-crash.txt"


def report_text(error: BaseException) -> str:
    """A report of an unexpected error: version, system, places and types; no data."""
    return f"{_heading()}\n\n{redact_traceback(error)}\n"


def _heading() -> str:
    import platform

    qt = sys.modules.get("PySide6.QtCore")
    return "\n".join(
        (
            f"TCF Desktop {__version__}" + (" (frozen)" if getattr(sys, "frozen", False) else ""),
            f"Python {platform.python_version()}, {platform.system()} {platform.release()}"
            f" {platform.machine()}",
            f"Qt {qt.qVersion()}" if qt is not None else "Qt not loaded",
            f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
        )
    )


class CrashReports:
    """Installs the hooks for a running window or server.

    ``shown`` is called with the text of a report, on whichever thread failed.
    """

    def __init__(self, logs: Path, shown: Callable[[str], None]) -> None:
        self._file = logs / HARD_CRASH
        self._shown = shown
        self._stream: IO[str] | None = None
        self._before: tuple[Any, Any, Any] | None = None
        self._reported: set[str] = set()

    def install(self) -> str | None:
        """Put the hooks in; returns the report of a hard crash of the last run, if any."""
        previous = self._take_previous()
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            self._stream = self._file.open("w", encoding="utf-8")
            faulthandler.enable(self._stream)
        except OSError:
            self._stream = None
        self._before = (sys.excepthook, threading.excepthook, sys.unraisablehook)
        sys.excepthook = self._on_exception
        threading.excepthook = self._on_thread_exception
        sys.unraisablehook = self._on_unraisable
        return previous

    def watch_qt(self) -> None:
        """Send Qt's own messages to the log."""
        from PySide6.QtCore import qInstallMessageHandler

        qInstallMessageHandler(_on_qt_message)

    def remove(self) -> None:
        """Put back what was there before."""
        if self._before is not None:
            sys.excepthook, threading.excepthook, sys.unraisablehook = self._before
            self._before = None
        if self._stream is not None:
            faulthandler.disable()
            self._stream.close()
            self._stream = None
            self._file.unlink(missing_ok=True)

    def _take_previous(self) -> str | None:
        try:
            text = self._file.read_text("utf-8", "replace").strip()
        except OSError:
            return None
        return (
            f"{_heading()}\nThe last run ended in a hard crash.\n\n{redact(text)}\n"
            if text
            else None
        )

    def _on_exception(
        self,
        kind: type[BaseException],
        error: BaseException,
        trace: TracebackType | None,
    ) -> None:
        del trace
        if issubclass(kind, KeyboardInterrupt):
            return
        self._report(error, "uncaught")

    def _on_thread_exception(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None and not isinstance(args.exc_value, SystemExit):
            self._report(args.exc_value, "uncaught in a thread")

    def _on_unraisable(self, args: sys.UnraisableHookArgs) -> None:
        if args.exc_value is not None:
            self._report(args.exc_value, "uncaught in a destructor")

    def _report(self, error: BaseException, how: str) -> None:
        log.error("%s: %s", how, type(error).__name__, exc_info=error)
        trace = redact_traceback(error)
        # A failing paint event repeats sixty times a second; once is enough to be told.
        if trace not in self._reported:
            self._reported.add(trace)
            self._shown(report_text(error))


def _on_qt_message(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
    from PySide6.QtCore import QtMsgType as Kind

    del context
    levels = {
        Kind.QtDebugMsg: logging.DEBUG,
        Kind.QtInfoMsg: logging.INFO,
        Kind.QtWarningMsg: logging.WARNING,
    }
    logging.getLogger("tcf_desktop.qt").log(levels.get(kind, logging.ERROR), "%s", text)
