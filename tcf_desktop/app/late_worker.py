"""A worker process that loads its own machinery when it is first asked for something."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tcf_desktop.base.worker import WorkerProcess


class LateWorker:
    """Implements the port ``Worker``. A start that prints and imports nothing loads nothing."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._made: WorkerProcess | None = None
        self._lock = threading.Lock()

    def run(self, function: str, *args: object, timeout: float = 30.0) -> Any:
        return self._worker().run(function, *args, timeout=timeout)

    def interrupt(self) -> None:
        if self._made is not None:
            self._made.interrupt()

    def close(self) -> None:
        if self._made is not None:
            self._made.close()

    def _worker(self) -> WorkerProcess:
        with self._lock:
            if self._made is None:
                from tcf_desktop.base.worker import WorkerProcess

                self._made = WorkerProcess(self._name)
            return self._made
