"""The one writer thread: commands in, commits out, notices to whoever listens."""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from tcf_desktop.base.clock import Clock
from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.changes import ChangeSet
from tcf_desktop.services.command import Command

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from tcf_desktop.services.uow import UnitOfWork

R = TypeVar("R")
log = logging.getLogger(__name__)


class Priority(IntEnum):
    """Who goes first when several wait."""

    USER = 0
    PHONE = 1
    BULK = 2
    LAST = 9


@dataclass(order=True)
class _Job:
    priority: int
    number: int
    command: Command[Any] | None = field(compare=False)
    future: Future[Any] = field(compare=False)


class CommandRunner:
    """Runs every write of one database on the thread ``tcf-writer``.

    A future resolves after the commit is durable and the listeners have been told. Nothing here
    imports SQLAlchemy before the first command, or :meth:`warm_up`, arrives.
    """

    def __init__(self, database: Path, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._jobs: queue.PriorityQueue[_Job] = queue.PriorityQueue()
        self._listeners: list[Callable[[ChangeSet], None]] = []
        self._number = 0
        self._number_lock = threading.Lock()
        self._closing = False
        self._thread = threading.Thread(target=self._work, name="tcf-writer", daemon=True)
        self._thread.start()

    def on_commit(self, listener: Callable[[ChangeSet], None]) -> None:
        """Call ``listener`` on the writer thread after each commit; it must be quick."""
        self._listeners.append(listener)

    def remove_listener(self, listener: Callable[[ChangeSet], None]) -> None:
        """Stop telling a listener."""
        self._listeners.remove(listener)

    def submit(self, command: Command[R], priority: Priority = Priority.USER) -> Future[R]:
        """Queue a command; the future carries its result or the error that refused it."""
        future: Future[R] = Future()
        if self._closing:
            future.set_exception(AppError("app.closing"))
            return future
        self._put(priority, command, future)
        return future

    def run(self, command: Command[R], priority: Priority = Priority.USER) -> R:
        """Submit and wait; never on the GUI thread."""
        return self.submit(command, priority).result()

    def warm_up(self) -> None:
        """Load what the first write needs, in the background."""
        self._put(Priority.LAST, _WarmUp(), Future())

    @property
    def waiting(self) -> int:
        """How many commands have not started yet."""
        return self._jobs.qsize()

    def close(self, deadline_seconds: float = 30.0) -> bool:
        """Finish what is queued, move the log into the file, close. False when time ran out."""
        if not self._closing:
            self._closing = True
            self._put(Priority.LAST, None, Future())
        self._thread.join(deadline_seconds)
        return not self._thread.is_alive()

    def _put(self, priority: Priority, command: Command[Any] | None, future: Future[Any]) -> None:
        with self._number_lock:
            self._number += 1
            number = self._number
        self._jobs.put(_Job(int(priority), number, command, future))

    def _work(self) -> None:
        engine: Engine | None = None
        while True:
            job = self._jobs.get()
            if job.command is None:
                break
            if not job.future.set_running_or_notify_cancel():
                continue
            try:
                if engine is None:
                    engine = _make_engine(self._database)
                result, changes = self._execute(engine, job.command)
            except BaseException as error:  # noqa: BLE001 - the waiting side gets every error
                job.future.set_exception(self._known(error))
            else:
                self._tell(changes)
                job.future.set_result(result)
        if engine is not None:
            _checkpoint(engine, self._database)
            engine.dispose()

    def _execute(self, engine: Engine, command: Command[Any]) -> tuple[Any, ChangeSet]:
        if isinstance(command, _WarmUp):
            return None, ChangeSet()
        from tcf_desktop.services.uow import UnitOfWork

        started = time.perf_counter()
        uow = UnitOfWork(
            engine, self._clock, journalled=command.journalled, by_field=command.by_field
        )
        name = type(command).__name__
        try:
            result = command.execute(uow)
            changes = uow.finish(name, undoable=command.undoable, merge_key=command.merge_key())
        except BaseException:
            uow.abandon()
            raise
        finally:
            uow.close()
        if command.empties_log:
            _empty_log(engine, self._database, rewrite=command.rewrites_file)
        log.debug("%s took %.1f ms", name, (time.perf_counter() - started) * 1000)
        return result, changes

    def _tell(self, changes: ChangeSet) -> None:
        if not changes:
            return
        for listener in tuple(self._listeners):
            try:
                listener(changes)
            except Exception:
                log.exception("a listener to changes stumbled")

    def _known(self, error: BaseException) -> BaseException:
        if isinstance(error, AppError):
            return error
        from tcf_desktop.models.connection import known_trouble

        cause: BaseException | None = error
        while cause is not None:
            known = known_trouble(cause, self._database)
            if known is not None:
                return known
            cause = getattr(cause, "orig", None) or cause.__cause__
        log.error("a command failed: %s", type(error).__name__, exc_info=error)
        return error


class _WarmUp(Command[None]):
    """Nothing to do but to have loaded everything."""

    journalled = False

    def execute(self, uow: UnitOfWork) -> None:
        """Nothing."""


def _make_engine(database: Path) -> Engine:
    from sqlalchemy.orm import configure_mappers

    from tcf_desktop.models import schema
    from tcf_desktop.models.engine import make_engine
    from tcf_desktop.services.uow import UnitOfWork

    assert schema.MODULES
    assert UnitOfWork.__doc__
    configure_mappers()
    return make_engine(database)


def _empty_log(engine: Engine, database: Path, *, rewrite: bool) -> None:
    """Move the log into the file and cut it off; given up while somebody is reading."""
    pooled = engine.raw_connection()
    connection: Any = pooled.driver_connection
    try:
        with _log_may_stay(database):
            if rewrite:
                connection.execute("VACUUM")
            connection.execute("PRAGMA busy_timeout=200")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    finally:
        connection.execute("PRAGMA busy_timeout=5000")
        pooled.close()


def _checkpoint(engine: Engine, database: Path) -> None:
    with _log_may_stay(database):
        connection = engine.raw_connection()
        try:
            connection.execute("PRAGMA optimize")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            connection.close()


@contextmanager
def _log_may_stay(database: Path) -> Iterator[None]:
    """What was committed is safe in the log, so a full disk here is no failure of a change."""
    from tcf_desktop.models.connection import known_trouble

    try:
        yield
    except Exception as error:
        known = known_trouble(error, database)
        if known is None:
            raise
        log.warning("the log stays beside the database: %s", known.code)
