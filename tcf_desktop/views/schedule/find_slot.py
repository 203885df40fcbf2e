"""Where "Find a time" is asked for and what the chosen time becomes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING

from tcf_desktop.services.queries.book_again import Suggestion
from tcf_desktop.views.schedule.find_slot_dialog import FindSlotDialog, SlotSearch

if TYPE_CHECKING:
    from tcf_desktop.services.queries.free_slots import Slot
    from tcf_desktop.services.queries.schedule import CrewRow, WorkerRow
    from tcf_desktop.views.schedule.editor import AppointmentEditor
    from tcf_desktop.views.schedule.page import SchedulePage


def find_time(
    page: SchedulePage,
    asked: AppointmentEditor | Suggestion | None,
    ident: int | None,
    crews: Sequence[CrewRow],
    workers: Sequence[WorkerRow],
) -> None:
    """The next gaps for what is being edited (``ident`` is its stored appointment), for somebody
    who is due, or an hour for nobody yet. A chosen one fills the editor; nothing is saved."""
    names = {worker.id: worker.name for worker in workers}
    chosen: Callable[[Slot], None]
    if asked is None:
        search = SlotSearch(60, date.fromisoformat(page.ctx.today()))
        chosen = partial(_for_nobody, page)
    elif isinstance(asked, Suggestion):
        worker_id = asked.worker_id if asked.crew_id is None else None
        search = SlotSearch(
            asked.minutes, date.fromisoformat(page.ctx.today()), asked.crew_id, worker_id,
            names.get(worker_id or 0, ""), asked.location_id,
        )  # fmt: skip
        chosen = partial(_for_suggestion, page, asked)
    else:
        draft = asked.draft()
        search = SlotSearch(
            60 if draft.all_day else draft.minutes, date.fromisoformat(draft.starts_local[:10]),
            draft.crew_id, draft.worker_id, names.get(draft.worker_id or 0, ""),
            draft.location_id, ident,
        )  # fmt: skip
        chosen = partial(_into_editor, page, asked)
    dialog = FindSlotDialog(page.ctx, search, crews, page)
    dialog.chosen.connect(chosen)
    dialog.open()


def _for_nobody(page: SchedulePage, slot: Slot) -> None:
    page.go_to(date.fromisoformat(slot.starts_local[:10]))
    page.open_new(slot.starts_local, slot.minutes, slot.crew_id)


def _for_suggestion(page: SchedulePage, offered: Suggestion, slot: Slot) -> None:
    page.offer(
        replace(
            offered, starts_local=slot.starts_local, minutes=slot.minutes, crew_id=slot.crew_id,
            worker_id=slot.worker_id,
        )
    )  # fmt: skip


def _into_editor(page: SchedulePage, editor: AppointmentEditor, slot: Slot) -> None:
    start = datetime.fromisoformat(slot.starts_local)
    page.go_to(start.date())
    editor.all_day.setChecked(False)
    editor.day.set_value(start.date())
    editor.start.set_value(start.hour * 60 + start.minute)
    editor.length.set_value(slot.minutes)
    if slot.crew_id is not None:
        editor.who.select_data(f"crew:{slot.crew_id}")
    editor.save.setFocus()
