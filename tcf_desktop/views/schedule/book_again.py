"""Booking somebody who is due: the editor is filled with what the last visit was."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from tcf_desktop.base.clock import from_ms
from tcf_desktop.services.queries import appointment, book_again
from tcf_desktop.services.queries.book_again import Suggestion

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader
    from tcf_desktop.views.context import Target, ViewContext
    from tcf_desktop.views.schedule.editor import AppointmentEditor


def suggestion_of(ctx: ViewContext, target: Target) -> Suggestion | None:
    """What to offer for an address ``again``: a frequency's id, or a contact's with the value
    "contact". None when it is gone."""
    now = from_ms(ctx.clock.now_ms(), ctx.zone())
    ident = target.id or 0

    def ask(r: Reader) -> Suggestion | None:
        if target.value == "contact":
            return book_again.suggestion_for(r, ident, now)
        return book_again.suggestion(r, ident, now)

    return ctx.tasks.read_now(ask)


def day_of(offered: Suggestion) -> date:
    """The day that is offered."""
    return date.fromisoformat(offered.starts_local[:10])


def fill(ctx: ViewContext, editor: AppointmentEditor, offered: Suggestion) -> None:
    """Put the offer into an editor; nothing is booked yet, and only the day is left to agree on."""
    places = ctx.tasks.read_now(lambda r: appointment.places(r, offered.contact_id))
    editor.start_new(offered.starts_local, offered.minutes, offered.crew_id)
    editor.take_offer(offered, places)
