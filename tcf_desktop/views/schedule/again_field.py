"""Beside an appointment, clearly apart from it: how often this customer wants the work again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication

from tcf_desktop.services.queries.due import FrequencyRow, frequency_of
from tcf_desktop.views.due.rhythm_field import RhythmField

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tcf_desktop.services.appointment_values import AppointmentDraft, LineDraft
    from tcf_desktop.services.command import Command
    from tcf_desktop.views.context import ViewContext

Work = tuple[int | None, int | None, int | None]  # contact, place, service


def _tr(text: str) -> str:
    return QCoreApplication.translate("AppointmentEditor", text)


def service_of(lines: Sequence[LineDraft]) -> int | None:
    """The service that a visit is for: its first one of the price list."""
    return next((line.service_id for line in lines if line.service_id is not None), None)


def _note(stored: FrequencyRow | None) -> str:
    """What the interval is for: one that is kept for any place is not this place's alone."""
    if stored is not None and stored.location_id is None:
        return _tr("at any place of this customer; not put on the calendar")
    return _tr("after the last visit; not put on the calendar")


class AgainField(RhythmField):
    """Shows the frequency of the chosen customer, place and service; nothing is on the calendar."""

    def __init__(self, ctx: ViewContext) -> None:
        super().__init__(
            _tr("Due again"),
            "schedule.editor.again",
            _note(None),
        )
        self._ctx = ctx
        self._work: Work = (None, None, None)
        self._stored: FrequencyRow | None = None
        self._typed = False
        self.edit.textEdited.connect(self._on_edit_text_edited)

    def follow(
        self, contact_id: int | None, location_id: int | None, service_id: int | None
    ) -> None:
        """Another customer, place or service; what was typed stays."""
        work = (contact_id, location_id, service_id)
        if work == self._work:
            return
        self._work = work
        if contact_id is None:
            self._take(work, None)
            return
        self._ctx.tasks.read(
            self,
            lambda r: frequency_of(r, contact_id, location_id, service_id),
            lambda found: self._take(work, found),
        )

    def command(self, draft: AppointmentDraft) -> Command[Any] | None:
        """What keeps or forgets the frequency; None when it stays as it is."""
        from tcf_desktop.services import frequencies as commands

        stored, rhythm = self._stored, self.rhythm()
        if not self._typed or draft.contact_id is None or draft.kind != "job":
            return None
        if rhythm is None:
            return commands.DeleteFrequency(stored.id) if stored is not None else None
        if stored is not None and stored.rhythm == rhythm:
            return None
        new = commands.FrequencyDraft(
            draft.contact_id,
            rhythm,
            draft.location_id if stored is None else stored.location_id,
            service_of(draft.lines),
            title=stored.title if stored is not None else "",
            price_cents=stored.price_cents if stored is not None else None,
            starts_on=draft.starts_local[:10] if stored is None else None,
        )
        return commands.SaveFrequency(None if stored is None else stored.id, new)

    def _take(self, work: Work, found: FrequencyRow | None) -> None:
        if work == self._work:
            self._stored = found
            self.set_note(_note(found if work[1] is not None else None))
            if not self._typed:
                self.set_rhythm(None if found is None else found.rhythm)

    def _on_edit_text_edited(self) -> None:
        self._typed = True
