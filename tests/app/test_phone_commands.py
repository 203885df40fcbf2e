"""The commands of the clock and the phones, as a shell calls them; ``serve`` as a real process."""

from __future__ import annotations

import http.client
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tcf_desktop.app.cli import main
from tcf_desktop.base.clock import SystemClock
from tcf_desktop.base.paths import DataFolder
from tcf_desktop.services.office import NewBusiness, Office
from tcf_desktop.services.timesheets import AddWorker

GPX = Path(__file__).parents[1] / "fixtures" / "tracks" / "files" / "around-visnjan-with-car.gpx"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    office = Office.create(
        DataFolder(tmp_path / "data"), SystemClock(), NewBusiness("Clearview", zone="UTC")
    )
    for name in ("Marcus Reed", "Marta Ruiz", "Dee Wallace"):
        office.runner.run(AddWorker(name))
    office.close()
    return tmp_path / "data"


def call(
    folder: Path, capsys: pytest.CaptureFixture[str], *words: str, code: int = 0
) -> dict[str, dict[str, object]]:
    assert main([*words, "--data", str(folder), "--json"]) == code
    answer: dict[str, dict[str, object]] = json.loads(capsys.readouterr().out)
    return answer


def test_clocking_by_name_and_time(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shift = call(folder, capsys, "clock", "in", "marcus reed", "--at", "2026-07-14T08:00")["shift"]
    assert (shift["worker"], shift["clock_in_at"]) == ("Marcus Reed", 1_784_016_000_000)
    out = call(folder, capsys, "clock", "out", "1", "--at", "2026-07-14T10:00-05:00")["shift"]
    assert (out["id"], out["clock_out_at"]) == (shift["id"], 1_784_041_200_000)
    assert call(folder, capsys, "clock", "out", "Dee", code=1)["error"]["code"] == "shifts.not_in"
    many = call(folder, capsys, "clock", "in", "mar", code=1)["error"]
    assert many["code"] == "team.many_workers"
    assert "Marta Ruiz" in str(many["message"])
    wrong = call(folder, capsys, "clock", "in", "Dee", "--at", "noon", code=1)
    assert wrong["error"]["code"] == "shifts.bad_time"


def test_a_track_file_is_added_once(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    doubt = call(folder, capsys, "import", "track", str(GPX))
    assert (doubt["added"], doubt["in_doubt"]) == (0, 104)
    call(folder, capsys, "clock", "in", "Dee", "--at", "2020-12-18T06:00Z")
    assert call(folder, capsys, "import", "track", "--dry-run", str(GPX))["added"] == 104
    done = call(folder, capsys, "import", "track", str(GPX))
    assert (done["added"], len(done["rows"])) == (104, 104)
    assert call(folder, capsys, "import", "track", str(GPX))["skipped"] == 104
    call(folder, capsys, "undo")
    assert call(folder, capsys, "import", "track", str(GPX))["added"] == 104


def test_serve_receives_until_it_is_asked_to_stop(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    phone = call(folder, capsys, "phones", "pair", "Dee Wallace")["phone"]
    assert set(phone) == {"id", "worker", "token", "urls"}
    call(folder, capsys, "clock", "in", "Dee")
    command = [sys.executable, "-m", "tcf_desktop", "serve", "--host", "127.0.0.1",
               "--http-port", "0", "--json", "--data", str(folder)]  # fmt: skip
    environment = os.environ | {"PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    ) as process:
        try:
            assert process.stdout is not None
            first = json.loads(process.stdout.readline())
            address = urlsplit(first["http"])
            connection = http.client.HTTPConnection("127.0.0.1", address.port or 0, timeout=10)
            now = SystemClock().now_ms() // 1000
            body = json.dumps({"_type": "location", "tst": now, "lat": 43.5, "lon": -96.7})
            connection.request("POST", f"/ot/{phone['token']}", body)
            answer = connection.getresponse()
            assert (answer.status, answer.read()) == (200, b"[]")
            connection.close()
            busy = call(folder, capsys, "clock", "out", "Dee", code=1)["error"]
            assert busy["code"] == "app.busy"
        finally:
            process.send_signal(signal.SIGTERM)
            _, errors = process.communicate(timeout=15)
    assert (process.returncode, errors) == (0, "")

    from tcf_desktop.services.queries.tracks import visible_points

    office = Office.open(DataFolder(folder), SystemClock())
    assert office.read(lambda r: visible_points(r, 0, 1 << 60)) == 1
    office.close()
