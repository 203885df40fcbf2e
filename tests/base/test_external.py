"""Opening with the system's program: the real start of a process, with a clean environment."""

import os
import stat
import sys
from pathlib import Path

import pytest

from tcf_desktop.base.errors import AppError
from tcf_desktop.base.external import open_path, outside_environment

posix = pytest.mark.skipif(sys.platform == "win32", reason="the opener is a program there")


def opener(folder: Path, script: str) -> None:
    name = "open" if sys.platform == "darwin" else "xdg-open"
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


@posix
def test_the_opener_gets_the_whole_path_as_one_word(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opener(tmp_path, f'printf "%s" "$1" > "{tmp_path}/opened"')
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    odd = tmp_path / "a; rm -rf $HOME `x` 'q'.pdf"
    open_path(odd)
    assert (tmp_path / "opened").read_text() == str(odd)


@posix
def test_no_program_for_it_is_said_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opener(tmp_path, "exit 3")
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    with pytest.raises(AppError) as refused:
        open_path(tmp_path / "plan.odt")
    assert refused.value.code == "external.no_program"
    assert "plan.odt" in str(refused.value)


@posix
def test_no_opener_at_all_is_said_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(AppError):
        open_path(tmp_path / "plan.odt")


def test_a_frozen_program_hands_on_the_paths_of_the_system() -> None:
    ours = {
        "LD_LIBRARY_PATH": "/opt/tcf/_internal",
        "LD_LIBRARY_PATH_ORIG": "/usr/local/lib",
        "DYLD_LIBRARY_PATH": "/opt/tcf",
        "QT_PLUGIN_PATH": "/opt/tcf/plugins",
        "HOME": "/home/office",
    }
    assert outside_environment(ours, frozen=True) == {
        "LD_LIBRARY_PATH": "/usr/local/lib",
        "HOME": "/home/office",
    }
    assert outside_environment(ours, frozen=False) == ours
