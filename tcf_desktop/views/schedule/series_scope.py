"""Which visits of a series are meant, with what it does to them in words; and why not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QDialog, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from tcf_desktop.domain.recurrence import dates, next_dates, rule_of
from tcf_desktop.qtkit import i18n
from tcf_desktop.qtkit.style import box, focus_ring
from tcf_desktop.qtkit.theme import theme
from tcf_desktop.services.queries import appointment as queries
from tcf_desktop.services.queries.appointment import AppointmentDetail, SeriesFacts
from tcf_desktop.services.series_values import SeriesDraft
from tcf_desktop.views.common import (
    BaseButton,
    DataLabel,
    FormField,
    PlainButton,
    PrimaryButton,
    Surface,
)
from tcf_desktop.views.common.suggest import SuggestEdit

if TYPE_CHECKING:
    from tcf_desktop.views.context import ViewContext

SCOPES: Final = ("this", "following", "all")
Answer = Callable[[str, str], None]  # scope, reason
_MOST_COUNTED: Final = 500


def _tr(text: str) -> str:
    return QCoreApplication.translate("SeriesScope", text)


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a change goes: the day of this visit and how many come after it, None without
    end."""

    on: date
    after: int | None


def reach_of(detail: AppointmentDetail) -> Reach | None:
    """For an appointment of a series; None for one that does not come again."""
    series = detail.series
    if series is None:
        return None
    on = date.fromisoformat(detail.starts_local[:10])
    if series.last_on is None:
        return Reach(on, None)
    first, last = date.fromisoformat(series.starts_local[:10]), date.fromisoformat(series.last_on)
    begin = date.fromisoformat(series.occurrence_on) + timedelta(days=1)
    rule = rule_of(series.rule)
    if last - begin > timedelta(days=36_500):
        return Reach(on, len(next_dates(rule, first, begin - timedelta(days=1), _MOST_COUNTED)))
    return Reach(on, len(dates(rule, first, begin, last)))


def series_of(detail: AppointmentDetail) -> SeriesDraft | None:
    """How a stored appointment comes again, as a form edits it."""
    found = detail.series
    return None if found is None else SeriesDraft(found.rule, found.holidays)


def first_of(detail: AppointmentDetail) -> date:
    """The day from which the rule of an appointment counts: the first of its series."""
    start = detail.starts_local if detail.series is None else detail.series.starts_local
    return date.fromisoformat(start[:10])


def next_of(series: SeriesFacts) -> date | None:
    """The next date of the rule after this one; None when it is the last."""
    first = date.fromisoformat(series.starts_local[:10])
    found = next_dates(rule_of(series.rule), first, date.fromisoformat(series.occurrence_on), 1)
    return found[0] if found else None


def effects(reach: Reach, verb: str) -> dict[str, tuple[str, str]]:
    """What each choice is called and does, by its key; ``verb`` is one of "change", "skip",
    "cancel" and "move"."""
    day = i18n.day(reach.on, "ddd, MMM d")
    if reach.after is None:
        many = _tr("{day} and all after it").format(day=day)
    elif reach.after == 0:
        many = _tr("{day}; it is the last").format(day=day)
    else:
        rest = i18n.plural(reach.after, _tr("the {n} after it"), _tr("the {n} after it"))
        many = _tr("{day} and {rest}").format(day=day, rest=rest)
    earlier = {
        "change": _tr("Earlier visits and invoices stay."),
        "move": _tr("Earlier visits and invoices stay."),
        "skip": _tr("The series ends before it. Earlier visits and invoices stay."),
        "cancel": _tr("The series ends with it. Earlier visits and invoices stay."),
    }[verb]
    this = {
        "skip": _tr("It is left out; the others take place."),
        "cancel": _tr("It stays on record as cancelled; the others take place."),
    }.get(verb, _tr("The others stay as they are."))
    return {
        "this": (_tr("Only {day}").format(day=day), this),
        "following": (many, earlier),
        "all": (_tr("The whole series"), _tr("Finished visits stay as they are.")),
    }


def ask_scope(
    ctx: ViewContext,
    parent: QWidget,
    ident: int,
    verb: str,
    then: Answer,
    *,
    scopes: Sequence[str] = SCOPES,
    reason: bool = False,
) -> ScopeDialog | None:
    """Ask which visits are meant, and with ``reason`` why; ``then`` gets (scope, reason).

    An appointment that does not come again is "this" without a question, unless a reason is asked
    for; then there is no dialog to return. Nothing happens when the question is left. ``verb`` as
    in :func:`effects`, or "no_show".
    """
    detail = ctx.tasks.read_now(lambda r: queries.detail(r, ident))
    if detail is None:
        return None
    reach = reach_of(detail) if scopes else None
    if reach is None and not reason:
        then("this", "")
        return None
    dialog = ScopeDialog(detail, reach, verb, scopes, reason=reason, parent=parent)
    dialog.answered.connect(then)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog


