"""What is done with somebody who is due: booked, asked later, not asked any more."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QInputDialog, QMenu, QWidget

from tcf_desktop.domain.frequency import MOST, Rhythm, about, season_start_after, stepped
from tcf_desktop.domain.when_input import parse_date
from tcf_desktop.qtkit import i18n
from tcf_desktop.services import frequencies as commands
from tcf_desktop.services.command import Command
from tcf_desktop.services.queries.due import DueRow, QuietRow
from tcf_desktop.views.context import Target

if TYPE_CHECKING:
    from tcf_desktop.views.context import ViewContext

Rows = Sequence[DueRow]


def book_target(row: DueRow | QuietRow, *, back: bool = False) -> Target:
    """Where the visit is booked: the schedule, with the editor filled in. ``back`` comes back to
    the list, where the next one is chosen, when the visit is booked or left."""
    words = ["contact"] if isinstance(row, QuietRow) else []
    if back:
        words.append("back")
    return Target("schedule", "again", row.id, " ".join(words))


class DueActions(QObject):
    """Runs commands on the writer and says what happened, always with Undo."""

    def __init__(self, ctx: ViewContext, owner: QWidget) -> None:
        super().__init__(owner)
        self.ctx = ctx
        self._owner = owner

    def fill_snooze(self, menu: QMenu, rows: Rows) -> None:
        """The days to put off to, each with its date."""
        today = date.fromisoformat(self.ctx.today())
        seasons = {season_start_after(today, row.rhythm) for row in rows}
        season = self.tr("Until next season")
        if not any(row.rhythm.seasonal for row in rows):
            season = self.tr("For a year")
        choices = [
            (self.tr("For a week"), commands.WEEK, stepped(today, Rhythm(1, "week"))),
            (self.tr("For a month"), commands.MONTH, stepped(today, Rhythm(1, "month"))),
            (season, commands.NEXT_SEASON, seasons.pop() if len(seasons) == 1 else None),
        ]
        for text, until, day in choices:
            shown = f"{text}\t{i18n.full_day(day)}" if day is not None else text
            menu.addAction(shown, partial(self.snooze, rows, until))
        menu.addSeparator()
        menu.addAction(self.tr("Until a day…"), partial(self.ask_day, rows))

    def fill_reasons(self, menu: QMenu, run: Callable[[str], object]) -> None:
        """Why somebody is not interested."""
        for reason in (
            self.tr("Does it themselves"),
            self.tr("Found somebody else"),
            self.tr("Too expensive"),
            self.tr("Moved away"),
        ):
            menu.addAction(reason, partial(run, reason))
        menu.addSeparator()
        menu.addAction(self.tr("Another reason…"), partial(self._ask_reason, run))
        menu.addAction(self.tr("No reason given"), partial(run, ""))

    def snooze(self, rows: Rows, until: str) -> None:
        """Put off; an empty ``until`` asks again now."""
        ids = tuple(row.id for row in rows)

        def said(day: str) -> None:
            if not until:
                text = self.tr("{who}: due again now.")
            else:
                text = self.tr("{who}: snoozed until {day}.")
            shown = text.format(who=self._who(rows), day=i18n.full_day(day))
            self.ctx.notify(shown, undo=True)

        self.ctx.tasks.command(self, commands.SnoozeFrequency(ids, until), said)

    def ask_day(self, rows: Rows) -> None:
        """Until a day that is typed: "+6w", "sep 1", "9/1"."""
        today = date.fromisoformat(self.ctx.today())

        def typed(text: str) -> None:
            day = parse_date(text, today)
            self.snooze(rows, day.isoformat() if day is not None else text.strip() or "?")

        self._ask(self.tr("Snooze"), self.tr("Until which day? “+6w”, “sep 1”, “3/15/2027”"), typed)

    def stop(self, rows: Rows, reason: str) -> None:
        """Not interested."""
        ids = tuple(row.id for row in rows)
        self._run(
            commands.StopFrequency(ids, reason),
            self.tr("{who}: not asked any more.").format(who=self._who(rows)),
        )

    def dismiss(self, rows: Sequence[QuietRow], reason: str) -> None:
        """Let quiet customers be."""
        ids = tuple(row.id for row in rows)
        self._run(
            commands.DismissQuiet(ids, reason),
            self.tr("{who}: not asked any more.").format(who=self._who(rows)),
        )

    def resume(self, rows: Rows) -> None:
        """Interested again."""
        self._run(
            commands.ResumeFrequency(tuple(row.id for row in rows)),
            self.tr("{who}: asked again from now on.").format(who=self._who(rows)),
        )

    def remember(self, row: QuietRow) -> None:
        """Ask a quiet customer regularly from now on, as often as the habit was."""
        count, unit = about(row.learned_days)
        rhythm = Rhythm(min(count, MOST[unit]), unit)
        self._run(
            commands.SaveFrequency(None, commands.FrequencyDraft(row.id, rhythm)),
            self.tr("{who} is due again from now on.").format(who=row.name[:60]),
        )

    def _run(self, command: Command[Any], text: str) -> None:
        self.ctx.tasks.command(self, command, lambda _: self.ctx.notify(text, undo=True))

    def _who(self, rows: Sequence[DueRow | QuietRow]) -> str:
        if len(rows) == 1:
            return rows[0].name[:60]
        return i18n.plural(len(rows), self.tr("{n} customer"), self.tr("{n} customers"))

    def _ask_reason(self, run: Callable[[str], object]) -> None:
        self._ask(self.tr("Not interested"), self.tr("What is the reason?"), run)

    def _ask(self, title: str, label: str, run: Callable[[str], object]) -> None:
        dialog = QInputDialog(self._owner)
        dialog.setObjectName("due.ask")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(title)
        dialog.setLabelText(label)
        dialog.textValueSelected.connect(run)
        dialog.open()
