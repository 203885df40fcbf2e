"""Work beside the GUI thread, with the answers coming back to it.

Everything returns through one queued signal. A callback belongs to a context object and is dropped
when that object is gone, so a closed page never hears of its old questions.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from shiboken6 import isValid

from tcf_desktop.base.errors import AppError
from tcf_desktop.services.command import Command
from tcf_desktop.services.runner import Priority

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader
    from tcf_desktop.services.office import Office

T = TypeVar("T")
IO_THREADS = 4
log = logging.getLogger(__name__)


class Tasks(QObject):
    """Runs queries and waits on io threads, commands on the writer; answers on the GUI thread."""

    failed = Signal(object)  # AppError that nobody else took
    busy_changed = Signal(int)  # how many tasks are on their way
    _done = Signal(object)

    def __init__(self, office: Office, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self._pool = ThreadPoolExecutor(IO_THREADS, thread_name_prefix="tcf-io")
        self._running = 0
        self._closed = False
        self._done.connect(self._on_done, Qt.ConnectionType.QueuedConnection)

    @property
    def running(self) -> int:
        """How many tasks have not answered yet."""
        return self._running

    def read(
        self,
        context: QObject,
        query: Callable[[Reader], T],
        then: Callable[[T], None],
        failed: Callable[[AppError], None] | None = None,
    ) -> Future[T]:
        """Run a query on an io thread's reader."""
        return self.run(context, lambda: self._office.read(query), then, failed)

    def run(
        self,
        context: QObject,
        function: Callable[[], T],
        then: Callable[[T], None] | None = None,
        failed: Callable[[AppError], None] | None = None,
    ) -> Future[T]:
        """Run anything that waits on an io thread; no long pure-Python loops."""
        if self._closed:  # a timer of a page that is about to go
            dropped: Future[T] = Future()
            dropped.cancel()
            return dropped
        return self._follow(self._pool.submit(function), context, then, failed)

    def command(
        self,
        context: QObject,
        command: Command[T],
        then: Callable[[T], None] | None = None,
        failed: Callable[[AppError], None] | None = None,
        priority: Priority = Priority.USER,
    ) -> Future[T]:
        """Queue a command for the writer."""
        return self._follow(self._office.runner.submit(command, priority), context, then, failed)

    def read_now(self, query: Callable[[Reader], T]) -> T:
        """Read on the GUI thread: by key, at most 200 rows."""
        return self._office.readers.read(query)

    def close(self) -> None:
        """Cancel what has not started and wait for what has; no callbacks after this."""
        self._closed = True
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _follow(
        self,
        future: Future[T],
        context: QObject,
        then: Callable[[T], None] | None,
        failed: Callable[[AppError], None] | None,
    ) -> Future[T]:
        self._running += 1
        self.busy_changed.emit(self._running)
        future.add_done_callback(lambda done: self._arrive(done, context, then, failed))
        return future

    def _arrive(self, future: Future[Any], *rest: object) -> None:
        if not self._closed:
            self._done.emit((future, *rest))

    def _on_done(self, answer: tuple[Any, ...]) -> None:
        future, context, then, failed = answer
        self._running -= 1
        self.busy_changed.emit(self._running)
        if self._closed or future.cancelled() or not isValid(context):
            return
        error = future.exception()
        if error is None:
            if then is not None:
                then(future.result())
            return
        if not isinstance(error, AppError):
            log.error("a task failed: %s", type(error).__name__, exc_info=error)
            error = AppError("app.bug")
        if failed is not None:
            failed(error)
        else:
            self.failed.emit(error)
