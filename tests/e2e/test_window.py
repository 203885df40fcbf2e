"""The real window: start, second start, orderly end, kill."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.e2e.conftest import Desk, wait_for

pytestmark = [pytest.mark.display, pytest.mark.xdist_group("display")]


def test_a_window_opens_and_ends_in_order(desk: Desk, business: Path) -> None:
    window = desk.start("--data", business)
    desk.wait_for_window(window)
    code, out, _ = desk.call("undo", "--json", "--data", business)
    assert code == 1
    error = json.loads(out)["error"]
    assert error["code"] == "app.busy"
    assert str(window.pid) in error["message"]
    assert desk.call("check", "--data", business)[0] == 0
    assert desk.stop(window) == 0
    assert json.loads(desk.call("undo", "--json", "--data", business)[1])["error"]["code"] == (
        "undo.nothing"
    )
    # Everything is in the one file again.
    assert not (business / "business.db-wal").exists()


def test_a_second_start_raises_the_first_window(desk: Desk, business: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    assert desk.call("new", "--name", "Other", "--data", other)[0] == 0
    first = desk.start("--data", business)
    shown = desk.wait_for_window(first)
    above = desk.wait_for_window(desk.start("--data", other))
    desk.xdotool("windowraise", above, "windowfocus", "--sync", above)
    assert desk.focused() == above
    link = tmp_path / "link"
    link.symlink_to(business)
    code, out, err = desk.call("--data", link, timeout=30)
    assert (code, out, err) == (0, "", "")
    wait_for(lambda: desk.focused() == shown, why="the first window to come to the front")
    assert first.poll() is None


def test_two_businesses_may_be_open_beside_each_other(
    desk: Desk, business: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    assert desk.call("new", "--name", "Other", "--data", other)[0] == 0
    first, second = desk.start("--data", business), desk.start("--data", other)
    desk.wait_for_window(first)
    desk.wait_for_window(second)
    assert desk.stop(first) == 0
    assert desk.stop(second) == 0


def test_after_a_kill_the_next_start_needs_no_help(desk: Desk, business: Path) -> None:
    for _ in range(2):
        window = desk.start("--data", business)
        desk.wait_for_window(window)
        window.kill()
        window.communicate()
    window = desk.start("--data", business)
    desk.wait_for_window(window)
    assert desk.stop(window) == 0
    assert desk.call("check", "--data", business)[0] == 0


def test_serve_holds_the_folder_and_says_so_to_a_window(desk: Desk, business: Path) -> None:
    serve = desk.start("serve", "--http-port", "0", "--json", "--data", business)
    assert serve.stdout is not None
    assert json.loads(serve.stdout.readline())["http"].startswith("http://")
    window = desk.start("--data", business)
    desk.wait_for_window(window)
    window.kill()
    _, err = window.communicate()
    assert "serve" in err
    assert desk.stop(serve) == 0


def test_without_a_display_the_program_says_what_works(desk: Desk, business: Path) -> None:
    del desk.env["DISPLAY"]
    code, out, err = desk.call("--data", business)
    assert (code, out) == (1, "")
    assert "no display" in err
