"""The tour: the whole working day, its files, and its manners."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest


def tour(cwd: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    # In a process of its own: it makes an application and a data folder of its own.
    return subprocess.run(
        [sys.executable, "-m", "tcf_desktop", "tour", *arguments],
        cwd=cwd,
        capture_output=True,
        text=True,
        timeout=110,
    )


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, object]]:
    place = tmp_path_factory.mktemp("tour")
    answer = tour(place, "out", "--size", "small", "--json")
    assert answer.returncode == 0, answer.stderr
    return place / "out", json.loads(answer.stdout)["tour"]


def test_it_leaves_what_it_promises(done: tuple[Path, dict[str, object]]) -> None:
    out, facts = done
    assert (out / "invoice.pdf").read_bytes().startswith(b"%PDF-")
    calendar = (out / "week.ics").read_text("utf-8")
    assert calendar.startswith("BEGIN:VCALENDAR")
    assert calendar.count("BEGIN:VEVENT") == facts["exported"]
    assert "DTSTART;TZID=America/Chicago:" in calendar
    text = (out / "tour.txt").read_text("utf-8")
    for word in ("Contacts:", "Schedule:", "Bill:", "Phone:", "Calendar:"):
        assert word in text


def test_every_page_is_pictured_light_and_dark(done: tuple[Path, dict[str, object]]) -> None:
    from PySide6.QtGui import QImage

    from tcf_desktop.views.registry import PAGES

    out, _ = done
    for place in PAGES:
        light = QImage(str(out / "screens" / f"{place.key}-light.png"))
        dark = QImage(str(out / "screens" / f"{place.key}-dark.png"))
        assert (light.width(), light.height()) == (1440, 900), place.key
        assert (dark.width(), dark.height()) == (1440, 900), place.key
        assert light.pixelColor(300, 20).lightness() > 200
        assert dark.pixelColor(300, 20).lightness() < 60


def test_only_points_inside_the_shift_are_seen(done: tuple[Path, dict[str, object]]) -> None:
    points = done[1]["points"]
    assert points == {"posted": 11, "file": 2, "visible": 10}


def test_the_invoice_is_issued_with_its_tax(done: tuple[Path, dict[str, object]]) -> None:
    invoice = done[1]["invoice"]
    assert isinstance(invoice, dict)
    assert invoice["state"] == "issued"
    # 1.5 × 155.00 and 12 × 4.00, state tax 4.2 % and city tax 2.0 %, each rounded.
    assert (invoice["total_cents"], invoice["tax_cents"]) == (29_789, 1_739)


def test_ones_own_business_is_not_toured(tmp_path: Path) -> None:
    new = [sys.executable, "-m", "tcf_desktop", "new", "--name", "Mine", "--data", "mine"]
    subprocess.run(new, cwd=tmp_path, check=True, capture_output=True)
    before = (tmp_path / "mine" / "business.db").read_bytes()
    refused = tour(tmp_path, "out", "--data", "mine", "--json")
    assert refused.returncode == 1
    assert json.loads(refused.stdout)["error"]["code"] == "tour.own_business"
    assert (tmp_path / "mine" / "business.db").read_bytes() == before
    assert not (tmp_path / "out").exists()
