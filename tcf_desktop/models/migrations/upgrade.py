"""Bringing an older file to this version's layout: on a copy, counted, checked, then swapped.

Foreign keys are off while Alembic rebuilds tables: with them on, rebuilding a parent can take its
children along. What must not happen is then proven afterwards instead.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, StaticPool, create_engine, event
from sqlcipher3 import dbapi2 as driver

from tcf_desktop.base.errors import AppError
from tcf_desktop.models import schema
from tcf_desktop.models.connection import open_reader, open_writer, translated

if TYPE_CHECKING:
    from collections.abc import Mapping

_OURS = ("alembic_version",)


def upgrade(path: Path, *, target: str = schema.REVISION) -> None:
    """Upgrade the file at ``path``; it is untouched unless everything succeeded.

    Raises ``data.migration`` with the reason. The copy is removed on failure.
    """
    copy = path.with_name(f"{path.name}.upgrading")
    _remove(copy)
    try:
        with translated(path):
            _copy(path, copy)
            before = _counts(copy)
            _run(copy, target)
            _prove(copy, before)
        _swap(copy, path)
    except AppError:
        _remove(copy)
        raise
    except Exception as error:
        _remove(copy)
        reason = type(error).__name__
        raise AppError("data.migration", reason=reason, path=path) from error


def _copy(source: Path, target: Path) -> None:
    reading = open_reader(source)
    writing = driver.connect(str(target), isolation_level=None)
    try:
        reading.backup(writing)
    finally:
        writing.close()
        reading.close()


def _run(path: Path, target: str) -> None:
    engine = _engine(path)
    config = Config()
    config.set_main_option("script_location", "tcf_desktop.models:migrations")
    try:
        with engine.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, target)
            schema.stamp(connection)
    finally:
        engine.dispose()


def _engine(path: Path) -> Engine:
    def connect() -> Any:
        connection = open_writer(path, check_same_thread=False)
        connection.execute("PRAGMA foreign_keys=OFF")
        connection.execute("PRAGMA journal_mode=DELETE")
        return connection

    engine = create_engine(
        "sqlite://", creator=connect, module=driver, poolclass=StaticPool, hide_parameters=True
    )

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def _counts(path: Path) -> dict[str, int]:
    connection = open_reader(path)
    try:
        names = [
            name
            for (name,) in connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
                " AND sql NOT LIKE '%VIRTUAL%'"
            )
            if name not in _OURS and not name.startswith("contact_search")
        ]
        return {
            name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]
            for name in names
        }
    finally:
        connection.close()


def _prove(path: Path, before: Mapping[str, int]) -> None:
    after = _counts(path)
    lost = [name for name, count in before.items() if after.get(name, count) < count]
    if lost:
        raise AppError("data.migration", reason=f"rows missing in {', '.join(lost)}", path=path)
    connection = open_reader(path)
    try:
        if connection.execute("PRAGMA foreign_key_check").fetchone() is not None:
            raise AppError("data.migration", reason="a reference is broken", path=path)
        if connection.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
            raise AppError("data.migration", reason="the copy is damaged", path=path)
    finally:
        connection.close()


def _swap(copy: Path, path: Path) -> None:
    """Put the copy in place; the old file stays beside it until the next upgrade."""
    with copy.open("rb+") as handle:
        os.fsync(handle.fileno())
    kept = path.with_name(f"{path.stem}-before-upgrade.db")
    closing = open_writer(path)
    closing.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    closing.execute("PRAGMA journal_mode=DELETE")
    closing.close()
    path.replace(kept)
    copy.replace(path)


def _remove(path: Path) -> None:
    for suffix in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
