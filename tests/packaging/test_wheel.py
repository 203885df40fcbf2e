"""What is installed: the package with its resources and migrations, and nothing else."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    out = tmp_path_factory.mktemp("wheel")
    script = (
        "import sys; from setuptools import build_meta; "
        "print(build_meta.build_wheel(sys.argv[1]), file=sys.stderr)"
    )
    # The build must not leave anything in the checkout: work on a copy.
    copy = out / "copy"
    copy.mkdir()
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False
    ).stdout.decode()
    names = [name for name in listed.split("\0") if name.startswith(("tcf_desktop/", "resources/"))]
    if not names:
        pytest.skip("not a git checkout")
    for name in [*names, "pyproject.toml", "setup.py", "README.md", "LICENSE"]:
        source = ROOT / name
        if source.is_file():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            (copy / name).write_bytes(source.read_bytes())
    done = subprocess.run(
        [sys.executable, "-c", script, str(out)], cwd=copy, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return zipfile.ZipFile(next(out.glob("*.whl")))


def test_resources_and_migrations_are_in_it(wheel: zipfile.ZipFile) -> None:
    names = set(wheel.namelist())
    assert "tcf_desktop/resources/icons/users.svg" in names
    assert any(re.match(r"tcf_desktop/resources/fonts/.*\.[to]tf$", name) for name in names)
    assert "tcf_desktop/models/migrations/env.py" in names
    assert any(name.startswith("tcf_desktop/models/migrations/versions/") for name in names)
    assert "tcf_desktop/py.typed" in names


def test_nothing_else_is_in_it(wheel: zipfile.ZipFile) -> None:
    tops = {name.split("/")[0] for name in wheel.namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"tcf_desktop"}
    assert [name for name in wheel.namelist() if "__pycache__" in name] == []


def test_every_module_is_in_it(wheel: zipfile.ZipFile) -> None:
    listed = subprocess.run(
        ["git", "ls-files", "tcf_desktop/*.py"], cwd=ROOT, capture_output=True, text=True
    ).stdout.split()
    assert set(listed) - set(wheel.namelist()) == set()


def test_the_command_is_installed(wheel: zipfile.ZipFile) -> None:
    points = next(name for name in wheel.namelist() if name.endswith("entry_points.txt"))
    assert "tcf-desktop = tcf_desktop.__main__:main" in wheel.read(points).decode()


def test_lock_files_hold_every_dependency_with_hashes() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))

    def plain(requirement: str) -> str:
        return re.split(r"[<>=!~;\[ ]", requirement)[0].lower().replace("_", "-")

    def locked(name: str) -> dict[str, str]:
        text = (ROOT / name).read_text("utf-8").replace("\\\n", " ")
        found = {}
        for line in text.splitlines():
            if line.strip():
                assert "--hash=sha256:" in line, line[:60]
                assert "==" in line
                found[plain(line)] = line.split()[0]
        return found

    run, dev = locked("requirements.lock"), locked("requirements-dev.lock")
    assert {plain(name) for name in project["project"]["dependencies"]} <= set(run)
    assert {plain(name) for name in project["dependency-groups"]["dev"]} <= set(dev)
    assert "setuptools" in run
    # The tests run with what the program runs with.
    assert {name: dev.get(name) for name in run} == run
