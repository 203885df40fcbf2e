"""What has begun becomes rows, so that it can be finished, invoiced and never changes again."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from tcf_desktop.services.command import Command
from tcf_desktop.services.occurrence_rows import Inside, make_rows
from tcf_desktop.services.queries.occurrences import DAY_MS, Occurrence, Rows, occurrences

if TYPE_CHECKING:
    from tcf_desktop.services.office import Office
    from tcf_desktop.services.uow import UnitOfWork

LOOK_BACK_DAYS: Final = 60
_KEY: Final = "series.settled_at"
_LONG_AGO: Final = int(datetime(1970, 1, 3, tzinfo=UTC).timestamp() * 1000)


class SettleSeries(Command[int]):
    """Rows for the visits of customers' series that have begun since this ran last, 60 days ago at
    most; returns how many. Not in the undo list: nobody did it. Doing it twice changes nothing."""

    undoable = False
    journalled = False

    def execute(self, uow: UnitOfWork) -> int:
        found = _unsettled(Inside(uow), uow.now_at)
        made = make_rows(uow, found, noted=False)
        # No screen shows it, so none is told.
        uow.driver(
            "INSERT INTO settings (key, value, version) VALUES (?, ?, 1)"
            " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            [(_KEY, json.dumps(uow.now_at))],
        )
        return len(made)


def settle(office: Office) -> int:
    """Run :class:`SettleSeries` when something has begun; how many visits it wrote. Not for the
    GUI thread."""
    now = office.clock.now_ms()
    if not office.read(lambda r: _unsettled(r, now)):
        return 0
    from tcf_desktop.services.runner import Priority

    return office.runner.run(SettleSeries(), Priority.BULK)


def _unsettled(r: Rows, now_ms: int) -> list[Occurrence]:
    row = r.one("SELECT value FROM settings WHERE key = ?", (_KEY,))
    since = now_ms - LOOK_BACK_DAYS * DAY_MS
    if row is not None:
        since = min(max(since, int(json.loads(row[0]))), now_ms)
    found = occurrences(r, since, now_ms + 1, of_customers=True)
    return [one for one in found if since <= one.starts_at <= now_ms]


def begun(
    uow: UnitOfWork,
    *,
    since: int = _LONG_AGO,
    series_id: int,
) -> list[Occurrence]:
    """The occurrences of a series without a row that have begun by now, from ``since`` on."""
    found = occurrences(Inside(uow), since, uow.now_at + 1, series_ids=[series_id])
    return [one for one in found if since <= one.starts_at <= uow.now_at]
