"""Positions received from phones."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from tcf_desktop.qtkit import i18n
from tcf_desktop.services.queries.today import Day, first_name
from tcf_desktop.services.queries.today_kinds import PhonePoints, received_positions
from tcf_desktop.views.context import Target, ViewContext
from tcf_desktop.views.today.rows import DoneKind, DoneRow


def show(_ctx: ViewContext, day: Day, found: list[PhonePoints]) -> list[DoneRow]:
    """One row for each worker whose phone reported."""
    return [
        DoneRow(
            entry.last_at,
            "map-pin-line",
            _words(entry),
            Target("team", "worker", entry.worker_id, day.on),
        )
        for entry in found
    ]


def _words(entry: PhonePoints) -> str:
    counted = i18n.plural(entry.points, _tr("{n} position"), _tr("{n} positions"))
    return _tr("{counted} received from {name}’s phone").format(
        counted=counted, name=first_name(entry.name)
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("Today", text)


KIND = DoneKind("positions", received_positions, show)
