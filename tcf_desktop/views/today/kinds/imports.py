"""Imports of today."""

from __future__ import annotations

import json

from PySide6.QtCore import QCoreApplication

from tcf_desktop.services.queries.today import Day
from tcf_desktop.services.queries.today_kinds import DoneEntry, imports_of_day
from tcf_desktop.views.context import Target, ViewContext
from tcf_desktop.views.today.rows import DoneKind, DoneRow

_PLACES = {"ImportCalendar": "schedule", "ImportTrack": "team"}


def show(_ctx: ViewContext, _day: Day, found: list[DoneEntry]) -> list[DoneRow]:
    """One row for each import."""
    return [_row(entry) for entry in found]


def _row(entry: DoneEntry) -> DoneRow:
    label = QCoreApplication.translate("Journal", entry.label)
    try:
        text = label.format_map(json.loads(entry.params))
    except (KeyError, ValueError):
        text = label
    place = next((page for name, page in _PLACES.items() if entry.command.startswith(name)), "")
    shown = text[:1].upper() + text[1:]
    return DoneRow(entry.at, "download-simple", shown, Target(place or "contacts"))


KIND = DoneKind("imports", imports_of_day, show)
