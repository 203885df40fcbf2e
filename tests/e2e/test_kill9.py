"""``kill -9`` at any moment: what was acknowledged is there, and the books are in order."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tcf_desktop.base.clock import FrozenClock
from tcf_desktop.base.paths import DataFolder
from tcf_desktop.models.connection import Reader
from tcf_desktop.services.check import check_office
from tcf_desktop.services.office import Office

ROOT = Path(__file__).resolve().parents[2]
BUSY = Path(__file__).with_name("busy_office.py")
ROUNDS = int(os.environ.get("TCF_KILL_ROUNDS", "8"))


def run_and_kill(folder: DataFolder, seconds: float) -> list[dict[str, object]]:
    """Let the program work for a while after it opened, kill it; what it had acknowledged."""
    process = subprocess.Popen(
        [sys.executable, str(BUSY), str(folder.path)],
        stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert process.stdout is not None
    first = process.stdout.readline()
    assert json.loads(first) == {"did": "open"}
    # The first change loads what writing needs, slowly on a busy machine; then the clock runs.
    rest = [process.stdout.readline().strip()]
    time.sleep(seconds)
    process.kill()
    rest += process.stdout.read().splitlines()
    process.stdout.close()
    process.wait(10)
    # The last line may have been cut off by the kill.
    return [json.loads(line) for line in rest if line.endswith("}")]


def is_there(r: Reader, ack: dict[str, object]) -> bool:
    """Whether an acknowledged change is in the database."""
    key = ack.get("id")
    match ack["did"]:
        case "contact":
            found = r.value("SELECT last_name FROM contacts WHERE id = ?", (key,))
            return bool(found == ack["name"])
        case "visit":
            found = r.value("SELECT contact_id FROM appointments WHERE id = ?", (key,))
            return bool(found == ack["contact"])
        case "draft":
            found = r.value("SELECT invoice_id FROM appointments WHERE id = ?", (ack["visit"],))
            return bool(found == key)
        case "issue":
            found = r.value("SELECT number FROM invoices WHERE id = ?", (key,))
            return bool(found == ack["number"])
        case _:
            found = r.value("SELECT paid_cents FROM invoices WHERE id = ?", (key,))
            return bool(found == ack["cents"])


@pytest.mark.slow
@pytest.mark.timeout(60 + 10 * ROUNDS)
def test_acknowledged_work_survives_every_kill(sample_business: Path, tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    shutil.copytree(sample_business.parent / "files", folder.files)
    shutil.copyfile(sample_business, folder.database)
    rng = random.Random(20260714)
    acknowledged = 0
    for _ in range(ROUNDS):
        acks = run_and_kill(folder, rng.uniform(0.02, 0.9))
        acknowledged += len(acks)
        office = Office.open(folder, FrozenClock(1_784_043_720_000))
        try:
            missing = office.read(lambda r, acks=acks: [a for a in acks if not is_there(r, a)])
            assert missing == []
            report = check_office(office)
            assert report.ok, report.lines()
            extra = office.read(
                lambda r: r.value(
                    "SELECT count(*) FROM contacts WHERE last_name LIKE 'Killed %'"
                    " AND created_at > 0 AND NOT EXISTS (SELECT 1 FROM appointments a"
                    " WHERE a.contact_id = contacts.id)"
                )
            )
            assert extra <= ROUNDS  # at most one unfinished customer a round
        finally:
            assert office.close(10)
    assert acknowledged > 2 * ROUNDS
