"""The layout on disk: made, upgraded, refused, guarded."""

from __future__ import annotations

import hashlib
import lzma
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2 as driver

from tcf_desktop.base.clock import FrozenClock
from tcf_desktop.base.errors import AppError
from tcf_desktop.base.paths import DataFolder
from tcf_desktop.models import connection as db
from tcf_desktop.models.migrations.upgrade import upgrade
from tcf_desktop.services.check import check_office
from tcf_desktop.services.office import NewBusiness, Office

LAYOUTS = Path(__file__).parent.parent / "fixtures" / "layouts"


def layout(path: Path) -> list[tuple[str, str, str]]:
    reader = db.Reader(path)
    try:
        return sorted(
            (kind, name, "".join((sql or "").replace('"', "").split()))
            for kind, name, sql in reader.all("SELECT type, name, sql FROM sqlite_master")
            if not name.startswith(("sqlite_", "contact_search_", "alembic_version"))
        )
    finally:
        reader.close()


def test_a_business_of_every_earlier_layout_is_brought_to_this_one(
    tmp_path: Path, blank_business: Path
) -> None:
    for kept in sorted(LAYOUTS.glob("*.db.xz")):
        folder = DataFolder(tmp_path / kept.name)
        folder.path.mkdir()
        folder.database.write_bytes(lzma.decompress(kept.read_bytes()))
        before = db.Reader(folder.database)
        columns = {row[1] for row in before.all("PRAGMA table_info(contacts)")}
        notes = before.all(
            "SELECT id, note FROM contacts WHERE note <> '' ORDER BY id"
            if "note" in columns
            else "SELECT contact_id, text FROM notes ORDER BY contact_id"
        )
        by_date = before.value("SELECT 1 FROM sqlite_master WHERE name = 'crew_members'")
        members = before.all(
            "SELECT worker_id, crew_id FROM crew_members ORDER BY worker_id, id"
            if by_date
            else "SELECT id, crew_id FROM workers WHERE crew_id NOT NULL ORDER BY id"
        )
        prices = before.all(
            "SELECT id, qty_milli, unit_price_cents, amount_cents FROM invoice_lines ORDER BY id"
        )
        invoices = before.all("SELECT id, number, total_cents FROM invoices ORDER BY id")
        before.close()
        office = Office.open(folder, FrozenClock(0))
        try:
            assert notes
            assert (
                office.read(
                    lambda r: r.all("SELECT contact_id, text FROM notes ORDER BY contact_id")
                )
                == notes
            )
            assert members
            assert (
                office.read(
                    lambda r: r.all(
                        "SELECT worker_id, crew_id FROM crew_members ORDER BY worker_id, id"
                    )
                )
                == members
            )
            assert (
                office.read(lambda r: r.all("SELECT id, number, total_cents FROM invoices"))
                == invoices
            )
            assert office.read(
                lambda r: r.value("SELECT count(*) FROM contacts WHERE name_key = ''")
            ) == office.read(
                lambda r: r.value("SELECT count(*) FROM contacts WHERE display_name = ''")
            )
            assert prices
            assert (
                office.read(
                    lambda r: r.all(
                        "SELECT id, qty_milli, unit_price_e4 / 10000, net_cents FROM invoice_lines"
                        " ORDER BY id"
                    )
                )
                == prices
            )
            assert check_office(office).ok
        finally:
            office.close()
        assert layout(folder.database) == layout(blank_business)


def test_the_migrations_from_nothing_give_the_layout_of_a_new_business(
    tmp_path: Path, blank_business: Path
) -> None:
    old = tmp_path / "old.db"
    driver.connect(str(old)).execute(f"PRAGMA application_id={db.APPLICATION_ID}").close()
    upgrade(old)
    assert layout(old) == layout(blank_business)
    assert db.schema_version(old) == db.SCHEMA_VERSION


@pytest.mark.filterwarnings("ignore:.*expression-based index", "ignore:.*autogenerate skipping")
def test_the_models_agree_with_the_layout(blank_business: Path) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    from tcf_desktop.models.base import Base
    from tcf_desktop.models.engine import make_engine

    engine = make_engine(blank_business)
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "include_name": lambda name, kind, _parents: (
                    not str(name).startswith(("contact_search", "alembic_version"))
                )
            },
        )
        found = compare_metadata(context, Base.metadata)
    engine.dispose()
    assert found == []


def test_a_newer_file_is_refused_in_words_and_untouched(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "new")
    Office.create(folder, FrozenClock(0), NewBusiness(name="A")).close()
    handle = driver.connect(str(folder.database))
    handle.execute(f"PRAGMA user_version={db.SCHEMA_VERSION + 1}")
    handle.execute("PRAGMA journal_mode=DELETE")
    handle.close()
    before = hashlib.sha256(folder.database.read_bytes()).hexdigest()
    with pytest.raises(AppError) as refused:
        Office.open(folder, FrozenClock(0))
    assert refused.value.code == "data.newer"
    assert "newer version" in str(refused.value)
    assert hashlib.sha256(folder.database.read_bytes()).hexdigest() == before


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"hello" * 4000, "data.damaged"), (b"SQLite format 3\x00" + b"\xff" * 5000, "data.damaged")],
)
def test_a_file_that_is_no_database_is_refused(tmp_path: Path, content: bytes, code: str) -> None:
    folder = DataFolder(tmp_path)
    folder.database.write_bytes(content)
    with pytest.raises(AppError) as refused:
        Office.open(folder, FrozenClock(0))
    assert refused.value.code == code
    assert folder.database.read_bytes() == content


def test_another_programs_database_is_refused(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    handle = driver.connect(str(folder.database))
    handle.execute("CREATE TABLE notes (id INTEGER)")
    handle.close()
    with pytest.raises(AppError) as refused:
        Office.open(folder, FrozenClock(0))
    assert refused.value.code == "data.foreign"


def test_every_writer_setting_is_in_force(office: Office) -> None:
    handle = db.open_writer(office.folder.database)
    values = {
        name: handle.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "mmap_size")
    }
    handle.close()
    assert values == {
        "journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1,
        "mmap_size": 0,
    }  # fmt: skip


def test_a_reader_cannot_write(office: Office) -> None:
    with pytest.raises(AppError):
        office.read(lambda r: r.all("DELETE FROM business"))


def test_a_failed_creation_leaves_nothing(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "never")
    with pytest.raises(AppError) as refused:
        Office.create(folder, FrozenClock(0), NewBusiness(name="A", zone="Mars/Olympus"))
    assert refused.value.code == "company.zone_unknown"
    assert not folder.path.exists()


def test_no_money_column_holds_a_float() -> None:
    from sqlalchemy import Integer

    from tcf_desktop.models import schema
    from tcf_desktop.models.base import Base

    assert schema.MODULES
    money = [
        column
        for table in Base.metadata.tables.values()
        for column in table.columns
        if column.name.endswith(("_cents", "_milli", "_ppm", "_at"))
    ]
    assert len(money) > 30
    assert all(isinstance(column.type, Integer) for column in money)
