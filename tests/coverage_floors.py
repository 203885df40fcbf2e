"""A pytest plugin: prints the branch coverage of each layer beside the floor it should keep.

Loaded by ``dev.py test``; it stands before pytest's own summary line.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest

FLOORS = {
    "domain": 95, "services": 95, "models": 95, "integrations": 90, "itemmodels": 90,
    "views": 80, "qtkit": 80, "app": 80, "base": 90,
}  # fmt: skip


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    plugin = terminalreporter.config.pluginmanager.getplugin("_cov")
    controller = getattr(plugin, "cov_controller", None)
    if controller is None:
        return
    measured: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    package = Path(__file__).resolve().parents[1] / "tcf_desktop"
    coverage = controller.cov
    for name in coverage.get_data().measured_files():
        path = Path(name)
        if not path.is_relative_to(package) or not path.exists():
            continue
        layer = path.relative_to(package).parts[0].removesuffix(".py")
        numbers = coverage._analyze(name).numbers
        measured[layer][0] += numbers.n_executed + numbers.n_executed_branches
        measured[layer][1] += numbers.n_statements + numbers.n_branches
    terminalreporter.section("coverage by layer (lines and branches)")
    for layer, floor in FLOORS.items():
        done, of = measured.get(layer, [0, 0])
        percent = 100 * done / of if of else 0.0
        mark = "" if percent >= floor else f"   below its floor of {floor} %"
        terminalreporter.write_line(f"{layer:13} {percent:5.1f} %{mark}")
    done, of = (sum(values[place] for values in measured.values()) for place in (0, 1))
    terminalreporter.write_line(f"{'all':13} {100 * done / of if of else 0:5.1f} %")
