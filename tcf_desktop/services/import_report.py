"""The report of an import as a file: every row, what happens or happened to it, and why."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from tcf_desktop.base.atomic_file import replaced_file
from tcf_desktop.domain.spreadsheets import guarded

_BOM: Final = b"\xef\xbb\xbf"
_HEADINGS: Final = ("File", "Row", "Line", "Name", "What happens", "Why", "Fields")
_WORDS: Final = {
    "add": "Add", "update": "Update", "in_doubt": "Looks like a duplicate", "skip": "Skipped",
}  # fmt: skip


def save_report(
    target: Path, rows: Iterable[Mapping[str, Any]], remarks: Sequence[str] = ()
) -> None:
    """Write rows as :func:`tcf_desktop.domain.imports.as_json` gives them, as CSV; blocks.

    Safe to open in a spreadsheet. Raises ``export.unwritable`` and ``data.disk_full``.
    """
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(_HEADINGS)
    for remark in remarks:
        writer.writerow(["", "", "", "", "", guarded(remark), ""])
    for row in rows:
        action = _WORDS.get(row["action"], row["action"])
        cells = (row["file"], row["row"], row["line"] or "", row["name"], action, row["reason"])
        fields = "; ".join(_field(change) for change in row.get("changes", ()))
        writer.writerow([guarded(str(cell)) for cell in (*cells, fields)])
    with replaced_file(target) as out:
        out.write(_BOM + stream.getvalue().encode("utf-8"))


def _field(change: Mapping[str, Any]) -> str:
    if change["kept"]:
        return f"{change['field']}: {change['old']} (file: {change['new']})"
    if change["old"]:
        return f"{change['field']}: {change['old']} → {change['new']}"
    return f"{change['field']}: {change['new']}"
