"""The writing engine: SQLAlchemy over one connection, every transaction ``BEGIN IMMEDIATE``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, StaticPool, create_engine, event
from sqlcipher3 import dbapi2 as driver

from tcf_desktop.models.connection import open_writer


def make_engine(path: Path) -> Engine:
    """An engine for the writer thread. Bound values never reach an error text.

    The driver's own transaction handling is off; a deferred ``BEGIN`` would lose the race for the
    write lock after reading, so each transaction takes it at once.
    """

    def connect() -> Any:
        return open_writer(path, check_same_thread=False)

    engine = create_engine(
        "sqlite://", creator=connect, module=driver, poolclass=StaticPool, hide_parameters=True
    )

    @event.listens_for(engine, "begin")
    def _begin_immediate(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine
