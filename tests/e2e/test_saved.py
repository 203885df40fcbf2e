"""kill -9 at any moment: what the window showed as saved, and what a phone was told, is there."""

from __future__ import annotations

import json
import signal
import urllib.request
from pathlib import Path

import pytest

from tests.e2e.conftest import Desk, wait_for

pytestmark = [pytest.mark.display, pytest.mark.xdist_group("display")]


def names_in(desk: Desk, business: Path, out: Path) -> str:
    """What another program reads beside the window."""
    code, _, err = desk.call(
        "export", "contacts", "--format", "csv", "--out", out, "--data", business
    )
    assert code == 0, err
    return out.read_text("utf-8-sig")


def test_a_contact_typed_in_survives_a_kill_and_can_be_undone_after_the_restart(
    desk: Desk, business: Path, tmp_path: Path
) -> None:
    window = desk.start("--data", business)
    shown = desk.wait_for_window(window)
    desk.xdotool("windowfocus", "--sync", shown)
    desk.press_until(shown, "ctrl+2", lambda: desk.title(shown).startswith("Contacts"))
    desk.xdotool("sleep", "1", "key", "ctrl+n", "sleep", "1")
    desk.xdotool("type", "--delay", "25", "Margaret Olson")
    desk.xdotool("sleep", "0.3", "key", "ctrl+Return")
    out = tmp_path / "contacts.csv"
    wait_for(lambda: "Olson" in names_in(desk, business, out), why="the contact to be saved")
    window.kill()
    window.communicate()
    assert window.returncode == -signal.SIGKILL

    again = desk.start("--data", business)
    shown = desk.wait_for_window(again)
    assert "Margaret" in names_in(desk, business, out)
    desk.xdotool("windowfocus", "--sync", shown)
    desk.press_until(shown, "ctrl+z", lambda: "Olson" not in names_in(desk, business, out))
    assert desk.stop(again) == 0
    assert desk.call("check", "--data", business)[0] == 0


def post(url: str, lat: float, at_s: int) -> int:
    body = {"_type": "location", "lat": lat, "lon": -96.73, "tst": at_s, "acc": 5}
    request = urllib.request.Request(
        url, json.dumps(body).encode(), {"Content-Type": "application/json"}
    )
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(request, timeout=20) as answer:
        return int(answer.status)


def test_every_point_that_was_acknowledged_survives_a_kill(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "office"
    demo = ("--demo", "--size", "small", "--date", "2026-07-14", "--data", folder)
    code, out, err = desk.call("phones", "pair", "Dee Wallace", "--json", *demo)
    assert code == 0, err
    token = json.loads(out)["phone"]["token"]
    before = json.loads(desk.call("check", "--json", *demo)[1])["checked"]["track_points"]
    serve = desk.start("serve", "--host", "127.0.0.1", "--http-port", "0", "--json", *demo)
    assert serve.stdout is not None
    url = json.loads(serve.stdout.readline())["http"]
    # 10:00 in Sioux Falls, while Dee is on the clock.
    begin = 1_784_041_200
    acknowledged = sum(
        post(f"{url}/ot/{token}", 43.5 + n / 1000, begin + 5 * n) == 200 for n in range(40)
    )
    serve.kill()
    serve.communicate()
    assert acknowledged == 40
    after = json.loads(desk.call("check", "--json", *demo)[1])["checked"]["track_points"]
    assert after - before == 40


def test_serve_stops_cleanly_on_both_signals(desk: Desk, business: Path) -> None:
    for number in (signal.SIGINT, signal.SIGTERM):
        serve = desk.start("serve", "--host", "127.0.0.1", "--http-port", "0", "--data", business)
        assert serve.stdout is not None
        assert "http://127.0.0.1:" in serve.stdout.readline()
        serve.send_signal(number)
        _, err = serve.communicate(timeout=30)
        assert (serve.returncode, err) == (0, "")
        assert not (business / "business.db-wal").exists()
