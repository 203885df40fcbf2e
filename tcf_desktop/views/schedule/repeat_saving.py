"""What is done with appointments that come again, each time asking which visits are meant."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from tcf_desktop.domain import appointments as rules
from tcf_desktop.domain.recurrence import first_date, occurrence_id, rule_of
from tcf_desktop.services.queries import appointment as queries
from tcf_desktop.views.context import NoticeAction
from tcf_desktop.views.schedule.repeat_words import rule_words
from tcf_desktop.views.schedule.series_scope import ask_scope
from tcf_desktop.views.schedule.wording import first_name_of

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from tcf_desktop.services.appointment_values import AppointmentDraft
    from tcf_desktop.services.appointments import MoveAppointment
    from tcf_desktop.services.series_values import SeriesDraft
    from tcf_desktop.views.schedule.actions import ScheduleActions
    from tcf_desktop.views.schedule.editor import AppointmentEditor

Done = Callable[[int], None]


class RepeatActions(QObject):
    """Commands on series; single appointments go on to :class:`ScheduleActions`."""

    def __init__(self, actions: ScheduleActions, parent: QWidget) -> None:
        super().__init__(parent)
        self._actions = actions
        self._page = parent
        self.ctx = actions.ctx

    def save(self, editor: AppointmentEditor, draft: AppointmentDraft, name: str, done: Done,
             left: Callable[[], None]) -> None:  # fmt: skip
        """Book or change what an editor holds; ``left`` when the question was left unanswered."""
        from tcf_desktop.services import series as commands

        series, stored = editor.series(), editor.stored
        called = first_name_of(name) or draft.title
        if stored is None and series is None:
            self._actions.save(draft, None, name, done)
        elif stored is None and series is not None:
            text = self.tr("{name} booked: {rule}.")
            self._run(
                commands.CreateSeries(draft, series),
                text.format(name=called, rule=_said(draft, series)),
                lambda made: done(_first_occurrence(made, draft, series)),
            )
        elif stored is not None and stored.series is None and series is None:
            self._actions.save(draft, stored.id, name, done)
        elif stored is not None and stored.series is None and series is not None:
            text = self.tr("{name} comes again now: {rule}.")
            self._run(
                commands.MakeSeries(stored.id, draft, series),
                text.format(name=called, rule=_said(draft, series)),
                lambda _: done(stored.id),
            )
        elif stored is not None and series is None:
            from tcf_desktop.services.series_stop import StopRepeating

            text = self.tr("{name} does not come again after this visit.").format(name=called)
            self._run(StopRepeating(stored.id, draft), text, done)
        elif stored is not None and not (editor.content_changed() or editor.series_changed()):
            done(stored.id)
        elif stored is not None and series is not None:
            self._change(editor, draft, series, called, done, left)

    def _change(self, editor: AppointmentEditor, draft: AppointmentDraft, series: SeriesDraft,
                called: str, done: Done, left: Callable[[], None]) -> None:  # fmt: skip
        assert editor.stored is not None
        ident = editor.stored.id
        other_rule = editor.series_changed()
        finished = draft.state not in ("tentative", "confirmed")
        answered = [False]

        def then(scope: str, _reason: str) -> None:
            answered[0] = True
            if scope == "this":
                self._actions.save(draft, ident, called, done)
                return
            from tcf_desktop.services.series_edits import ChangeSeries

            self._run(
                ChangeSeries(ident, draft, series, scope),  # type: ignore[arg-type]
                self.tr("{name}: the series is changed.").format(name=called),
                done,
            )

        if finished and not other_rule:
            then("this", "")  # what has become of a visit is its own
            return
        scopes = ("following", "all") if other_rule else ("this", "following", "all")
        dialog = ask_scope(self.ctx, self._page, ident, "change", then, scopes=scopes)
        if dialog is not None:
            dialog.finished.connect(lambda *_: None if answered[0] else left())

    def delete(self, ident: int, name: str, done: Callable[[], None]) -> None:
        """Leave this one out, or end or delete the series."""
        from tcf_desktop.services import series as commands

        called = first_name_of(name)

        def then(scope: str, _reason: str) -> None:
            if scope == "this":
                text = self.tr("{name} is left out this time.").format(name=called)
                self._run(commands.SkipOccurrence(ident), text, lambda _: done())
            else:
                text = self.tr("The series of {name} is ended.").format(name=called)
                command = commands.DeleteSeries(ident, scope)  # type: ignore[arg-type]
                self._run(command, text, lambda _: done())

        ask_scope(self.ctx, self._page, ident, "skip", then)

    def cancel(self, ident: int, name: str) -> None:
        """It does not take place; asks why, and which of a series."""
        from tcf_desktop.services import series as commands

        called = first_name_of(name)

        def then(scope: str, reason: str) -> None:
            if scope == "this":
                self._actions.cancel_one(ident, name, reason)
            else:
                text = self.tr("The series of {name} is cancelled. Not told yet.")
                command = commands.CancelSeries(ident, reason, scope)  # type: ignore[arg-type]
                self._run(command, text.format(name=called))

        ask_scope(self.ctx, self._page, ident, "cancel", then, reason=True)

    def no_show(self, ident: int, name: str, word: str) -> None:
        """Nobody was there; asks why."""

        def then(_scope: str, reason: str) -> None:
            self._actions.put_state(ident, name, "no_show", word, reason)

        ask_scope(self.ctx, self._page, ident, "no_show", then, reason=True, scopes=())

    def end(self, ident: int, name: str) -> None:
        """It does not come any more from this one on."""
        from tcf_desktop.services import series as commands

        text = self.tr("The series of {name} is ended.").format(name=first_name_of(name))
        self._run(commands.EndSeries(ident), text)

    def is_repeating(self, ident: int) -> bool:
        """Whether an appointment belongs to a series."""
        if ident < 0:
            return True
        found = self.ctx.tasks.read_now(lambda r: queries.detail(r, ident))
        return found is not None and found.series is not None

    def offer_following(self, moved: MoveAppointment, name: str) -> NoticeAction:
        """After a move of one visit: the word that moves all after it, too."""

        def move() -> None:
            from tcf_desktop.services.series_edits import MoveSeries

            command = MoveSeries(
                moved.appointment_id,
                moved.starts_local,
                change_who=moved.change_who,
                crew_id=moved.crew_id,
                worker_id=moved.worker_id,
                zone=moved.zone,
            )
            text = self.tr("{name}: all visits after it moved, too. Not told yet.")
            self._run(command, text.format(name=first_name_of(name)))

        return NoticeAction(self.tr("Move all following"), move)

    def _run(self, command: object, text: str, done: Done | None = None) -> None:
        self._actions.run(command, text, done)  # type: ignore[arg-type]


def _said(draft: AppointmentDraft, series: SeriesDraft) -> str:
    said = rule_words(series.rule, date.fromisoformat(draft.starts_local[:10]), series.holidays)
    return said[:1].lower() + said[1:]


def _first_occurrence(series_id: int, draft: AppointmentDraft, series: SeriesDraft) -> int:
    """The first visit of a new series, to be selected."""
    start = rules.parse_local(draft.starts_local).date()
    first = first_date(rule_of(series.rule).without_end(), start)
    return occurrence_id(series_id, first or start)
