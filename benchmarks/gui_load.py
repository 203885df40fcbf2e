"""The program's window on its contacts, and everything that may go on behind it at once."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from benchmarks.harness import PEERS, ROOT, SAMPLE_NOW_MS, Bench

IMPORTED = 1_500  # contacts of one import, again and again
BATCHES_A_SECOND = 10


class Desk:
    """An open window on a copy of the large business. Close it before the bench ends."""

    def __init__(self, bench: Bench) -> None:
        from tcf_desktop.app.qt_start import make_application

        self.app = make_application(["bench"])
        from tcf_desktop.app.bootstrap import make_view_context, open_office
        from tcf_desktop.app.collector import hold_collector, set_loaded_aside, set_writer_aside
        from tcf_desktop.base.clock import FrozenClock
        from tcf_desktop.views.context import Target
        from tcf_desktop.views.main_window import MainWindow

        self.folder = bench.copy(bench.default()) if bench.quick else bench.large_copy()
        hold_collector()
        self.office = open_office(self.folder, FrozenClock(SAMPLE_NOW_MS))
        set_writer_aside(self.office)
        self._set_loaded_aside = set_loaded_aside
        self.context = make_view_context(self.office, bench.scratch() / "device.ini")
        self.window = MainWindow(self.context)
        self.window.resize(1440, 900)
        self.window.navigate(Target("contacts"))
        self.window.show()

    def table(self) -> Any:
        """The contact table, filled."""
        from PySide6.QtWidgets import QAbstractItemView

        from benchmarks.scrolling import wait

        for _ in range(200):
            wait(25)
            found = self.window.findChild(QAbstractItemView, "contacts.table")
            if found is not None and found.model().rowCount() > 100:
                wait(500)  # what is loaded after the first page
                self._set_loaded_aside(self.window)
                return found
        raise RuntimeError("the contact table stayed empty")

    def close(self) -> None:
        """End the window and the office."""
        self.window.close()
        self.context.close()
        self.office.close(60)


class Load:
    """An import, a batch of PDFs and phones, each going on until :meth:`stop`."""

    def __init__(self, desk: Desk, folder: Path) -> None:
        from tcf_desktop.services.phones import PairPhone

        self._office = desk.office
        self._folder = folder
        self._stopped = threading.Event()
        self.done = {"contacts imported": 0, "PDFs": 0, "batches": 0}
        phone = self._office.runner.run(PairPhone(1, "overland"))
        endpoint = self._office.ports.phones
        assert endpoint is not None
        _host, port = endpoint.start("127.0.0.1", 0)
        self._threads = [
            threading.Thread(target=self._import, name="tcf-io-import"),
            threading.Thread(target=self._print, name="tcf-io-pdf"),
        ]
        for thread in self._threads:
            thread.start()
        self._client = subprocess.Popen(
            [sys.executable, str(PEERS / "phone_load.py"), str(port), phone.token,
             str(BATCHES_A_SECOND)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT,
            env={"PYTHONPATH": str(ROOT), "PATH": ""},
        )  # fmt: skip

    def stop(self) -> str:
        """End everything; what was done meanwhile, in words."""
        self._stopped.set()
        answer, _ = self._client.communicate("stop\n", timeout=30)
        self.done["batches"] = int(answer.strip() or 0)
        for thread in self._threads:
            thread.join(120)
        return ", ".join(f"{count} {what}" for what, count in self.done.items())

    def _import(self) -> None:
        from tcf_desktop.services.importers import importer
        from tcf_desktop.services.progress import Progress
        from tcf_desktop.services.runner import Priority

        kind = importer("contacts")
        serial = 0
        while not self._stopped.is_set():
            serial += 1
            path = self._folder / f"customers-{serial}.csv"
            path.write_text(_csv(serial), "utf-8")
            parsed = self._office.ports.files.run(kind.parsers[".csv"], str(path), timeout=60.0)
            plan = self._office.read(lambda r, parsed=parsed: kind.plan(r, [parsed], None))
            self._office.runner.run(kind.command(plan, Progress()), Priority.BULK)
            self.done["contacts imported"] += IMPORTED

    def _print(self) -> None:
        from tcf_desktop.services.archive import save_invoice_pdf

        ids = [
            row[0]
            for row in self._office.read(
                lambda r: r.all("SELECT id FROM invoices WHERE state <> 'draft' LIMIT 500")
            )
        ]
        while not self._stopped.is_set():
            for invoice_id in ids:
                if self._stopped.is_set():
                    return
                save_invoice_pdf(
                    self._office, invoice_id, "2026-07-14", self._folder / "invoice.pdf"
                )
                self.done["PDFs"] += 1


def _csv(serial: int) -> str:
    rows = ["First Name,Last Name,Phone 1 - Value,E-mail 1 - Value,Address 1 - Street"]
    rows += [
        f"Row{number},Load{serial:03d},605-{serial % 800 + 200:03d}-{number:04d},"
        f"row{number}.load{serial}@example.com,{number} Load Ave {serial}"
        for number in range(IMPORTED)
    ]
    return "\n".join(rows)
