"""Whether this installation works: every part that is loaded late, tried once.

A frozen build runs it after it is made, and support asks for it: what is missing from a package
shows up here and not in the middle of an invoice.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from tcf_desktop.app.session import Answer
from tcf_desktop.base.paths import DataFolder

LATE_IMPORTS = (
    "alembic", "bidi.algorithm", "defusedxml.ElementTree", "google_auth_oauthlib.flow",
    "googleapiclient.discovery", "gpxpy", "icalendar", "keyring", "orjson", "PIL.Image",
    "platformdirs", "PySide6.QtNetwork", "PySide6.QtPdf", "PySide6.QtPdfWidgets", "PySide6.QtSvg",
    "_rl_accel", "reportlab.pdfgen.canvas", "segno", "sqlalchemy.orm", "sqlcipher3.dbapi2",
    "starlette.applications", "tzdata", "uharfbuzz", "uvicorn",
)  # fmt: skip


def _imports() -> str:
    for name in LATE_IMPORTS:
        import_module(name)
    return f"{len(LATE_IMPORTS)} libraries load"


def _database() -> str:
    from tcf_desktop.app.bootstrap import create_office, open_office
    from tcf_desktop.services.office import NewBusiness

    with tempfile.TemporaryDirectory(prefix="tcf-self-test-") as place:
        folder = DataFolder(Path(place) / "business")
        create_office(folder, NewBusiness("Self-test")).close()
        office = open_office(folder)
        try:
            name = office.read(lambda r: r.value("SELECT name FROM business"))
            version = office.read(lambda r: r.value("SELECT sqlite_version()"))
            found = office.read(lambda r: r.value("SELECT count(*) FROM contact_search"))
        finally:
            office.close()
    assert (name, found) == ("Self-test", 0)
    return f"a business was made and opened, SQLite {version}"


def _pdf() -> str:
    import io

    from reportlab.pdfgen.canvas import Canvas

    from tcf_desktop.base.resources import resource

    fonts = [f.name for f in resource("fonts").iterdir() if f.name.endswith(".ttf")]
    assert fonts, "no fonts in the resources"
    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.drawString(72, 720, "Self-test")
    canvas.save()
    assert out.getvalue().startswith(b"%PDF-")
    return f"a page of {len(out.getvalue())} bytes, {len(fonts)} fonts"


def _worker() -> str:
    from tcf_desktop.base.worker import WorkerProcess

    worker = WorkerProcess("self-test")
    try:
        assert worker.run("tcf_desktop.app.selftest:_twice", 21, timeout=60.0) == 42
    finally:
        worker.close()
    return "a process of its own answers"


def _twice(number: int) -> int:
    return number * 2


def _window() -> str:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from tcf_desktop.app.qt_start import make_application

    app = make_application()
    from PySide6.QtCore import QSize, qVersion
    from PySide6.QtSvg import QSvgRenderer
    from PySide6.QtWidgets import QLabel

    from tcf_desktop.base.resources import resource, resource_bytes

    label = QLabel("Self-test")
    label.resize(QSize(200, 60))
    image = label.grab().toImage()
    assert not image.isNull()
    icon = next(f.name for f in resource("icons").iterdir() if f.name.endswith(".svg"))
    assert QSvgRenderer(resource_bytes(f"icons/{icon}")).isValid()
    label.deleteLater()
    return f"Qt {qVersion()} draws on {app.platformName()}"


def _google() -> str:
    from googleapiclient.discovery import build
    from googleapiclient.http import HttpMock

    # The descriptions of the services must be in the package; nothing is asked of the network.
    build("calendar", "v3", http=HttpMock(), static_discovery=True, cache_discovery=False)
    build("gmail", "v1", http=HttpMock(), static_discovery=True, cache_discovery=False)
    return "calendar v3 and gmail v1 are bundled"


def _keyring() -> str:
    import keyring

    backend = keyring.get_keyring()
    return f"{type(backend).__module__}.{type(backend).__qualname__}"


def _zones() -> str:
    from importlib.resources import files
    from zoneinfo import ZoneInfo

    assert files("tzdata").joinpath("zoneinfo/America/Chicago").is_file()
    return ZoneInfo("America/Chicago").key


PARTS: tuple[tuple[str, Callable[[], str]], ...] = (
    ("libraries", _imports),
    ("database", _database),
    ("pdf", _pdf),
    ("worker", _worker),
    ("window", _window),
    ("google", _google),
    ("keyring", _keyring),
    ("time zones", _zones),
)


def run() -> Answer:
    """Try every part; one that fails does not keep the others from being tried."""
    parts: list[dict[str, object]] = []
    lines: list[str] = []
    for name, attempt in PARTS:
        started = time.perf_counter()
        try:
            said, ok = attempt(), True
        except Exception as error:  # noqa: BLE001 - whatever it is, it belongs in the answer
            said, ok = f"{type(error).__name__}: {error}", False
        parts.append(
            {
                "part": name,
                "ok": ok,
                "detail": said,
                "ms": round((time.perf_counter() - started) * 1000),
            }
        )
        lines.append(f"{'ok  ' if ok else 'FAIL'}  {name}: {said}")
    good = all(part["ok"] for part in parts)
    lines.append("Everything works." if good else "Some parts do not work.")
    return Answer({"ok": good, "parts": parts}, lines, ok=good)
