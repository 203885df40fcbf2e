"""One line that books: whom, what, when, how long and by whom, filled up with what is usual."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tcf_desktop.domain import appointments as rules
from tcf_desktop.domain.money import PRICE_SCALE, line_amount
from tcf_desktop.domain.quick_line import QuickLine, read_line
from tcf_desktop.qtkit import i18n
from tcf_desktop.qtkit.theme import theme
from tcf_desktop.services.appointment_values import AppointmentDraft, LineDraft
from tcf_desktop.services.queries.book_again import Suggestion
from tcf_desktop.services.queries.quick_add import Usual, WhoRow, usual_for, who_rows
from tcf_desktop.views.common import (
    DataLabel,
    FormField,
    IconButton,
    LineEdit,
    Notice,
    PlainButton,
    PrimaryButton,
    ScrollPane,
    SegmentedControl,
    Surface,
)
from tcf_desktop.views.schedule.editor_checks import Judgement, judge, judgement_words
from tcf_desktop.views.schedule.quick_add_rows import WhoRows
from tcf_desktop.views.schedule.wording import kind_words

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader
    from tcf_desktop.services.queries.appointment import ServiceRow
    from tcf_desktop.services.queries.schedule import CrewRow
    from tcf_desktop.views.context import ViewContext

_WAIT_MS: Final = 80
_USUAL_MINUTES: Final = 60


class QuickAdd(Surface):
    """``booked`` gives the draft and the name; ``fullRequested`` what the full form begins with."""

    booked = Signal(object, str)  # AppointmentDraft
    fullRequested = Signal(object, str)  # Suggestion, kind
    newContactRequested = Signal(str)
    closed = Signal()
    resized = Signal()  # it needs more or less room

    def __init__(
        self,
        ctx: ViewContext,
        prices: tuple[ServiceRow, ...],
        crews: tuple[CrewRow, ...],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("surface", parent)
        self.setObjectName("schedule.quick")
        self._ctx, self._prices, self._crews = ctx, prices, crews
        self._start = datetime.combine(date.fromisoformat(ctx.today()), datetime.min.time())
        self._minutes = 0  # what the grid said; 0 for nothing
        self._crew_id: int | None = None
        self._chosen_by = ""  # the letters that the chosen one was found by
        self._who: WhoRow | None = None
        self._usual = Usual()
        self._generation = 0
        self._build()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT_MS)
        self._timer.timeout.connect(self._on_timer_timeout)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.book)
        QShortcut(QKeySequence("Alt+Return"), self, self.open_full)
        QShortcut(QKeySequence("Esc"), self, self.closed.emit)

    def start(self, starts_local: str, minutes: int, crew_id: int | None) -> None:
        """Ask for a place of the grid; the line may say another time and crew."""
        self._start = rules.parse_local(starts_local)
        self._minutes = minutes if minutes != _USUAL_MINUTES else 0
        self._crew_id = crew_id
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._say()

    def take_contact(self, contact_id: int, name: str) -> None:
        """A customer who was just made, or who is known already."""
        self._choose(WhoRow(contact_id, None, name, ""))

    # what the line says

    def _read(self) -> QuickLine:
        names = [price.name for price in self._prices] if self._with_customer() else []
        return read_line(
            self.line.text(),
            date.fromisoformat(self._ctx.today()),
            names,
            [crew.name for crew in self._crews],
        )

    def _with_customer(self) -> bool:
        return self.kind.key() in ("job", "estimate")

    def _service(self) -> ServiceRow | None:
        at = self._read().service
        return self._prices[at] if at is not None else None

    def draft(self) -> AppointmentDraft:
        """Everything as it stands, with what is usual for what nobody said."""
        said, usual, kind = self._read(), self._usual, self.kind.key()
        day = said.day or self._start.date()
        minute = said.minute
        if minute is None:
            minute = self._start.hour * 60 + self._start.minute
        start = datetime.combine(day, datetime.min.time()) + timedelta(minutes=minute)
        minutes = said.minutes or self._minutes or usual.minutes or _USUAL_MINUTES
        crew_id, worker_id = self._crew_id or usual.crew_id, None
        if said.crew is not None:
            crew_id = self._crews[said.crew].id
        elif crew_id is None or crew_id == usual.crew_id:
            worker_id = usual.worker_id
        known = self._with_customer() and self._who is not None
        lines = self._lines(said) if self._with_customer() else ()
        return AppointmentDraft(
            starts_local=rules.format_local(start),
            minutes=max(rules.MIN_MINUTES, min(minutes, rules.MAX_MINUTES)),
            zone=self._ctx.zone(),
            kind=kind,
            title=usual.title if self._with_customer() else said.rest,
            contact_id=self._who.contact_id if known and self._who is not None else None,
            location_id=self._who.location_id if known and self._who is not None else None,
            arrival_minutes=usual.arrival_minutes if known else None,
            crew_id=None if worker_id is not None else crew_id,
            worker_id=worker_id,
            lines=lines,
        )

    def _lines(self, said: QuickLine) -> tuple[LineDraft, ...]:
        rows = self._usual.lines
        service = self._service()
        if self._who is None and service is not None:
            one = LineDraft(service.name, service.price_e4, 1000, service.id,
                            service.description, service.taxable)  # fmt: skip
            return (_priced(one, said.price_cents),)
        lines = tuple(
            LineDraft(row.name, row.unit_price_e4, row.qty_milli, row.service_id,
                      row.description, row.taxable)
            for row in rows
        )  # fmt: skip
        if said.price_cents is not None and len(lines) == 1:
            return (_priced(lines[0], said.price_cents),)
        return lines

    # what is done

    def book(self) -> None:
        """Book it when it is known for whom, or what it is."""
        if self._with_customer() and self._who is None:
            if self.rows.chosen() is not None:
                self._on_picked(self.rows.chosen())
                return
            said = self._read().rest
            self.field.set_hint(
                self.tr("Nobody of that name yet.") if said else
                self.tr("Type some letters of the customer."), "bad",
            )  # fmt: skip
            self.line.setFocus()
            return
        draft = self.draft()
        if draft.contact_id is None and not draft.title:
            self.field.set_hint(self.tr("Write what it is."), "bad")
            self.line.setFocus()
            return
        name = self._who.name if self._who is not None and draft.contact_id else draft.title
        self.go.setEnabled(False)
        self.booked.emit(draft, name)

    def open_full(self) -> None:
        """Go on in the full form with what is known."""
        draft = self.draft()
        who = self._who
        suggestion = Suggestion(
            contact_id=who.contact_id if who is not None and draft.contact_id else 0,
            name=who.name if who is not None else "",
            location_id=draft.location_id,
            title=draft.title,
            lines=self._usual.lines if draft.lines else (),
            starts_local=draft.starts_local,
            minutes=draft.minutes,
            crew_id=draft.crew_id,
            worker_id=draft.worker_id,
            arrival_minutes=draft.arrival_minutes,
        )
        self.fullRequested.emit(suggestion, draft.kind)

    # how it looks

    def _build(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(16, 12, 16, 14)
        outer.setSpacing(10)
        head = QHBoxLayout()
        words = kind_words()
        self.kind = SegmentedControl(
            [(key, words[key]) for key in rules.KINDS], object_name="schedule.quick.kind"
        )
        self.kind.chosen.connect(self._on_kind_chosen)
        head.addWidget(self.kind)
        head.addStretch(1)
        close = IconButton("x", self.tr("Close"), framed=False, shortcut="Esc",
                           object_name="schedule.quick.close")  # fmt: skip
        close.clicked.connect(lambda *_: self.closed.emit())
        head.addWidget(close)
        outer.addLayout(head)
        self.line = QuickEdit(object_name="schedule.quick.line")
        self.line.setPlaceholderText(self.tr("Olson windows thu 2pm 2h crew A"))
        self.line.textEdited.connect(self._on_line_edited)
        self.line.stepped.connect(self._on_stepped)
        self.line.entered.connect(self.book)
        self.field = FormField(self.tr("Who, what, when, how long, by whom"), self.line)
        outer.addWidget(self.field)
        self.rows = WhoRows()
        self.rows.picked.connect(self._on_picked)
        self.rows.newRequested.connect(lambda *_: self._ask_new())
        self.pane = ScrollPane("surface")
        inside = self.pane.layout_
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(10)
        inside.addWidget(self.rows)
        outer.addWidget(self.pane, 1)
        self.who = DataLabel("", "body", weight=600, wrap=True, object_name="schedule.quick.who")
        self.when = DataLabel("", "body", wrap=True, object_name="schedule.quick.when")
        self.what = DataLabel("", "caption", "text2", wrap=True, object_name="schedule.quick.what")
        for label in (self.who, self.when, self.what):
            inside.addWidget(label)
        self.notice = Notice("", "warn", "warning")
        self.notice.setObjectName("schedule.quick.notice")
        self.notice.hide()
        inside.addWidget(self.notice)
        inside.addStretch(1)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addStretch(1)
        full = PlainButton(self.tr("All fields"), tooltip="Alt+Enter",
                           object_name="schedule.quick.full")  # fmt: skip
        full.clicked.connect(lambda *_: self.open_full())
        self.go = PrimaryButton(
            self.tr("Book it"), tooltip="Enter", object_name="schedule.quick.book"
        )
        self.go.clicked.connect(lambda *_: self.book())
        foot.addWidget(full)
        foot.addWidget(self.go)
        outer.addLayout(foot)

    def wanted_height(self, width: int) -> int:
        """How tall it is when nothing has to be scrolled."""
        outer, inside = self.layout(), self.pane.layout_
        if outer is None:
            return 0
        margins = outer.contentsMargins()
        room = width - margins.left() - margins.right()
        inside.activate()
        tall = inside.totalHeightForWidth(room) if inside.hasHeightForWidth() else (
            inside.totalSizeHint().height()
        )  # fmt: skip
        return outer.totalSizeHint().height() - self.pane.sizeHint().height() + tall

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setPen(theme().color("buttonLine"))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    # what happens

    def _on_kind_chosen(self) -> None:
        self._forget()
        self.line.setFocus()
        self._on_line_edited()

    def _on_line_edited(self) -> None:
        self.field.set_hint("")
        rest = self._read().rest
        if self._who is not None and rest != self._chosen_by:
            self._forget()
        self._timer.start()
        self._say()

    def _forget(self) -> None:
        self._who, self._usual = None, Usual()
        self.rows.show_rows((), "")

    def _on_timer_timeout(self) -> None:
        self._generation += 1
        generation, rest = self._generation, self._read().rest
        if self._who is not None:
            self._read_usual()
            return
        if not self._with_customer() or len(rest) < 2:
            self.rows.show_rows((), "")
            self._say()
            return
        self._ctx.tasks.read(
            self, lambda r: who_rows(r, rest), lambda found: self._on_found(generation, found)
        )

    def _on_found(self, generation: int, found: tuple[WhoRow, ...]) -> None:
        if generation == self._generation and self._who is None:
            self.rows.show_rows(found, self._read().rest)
            self.resized.emit()
            self._say()

    def _on_stepped(self, by: int) -> None:
        self.rows.step(by)

    def _on_picked(self, row: WhoRow | None) -> None:
        if row is not None:
            self._choose(row)

    def _choose(self, row: WhoRow) -> None:
        self._who = row
        self._chosen_by = self._read().rest
        self.rows.show_rows((), "")
        self.line.setFocus()
        self._read_usual()

    def _ask_new(self) -> None:
        self.newContactRequested.emit(self._read().rest)

    def _read_usual(self) -> None:
        who, service = self._who, self._service()
        if who is None:
            return

        def answer(found: Usual) -> None:
            if who == self._who:
                self._usual = found
                self._say()

        self._ctx.tasks.read(self, lambda r: usual_for(r, who, service), answer)

    def _say(self) -> None:
        """What was understood, before it is booked."""
        draft = self.draft()
        who = self._who
        self.who.setText(i18n.joined([who.name, who.address]) if who is not None else "")
        self.who.setVisible(who is not None)
        day = i18n.weekday_short(draft.starts_local)
        self.when.setText(f"{day}, {i18n.time_range(draft.starts_local, draft.minutes)}")
        crew = next((crew.name for crew in self._crews if crew.id == draft.crew_id), "")
        cents = sum(line_amount(line.qty_milli, line.unit_price_e4) for line in draft.lines)
        money = i18n.money(cents, self._ctx.currency()) if draft.lines else ""
        work = " + ".join(line.name for line in draft.lines) or draft.title
        source = self.tr("as at the last visit") if (
            self._usual.source == "last visit" and who is not None
        ) else ""  # fmt: skip
        parts = [work, money, crew or self.tr("No crew yet"), source]
        self.what.setText(i18n.joined([part for part in parts if part]))
        self.resized.emit()
        self._check(draft)

    def _check(self, draft: AppointmentDraft) -> None:
        def asked(r: Reader) -> Judgement:
            return judge(r, draft, None, None, None)

        self._ctx.tasks.read(self, asked, partial(self._on_judged, draft))

    def _on_judged(self, draft: AppointmentDraft, found: Judgement) -> None:
        if draft != self.draft():
            return
        said = "\n".join(judgement_words(found))
        self.notice.setVisible(bool(said))
        if said:
            self.notice.set_notice(said, "warn", "warning")
        self.resized.emit()


class QuickEdit(LineEdit):
    """A line whose arrow keys move in the list below it and whose Enter goes on."""

    stepped = Signal(int)
    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier,
        )  # fmt: skip
        if event.key() in steps:
            self.stepped.emit(steps[Qt.Key(event.key())])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            self.entered.emit()
        else:
            super().keyPressEvent(event)


def _priced(line: LineDraft, cents: int | None) -> LineDraft:
    """The line at a price for all of it."""
    if cents is None:
        return line
    return LineDraft(
        line.name, cents * PRICE_SCALE, 1000, line.service_id, line.description, line.taxable
    )
