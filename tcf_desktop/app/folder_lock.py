"""One writing program per data folder. The operating system frees the lock after a crash."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from tcf_desktop.base.errors import AppError, EnvironmentTrouble
from tcf_desktop.base.folder_guard import trouble_of
from tcf_desktop.base.paths import DataFolder


class FolderLock:
    """Holds a data folder for a window, ``serve`` or one command.

    Beside the lock lies a note that says who holds it. The note may be stale; the lock never is.
    """

    def __init__(self, folder: DataFolder, holder: str) -> None:
        self._folder = folder
        self._holder = holder
        self._note = folder.lock.with_suffix(".note")
        self._held: int | None = None  # the open lock file

    def acquire(self) -> None:
        """Take the folder, making it when needed; ``app.busy`` names who has it."""
        try:
            self._folder.path.mkdir(parents=True, exist_ok=True)
            self._held = _lock(self._folder.lock)
            self._note.write_text(
                json.dumps({"holder": self._holder, "pid": os.getpid()}), encoding="utf-8"
            )
        except BlockingIOError:
            holder, pid = self.held_by()
            raise AppError(
                "app.busy", retryable=True, folder=self._folder.path, holder=holder, pid=pid
            ) from None
        except OSError as error:
            self._unlock()
            known = trouble_of(error, self._folder.path)
            if known.code == "data.disk_full":
                raise known from error
            raise EnvironmentTrouble("data.read_only", folder=self._folder.path) from error

    def held_by(self) -> tuple[str, int]:
        """(who, process id) that the note beside the lock names; ("another program", 0) without."""
        try:
            note = json.loads(self._note.read_text("utf-8"))
            return str(note["holder"]), int(note["pid"])
        except (OSError, ValueError, KeyError, TypeError):
            return "another program", 0

    def release(self) -> None:
        """Let go of the folder."""
        if self._held is not None:
            try:
                self._note.unlink(missing_ok=True)
            finally:
                self._unlock()

    def _unlock(self) -> None:
        if self._held is not None:
            os.close(self._held)  # the system lets go of the lock with the last handle
            self._held = None


def _lock(path: Path) -> int:
    """An open handle that holds the lock; BlockingIOError when another process has it.

    Written out because a library for it loads OpenSSL's hashes before the first window.
    """
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if sys.platform == "win32":
            import msvcrt

            try:
                msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
            except PermissionError as error:
                raise BlockingIOError from error
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BaseException:
        os.close(handle)
        raise
    return handle
