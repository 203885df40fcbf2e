"""The set-up script: what it finds out about the machine, and its manners."""

from __future__ import annotations

import ast
import hashlib
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


PAGE = """
<a href="../../files/pip-9.0.1-py2.py3-none-any.whl#sha256=aa">old</a>
<a href="pip-26.0-py3-none-any.whl#sha256=bb">26.0</a>
<a href="pip-26.3-py3-none-any.whl#sha256=cc">26.3</a>
<a href="pip-26.4.tar.gz#sha256=dd">source</a>
<a href="pip-3.1-py3-none-any.whl">3.1</a>
"""


def test_the_newest_wheel_of_pip_is_found() -> None:
    base = "https://mirror.example/simple/pip/"
    assert dev.newest_pip(PAGE, base) == (base + "pip-26.3-py3-none-any.whl", "cc")
    assert dev.newest_pip("<html></html>", base) is None


def simple_index(folder: Path, content: bytes, digest: str) -> str:
    (folder / "pip").mkdir(parents=True)
    (folder / "pip" / "pip-26.3-py3-none-any.whl").write_bytes(content)
    (folder / "pip" / "index.html").write_text(
        f'<a href="pip-26.3-py3-none-any.whl#sha256={digest}">pip</a>'
    )
    return folder.as_uri()


@pytest.fixture
def only_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(dev, "VENV", tmp_path)
    folder = tmp_path / "index"
    monkeypatch.setattr(
        dev, "pip_settings", lambda: {"index-url": [folder.as_uri()], "extra-index-url": []}
    )
    return folder


def test_pip_comes_from_the_configured_index(only_index: Path, tmp_path: Path) -> None:
    content = b"a wheel"
    simple_index(only_index, content, hashlib.sha256(content).hexdigest())
    wheel = dev.fetch_pip()
    assert wheel is not None
    assert wheel.read_bytes() == content


def test_a_pip_with_a_wrong_checksum_is_thrown_away(
    only_index: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    simple_index(only_index, b"something else", "00" * 32)
    assert dev.fetch_pip() is None
    assert list(tmp_path.glob("*.whl")) == []
    assert "checksum" in capsys.readouterr().err


def test_settings_of_pip_are_read_from_file_and_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "pip.conf"
    file.write_text("[global]\nindex-url = https://a.example/simple\ncert = /c.pem\n")
    monkeypatch.setenv("PIP_CONFIG_FILE", str(file))
    monkeypatch.delenv("PIP_INDEX_URL", raising=False)
    monkeypatch.delenv("PIP_CERT", raising=False)
    settings = dev.pip_settings()
    assert settings["index-url"] == ["https://a.example/simple"]
    assert settings["cert"] == ["/c.pem"]
    monkeypatch.setenv("PIP_INDEX_URL", "https://b.example/simple")
    assert dev.pip_settings()["index-url"] == ["https://b.example/simple"]


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
