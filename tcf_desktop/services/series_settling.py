"""What has begun becomes rows, so that it can be finished, invoiced and never changes again."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from tcf_desktop import models
from tcf_desktop.services.command import Command
from tcf_desktop.services.occurrence_rows import Inside, make_rows
from tcf_desktop.services.queries.occurrences import DAY_MS, Occurrence, occurrences

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
        stored = uow.first(models.Setting, key=_KEY)
        begin = uow.now_at - LOOK_BACK_DAYS * DAY_MS
        if stored is not None:
            begin = min(max(begin, int(json.loads(stored.value))), uow.now_at)
        made = make_rows(uow, begun(uow, since=begin, of_customers=True), noted=False)
        if stored is None:
            uow.add(models.Setting(key=_KEY, value=json.dumps(uow.now_at)))
        else:
            stored.value = json.dumps(uow.now_at)
        return len(made)


def settle(office: Office) -> int:
    """Run :class:`SettleSeries` when there is any series; how many visits it wrote. Not for the GUI
    thread."""
    if office.read(lambda r: r.value("SELECT 1 FROM series WHERE contact_id IS NOT NULL LIMIT 1")):
        from tcf_desktop.services.runner import Priority

        return office.runner.run(SettleSeries(), Priority.BULK)
    return 0


def begun(
    uow: UnitOfWork,
    *,
    since: int = _LONG_AGO,
    series_id: int | None = None,
    of_customers: bool = False,
) -> list[Occurrence]:
    """The occurrences without a row that have begun by now, from the instant ``since`` on."""
    found = occurrences(
        Inside(uow),
        since,
        uow.now_at + 1,
        series_ids=None if series_id is None else [series_id],
        of_customers=of_customers,
    )
    return [one for one in found if since <= one.starts_at <= uow.now_at]
