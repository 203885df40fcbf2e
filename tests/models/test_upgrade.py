"""Bringing an older file up to date: proven on a copy, or not done at all."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2 as driver

from tcf_desktop.base.clock import FrozenClock
from tcf_desktop.base.errors import AppError, EnvironmentTrouble
from tcf_desktop.base.paths import DataFolder
from tcf_desktop.models import connection as db
from tcf_desktop.models.migrations import upgrade as upgrading
from tcf_desktop.services.office import Office


@pytest.fixture
def old(tmp_path: Path) -> DataFolder:
    """A file of ours from before the first layout, with a table of its own."""
    folder = DataFolder(tmp_path)
    handle = driver.connect(str(folder.database))
    handle.execute(f"PRAGMA application_id={db.APPLICATION_ID}")
    handle.execute("CREATE TABLE kept (id INTEGER PRIMARY KEY, word TEXT)")
    handle.execute("INSERT INTO kept (word) VALUES ('one'), ('two')")
    handle.commit()
    handle.close()
    return folder


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_an_older_file_is_upgraded_when_it_is_opened(old: DataFolder) -> None:
    office = Office.open(old, FrozenClock(0))
    assert office.read(lambda r: r.value("SELECT count(*) FROM kept")) == 2
    assert office.read(lambda r: r.value("SELECT count(*) FROM contacts")) == 0
    office.close()
    assert db.schema_version(old.database) == db.SCHEMA_VERSION
    kept = db.Reader(old.path / "business-before-upgrade.db")
    assert kept.value("SELECT count(*) FROM kept") == 2
    assert kept.value("PRAGMA user_version") == 0
    kept.close()
    assert sorted(path.name for path in old.path.glob("*upgrading*")) == []


def test_a_failed_upgrade_leaves_the_file_as_it_was(old: DataFolder) -> None:
    before = digest(old.database)
    with pytest.raises(AppError) as refused:
        upgrading.upgrade(old.database, target="9999")
    assert refused.value.code == "data.migration"
    assert "left untouched" in str(refused.value)
    assert digest(old.database) == before
    assert [path.name for path in old.path.glob("*upgrading*")] == []


def test_an_upgrade_that_lost_rows_is_not_taken(
    old: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    from alembic import command

    def lose(_config: object, _target: str) -> None:
        connection = _config.attributes["connection"]  # type: ignore[attr-defined]
        connection.exec_driver_sql("DELETE FROM kept WHERE word = 'two'")

    monkeypatch.setattr(command, "upgrade", lose)
    before = digest(old.database)
    with pytest.raises(AppError) as refused:
        upgrading.upgrade(old.database)
    assert "rows missing in kept" in str(refused.value)
    assert digest(old.database) == before


def test_an_upgrade_that_broke_a_reference_is_not_taken(
    old: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    from alembic import command

    def dangle(_config: object, _target: str) -> None:
        connection = _config.attributes["connection"]  # type: ignore[attr-defined]
        connection.exec_driver_sql("CREATE TABLE child (kept_id INTEGER REFERENCES kept (id))")
        connection.exec_driver_sql("INSERT INTO child VALUES (99)")

    monkeypatch.setattr(command, "upgrade", dangle)
    with pytest.raises(AppError) as refused:
        upgrading.upgrade(old.database)
    assert "a reference is broken" in str(refused.value)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("database or disk is full", "data.disk_full"),
        ("attempt to write a readonly database", "data.read_only"),
        ("unable to open database file", "data.read_only"),
        ("database is locked", "data.busy_file"),
        ("database disk image is malformed", "data.damaged"),
        ("file is not a database", "data.damaged"),
        ("disk I/O error", "data.io"),
    ],
)
def test_what_the_driver_says_of_the_machine_becomes_trouble_in_words(
    text: str, code: str, tmp_path: Path
) -> None:
    known = db.known_trouble(driver.OperationalError(text), tmp_path / "business.db")
    assert isinstance(known, EnvironmentTrouble)
    assert known.code == code
    assert "…" not in str(known)


def test_a_bug_of_ours_is_not_passed_off_as_trouble(tmp_path: Path) -> None:
    error = driver.OperationalError("no such column: nmae")
    assert db.known_trouble(error, tmp_path / "business.db") is None


def test_an_old_library_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(db.driver, "sqlite_version_info", (3, 40, 1))
    with pytest.raises(AppError) as refused:
        db.check_library()
    assert refused.value.code == "data.sqlite_old"
