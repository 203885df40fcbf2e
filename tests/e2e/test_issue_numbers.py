"""A thousand invoices issued from eight threads, killed in between: every number once, no gap."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tcf_desktop.base.clock import FrozenClock
from tcf_desktop.base.paths import DataFolder
from tcf_desktop.services.check import check_office
from tcf_desktop.services.command import Command
from tcf_desktop.services.office import NewBusiness, Office
from tcf_desktop.services.uow import UnitOfWork
from tests.services.billing_tools import customer_named, draft_of, drafted, line

ROOT = Path(__file__).resolve().parents[2]
ISSUING = Path(__file__).with_name("issuing_office.py")
INVOICES = 1_000
KILLED_AFTER = (1, 40, 170, 200, 260)  # acknowledged numbers in a run before it is killed


class _Copies(Command[None]):
    """Many drafts like one that is there."""

    journalled = False

    def __init__(self, draft: int, count: int) -> None:
        self.draft, self.count = draft, count

    def execute(self, uow: UnitOfWork) -> None:
        for table, key in (("invoices", "id"), ("invoice_lines", "invoice_id")):
            names = [
                name
                for (name,) in uow.rows("SELECT name FROM pragma_table_info(?)", (table,))
                if name not in {"id", "uid", "invoice_id"}
            ]
            listed = ", ".join(names)
            extra = "id, uid" if table == "invoices" else "invoice_id"
            values = "?1, 'copy-' || ?1" if table == "invoices" else "?1"
            for number in range(self.count):
                uow.connection.exec_driver_sql(
                    f"INSERT INTO {table} ({extra}, {listed}) SELECT {values}, {listed}"
                    f" FROM {table} WHERE {key} = ?2",
                    (10_000 + number, self.draft),
                )


def run(folder: Path, kill_after: int | None) -> dict[int, str]:
    """What was acknowledged, by the id of the invoice."""
    process = subprocess.Popen(
        [sys.executable, str(ISSUING), str(folder)],
        stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert process.stdout is not None
    seen: list[str] = []
    for text in process.stdout:
        seen.append(text.strip())
        if kill_after is not None and len(seen) > kill_after:
            process.kill()
            kill_after = None
    process.stdout.close()
    process.wait(30)
    said = [json.loads(text) for text in seen if text.endswith("}")]
    return {one["id"]: one["number"] for one in said if "number" in one}


@pytest.mark.slow
@pytest.mark.timeout(180)
def test_numbers_stay_consecutive_whatever_kills_the_program(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    clock = FrozenClock(1_784_043_720_000)
    office = Office.create(folder, clock, NewBusiness("Prairie Shine"))
    first = drafted(office, customer_named(office), draft_of(line(4_500)))
    office.runner.run(_Copies(first, INVOICES - 1))
    assert office.close(10)
    acknowledged: dict[int, str] = {}
    for kill_after in (*KILLED_AFTER, None):
        told = run(tmp_path, kill_after)
        assert not set(told) & set(acknowledged)  # what was issued before is no draft any more
        acknowledged |= told
    office = Office.open(folder, clock)
    try:
        rows = office.read(
            lambda r: r.all("SELECT id, number FROM invoices WHERE state <> 'draft' ORDER BY id")
        )
        numbers = [number for _row, number in rows]
        assert sorted(map(int, numbers)) == list(range(1_001, 1_001 + INVOICES))
        stored = dict(rows)
        assert all(stored[row] == number for row, number in acknowledged.items())
        assert len(acknowledged) >= INVOICES - 8 * len(KILLED_AFTER)
        assert check_office(office).ok
    finally:
        assert office.close(10)
