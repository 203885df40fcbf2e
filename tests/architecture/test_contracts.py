"""The layers of ``docs/architecture.md``, as contracts that import-linter checks."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from importlinter.application import use_cases
from importlinter.cli import lint_imports

ROOT = Path(__file__).resolve().parents[2]


def test_import_contracts_hold(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    loggers = [one for one in logging.root.manager.loggerDict.values() if hasattr(one, "disabled")]
    disabled = [one.disabled for one in loggers]
    code = lint_imports(config_filename=str(ROOT / "pyproject.toml"), cache_dir=None)
    for logger, before in zip(loggers, disabled, strict=True):
        logger.disabled = before  # the linter's own set-up turns the others off
    assert code == 0, capsys.readouterr().out


def test_every_layer_is_named_in_the_contract() -> None:
    """A new top-level package must be given its place."""
    options = use_cases.read_user_options(config_filename=str(ROOT / "pyproject.toml"))
    layers = next(c for c in options.contracts_options if c["type"] == "layers")["layers"]
    named = {name.strip() for line in layers for name in line.split("|")}
    packages = {path.parent.name for path in (ROOT / "tcf_desktop").glob("*/__init__.py")}
    assert packages - named == set()
