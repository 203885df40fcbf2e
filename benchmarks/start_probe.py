"""Starts the real program and says when its window, and its first page of rows, was painted.

``start_probe.py DATA PAGE``: opens the business in DATA on PAGE, prints JSON: milliseconds since
``BENCH_T0`` (wall) and of processor time, and the peak of memory. Nothing of the program is
changed: when its event loop begins, watchers are put on the window and on the tables in it.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import Any


def main() -> None:
    """Run ``tcf-desktop --data DATA`` as a user would."""
    data, page = sys.argv[1:3]
    folder = Path(tempfile.gettempdir()) / f"tcf-bench-{os.getuid()}"
    folder.mkdir(exist_ok=True)
    device = folder / f"device-{page}.ini"
    # Values of the device file are JSON, and INI strings on top of that.
    device.write_text(f'[window]\npage="\\"{page}\\""\n', "utf-8")
    os.environ["TCF_DEVICE_SETTINGS"] = str(device)
    sys.argv = ["tcf-desktop", "--data", data, "--date", "2026-07-14"]
    from tcf_desktop.app import lifecycle

    make_application = lifecycle.make_application

    def with_watch() -> Any:
        app = make_application()
        from PySide6.QtWidgets import QApplication

        execute = QApplication.exec
        kept: list[object] = []

        def exec_watched(*_self: object) -> int:
            from benchmarks.paint_watch import PaintWatch

            kept.append(PaintWatch(rows=page != "today"))
            return execute()

        QApplication.exec = exec_watched
        return app

    lifecycle.make_application = with_watch
    from tcf_desktop.__main__ import main as program

    sys.exit(program())


if __name__ == "__main__":
    main()
