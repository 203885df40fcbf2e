"""``check`` finds each kind of damage, names it and reports a sound business as sound."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2 as driver

from tcf_desktop.base.clock import FrozenClock
from tcf_desktop.base.messages import MESSAGES
from tcf_desktop.base.paths import DataFolder
from tcf_desktop.services.check import MOST_PROBLEMS, CheckReport, check_office
from tcf_desktop.services.merge import MergeContacts
from tcf_desktop.services.office import Office
from tcf_desktop.services.undo import UndoLast

TUESDAY_10_42 = 1_784_043_720_000
GUARDS = (
    "invoices_fixed", "invoices_kept", "invoice_lines_update_fixed", "invoice_lines_delete_fixed",
    "invoice_taxes_update_fixed", "payments_fixed",
)  # fmt: skip

_CUSTOMERS = "SELECT id FROM contacts WHERE kind = 'customer' ORDER BY id"
DAMAGE = {
    "check.reference": "UPDATE locations SET contact_id = 987654 WHERE id = 1",
    "check.totals": "UPDATE invoices SET total_cents = total_cents + 1,"
    " open_cents = open_cents + 1 WHERE id = (SELECT max(id) FROM invoices WHERE state = 'issued')",
    "check.gap": "UPDATE invoices SET series_n = series_n + 1 WHERE state = 'draft' OR id ="
    " (SELECT id FROM invoices ORDER BY series_n DESC LIMIT 1);"
    "UPDATE number_series SET next_n = next_n + 1",
    "check.next_number": "UPDATE number_series SET next_n = next_n - 1",
    "check.balance": "UPDATE invoices SET open_cents = 5 WHERE state = 'paid' AND id = 3",
    "check.state": "UPDATE invoices SET state = 'issued' WHERE state = 'paid' AND id = 3",
    "check.search": "DELETE FROM contact_search WHERE rowid = 7",
    "check.time": "UPDATE appointments SET starts_at = starts_at + 3600000 WHERE id = 5",
    "check.planned": "UPDATE appointments SET total_cents = total_cents - 1 WHERE id = 5",
    "check.series": "INSERT INTO series (uid, starts_local, minutes, zone, all_day, rule, holidays,"
    " kind, title, arrival_offset, state, note, crew_note, document_note, total_cents, sequence,"
    " created_at, updated_at, version) VALUES ('u', '2026-07-14T09:00', 60, 'America/Chicago', 0,"
    " 'FREQ=WEEKLY;COUNT=3', 'keep', 'task', 'x', 0, 'confirmed', '', '', '', 0, 0, 0, 0, 1)",
    "check.crew": "INSERT INTO crew_members (worker_id, crew_id, version)"
    " SELECT worker_id, crew_id, 1 FROM crew_members LIMIT 1",
    "check.clock": "INSERT INTO shifts (worker_id, clock_in_at, origin, created_at, version)"
    " VALUES (1, 1784040000000, 'desktop', 0, 1)",
    "check.logo": "UPDATE business_logo SET png = 'no picture'",
}


def damaged(database: Path, folder: Path, *statements: str) -> DataFolder:
    """A copy of the sample business with the guards off and something done to it."""
    target = DataFolder(folder)
    shutil.copytree(database.parent / "files", target.files)
    target.database.write_bytes(database.read_bytes())
    connection = driver.connect(str(target.database), isolation_level=None)
    for guard in GUARDS:
        connection.execute(f"DROP TRIGGER IF EXISTS {guard}")
    for statement in statements:
        connection.executescript(statement)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return target


def report(folder: DataFolder) -> CheckReport:
    office = Office.open(folder, FrozenClock(TUESDAY_10_42))
    try:
        return check_office(office)
    finally:
        assert office.close(10)


def test_a_sound_business_is_in_order(sample_office: Office) -> None:
    found = check_office(sample_office)
    assert found.ok
    assert found.as_dict()["checked"]["contacts"] == 42
    assert found.lines()[0].startswith("Everything is in order: 42 contacts")


def test_an_index_that_was_read_before_it_was_written_is_not_taken_for_damage(
    sample_office: Office,
) -> None:
    ids = [row[0] for row in sample_office.read(lambda r: r.all(_CUSTOMERS))]
    for keep, other in zip(ids[:6], ids[8:14], strict=True):
        sample_office.read(lambda r: r.all("PRAGMA integrity_check"))
        sample_office.runner.run(MergeContacts(keep, other))
        assert check_office(sample_office).ok
        sample_office.runner.run(UndoLast())
        assert check_office(sample_office).ok


@pytest.mark.parametrize("code", DAMAGE)
def test_it_names_what_is_wrong(code: str, sample_business: Path, tmp_path: Path) -> None:
    found = report(damaged(sample_business, tmp_path / "data", DAMAGE[code]))
    assert not found.ok
    assert {problem.code for problem in found.problems} == {code}
    assert found.as_dict()["problems"][0]["message"] == found.problems[0].text()


def test_it_finds_a_changed_line_and_a_changed_tax(sample_business: Path, tmp_path: Path) -> None:
    folder = damaged(
        sample_business,
        tmp_path / "data",
        "UPDATE invoice_lines SET amount_cents = amount_cents + 1 WHERE invoice_id = 4",
        "UPDATE invoice_taxes SET tax_cents = tax_cents + 1 WHERE invoice_id = 6",
    )
    found = report(folder)
    assert len(found.problems) == 2
    assert "line 1 has" in found.problems[0].detail
    assert "tax South Dakota has" in found.problems[1].detail


def test_a_deleted_contact_must_leave_the_index(sample_business: Path, tmp_path: Path) -> None:
    folder = damaged(
        sample_business,
        tmp_path / "data",
        "UPDATE contacts SET deleted_at = 1 WHERE id = 9",
        "UPDATE contacts SET display_name = 'Somebody Else' WHERE id = 11",
    )
    details = {(each.where, each.detail) for each in report(folder).problems}
    assert details == {
        ("contact 9", "indexed but gone"),
        ("contact 11", "indexed under an old name"),
    }


def test_many_problems_of_one_kind_do_not_hide_others(
    sample_business: Path, tmp_path: Path
) -> None:
    folder = damaged(
        sample_business,
        tmp_path / "data",
        "UPDATE appointments SET starts_at = starts_at + 1",
        "UPDATE number_series SET next_n = 5",
    )
    problems = report(folder).problems
    assert sum(each.code == "check.time" for each in problems) == MOST_PROBLEMS
    assert any(each.code == "check.next_number" for each in problems)


def test_a_damaged_page_is_reported_not_raised(sample_business: Path, tmp_path: Path) -> None:
    folder = damaged(sample_business, tmp_path / "data")
    # Pages of rows: without those of the layout itself the file could not even be opened.
    handle = driver.connect(str(folder.database))
    roots = handle.execute(
        "SELECT rootpage FROM sqlite_master WHERE name IN ('appointment_lines', 'invoice_taxes')"
    ).fetchall()
    handle.close()
    with folder.database.open("r+b") as file:
        for (page,) in roots:
            file.seek((page - 1) * 4096)
            file.write(b"\xff" * 64)
    found = report(folder)
    assert {problem.code for problem in found.problems} == {"check.database"}


@pytest.mark.parametrize(
    ("damage", "detail"),
    [
        ("UPDATE invoices SET paid_cents = 1 WHERE state = 'issued' AND id ="
         " (SELECT max(id) FROM invoices WHERE state = 'issued')", "payments say 0"),
        ("UPDATE invoices SET open_cents = 7 WHERE state = 'void'", "void, but 7 open"),
        ("UPDATE payments SET amount_cents = 1 WHERE id = 1", "of 1 used"),
    ],
)  # fmt: skip
def test_balances_that_do_not_agree(
    damage: str, detail: str, sample_business: Path, tmp_path: Path
) -> None:
    found = report(damaged(sample_business, tmp_path / "data", damage))
    assert {problem.code for problem in found.problems} == {"check.balance"}
    assert detail in found.problems[0].detail


def test_a_wall_time_that_is_none_is_named(sample_business: Path, tmp_path: Path) -> None:
    folder = damaged(
        sample_business,
        tmp_path / "data",
        "UPDATE appointments SET zone = 'Mars/Base' WHERE id = 2",
    )
    (problem,) = report(folder).problems
    assert (problem.code, problem.where) == ("check.time", "appointment 2")
    assert "Mars/Base" in problem.detail


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
def test_a_file_that_cannot_be_read_is_named(sample_office: Office) -> None:
    dangling = sample_office.folder.files / "photo.jpg"
    (sample_office.folder.files / "fine.txt").write_text("fine", "utf-8")
    assert check_office(sample_office).ok
    dangling.symlink_to(dangling)  # a loop: there, and cannot be opened
    (problem,) = check_office(sample_office).problems
    assert (problem.code, problem.where) == ("check.file", "photo.jpg")


def test_every_problem_has_its_words() -> None:
    assert {code for code in MESSAGES if code.startswith("check.")} >= {*DAMAGE, "check.file"}
