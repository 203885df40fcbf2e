"""The layouts as they were: one file of SQL a version, and the way from one to the next.

A migration must mean the same in five years, so it reads its layout from here and never from the
tables of the program.
"""

from __future__ import annotations

import re
from importlib import resources
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection

_BETWEEN: Final = "\n--\n"
_HEAD: Final = re.compile(r"CREATE (VIRTUAL TABLE|TABLE|UNIQUE INDEX|INDEX|TRIGGER) \"?(\w+)\"?")


def statements(version: str) -> list[str]:
    """Every statement of a layout: tables first, then indexes, then triggers."""
    text = resources.files(__name__).joinpath(f"{version}.sql").read_text("utf-8")
    return [part.rstrip(";\n ") for part in text.split(_BETWEEN) if part.strip()]


def create(connection: Connection, version: str) -> None:
    """Make a layout in an empty file."""
    for statement in statements(version):
        connection.exec_driver_sql(statement)


def bring_to(
    connection: Connection,
    version: str,
    move: Callable[[Connection], None] | None = None,
    fill: Callable[[Connection], None] | None = None,
) -> None:
    """Make this layout of an older one. Foreign keys are off; what references is checked after.

    New tables come first, then ``move`` may fill them from columns that will go, then the tables
    that changed are built anew with what both have, then ``fill`` may fill columns that are new,
    then every index and trigger.
    """
    wanted = [(*_named(statement), statement) for statement in statements(version)]
    for kind, name in connection.exec_driver_sql(
        "SELECT type, name FROM sqlite_master WHERE type IN ('trigger', 'index') AND sql NOT NULL"
    ).all():
        connection.exec_driver_sql(f'DROP {kind} "{name}"')
    found = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'table'")
    present: dict[str, str] = {row[0]: row[1] for row in found}
    tables = [(name, statement) for kind, name, statement in wanted if kind == "TABLE"]
    for name, statement in tables:
        if name not in present:
            connection.exec_driver_sql(statement)
    if move is not None:
        move(connection)
    for name, statement in tables:
        if name in present and _plain(present[name]) != _plain(statement):
            _rebuild(connection, name, statement)
    if fill is not None:
        fill(connection)
    for kind, _name, statement in wanted:
        if kind not in {"TABLE", "VIRTUAL TABLE"}:
            connection.exec_driver_sql(statement)


def _named(statement: str) -> tuple[str, str]:
    found = _HEAD.match(statement)
    assert found is not None, statement[:60]
    return found.group(1), found.group(2)


def _plain(sql: str) -> str:
    """A definition without quotes and spacing, which renaming a table changes."""
    return "".join(sql.replace('"', "").split())


def _rebuild(connection: Connection, name: str, statement: str) -> None:
    """The table in its new form with its rows; a column that went is left behind."""
    new = f"{name}__new"
    connection.exec_driver_sql(_HEAD.sub(f'CREATE TABLE "{new}"', statement, count=1))
    columns = [
        {row[1] for row in connection.exec_driver_sql(f'PRAGMA table_info("{table}")')}
        for table in (name, new)
    ]
    both = ", ".join(f'"{column}"' for column in sorted(columns[0] & columns[1]))
    counter = connection.exec_driver_sql(
        "SELECT seq FROM sqlite_sequence WHERE name = ?", (name,)
    ).scalar()
    connection.exec_driver_sql(f'INSERT INTO "{new}" ({both}) SELECT {both} FROM "{name}"')
    connection.exec_driver_sql(f'DROP TABLE "{name}"')
    connection.exec_driver_sql(f'ALTER TABLE "{new}" RENAME TO "{name}"')
    if counter is not None:
        connection.exec_driver_sql(
            "UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = ?", (counter, name)
        )
