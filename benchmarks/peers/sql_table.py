"""``sql_table.py DATABASE WIDTH HEIGHT ROW_HEIGHT STEPS``: a QTableView over QSqlQueryModel with
the same columns of the same contacts, as ready text.

Prints the wall and CPU time of scroll steps.
"""

from __future__ import annotations

import json
import sys

from PySide6.QtSql import QSqlDatabase, QSqlQuery, QSqlQueryModel  # noqa: TID251 - no other here
from PySide6.QtWidgets import QApplication, QHeaderView, QTableView

from benchmarks.scrolling import scroll, wait

PREPARE = """
CREATE TABLE bench_shown AS SELECT
    CASE WHEN last_name <> '' THEN last_name || ', ' || first_name ELSE company END || char(10)
        || 'Customer · 1 location' AS name,
    (SELECT number FROM contact_phones p WHERE p.contact_id = c.id ORDER BY position LIMIT 1)
        AS phone,
    '—' AS owes, 'Jul 21' AS next
FROM contacts c WHERE deleted_at IS NULL ORDER BY sort_name, id
"""

path, width, height, row_height, steps = sys.argv[1], *map(int, sys.argv[2:6])
app = QApplication(["bench"])
database = QSqlDatabase.addDatabase("QSQLITE")
database.setDatabaseName(path)
assert database.open(), database.lastError().text()
query = QSqlQuery(database)
assert query.exec(PREPARE), query.lastError().text()
model = QSqlQueryModel()
model.setQuery("SELECT name, phone, owes, next FROM bench_shown", database)
table = QTableView()
table.setModel(model)
table.setShowGrid(False)
table.verticalHeader().hide()
table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
table.verticalHeader().setDefaultSectionSize(row_height)
table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
table.resize(width, height)
table.show()
wait(400)
scroll(table, 20)
walls, cpus = scroll(table, steps)
print(json.dumps({"walls": walls, "cpus": cpus, "rows": table.viewport().height() // row_height}))
