"""One writing program per folder, and nobody has to tidy up after a crash."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tcf_desktop.app.folder_lock import FolderLock
from tcf_desktop.base.errors import AppError
from tcf_desktop.base.paths import DataFolder

HOLD = """
import sys, time
from pathlib import Path
from tcf_desktop.app.folder_lock import FolderLock
from tcf_desktop.base.paths import DataFolder
lock = FolderLock(DataFolder(Path(sys.argv[1])), "serve")
lock.acquire()
print("held", flush=True)
time.sleep(60)
"""


def holder(folder: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_the_holder_is_named_and_a_crash_frees_the_folder(tmp_path: Path) -> None:
    process = holder(tmp_path)
    try:
        lock = FolderLock(DataFolder(tmp_path), "window")
        with pytest.raises(AppError) as caught:
            lock.acquire()
        assert caught.value.code == "app.busy"
        assert caught.value.params["holder"] == "serve"
        assert caught.value.params["pid"] == process.pid
    finally:
        os.kill(process.pid, signal.SIGKILL)
        process.communicate()
    deadline = time.monotonic() + 5
    while True:
        try:
            lock.acquire()
            break
        except AppError:
            assert time.monotonic() < deadline
            time.sleep(0.05)
    assert lock.held_by() == ("window", os.getpid())
    lock.release()


def test_a_full_disk_is_not_called_a_lack_of_rights(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_arguments: object, **_options: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(AppError) as caught:
        FolderLock(DataFolder(tmp_path), "undo").acquire()
    assert caught.value.code == "data.disk_full"


def test_the_lock_is_seen_through_a_link(tmp_path: Path) -> None:
    real = tmp_path / "real"
    lock = FolderLock(DataFolder(real), "window")
    lock.acquire()
    (tmp_path / "link").symlink_to(real)
    with pytest.raises(AppError):
        FolderLock(DataFolder(tmp_path / "link"), "undo").acquire()
    lock.release()
    again = FolderLock(DataFolder(tmp_path / "link"), "undo")
    again.acquire()
    again.release()


def test_a_broken_note_does_not_matter(tmp_path: Path) -> None:
    lock = FolderLock(DataFolder(tmp_path), "window")
    lock.acquire()
    (tmp_path / "in-use.note").write_text("{")
    assert lock.held_by() == ("another program", 0)
    lock.release()
    lock.release()
