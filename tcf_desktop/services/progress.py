"""How far a long piece of work is, and the wish to stop it."""

from __future__ import annotations

import threading

from tcf_desktop.base.errors import AppError


class Progress:
    """Shared between the thread that works and the one that shows it."""

    def __init__(self) -> None:
        self.done = 0
        self.total = 0
        self._stop = threading.Event()

    def stop(self) -> None:
        """Ask the work to end at the next step."""
        self._stop.set()

    def report(self, done: int, total: int) -> None:
        """Say how far it is; raises ``app.stopped`` when somebody asked for the end."""
        self.done, self.total = done, total
        if self._stop.is_set():
            raise AppError("app.stopped")
