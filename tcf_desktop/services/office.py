"""One open business: its folder, its writer, its readers and what the bootstrap plugged in."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

from tcf_desktop.base.clock import Clock
from tcf_desktop.base.errors import AppError, EnvironmentTrouble
from tcf_desktop.base.paths import DataFolder
from tcf_desktop.models import connection as db
from tcf_desktop.models.connection import Reader, ReaderPool
from tcf_desktop.ports import Ports
from tcf_desktop.services.runner import CommandRunner
from tcf_desktop.services.starting_data import NewBusiness, fill

__all__ = ["NewBusiness", "Office", "currency_of", "zone_of"]

T = TypeVar("T")


class Office:
    """The services of one data folder. Opened once, closed once; safe to share between threads."""

    def __init__(self, folder: DataFolder, clock: Clock, ports: Ports) -> None:
        self.folder = folder
        self.clock = clock
        self.ports = ports
        self.readers = ReaderPool(folder.database)
        self._runner: CommandRunner | None = None

    @classmethod
    def open(cls, folder: DataFolder, clock: Clock, ports: Ports | None = None) -> Office:
        """Open an existing business, bringing an older layout up to date on a copy first.

        Raises ``data.no_business``, ``data.newer``, ``data.foreign``, ``data.damaged`` and leaves
        the folder untouched then.
        """
        db.check_library()
        if not folder.has_business():
            raise AppError("data.no_business", folder=folder.path)
        found = db.schema_version(folder.database)
        if found > db.SCHEMA_VERSION:
            raise AppError("data.newer", found=found, known=db.SCHEMA_VERSION)
        if found < db.SCHEMA_VERSION:
            from tcf_desktop.models.migrations.upgrade import upgrade

            upgrade(folder.database)
            from tcf_desktop.services.derived import RefreshDerived

            upgraded = cls(folder, clock, ports or Ports())
            upgraded.runner.run(RefreshDerived())
            return upgraded
        return cls(folder, clock, ports or Ports())

    @classmethod
    def create(
        cls, folder: DataFolder, clock: Clock, business: NewBusiness, ports: Ports | None = None
    ) -> Office:
        """Make the folder and an empty business in it; nothing is left behind on failure.

        Raises ``data.exists`` when there is one, ``data.read_only`` or ``data.disk_full``.
        """
        import uuid

        db.check_library()
        if folder.has_business():
            raise AppError("data.exists", folder=folder.path)
        new = folder.path / f"new-{uuid.uuid4().hex}.db"
        existed = folder.path.exists()
        try:
            folder.path.mkdir(parents=True, exist_ok=True)
            _build(new, clock, business)
            new.replace(folder.database)
            folder.files.mkdir(exist_ok=True)
        except OSError as error:
            _remove(new, folder.path if not existed else None)
            raise EnvironmentTrouble("data.read_only", folder=folder.path) from error
        except BaseException:
            _remove(new, folder.path if not existed else None)
            raise
        return cls(folder, clock, ports or Ports())

    @property
    def runner(self) -> CommandRunner:
        """The writer; started on first use, so that a reading command starts none."""
        if self._runner is None:
            self._runner = CommandRunner(self.folder.database, self.clock)
        return self._runner

    def read(self, query: Callable[[Reader], T]) -> T:
        """Run a query on the calling thread's reader; not for the GUI thread."""
        return self.readers.read(query)

    def close(self, deadline_seconds: float = 30.0) -> bool:
        """Finish the writes and close; False when the writer did not finish in time."""
        done = self._runner is None or self._runner.close(deadline_seconds)
        self.ports.close()
        if done:
            self.readers.close()
        return done


def zone_of(reader: Reader) -> str:
    """The business's IANA time zone."""
    return str(reader.value("SELECT zone FROM business WHERE id = 1"))


def currency_of(reader: Reader) -> str:
    """The business's ISO 4217 currency code."""
    return str(reader.value("SELECT currency FROM business WHERE id = 1"))


def _build(path: Path, clock: Clock, business: NewBusiness) -> None:
    from tcf_desktop.models.engine import make_engine
    from tcf_desktop.models.schema import create

    try:
        ZoneInfo(business.zone)
    except (KeyError, ValueError, OSError) as error:
        raise AppError("company.zone_unknown", zone=business.zone) from error
    with db.translated(path):
        engine = make_engine(path)
        try:
            with engine.begin() as connection:
                create(connection)
                fill(connection, business, clock.now_ms())
            raw = engine.raw_connection()
            raw.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # type: ignore[union-attr]
            raw.close()
        finally:
            engine.dispose()


def _remove(database: Path, folder: Path | None) -> None:
    for suffix in ("", "-wal", "-shm"):
        # What refused to be made may refuse to be removed; the first refusal is the one to tell.
        with contextlib.suppress(OSError):
            database.with_name(database.name + suffix).unlink(missing_ok=True)
    if folder is not None:
        import shutil

        shutil.rmtree(folder, ignore_errors=True)
