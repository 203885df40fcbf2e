"""Eight threads that issue every draft of a business, until killed; one JSON line for each."""

from __future__ import annotations

import json
import queue
import sys
import threading
from pathlib import Path

from tcf_desktop.base.clock import FrozenClock
from tcf_desktop.base.paths import DataFolder
from tcf_desktop.services.invoices import IssueInvoice
from tcf_desktop.services.office import Office

THREADS = 8


def main(folder: Path) -> None:
    office = Office.open(DataFolder(folder), FrozenClock(1_784_043_720_000))
    drafts: queue.SimpleQueue[int] = queue.SimpleQueue()
    for (invoice_id,) in office.read(
        lambda r: r.all("SELECT id FROM invoices WHERE state = 'draft' ORDER BY id")
    ):
        drafts.put(invoice_id)
    says = threading.Lock()

    def say(**fact: object) -> None:
        with says:
            print(json.dumps(fact), flush=True)

    def issue() -> None:
        while True:
            try:
                invoice_id = drafts.get_nowait()
            except queue.Empty:
                return
            say(id=invoice_id, number=office.runner.run(IssueInvoice(invoice_id)))

    say(did="open")
    threads = [threading.Thread(target=issue) for _each in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    office.close(10)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
