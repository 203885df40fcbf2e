"""One writing program per data folder. The operating system frees the lock after a crash."""

from __future__ import annotations

import json
import os

from filelock import FileLock, Timeout

from tcf_desktop.base.errors import AppError, EnvironmentTrouble
from tcf_desktop.base.paths import DataFolder


class FolderLock:
    """Holds a data folder for a window, ``serve`` or one command.

    Beside the lock lies a note that says who holds it. The note may be stale; the lock never is.
    """

    def __init__(self, folder: DataFolder, holder: str) -> None:
        self._folder = folder
        self._holder = holder
        self._note = folder.lock.with_suffix(".note")
        self._lock = FileLock(folder.lock, blocking=False, is_singleton=False)

    def acquire(self) -> None:
        """Take the folder, making it when needed; ``app.busy`` names who has it."""
        try:
            self._folder.path.mkdir(parents=True, exist_ok=True)
            self._lock.acquire(blocking=False)
            self._note.write_text(
                json.dumps({"holder": self._holder, "pid": os.getpid()}), encoding="utf-8"
            )
        except Timeout:
            holder, pid = self.held_by()
            raise AppError(
                "app.busy", retryable=True, folder=self._folder.path, holder=holder, pid=pid
            ) from None
        except OSError as error:
            self._lock.release()
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
        if self._lock.is_locked:
            try:
                self._note.unlink(missing_ok=True)
            finally:
                self._lock.release()
