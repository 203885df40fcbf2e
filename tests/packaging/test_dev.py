"""The set-up script: what it finds out about the machine, and its manners."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

import dev

ROOT = Path(__file__).resolve().parents[2]


def test_it_uses_the_standard_library_only() -> None:
    tree = ast.parse((ROOT / "dev.py").read_text("utf-8"))
    for node in ast.walk(tree):
        names = (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
        for name in names:
            assert name.split(".")[0] in sys.stdlib_module_names, name


@pytest.mark.parametrize("arguments", [[], ["nonsense"], ["setup", "surplus"], ["lint", "x"]])
def test_wrong_usage_is_two_and_changes_nothing(arguments: list[str]) -> None:
    done = subprocess.run([sys.executable, "dev.py", *arguments], cwd=ROOT, capture_output=True)
    assert done.returncode == 2
    assert b"dev.py run" in done.stdout


def test_help_is_no_error() -> None:
    done = subprocess.run([sys.executable, "dev.py", "--help"], cwd=ROOT, capture_output=True)
    assert done.returncode == 0


def test_ci_calls_just_that() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert "exec python3 dev.py test" in script.read_text("utf-8")


def test_any_pip_of_the_machine_serves_where_the_own_python_has_none(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(dev.shutil, "which", lambda name: f"/opt/bin/{name}")
    monkeypatch.setattr(dev, "works", lambda *command: command[0] == "/opt/bin/pip3")
    assert dev.pip_command() == ["/opt/bin/pip3", "--python", dev.PYTHON]


def test_where_there_is_no_pip_at_all_one_line_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dev.shutil, "which", lambda name: None)
    monkeypatch.setattr(dev, "works", lambda *command: False)
    monkeypatch.setattr(dev, "apt_install", lambda packages: False)
    with pytest.raises(SystemExit):
        dev.pip_command()
    assert "sudo apt-get install -y python3-venv\n" in capsys.readouterr().err


def test_missing_libraries_are_named_in_one_line_to_paste(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(
        dev, "loads", lambda name: name not in {"libEGL.so.1", "libxcb-cursor.so.0"}
    )
    monkeypatch.setattr(dev, "apt_install", lambda packages: False)
    monkeypatch.setattr(dev, "has_fonts", lambda: True)
    monkeypatch.setattr(dev.sys, "platform", "linux")
    monkeypatch.setattr(dev.shutil, "which", lambda name: "/usr/bin/" + name)
    with pytest.raises(SystemExit) as stop:
        dev.system_libraries(for_tests=False, for_window=True)
    assert stop.value.code == 1
    assert "sudo apt-get install -y libegl1 libxcb-cursor0\n" in capsys.readouterr().err


def test_without_a_display_the_libraries_of_x11_are_only_a_hint(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dev, "loads", lambda name: name != "libxcb-cursor.so.0")
    monkeypatch.setattr(dev, "apt_install", lambda packages: False)
    monkeypatch.setattr(dev, "has_fonts", lambda: True)
    monkeypatch.setattr(dev.shutil, "which", lambda name: "/usr/bin/" + name)
    dev.system_libraries(for_tests=False, for_window=False)
    assert "libxcb-cursor0" in capsys.readouterr().err


def test_a_run_without_a_display_does_the_tour(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[tuple[str, ...]] = []
    monkeypatch.setattr(dev, "setup", lambda **_: None)
    monkeypatch.setattr(dev, "headless", lambda: True)
    monkeypatch.setattr(dev, "program", lambda *a, **_: done.append(a) or 0)
    assert dev.run([]) == 0
    assert dev.run(["--demo"]) == 0
    assert dev.run(["--demo", "--data", "x"]) == 0
    command = ["--data", "x", "invoice", "list", "--json"]
    assert dev.run(command) == 0
    assert done == [("tour", "tour-out")] * 3 + [tuple(command)]


def test_the_package_of_every_library_is_named_once() -> None:
    names = [*dev.QT_LIBRARIES.values(), *dev.X11_LIBRARIES.values()]
    assert len(names) == len(set(names))
    assert all(name == name.lower() for name in names)