class ScopeDialog(QDialog):
    """Rows to choose from, a reason where one is asked for, and the answer as a verb."""

    answered = Signal(str, str)

    def __init__(
        self,
        detail: AppointmentDetail,
        reach: Reach | None,
        verb: str,
        scopes: Sequence[str] = SCOPES,
        *,
        reason: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("schedule.scope")
        self.setModal(True)
        title = _question(verb, detail.name, series=reach is not None)
        self.setWindowTitle(title)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        ground = Surface("surface")
        outer.addWidget(ground)
        body = QVBoxLayout(ground)
        body.setContentsMargins(24, 20, 24, 20)
        body.setSpacing(12)
        body.addWidget(DataLabel(title, "heading", wrap=True))
        self.rows: dict[str, ScopeRow] = {}
        group = QButtonGroup(self)
        words = effects(reach, verb) if reach is not None else {}
        for key in scopes if reach is not None else ():
            row = ScopeRow(*words[key], object_name=f"schedule.scope.{key}")
            group.addButton(row)
            self.rows[key] = row
            body.addWidget(row)
        self.reason = SuggestEdit(object_name="schedule.scope.reason")
        self.reason.set_proposals(usual_reasons())
        field = FormField(_tr("Why (only the office reads it)"), self.reason)
        field.setVisible(reason)
        body.addWidget(field)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        keep = PlainButton(_tr("Leave as it is"), object_name="schedule.scope.keep")
        keep.clicked.connect(self.reject)
        self.go = PrimaryButton(_verb_word(verb), object_name="schedule.scope.go")
        self.go.clicked.connect(self._on_go_clicked)
        self.go.setDefault(True)
        buttons.addWidget(keep)
        buttons.addWidget(self.go)
        body.addLayout(buttons)
        self.setMinimumWidth(max(420, theme().scaled(420)))
        first = next(iter(self.rows.values()), None)
        if first is not None:
            first.setChecked(True)
            first.setFocus(Qt.FocusReason.TabFocusReason)
        if reason:
            self.reason.setFocus(Qt.FocusReason.TabFocusReason)

    def scope(self) -> str:
        """What is chosen."""
        return next((key for key, row in self.rows.items() if row.isChecked()), "this")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if enter:
            self._on_go_clicked()
        elif event.key() in steps and self.rows:
            keys = list(self.rows)
            at = (keys.index(self.scope()) + steps[Qt.Key(event.key())]) % len(keys)
            self.rows[keys[at]].setChecked(True)
            self.rows[keys[at]].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)

    def _on_go_clicked(self) -> None:
        scope, reason = self.scope(), self.reason.text().strip()
        self.accept()
        self.answered.emit(scope, reason)


class ScopeRow(BaseButton):
    """A choice with what it does below it; Space and arrow keys choose."""

    def __init__(self, text: str, effect: str, *, object_name: str = "") -> None:
        self._effect = effect
        super().__init__(text, object_name=object_name)
        self.setCheckable(True)
        self.setAccessibleDescription(effect)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        colors = theme()
        wide = max(
            colors.metrics("body", 600).horizontalAdvance(self.text()),
            colors.metrics("caption").horizontalAdvance(self._effect),
        )
        tall = colors.line_height() + colors.line_height("caption") + 18
        return QSize(wide + colors.scaled(44) + 12, tall)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Up, Qt.Key.Key_Down):
            event.ignore()  # the dialog goes on, or to the next row
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        colors = theme()
        painter = QPainter(self)
        on, rect = self.isChecked(), self.rect()
        face = "selected" if on else "hover" if self.is_hot() else "surface"
        box(painter, rect, colors.color(face), colors.color("accent" if on else "buttonLine"))
        size = colors.scaled(16)
        ring = rect.adjusted(12, (rect.height() - size) // 2, 0, 0)
        ring.setSize(QSize(size, size))
        line = colors.color("accent" if on else "control")
        box(painter, ring, colors.color("surface"), line, radius=size / 2, width=1.5)
        if on:
            inner = ring.adjusted(4, 4, -4, -4)
            box(painter, inner, colors.color("accent"), None, radius=inner.width() / 2)
        left = 12 + size + 12
        room = rect.width() - left - 10
        top = (rect.height() - colors.line_height() - colors.line_height("caption")) // 2
        for text, style, weight, token in (
            (self.text(), "body", 600, "text"),
            (self._effect, "caption", 400, "text2"),
        ):
            metrics = colors.metrics(style, weight)
            painter.setFont(colors.font(style, weight))
            painter.setPen(colors.color(token))
            line_text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
            painter.drawText(left, top + metrics.ascent(), line_text)
            top += colors.line_height(style)
        if self._keyboard_focus:
            focus_ring(painter, rect)
        painter.end()


def usual_reasons() -> tuple[str, ...]:
    """What is proposed while one types why something does not take place."""
    return (
        _tr("Rain"),
        _tr("Customer is ill"),
        _tr("Customer is away"),
        _tr("Customer called it off"),
        _tr("Nobody opened"),
        _tr("Crew is short of people"),
        _tr("Vehicle broke down"),
    )


def _question(verb: str, name: str, *, series: bool) -> str:
    if verb == "no_show":
        return _tr("Nobody was there: {name}").format(name=name)
    if not series:
        return _tr("Cancel {name}?").format(name=name)
    words = {
        "change": _tr("Change which visits of {name}?"),
        "move": _tr("Move which visits of {name}?"),
        "skip": _tr("Leave out which visits of {name}?"),
        "cancel": _tr("Cancel which visits of {name}?"),
    }
    return words[verb].format(name=name)


def _verb_word(verb: str) -> str:
    words = {
        "change": _tr("Change"),
        "move": _tr("Move"),
        "skip": _tr("Leave out"),
        "cancel": _tr("Cancel visit"),
        "no_show": _tr("Nobody was there"),
    }
    return words[verb]
