"""The head of the detail pane: who it is, in one sentence, and what can be done next."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from tcf_desktop.base.clock import from_ms
from tcf_desktop.itemmodels.contact_list import kind_word
from tcf_desktop.itemmodels.due_words import interval_words
from tcf_desktop.qtkit import i18n
from tcf_desktop.qtkit.theme import theme
from tcf_desktop.services.queries.due import DueRow, contact_frequencies
from tcf_desktop.views.common import (
    Avatar,
    Chip,
    DataLabel,
    IconButton,
    PlainButton,
    PrimaryButton,
    initials_of,
)
from tcf_desktop.views.common.flow import FlowRow
from tcf_desktop.views.contacts.detail_card import ActionPlace, clear

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader
    from tcf_desktop.services.queries.contact_detail import ContactDetail
    from tcf_desktop.views.context import ViewContext


def _tr(text: str) -> str:
    return QCoreApplication.translate("ContactDetail", text)


def company(detail: ContactDetail, _facts: Any, _ctx: ViewContext) -> str:
    """Where a person works."""
    return detail.draft.company[:80] if detail.draft.company != detail.name else ""


def since(detail: ContactDetail, _facts: Any, ctx: ViewContext) -> str:
    """For how long they are known."""
    month = i18n.day(from_ms(detail.created_at, ctx.zone()).date(), "MMMM yyyy")
    if detail.draft.kind == "prospect":
        return _tr("Here since {month}").format(month=month)
    return _tr("Customer since {month}").format(month=month)


def source(detail: ContactDetail, _facts: Any, _ctx: ViewContext) -> str:
    """Who sent them."""
    found = detail.draft.source[:80]
    return _tr("found through: {source}").format(source=found) if found else ""


def load_rhythms(r: Reader, contact_id: int, _now_ms: int, today: str) -> tuple[DueRow, ...]:
    """What they want regularly."""
    return contact_frequencies(r, contact_id, today)


def rhythms(_detail: ContactDetail, facts: Any, _ctx: ViewContext) -> str:
    """``windows every 6 months``: what is wanted next."""
    wanted = [row for row in facts if not row.stopped]
    said = [
        _tr("{work} {interval}").format(
            work=(row.title[:1].lower() + row.title[1:])[:60] or _tr("a visit"),
            interval=interval_words(row.rhythm),
        )
        for row in wanted
    ]
    return next(iter(said), "")


def tags(detail: ContactDetail, _facts: Any, _ctx: ViewContext) -> str:
    """What they are tagged with."""
    return ", ".join(detail.draft.tags)[:120]


class DetailHead(QWidget):
    """Initials, name, chips and one sentence."""

    def __init__(self) -> None:
        super().__init__()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(14)
        self._avatar = QHBoxLayout()
        self._row.addLayout(self._avatar)
        words = QVBoxLayout()
        words.setSpacing(2)
        line = QHBoxLayout()
        line.setSpacing(10)
        self.name = DataLabel("", "title", object_name="contacts.detail.name")
        line.addWidget(self.name)
        self.kind = Chip("")
        self.segment = Chip("")
        line.addWidget(self.kind)
        line.addWidget(self.segment)
        line.addStretch(1)
        words.addLayout(line)
        self.sentence = DataLabel(
            "", "body", "text2", wrap=True, object_name="contacts.detail.sentence"
        )
        words.addWidget(self.sentence)
        self._row.addLayout(words, 1)

    def show_contact(self, detail: ContactDetail, parts: Iterable[str]) -> None:
        """Show the contact; ``parts`` make the sentence."""
        clear(self._avatar)
        self._avatar.addWidget(Avatar(initials_of(detail.name), 0, theme().scaled(48)))
        self.name.setText(detail.name[:300])
        prospect = detail.draft.kind == "prospect"
        self.kind.set_state(kind_word(detail.draft.kind), "info" if prospect else "ok")
        commercial = detail.draft.segment == "commercial"
        self.segment.set_state(_tr("Commercial") if commercial else _tr("Residential"), "neutral")
        self.sentence.setText(i18n.joined(list(parts)))


class DetailActions(QWidget):
    """The next steps, and everything else behind "more"."""

    appointmentRequested = Signal()
    invoiceRequested = Signal()
    editRequested = Signal(str)
    deleteRequested = Signal()

    def __init__(self, ctx: ViewContext, places: Iterable[ActionPlace]) -> None:
        super().__init__()
        self._ctx = ctx
        self._places = tuple(places)
        self._detail: ContactDetail | None = None
        steps = FlowRow(spacing=8)
        visit = PrimaryButton(
            _tr("New appointment"),
            "calendar-plus",
            tooltip=_tr("Plan a visit for this contact (Ctrl+Shift+A)"),
            object_name="contacts.detail.appointment",
        )
        visit.clicked.connect(lambda *_: self.appointmentRequested.emit())
        invoice = PlainButton(
            _tr("New invoice"),
            "receipt",
            tooltip=_tr("Write an invoice for this contact (Ctrl+Shift+I)"),
            object_name="contacts.detail.invoice",
        )
        invoice.clicked.connect(lambda *_: self.invoiceRequested.emit())
        edit = IconButton(
            "pencil-simple",
            _tr("Edit contact"),
            object_name="contacts.detail.edit",
            shortcut="Ctrl+E",
        )
        edit.clicked.connect(lambda *_: self.editRequested.emit(""))
        self.more = IconButton(
            "dots-three", _tr("More for this contact"), object_name="contacts.detail.more"
        )
        self.menu = QMenu(self.more)
        self.more.clicked.connect(self._on_more_clicked)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        steps.add(visit)
        steps.add(invoice)
        row.addWidget(steps, 1)
        row.addWidget(edit)
        row.addWidget(self.more)

    def show_contact(self, detail: ContactDetail) -> None:
        """Whom the menu is for."""
        self._detail = detail

    def fill_menu(self) -> None:
        """The entries for the contact that is shown."""
        self.menu.clear()
        detail = self._detail
        if detail is None:
            return
        self.menu.addAction(_tr("Add location"), lambda: self.editRequested.emit("location"))
        for place in self._places:
            if words := place.words(detail):
                run = partial(place.run, self._ctx, detail, self)
                action = self.menu.addAction(words.replace("&", "&&"), run)
                action.setObjectName(f"contacts.detail.{place.key}")
        self.menu.addSeparator()
        self.menu.addAction(_tr("Delete contact"), self.deleteRequested.emit)

    def _on_more_clicked(self) -> None:
        self.fill_menu()
        self.menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))
