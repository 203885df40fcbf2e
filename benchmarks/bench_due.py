"""Due again and the quiet customers of the large business."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from benchmarks.harness import SAMPLE_NOW_MS, Bench, median_of

if TYPE_CHECKING:
    from collections.abc import Callable

TODAY = "2026-07-14"
_RAW = (
    "SELECT contact_id, count(*), max(starts_local) FROM appointments"
    " WHERE state = 'done' AND kind = 'job' AND deleted_at IS NULL GROUP BY contact_id"
)


def run(bench: Bench) -> None:
    """What Today's card, the page's first screen and the list of the quiet cost on an io thread."""
    from tcf_desktop.base.clock import FrozenClock
    from tcf_desktop.services.office import Office
    from tcf_desktop.services.queries import due

    def page(r: Any) -> None:
        ids = due.due_ids(r, "now", TODAY)
        due.due_rows(r, ids[:40], TODAY)
        due.due_counts(r, TODAY)

    office = Office.open(bench.large(), FrozenClock(SAMPLE_NOW_MS))
    try:
        wanted, visits, now, quiet = (
            office.read(ask)
            for ask in (
                lambda r: r.value("SELECT count(*) FROM frequencies WHERE deleted_at IS NULL"),
                lambda r: r.value("SELECT count(*) FROM appointments WHERE state = 'done'"),
                lambda r: len(due.due_ids(r, "now", TODAY)),
                lambda r: len(due.quiet_ids(r, TODAY)),
            )
        )

        def timed(query: Callable[[Any], object], rounds: int) -> float:
            return median_of(partial(office.read, query), bench.rounds(rounds)).wall

        note = f"{wanted} frequencies, {now} due, {visits} visits"
        bench.limit("Due again on Today", timed(lambda r: due.due_first(r, TODAY, 4), 40),
                    at_most=50, note=note)  # fmt: skip
        bench.limit("Due again, first screen and counts", timed(page, 40), at_most=150)
        bench.limit(
            "quiet customers, all", timed(lambda r: due.quiet_ids(r, TODAY), 8), at_most=300,
            beside="one count of visits for each customer", floor=timed(lambda r: r.all(_RAW), 8),
            note=f"{quiet} are quiet",
        )  # fmt: skip
    finally:
        office.close(60)
