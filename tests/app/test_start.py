"""What the start may cost, and what our way of loading Qt must not break."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tcf_desktop.services.office import Office

HEAVY = ("sqlalchemy", "googleapiclient", "google_auth_oauthlib", "reportlab", "keyring",
         "uvicorn", "starlette", "alembic")  # fmt: skip


def python(script: str, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        capture_output=True,
        text=True,
        env={"QT_QPA_PLATFORM": "offscreen", "PATH": ""},
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.mark.parametrize("module", ["tcf_desktop.app.bootstrap", "tcf_desktop.app.cli"])
def test_importing_the_bootstrap_loads_nothing_heavy(module: str) -> None:
    script = (
        f"import sys, {module}; print([n for n in {(*HEAVY, 'PySide6')!r} if n in sys.modules])"
    )
    assert python(script) == "[]"


def test_the_first_page_is_there_before_anything_heavy(tmp_path: Path) -> None:
    folder = str(tmp_path / "office")
    new = "import sys; from tcf_desktop.app.cli import main; sys.exit(main(sys.argv[1:]))"
    python(new, "new", "--name", "A", "--data", folder)
    script = f"""
import sys
from pathlib import Path
from tcf_desktop.app.bootstrap import make_view_context, open_office
from tcf_desktop.app.qt_start import make_application
from tcf_desktop.base.paths import DataFolder
app = make_application()
office = open_office(DataFolder(Path(sys.argv[1])))
context = make_view_context(office, Path(sys.argv[1]) / "device.ini")
from tcf_desktop.views.context import Target
from tcf_desktop.views.main_window import MainWindow
window = MainWindow(context)
window.navigate(Target("today"))
window.grab()
print([n for n in {HEAVY!r} if n in sys.modules])
context.close()
office.close()
"""
    assert python(script, folder) == "[]"


LATE = ("phonenumbers", "holidays", "tcf_desktop.views.contacts.form",
        "tcf_desktop.views.contacts.doubles_pane", "tcf_desktop.views.schedule.call_back_dialog",
        "tcf_desktop.views.schedule.editor_fields", "tcf_desktop.views.due.rhythm_field",
        "tcf_desktop.views.contacts.detail_usual_editor",
        "tcf_desktop.views.contacts.detail_reach_editor")  # fmt: skip


def test_a_shown_contact_loads_no_editor_and_no_numbering_plans(
    sample_office: Office, tmp_path: Path
) -> None:
    folder = str(sample_office.folder.path)
    sample_office.close()
    script = f"""
import sys, time
from pathlib import Path
from tcf_desktop.app.bootstrap import make_view_context, open_office
from tcf_desktop.app.qt_start import make_application
from tcf_desktop.base.paths import DataFolder
app = make_application()
office = open_office(DataFolder(Path(sys.argv[1])))
context = make_view_context(office, Path(sys.argv[2]) / "device.ini")
from tcf_desktop.views.context import Target
from tcf_desktop.views.main_window import MainWindow
window = MainWindow(context)
window.show()
window.navigate(Target("contacts"))
pane = window.current_page().detail
end = time.monotonic() + 20
while (pane.contact_id is None or context.tasks.running) and time.monotonic() < end:
    app.processEvents()
window.grab()
assert pane.contact_id is not None
print([n for n in {LATE!r} if n in sys.modules])
context.close()
office.close()
"""
    assert python(script, folder, str(tmp_path)) == "[]"


def test_loading_qt_leaves_the_import_of_python_alone() -> None:
    script = """
import builtins
before = builtins.__import__
from tcf_desktop.app.qt_start import load_qt
load_qt()
import PySide6.QtSvg, PySide6.QtNetwork
print(builtins.__import__ is before)
"""
    assert python(script) == "True"


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None has no count since Python 3.12")
def test_none_is_not_used_up_by_models(qapp: object) -> None:
    """PySide6 6.12.0 drops a reference to None on each call that returns nothing."""
    from PySide6.QtCore import QModelIndex
    from PySide6.QtGui import QStandardItem, QStandardItemModel
    from PySide6.QtWidgets import QLabel

    model = QStandardItemModel()
    model.appendRow(QStandardItem("x"))
    label = QLabel()
    before = sys.getrefcount(None)
    for number in range(500):
        label.setText(str(number))
        model.setData(model.index(0, 0, QModelIndex()), str(number))
        model.data(model.index(0, 0))
    assert sys.getrefcount(None) > before - 100
    label.deleteLater()
