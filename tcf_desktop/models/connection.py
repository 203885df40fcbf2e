"""Opening the database with the plain driver: pragmas, error kinds, the reading side.

Imports no SQLAlchemy, so that the first page can be painted without it. This is the only module
that names the driver.
"""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, TypeVar

from sqlcipher3 import dbapi2 as driver

from tcf_desktop.base.errors import AppError, EnvironmentTrouble

APPLICATION_ID: Final = 0x54434644  # "TCFD"
SCHEMA_VERSION: Final = 4
_SHARED_MEMORY_BYTES: Final = 32_768  # the piece in which SQLite's -shm file grows
OLDEST_SQLITE: Final = (
    3,
    51,
    3,
)  # before it a WAL reset could corrupt the file (sqlite.org/wal.html)

T = TypeVar("T")
Params = Sequence[object]

_COMMON_PRAGMAS: Final = (
    "PRAGMA foreign_keys=ON",
    "PRAGMA busy_timeout=5000",
    "PRAGMA trusted_schema=OFF",
    "PRAGMA cell_size_check=ON",
    "PRAGMA mmap_size=0",
    "PRAGMA temp_store=MEMORY",
)
_WRITER_PRAGMAS: Final = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA fullfsync=1",
    "PRAGMA checkpoint_fullfsync=1",
    "PRAGMA secure_delete=ON",
    "PRAGMA journal_size_limit=67108864",
    "PRAGMA wal_autocheckpoint=1000",
)


def check_library() -> None:
    """Refuse a database library with the known corruption bug (``data.sqlite_old``)."""
    if driver.sqlite_version_info < OLDEST_SQLITE:
        raise AppError(
            "data.sqlite_old",
            found=driver.sqlite_version,
            needed=".".join(str(part) for part in OLDEST_SQLITE),
        )


def open_writer(path: Path, *, check_same_thread: bool = True) -> Any:
    """A driver connection with durable settings; transactions are begun by the caller."""
    with translated(path):
        connection = driver.connect(
            str(path), isolation_level=None, timeout=5.0, check_same_thread=check_same_thread
        )
        for pragma in (*_COMMON_PRAGMAS, *_WRITER_PRAGMAS):
            connection.execute(pragma)
        return connection


def open_reader(path: Path) -> Any:
    """A driver connection that cannot write."""
    with translated(path):
        connection = driver.connect(
            str(path), isolation_level=None, timeout=5.0, check_same_thread=False
        )
        for pragma in (*_COMMON_PRAGMAS, "PRAGMA query_only=ON"):
            connection.execute(pragma)
        return connection


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn the driver's errors about the machine into :class:`EnvironmentTrouble`."""
    try:
        yield
    except driver.Error as error:
        known = known_trouble(error, path)
        if known is None:
            raise
        raise known from error


def known_trouble(error: BaseException, path: Path) -> AppError | None:
    """What a driver error means for the user, or None when it is a bug of ours."""
    name = str(getattr(error, "sqlite_errorname", "") or "")
    text = str(error)
    folder = path.parent
    if "SQLITE_FULL" in name or "database or disk is full" in text:
        return EnvironmentTrouble("data.disk_full", retryable=True)
    if any(part in name for part in ("READONLY", "CANTOPEN", "PERM")) or (
        "readonly database" in text or "unable to open" in text
    ):
        return EnvironmentTrouble("data.read_only", folder=folder)
    if any(part in name for part in ("BUSY", "LOCKED")) or "is locked" in text:
        return EnvironmentTrouble("data.busy_file", retryable=True)
    if any(part in name for part in ("CORRUPT", "NOTADB")) or (
        "malformed" in text or "not a database" in text
    ):
        return EnvironmentTrouble("data.damaged", path=path)
    if "IOERR" in name or "disk I/O error" in text:
        if _is_full(folder):  # SQLite says no more than this when its shared memory finds no room
            return EnvironmentTrouble("data.disk_full", retryable=True)
        return EnvironmentTrouble("data.io", retryable=True)
    return None


def _is_full(folder: Path) -> bool:
    try:
        return shutil.disk_usage(folder).free < _SHARED_MEMORY_BYTES
    except OSError:
        return False


class Reader:
    """One reading connection. Statements are plain SQL with ``?`` parameters."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._connection = open_reader(path)

    def all(self, sql: str, params: Params = ()) -> list[tuple[Any, ...]]:
        """Every row as a tuple."""
        try:
            return list(self._connection.execute(sql, params))
        except driver.Error as error:
            raise self._known(error) from error

    def one(self, sql: str, params: Params = ()) -> tuple[Any, ...] | None:
        """The first row, or None."""
        try:
            row: tuple[Any, ...] | None = self._connection.execute(sql, params).fetchone()
        except driver.Error as error:
            raise self._known(error) from error
        return row

    def value(self, sql: str, params: Params = ()) -> Any:
        """The first column of the first row, or None."""
        row = self.one(sql, params)
        return None if row is None else row[0]

    def interrupt(self) -> None:
        """Stop a running statement from another thread."""
        self._connection.interrupt()

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Several statements over one state of the data."""
        self._connection.execute("BEGIN")
        try:
            yield
        finally:
            self._connection.execute("ROLLBACK")

    def close(self) -> None:
        self._connection.close()

    def _known(self, error: BaseException) -> BaseException:
        return known_trouble(error, self._path) or error


class ReaderPool:
    """A reader for each thread that asks."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._local = threading.local()
        self._all: list[Reader] = []
        self._lock = threading.Lock()

    def reader(self) -> Reader:
        """The calling thread's reader, opened on first use."""
        found: Reader | None = getattr(self._local, "reader", None)
        if found is None:
            found = Reader(self._path)
            self._local.reader = found
            with self._lock:
                self._all.append(found)
        return found

    def read(self, query: Callable[[Reader], T]) -> T:
        """Run a query on the calling thread's reader."""
        return query(self.reader())

    def close(self) -> None:
        """Close every reader; no thread may be reading."""
        with self._lock:
            for reader in self._all:
                reader.close()
            self._all.clear()
        self._local = threading.local()


def schema_version(path: Path) -> int:
    """The layout number of an existing database; 0 for one that was never finished.

    Raises ``data.foreign`` for another program's file and ``data.damaged`` for no database.
    Writes nothing.
    """
    reader = Reader(path)
    try:
        version = int(reader.value("PRAGMA user_version"))
        application = int(reader.value("PRAGMA application_id"))
        tables = int(reader.value("SELECT count(*) FROM sqlite_master"))
    finally:
        reader.close()
    if application != APPLICATION_ID and tables:
        raise AppError("data.foreign", path=path)
    return version
