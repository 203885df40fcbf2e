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
    write lock after reading, so each transaction takes it at once, unless the unit of work did so
    on the driver's connection already.
    """

    def connect() -> Any:
        return open_writer(path, check_same_thread=False)

    engine = create_engine(
        "sqlite://",
        creator=connect,
        module=driver,
        poolclass=StaticPool,
        # Giving the one connection back must not end a transaction that goes on beside it.
        pool_reset_on_return=None,
        hide_parameters=True,
    )

    @event.listens_for(engine, "begin")
    def _begin_immediate(connection: Connection) -> None:
        if not driver_connection(engine).in_transaction:
            connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def driver_connection(engine: Engine) -> Any:
    """The one connection of the engine, as the driver gives it."""
    pooled = engine.raw_connection()
    try:
        return pooled.driver_connection
    finally:
        pooled.close()
