"""Reports of what should not have happened."""

from __future__ import annotations

import logging
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tcf_desktop.app.crash import HARD_CRASH, CrashReports, report_text


@pytest.fixture
def reports(tmp_path: Path) -> Iterator[tuple[CrashReports, list[str]]]:
    shown: list[str] = []
    crash = CrashReports(tmp_path, shown.append)
    assert crash.install() is None
    logging.disable(logging.ERROR)
    yield crash, shown
    logging.disable(logging.NOTSET)
    crash.remove()
    assert not (tmp_path / HARD_CRASH).exists()


def fail(text: str) -> None:
    raise RuntimeError(text)


def test_an_uncaught_exception_is_shown_once(reports: tuple[CrashReports, list[str]]) -> None:
    _, shown = reports
    for _ in range(3):
        try:
            fail("row 'Linda Park' has 605-555-0142")
        except RuntimeError as error:
            sys.excepthook(type(error), error, error.__traceback__)
    assert len(shown) == 1
    assert "RuntimeError" in shown[0]
    assert "Linda" not in shown[0]
    assert "555" not in shown[0]


def test_a_thread_that_fails_is_reported(reports: tuple[CrashReports, list[str]]) -> None:
    _, shown = reports
    thread = threading.Thread(target=fail, args=("in a thread",))
    thread.start()
    thread.join()
    assert len(shown) == 1
    assert "in a thread" in shown[0]


class Stumbling:
    def __del__(self) -> None:
        raise RuntimeError("while dying")


def test_a_destructor_that_fails_is_reported(reports: tuple[CrashReports, list[str]]) -> None:
    _, shown = reports
    Stumbling()
    assert len(shown) == 1
    assert "while dying" in shown[0]


def test_interrupting_is_no_crash(reports: tuple[CrashReports, list[str]]) -> None:
    _, shown = reports
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert shown == []


def test_a_hard_crash_is_told_at_the_next_start(tmp_path: Path) -> None:
    script = (
        "import faulthandler, sys; from pathlib import Path\n"
        "from tcf_desktop.app.crash import CrashReports\n"
        "CrashReports(Path(sys.argv[1]), print).install()\n"
        "faulthandler._sigsegv()\n"
    )
    done = subprocess.run([sys.executable, "-c", script, str(tmp_path)], capture_output=True)
    assert done.returncode != 0
    crash = CrashReports(tmp_path, print)
    text = crash.install()
    crash.remove()
    assert text is not None
    assert "hard crash" in text
    assert "Segmentation fault" in text
    again = CrashReports(tmp_path, print)
    assert again.install() is None
    again.remove()


def test_the_report_names_versions() -> None:
    text = report_text(ValueError("x"))
    assert "TCF Desktop" in text
    assert "Python 3." in text
