"""What must hold for every module of the program, read from its syntax trees."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "tcf_desktop"
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if "versions" not in path.parts)

# Modules above the soft limit, with the reason. A module that shrinks must leave this list.
LONG_MODULES: dict[str, str] = {}
SOFT_LIMIT = 430


def trees() -> Iterator[tuple[str, ast.Module]]:
    for path in MODULES:
        yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text("utf-8"))


def found(check: type[ast.AST] | tuple[type[ast.AST], ...]) -> Iterator[tuple[str, ast.AST]]:
    for name, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, check):
                yield name, node


def where(name: str, node: ast.AST) -> str:
    return f"{name}:{getattr(node, 'lineno', 0)}"


def called(node: ast.Call) -> str:
    if isinstance(node.func, ast.Attribute):
        return node.func.attr
    return node.func.id if isinstance(node.func, ast.Name) else ""


def test_version_stands_in_one_place() -> None:
    version = re.search(r'__version__ = "([^"]+)"', (PACKAGE / "__init__.py").read_text("utf-8"))
    assert version
    literal = re.compile(rf"version[^\n]*[\"']{re.escape(version[1])}[\"']", re.IGNORECASE)
    elsewhere = [
        path.relative_to(ROOT).as_posix()
        for path in [*MODULES, ROOT / "pyproject.toml", ROOT / "setup.py", ROOT / "dev.py"]
        if path != PACKAGE / "__init__.py" and literal.search(path.read_text("utf-8"))
    ]
    assert elsewhere == []


def test_no_second_sqlite_library() -> None:
    bad = []
    for name, node in found((ast.Import, ast.ImportFrom)):
        names = (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)]
        )
        if any(n.split(".")[0] in {"sqlite3", "apsw"} or n == "PySide6.QtSql" for n in names):
            bad.append(where(name, node))
    assert bad == []


def test_translated_text_is_never_an_f_string() -> None:
    bad = [
        where(name, node)
        for name, node in found(ast.Call)
        if isinstance(node, ast.Call)
        and called(node) in {"tr", "translate"}
        and any(isinstance(argument, (ast.JoinedStr, ast.BinOp)) for argument in node.args)
    ]
    assert bad == []


def test_gui_thread_never_runs_a_nested_loop() -> None:
    # The one event loop of the program is started by the lifecycle.
    allowed = {"tcf_desktop/app/lifecycle.py"}
    bad = [
        where(name, node)
        for name, node in found(ast.Call)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in {"exec", "exec_", "processEvents"}
        and name not in allowed
    ]
    assert bad == []


def test_static_dialogs_that_block_are_not_used() -> None:
    blocking = {
        "getOpenFileName", "getOpenFileNames", "getSaveFileName", "getExistingDirectory",
        "getText", "getItem", "getInt", "getDouble",
    }  # fmt: skip
    boxes = {"question", "information", "warning", "critical", "about"}
    bad = []
    for name, node in found(ast.Call):
        assert isinstance(node, ast.Call)
        if not isinstance(node.func, ast.Attribute) or not isinstance(node.func.value, ast.Name):
            continue
        owner, method = node.func.value.id, node.func.attr
        if (owner in {"QFileDialog", "QInputDialog", "QColorDialog"} and method in blocking) or (
            owner == "QMessageBox" and method in boxes
        ):
            bad.append(where(name, node))
    assert bad == []


# A machine reads it: dark on white in every theme.
OWN_COLOURS = {"tcf_desktop/views/team/qr_code.py"}


def test_colours_come_from_the_theme() -> None:
    literal = re.compile(r"#[0-9a-fA-F]{6}\b|\brgba?\(")
    bad = []
    for name, node in found(ast.Constant):
        if not name.startswith(("tcf_desktop/views/", "tcf_desktop/itemmodels/")):
            continue
        value = node.value if isinstance(node, ast.Constant) else None
        if isinstance(value, str) and literal.search(value):
            bad.append(where(name, node))
    for name, node in found(ast.Call):
        if name.startswith(("tcf_desktop/views/", "tcf_desktop/itemmodels/")):
            assert isinstance(node, ast.Call)
            given = [a.value if isinstance(a, ast.Constant) else None for a in node.args]
            shadow = given[:3] == [0, 0, 0] and len(given) == 4
            if called(node) == "QColor" and given[:1] != [None] and given and not shadow:
                bad.append(where(name, node))
    assert [place for place in bad if place.rpartition(":")[0] not in OWN_COLOURS] == []


def test_nothing_is_swallowed() -> None:
    """A narrow exception may have "go on with the next way" as its answer; a broad one may not."""
    bad = []
    for name, node in found(ast.ExceptHandler):
        assert isinstance(node, ast.ExceptHandler)
        caught = {
            part.id for part in ast.walk(node.type or ast.Pass()) if isinstance(part, ast.Name)
        }
        broad = node.type is None or bool(caught & {"Exception", "BaseException"})
        silent = all(isinstance(line, (ast.Pass, ast.Continue)) for line in node.body)
        if node.type is None or (broad and silent):
            bad.append(where(name, node))
    assert bad == []


def test_no_unfinished_business() -> None:
    bad = [
        f"{path.relative_to(ROOT)}"
        for path in MODULES
        if re.search(r"\b(TODO|FIXME|XXX|HACK)\b", path.read_text("utf-8"))
    ]
    assert bad == []


def test_modules_stay_readable() -> None:
    long = {
        path.relative_to(ROOT).as_posix(): count
        for path in MODULES
        if (count := len(path.read_text("utf-8").splitlines())) > SOFT_LIMIT
    }
    assert {name: size for name, size in long.items() if name not in LONG_MODULES} == {}
    assert [name for name in LONG_MODULES if name not in long] == []


@pytest.mark.parametrize(
    "path",
    [path for path in ROOT.rglob("*") if path.suffix in {".lock", ".toml", ".in"}
     and not any(part.startswith(".") for part in path.relative_to(ROOT).parts)],
    ids=lambda path: path.name,
)  # fmt: skip
def test_lock_files_hold_no_download_address(path: Path) -> None:
    text = path.read_text("utf-8")
    assert not re.search(
        r"^\s*--(index-url|extra-index-url|find-links)|https?://", text, re.MULTILINE
    )
