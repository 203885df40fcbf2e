"""Looking for a contact among all: the query beside ``LIKE``, and each key until it is painted."""

from __future__ import annotations

import random
import time
from typing import Any

from benchmarks.harness import SAMPLE_DATE, SAMPLE_NOW_MS, Bench, percentile

KEYS = 200
_LIKE = """
SELECT c.id, c.display_name FROM contacts c JOIN contact_search s ON s.rowid = c.id
WHERE c.deleted_at IS NULL AND (s.name LIKE ?1 OR s.phones LIKE ?1 OR s.emails LIKE ?1
      OR s.places LIKE ?1 OR s.extra LIKE ?1)
ORDER BY c.sort_name, c.id LIMIT 50
"""


def run(bench: Bench) -> None:
    """The same 200 keys: our query, LIKE over the same columns, and the window."""
    from benchmarks.gui_load import Desk

    desk = Desk(bench)
    try:
        table = desk.table()
        keys = _keys(desk.office, bench.rounds(KEYS))
        ours, like = _queries(desk.office, keys)
        painted = _typed(desk, table, keys)
        contacts = desk.office.read(lambda r: r.value("SELECT count(*) FROM contacts"))
    finally:
        desk.close()
    worst = {name: percentile(values, 0.99) for name, values in (("q", ours), ("l", like))}
    middle = {name: percentile(values, 0.5) for name, values in (("q", ours), ("l", like))}
    bench.ratio(
        f"contact search, query of {len(keys)} keys, 99th", worst["q"], "LIKE %x% over the same"
        " columns in name order, 50 rows, 99th", worst["l"], at_most=0.05,
        note=f"{contacts} contacts; medians {middle['q']:.2f} and {middle['l']:.2f} ms;"
        " ours gives 60 rows of the list, with amounts and visits, and the count",
    )  # fmt: skip
    bench.limit(
        "keystroke in the contact search until it is painted, 99th", percentile(painted, 0.99),
        at_most=50, beside="one 60 Hz frame", floor=1000 / 60,
        note=f"{len(painted)} keys; median {percentile(painted, 0.5):.1f} ms,"
        f" longest {max(painted):.1f} ms",
    )  # fmt: skip


def _keys(office: Any, count: int) -> list[str]:
    """What stands in the field after each key: names, streets, numbers and addresses typed in."""
    rng = random.Random(7)
    texts = [
        row[0]
        for sql in (
            "SELECT display_name FROM contacts WHERE id % 997 = 0",
            "SELECT last_name FROM contacts WHERE id % 997 = 1 AND last_name <> ''",
            "SELECT street FROM locations WHERE id % 1999 = 0 AND street <> ''",
            "SELECT number FROM contact_phones WHERE id % 1999 = 0",
            "SELECT address FROM contact_emails WHERE id % 3989 = 0",
        )
        for row in office.read(lambda r, sql=sql: r.all(sql))
    ]
    keys: list[str] = []
    while len(keys) < count:
        text = rng.choice(texts)
        starts = (text[:length].lower() for length in range(1, min(6, len(text)) + 1))
        keys += [start for start in starts if not start.endswith(" ")]  # a space asks nothing
    return keys[:count]


def _queries(office: Any, keys: list[str]) -> tuple[list[float], list[float]]:
    from tcf_desktop.services.queries.contact_filter import EVERYBODY
    from tcf_desktop.services.queries.contacts import contact_page

    today = SAMPLE_DATE.isoformat()

    def both(reader: Any) -> tuple[list[float], list[float]]:
        ours, like = [], []
        for key in ("a", *keys):
            started = time.perf_counter_ns()
            contact_page(reader, key, EVERYBODY, SAMPLE_NOW_MS, today)
            between = time.perf_counter_ns()
            reader.all(_LIKE, (f"%{key}%",))
            ours.append((between - started) / 1e6)
            like.append((time.perf_counter_ns() - between) / 1e6)
        return ours[1:], like[1:]

    found: tuple[list[float], list[float]] = office.read(both)
    return found


def _typed(desk: Any, table: Any, keys: list[str]) -> list[float]:
    """Milliseconds from each key's event to the end of the paint of its answer."""
    from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QApplication

    pane = desk.window.page("contacts").list
    loop = QEventLoop()
    times: list[float] = []

    class Typist(QObject):
        """Types a key, waits for the answer and its paint, and pauses as a person does."""

        def __init__(self) -> None:
            super().__init__()
            self._left = list(keys)
            self._answered = self._awaiting = False
            self._started = 0
            pane.loaded.connect(self._on_loaded)
            table.viewport().installEventFilter(self)
            QTimer.singleShot(0, self._press)

        def _press(self) -> None:
            if not self._left:
                table.viewport().removeEventFilter(self)
                loop.quit()
                return
            text = self._left.pop(0)
            if pane.search.text() != text[:-1]:
                pane.search.blockSignals(True)
                pane.search.setText(text[:-1])
                pane.search.blockSignals(False)
            self._answered, self._awaiting = False, True
            self._started = time.perf_counter_ns()
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, text[-1])
                QApplication.sendEvent(pane.search, event)

        def _on_loaded(self) -> None:
            self._answered = True

        def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
            if self._awaiting and self._answered and event.type() == QEvent.Type.Paint:
                self._awaiting = False
                QTimer.singleShot(0, self._painted)
            return False

        def _painted(self) -> None:
            times.append((time.perf_counter_ns() - self._started) / 1e6)
            QTimer.singleShot(110, self._press)

    typist = Typist()
    QTimer.singleShot(120_000, loop.quit)
    loop.exec()
    del typist
    return times
