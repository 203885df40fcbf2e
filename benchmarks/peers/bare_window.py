"""The least that PySide6 can do: a window with one empty table."""

from __future__ import annotations

from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QApplication, QMainWindow, QTableView

app = QApplication([])
window = QMainWindow()
table = QTableView()
model = QStandardItemModel(0, 5)
table.setModel(model)
window.setCentralWidget(table)
window.resize(1440, 900)
window.show()

from benchmarks.paint_watch import PaintWatch  # noqa: E402 - after Qt, as in the other one

watch = PaintWatch(rows=False)
app.exec()
