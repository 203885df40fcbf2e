"""The program's log: small rotating files in the data folder, redacted line by line."""

from __future__ import annotations

import logging
from pathlib import Path

from tcf_desktop.base.redact import redact, redact_traceback

_BYTES, _FILES = 1_000_000, 4


class RedactingFormatter(logging.Formatter):
    """Formats a record, then takes out what must not be in a log."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(threadName)s %(name)s: %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        # The traceback is written by us: the standard one quotes values.
        lines = redact(f"{record.levelname} {record.threadName} {record.name}: "
                       f"{record.getMessage()}")  # fmt: skip
        text = f"{self.formatTime(record)} {lines}"
        if record.exc_info and record.exc_info[1] is not None:
            text = f"{text}\n{redact_traceback(record.exc_info[1])}"
        return text


class LateFile(logging.Handler):
    """Opens the rotating file with the first record: a quiet start loads nothing for it."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder
        self._file: logging.Handler | None = None

    def emit(self, record: logging.LogRecord) -> None:
        try:
            self._opened().handle(record)
        except OSError:
            self.handleError(record)

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
        super().close()

    def _opened(self) -> logging.Handler:
        if self._file is None:
            from logging.handlers import RotatingFileHandler

            self._file = RotatingFileHandler(
                self._folder / "tcf-desktop.log",
                maxBytes=_BYTES,
                backupCount=_FILES - 1,
                encoding="utf-8",
            )
            self._file.setFormatter(RedactingFormatter())
        return self._file


def start_log(folder: Path, level: int = logging.INFO) -> logging.Handler | None:
    """Write the log of this process to ``folder``; None when the folder cannot be written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    handler = LateFile(folder)
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.WARNING)
    logging.getLogger("tcf_desktop").setLevel(level)
    # A full disk must not end the program because of its log.
    logging.raiseExceptions = False
    return handler


def stop_log(handler: logging.Handler | None) -> None:
    """Close what :func:`start_log` opened."""
    if handler is not None:
        logging.getLogger().removeHandler(handler)
        handler.close()
