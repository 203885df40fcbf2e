"""The way from a page to the day sheets and the other papers of the schedule."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from tcf_desktop.views.context import ViewContext
    from tcf_desktop.views.schedule.print_dialog import PrintDialog


def choose_day_sheet(
    ctx: ViewContext, page: QWidget, on: date, hidden: Collection[int] = ()
) -> PrintDialog:
    """The day sheets of a day, without the ``hidden`` crews at first."""
    return choose_print(ctx, page, on, kind="days", hidden=hidden)


def choose_print(
    ctx: ViewContext,
    page: QWidget,
    on: date,
    *,
    kind: str = "",
    hidden: Collection[int] = (),
    first_weekday: int = 0,
) -> PrintDialog:
    """What to print of the schedule around a day; ``kind`` is days, week, month, list, or empty
    for the one that was chosen last."""
    from tcf_desktop.views.schedule.print_dialog import PrintDialog

    dialog = PrintDialog(ctx, on, page, kind=kind, hidden=hidden, first_weekday=first_weekday)
    dialog.open()
    return dialog
