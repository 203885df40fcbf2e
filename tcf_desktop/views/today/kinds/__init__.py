"""The kinds of rows on Today. A new one is a module here and one line below."""

from tcf_desktop.views.today.kinds import (
    complaints,
    follow_up,
    imports,
    late_arrival,
    open_clock,
    overdue,
    positions,
    repeating,
    to_invoice,
    to_tell,
)
from tcf_desktop.views.today.rows import DoneKind, NeedKind

NEEDS: tuple[NeedKind, ...] = (
    late_arrival.KIND,
    to_tell.KIND,
    complaints.KIND,
    to_invoice.KIND,
    repeating.KIND,
    overdue.KIND,
    follow_up.KIND,
    open_clock.KIND,
)

DONE: tuple[DoneKind, ...] = (
    imports.KIND,
    positions.KIND,
)
