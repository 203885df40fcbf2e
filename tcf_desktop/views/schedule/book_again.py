"""Booking somebody who is due: the editor is filled with what the last visit was."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tcf_desktop.base.clock import from_ms
from tcf_desktop.services.queries import appointment, book_again
from tcf_desktop.services.queries.book_again import Suggestion
from tcf_desktop.views.context import Target

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader
    from tcf_desktop.views.context import ViewContext
    from tcf_desktop.views.schedule.editor import AppointmentEditor


_LIST: Final = Target("due", "next")


def way_back(target: Target) -> Target | None:
    """Where an address ``again`` with the word "back" leads when its visit is booked or left."""
    return _LIST if "back" in target.value.split() else None


def suggestion_of(ctx: ViewContext, target: Target) -> Suggestion | None:
    """What to offer for an address ``again``: a frequency's id, or a contact's with the word
    "contact" in the value. None when it is gone."""
    now = from_ms(ctx.clock.now_ms(), ctx.zone())
    ident = target.id or 0

    def ask(r: Reader) -> Suggestion | None:
        if "contact" in target.value.split():
            return book_again.suggestion_for(r, ident, now)
        return book_again.suggestion(r, ident, now)

    return ctx.tasks.read_now(ask)


def fill(ctx: ViewContext, editor: AppointmentEditor, offered: Suggestion) -> None:
    """Put the offer into an editor; nothing is booked yet, and only the day is left to agree on."""
    places = ctx.tasks.read_now(lambda r: appointment.places(r, offered.contact_id))
    editor.start_new(offered.starts_local, offered.minutes, offered.crew_id)
    editor.take_offer(offered, places)
