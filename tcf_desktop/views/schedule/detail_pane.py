"""The right pane: the selected appointment with its next steps, or how full the week is."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QMenu,
    QVBoxLayout,
    QWidget,
)

from tcf_desktop.domain.appointments import OFF_STATES, may_become
from tcf_desktop.domain.money import line_amount
from tcf_desktop.qtkit import i18n
from tcf_desktop.qtkit.style import box as rounded
from tcf_desktop.qtkit.theme import theme
from tcf_desktop.services.queries.appointment import AppointmentDetail
from tcf_desktop.services.queries.schedule import AppointmentBlock, CrewRow, Week
from tcf_desktop.views.common import (
    Chip,
    DataLabel,
    IconLabel,
    LinkButton,
    PlainButton,
    ScrollPane,
    hairline,
)
from tcf_desktop.views.contacts.visibility import FACES, visibility_word
from tcf_desktop.views.context import Target
from tcf_desktop.views.schedule.checklist_view import ChecklistView
from tcf_desktop.views.schedule.detail_facts import STEP_ICONS, step_words, time_facts
from tcf_desktop.views.schedule.detail_files import VisitFiles
from tcf_desktop.views.schedule.tell_steps import add_steps
from tcf_desktop.views.schedule.wording import kind_words, state_words

if TYPE_CHECKING:
    from tcf_desktop.domain.contacts import Visibility
    from tcf_desktop.views.context import ViewContext

WIDTH = 244
_TONES = {"done": "ok", "cancelled": "neutral", "no_show": "warn", "tentative": "neutral",
          "on_the_way": "info", "arrived": "info"}  # fmt: skip


class DetailPane(ScrollPane):
    """Shows one appointment or the week; what is asked for goes out as a signal."""

    commandRequested = Signal(str)  # edit invoice finish give cancel delete copy state:… contact
    giveRequested = Signal(QPoint)

    def __init__(self, ctx: ViewContext, parent: QWidget | None = None) -> None:
        super().__init__("surface", parent)
        self._ctx = ctx
        self.setObjectName("schedule.detail")
        self.layout_.setContentsMargins(13, 14, 13, 14)
        self.layout_.setSpacing(6)
        self.setFixedWidth(max(WIDTH, theme().metrics().horizontalAdvance("M" * 18)))
        self._inside: QWidget | None = None
        self.detail: AppointmentDetail | None = None
        self._shown: object = None
        self._focused = ""

    def show_appointment(self, detail: AppointmentDetail, currency: str) -> None:
        """One appointment in full."""
        if self._shown == (detail, currency):
            return
        self._shown = (detail, currency)
        if self.detail is not None and self.detail.id == detail.id:
            bar = self.verticalScrollBar()
            QTimer.singleShot(0, self, partial(bar.setValue, bar.value()))
        self.detail = detail
        box = self._fresh()
        box.addWidget(DataLabel(self.tr("Selected"), "caption", "text2", weight=600))
        name = DataLabel(detail.name, "subtitle", wrap=True, object_name="schedule.detail.name")
        box.addWidget(name)
        chips = QHBoxLayout()
        chips.setSpacing(6)
        if detail.kind != "job":
            chips.addWidget(Chip(kind_words()[detail.kind], "info"))
        if detail.state != "confirmed":
            chips.addWidget(Chip(state_words()[detail.state], _TONES[detail.state]))
        if detail.invoice_id is not None:
            number = detail.invoice_number
            text = self.tr("Invoice {n}").format(n=number) if number else self.tr("Draft invoice")
            chips.addWidget(Chip(text, "ok" if number else "neutral"))
        chips.addStretch(1)
        if chips.count() > 1:
            box.addLayout(chips)
        for icon, text in self._facts(detail):
            box.addLayout(_fact(icon, text))
        if detail.call_back_of_id is not None:
            link = LinkButton(
                self.tr("Call-back: show the first visit"), "arrow-counter-clockwise",
                style="caption", object_name="schedule.detail.call_back",
            )  # fmt: skip
            first = Target("schedule", "appointment", detail.call_back_of_id)
            link.clicked.connect(lambda *_: self._ctx.navigate(first))
            box.addWidget(link)
        if detail.lines:
            box.addSpacing(2)
            box.addWidget(hairline())
            for line in detail.lines:
                amount = _amount(line.qty_milli, line.unit_price_e4, currency)
                box.addLayout(_money_row(_line_text(line.name, line.qty_milli), amount))
            box.addLayout(
                _money_row(self.tr("Total"), i18n.money(detail.total_cents, currency), strong=True)
            )
        box.addSpacing(4)
        box.addLayout(self._buttons(detail))
        self._belongings(detail, box)
        self._keep_focus()

    def _belongings(self, detail: AppointmentDetail, box: QVBoxLayout) -> None:
        """Notes by reader, the list to tick off, files."""
        notes: tuple[tuple[Visibility, str], ...] = (
            ("office", detail.note), ("crew", detail.crew_note),
            ("document", detail.document_note),
        )  # fmt: skip
        for reader, text in notes:
            if text:
                box.addSpacing(4)
                row = QHBoxLayout()
                row.addWidget(Chip(visibility_word(reader), *FACES[reader]))
                row.addStretch(1)
                box.addLayout(row)
                box.addWidget(DataLabel(text, "caption", "text", wrap=True))
        if detail.checklist:
            box.addSpacing(6)
            view = ChecklistView(detail.checklist)
            view.ticked.connect(partial(self._on_ticked, detail.id))
            box.addWidget(view)
        if detail.contact_id is not None:
            box.addSpacing(6)
            box.addWidget(VisitFiles(self._ctx, detail))

    def _on_ticked(self, ident: int, position: int, done: bool) -> None:
        from tcf_desktop.services.checklists import TickItem

        self._ctx.tasks.command(self, TickItem(ident, position, done))

    def _keep_focus(self) -> None:
        """What had the focus before the pane was made anew has it again."""
        wanted, self._focused = self._focused, ""
        if wanted and self._inside is not None:
            again = self._inside.findChild(QWidget, wanted)
            if isinstance(again, QWidget):
                again.setFocus(Qt.FocusReason.TabFocusReason)

    def show_week(
        self, week: Week, shown: tuple[AppointmentBlock, ...], crew_ids: Collection[int | None]
    ) -> None:
        """How full the shown days are, by crew."""
        self.detail = None
        if self._shown == (week, shown, crew_ids):
            return
        self._shown = (week, shown, crew_ids)
        box = self._fresh()
        title = self.tr("This week") if len(week.days) > 1 else self.tr("This day")
        if len(week.days) > 7:
            title = self.tr("These weeks")
        box.addWidget(DataLabel(title, "heading"))
        free = [block for block in shown if block.crew_id is None and block.counts]
        for crew in week.crews:
            mine = [block for block in shown if block.crew_id == crew.id and block.counts]
            if crew.id in crew_ids:
                box.addSpacing(6)
                box.addLayout(_crew_row(crew, self._load_of(mine, week.currency)))
        if free:
            box.addSpacing(6)
            text = i18n.plural(
                len(free),
                self.tr("{n} visit has no crew yet"),
                self.tr("{n} visits have no crew yet"),
            )
            box.addLayout(_fact("warning-circle", text))
        box.addSpacing(10)
        hint = self.tr("Drag over free time to book a visit. Click one to see it here.")
        box.addWidget(DataLabel(hint, "caption", "text3", wrap=True))

    def _load_of(self, blocks: list[AppointmentBlock], currency: str) -> str:
        if not blocks:
            return self.tr("Nothing planned")
        count = i18n.plural(len(blocks), self.tr("{n} visit"), self.tr("{n} visits"))
        hours = i18n.minutes_text(sum(block.minutes for block in blocks))
        money = i18n.short_money(sum(block.total_cents for block in blocks), currency)
        return i18n.joined([count, money, hours])

    def _facts(self, detail: AppointmentDetail) -> list[tuple[str, str]]:
        facts = [
            *time_facts(detail, self._ctx.zone()),
            ("x-circle", detail.cancel_reason),
            ("briefcase", detail.service),
            ("users", detail.worker_name or detail.crew_name or self.tr("No crew yet")),
            ("map-pin", detail.address),
            ("lock-simple", detail.access_note),
            ("phone", detail.phone),
        ]
        return [(icon, text) for icon, text in facts if text]

    def _buttons(self, detail: AppointmentDetail) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(8)
        edit = self._button(self.tr("Edit"), "pencil-simple", "edit", self.tr("Enter"))
        made = [edit]
        billable = detail.contact_id is not None and detail.kind == "job"
        billable = billable and detail.call_back_of_id is None  # that one is free
        if detail.invoice_id is not None:
            made.append(self._button(self.tr("Invoice"), "receipt", "open_invoice", ""))
        elif billable and detail.state not in OFF_STATES:
            made.append(self._button(self.tr("Invoice"), "receipt", "invoice", "I"))
        step = _next_state(detail.state)
        if detail.state not in ("done", *OFF_STATES):
            made.append(self._button(self.tr("Finish"), "check", "finish", "F"))
        give = PlainButton(self.tr("Give to…"), "users", object_name="schedule.detail.give")
        give.clicked.connect(
            lambda *_: self.giveRequested.emit(give.mapToGlobal(QPoint(0, give.height() + 2)))
        )
        made.append(give)
        more = PlainButton(self.tr("More"), "dots-three", object_name="schedule.detail.more")
        more.clicked.connect(lambda *_: self._open_more(more))
        made.append(more)
        for number, button in enumerate(made):
            button.setSizePolicy(
                button.sizePolicy().Policy.Expanding, button.sizePolicy().Policy.Fixed
            )
            grid.addWidget(button, number // 2 + 1, number % 2)
        if step and detail.kind in ("job", "estimate"):
            # Its words are the longest, so it has the width of the pane.
            grid.addWidget(
                self._button(step_words()[step], STEP_ICONS[step], f"state:{step}", ""), 0, 0, 1, 2
            )
        return grid

    def _button(self, text: str, icon: str, command: str, key: str) -> PlainButton:
        tip = f"{text} ({key})" if key else text
        button = PlainButton(text, icon, tooltip=tip, object_name=f"schedule.detail.{command}")
        button.clicked.connect(lambda *_: self.commandRequested.emit(command))
        return button

    def _open_more(self, anchor: QWidget) -> None:
        if self.detail is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        fill_menu(menu, self.detail.state, self.detail.contact_id, self.commandRequested.emit)
        menu.popup(anchor.mapToGlobal(QPoint(0, anchor.height() + 2)))

    def _fresh(self) -> QVBoxLayout:
        if self._inside is not None:
            focused = cast("QWidget | None", self.window().focusWidget())
            if focused is not None and self._inside.isAncestorOf(focused):
                self._focused = focused.objectName()
            self._inside.hide()
            self.layout_.removeWidget(self._inside)
            self._inside.deleteLater()
        while self.layout_.count():
            self.layout_.takeAt(0)
        self._inside = QWidget()
        column = QVBoxLayout(self._inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self.layout_.addWidget(self._inside)
        self.layout_.addStretch(1)
        return column


def fill_menu(menu: QMenu, state: str, contact_id: int | None, run: Callable[[str], None]) -> None:
    """The further steps of an appointment: states it may go to, copy, customer, delete."""
    words = {
        "tentative": menu.tr("Hold, not confirmed"),
        "confirmed": menu.tr("Confirm") if state in ("tentative", "cancelled")
        else menu.tr("Back to planned"),
        "on_the_way": menu.tr("On the way"),
        "arrived": menu.tr("Under way"),
        "no_show": menu.tr("Nobody was there"),
    }  # fmt: skip
    for target, text in words.items():
        if target != state and may_become(state, target):
            menu.addAction(text, partial(run, f"state:{target}"))
    menu.addSeparator()
    add_steps(menu, state, contact_id, run)
    if contact_id is not None:
        menu.addAction(menu.tr("Show customer"), lambda: run("contact"))
        menu.addAction(menu.tr("Treatment record…"), lambda: run("treatment"))
    menu.addAction(menu.tr("Copy to next week"), lambda: run("copy"))
    menu.addSeparator()
    if may_become(state, "cancelled"):
        menu.addAction(menu.tr("Cancel appointment\tX"), lambda: run("cancel"))
    menu.addAction(menu.tr("Delete\tDel"), lambda: run("delete"))


def _next_state(state: str) -> str:
    """The step that comes next before the work is done; empty when there is none."""
    return {"tentative": "confirmed", "confirmed": "on_the_way", "on_the_way": "arrived"}.get(
        state, ""
    )


def _fact(icon: str, text: str) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    mark = IconLabel(icon, "text3", 15)
    row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
    label = DataLabel(text, "caption", "text2", wrap=True)
    row.addWidget(label, 1)
    return row


def _money_row(text: str, money: str, *, strong: bool = False) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    weight = 600 if strong else 400
    color = "text" if strong else "text2"
    row.addWidget(DataLabel(text, "caption", color, weight=weight), 1)
    row.addWidget(DataLabel(money, "caption", color, weight=weight, align="right"))
    return row


def _crew_row(crew: CrewRow, text: str) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(9)
    row.addWidget(CrewBar(crew.color_index))
    words = QVBoxLayout()
    words.setSpacing(1)
    words.addWidget(DataLabel(crew.name, "caption", weight=600))
    words.addWidget(DataLabel(text, "caption", "text2"))
    row.addLayout(words, 1)
    return row


class CrewBar(QWidget):
    """A crew's colour as a small upright bar."""

    def __init__(self, color_index: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._index = color_index
        self.setFixedWidth(4)
        theme().changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        rounded(painter, self.rect(), theme().crew(self._index).bar, None, radius=2)
        painter.end()


def _line_text(name: str, qty_milli: int) -> str:
    return name if qty_milli == 1000 else f"{i18n.quantity(qty_milli)} × {name}"


def _amount(qty_milli: int, unit_price_e4: int, currency: str) -> str:
    return i18n.amount(line_amount(qty_milli, unit_price_e4), currency)
