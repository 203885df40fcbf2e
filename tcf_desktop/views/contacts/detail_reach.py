"""How a contact is reached, and what they agreed to, in the detail pane."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, Final, cast

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from tcf_desktop.base.clock import from_ms
from tcf_desktop.domain.consent import Channel, Purpose
from tcf_desktop.qtkit import i18n
from tcf_desktop.services.queries.consent import (
    AddressConsent,
    ConsentRow,
    ConsentState,
    Reach,
    consent_history,
    reach_of,
)
from tcf_desktop.views.common import DataLabel, IconButton, IconLabel, LinkButton, hairline
from tcf_desktop.views.contacts.detail_card import DetailCard, clear
from tcf_desktop.views.contacts.detail_note_parts import breakable
from tcf_desktop.views.contacts.detail_places import capital
from tcf_desktop.views.contacts.detail_reach_words import (
    allowed_words,
    event_words,
    how_word,
    proof_words,
    refused_words,
    unasked_words,
)
from tcf_desktop.views.contacts.doubts import DoubtLine, email_doubt, phone_doubt

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader
    from tcf_desktop.services.command import Command
    from tcf_desktop.services.consent import RecordConsent, RevokeConsent
    from tcf_desktop.services.queries.contact_detail import ContactDetail
    from tcf_desktop.views.contacts.detail_reach_editor import ConsentEditor
    from tcf_desktop.views.context import ViewContext

_RECORDED_BY: Final = "consent/recorded_by"
_MOST_ADDRESSES: Final = 12


def _tr(text: str) -> str:
    return QCoreApplication.translate("ContactDetail", text)


class ReachCard(DetailCard):
    """Numbers and mail addresses, each with what may be sent there and the proof of it."""

    tables = ("consent_events", "suppressions")

    def __init__(self, ctx: ViewContext) -> None:
        super().__init__(ctx, _tr("How we may reach them"), object_name="contacts.reach")
        self.header.addStretch(1)
        self._history_link = LinkButton(
            _tr("History"),
            tooltip=_tr("Everything they agreed to or stopped"),
            object_name="contacts.reach.history",
        )
        self._history_link.clicked.connect(self._on_history_clicked)
        self.header.addWidget(self._history_link)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(8)
        self.body.addLayout(self._rows)
        self._past = QVBoxLayout()
        self._past.setSpacing(8)
        self.body.addLayout(self._past)
        self.body.addStretch(1)
        self._reach = Reach((), 0)
        self._blocks: dict[tuple[Channel, str], QWidget] = {}
        self._open_at: tuple[Channel, str] | None = None
        self._with_history = False
        self._most = _MOST_ADDRESSES

    @cached_property
    def editor(self) -> ConsentEditor:
        """Made when something is recorded for the first time."""
        from tcf_desktop.views.contacts.detail_reach_editor import ConsentEditor

        editor = ConsentEditor()
        editor.hide()
        editor.keepRequested.connect(self._keep)
        editor.left.connect(self._close_editor)
        return editor

    def _writing(self) -> bool:
        """Whether the editor is open; asking makes none."""
        return "editor" in self.__dict__ and not self.editor.isHidden()

    @staticmethod
    def load(r: Reader, contact_id: int, _now_ms: int, _today: str, /) -> Any:
        return reach_of(r, contact_id)

    def show_contact(self, detail: ContactDetail, facts: Any) -> None:
        self._reach = facts
        if self._writing():
            self._rows.removeWidget(self.editor)
        clear(self._rows)
        self._blocks = {}
        for number, entry in enumerate(facts.addresses[: self._most]):
            if number:
                self._rows.addWidget(hairline())
            block = self._block(number, entry, detail.id)
            self._blocks[entry.channel, entry.address] = block
            self._rows.addWidget(block)
        if not facts.addresses:
            self._rows.addWidget(DataLabel(_tr("No phone or e-mail yet."), color="text2"))
            add = LinkButton(_tr("Add one"), object_name="contacts.reach.add")
            add.clicked.connect(lambda *_: self.editRequested.emit("phone"))
            self._rows.addWidget(add)
        hidden = len(facts.addresses) - len(self._blocks)
        if hidden > 0:
            text = i18n.plural(hidden, _tr("Show {n} more address"), _tr("Show {n} more addresses"))
            more = LinkButton(text, object_name="contacts.reach.more")
            more.clicked.connect(self._on_more_clicked)
            self._rows.addWidget(more)
        self._history_link.setVisible(facts.events > 0)
        if self._open_at is not None:
            if self._open_at in self._blocks:
                self._place_editor(self._open_at)
            else:
                self._close_editor()
        if self._with_history:
            self._read_history()

    def leave(self) -> None:
        self._close_editor()
        self._with_history = False
        self._most = _MOST_ADDRESSES
        clear(self._past)

    def point_at(self, row_id: int) -> None:
        self._with_history = True
        self._read_history()
        self._history_link.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_more_clicked(self) -> None:
        self._most = len(self._reach.addresses)
        if self.detail is not None:
            self.show_contact(self.detail, self._reach)

    # rows

    def _block(self, number: int, entry: AddressConsent, contact_id: int) -> QWidget:
        block = QWidget()
        column = QVBoxLayout(block)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        head = QHBoxLayout()
        head.setSpacing(8)
        icon = "phone" if entry.channel == "text" else "envelope-simple"
        head.addWidget(IconLabel(icon, "text2", 16))
        address = DataLabel(entry.address[:300], weight=500)
        label = capital(entry.label[:60])
        if entry.channel == "email":  # long enough by itself; its label is no more than a remark
            address.setToolTip(_plain(i18n.joined([entry.address, label])))
            label = ""
        head.addWidget(address)
        head.addWidget(DataLabel(label, "caption", "text2"), 1)
        name = f"contacts.reach.{number}"
        copy = IconButton(
            "copy",
            _tr("Copy {address}").format(address=entry.address[:120]),
            framed=False,
            object_name=f"{name}.copy",
        )
        copy.setFixedSize(24, 24)
        copy.clicked.connect(partial(self._copy, entry.address))
        head.addWidget(copy)
        column.addLayout(head)
        doubt = DoubtLine("contacts.reach.doubt")
        column.addWidget(doubt)  # first: what has no parent yet would be shown as a window
        doubt.say(self._doubt(entry))
        for purpose, state in _told(entry):
            column.addWidget(self._line(entry, purpose, state, contact_id, name))
        return block

    def _doubt(self, entry: AddressConsent) -> str:
        """What to say when it was typed like no number or address; empty otherwise."""
        if entry.e164:
            return ""
        country = self.detail.home_country if self.detail is not None else ""
        is_phone = entry.channel == "text"
        return phone_doubt(entry.address, country) if is_phone else email_doubt(entry.address)

    def _line(
        self,
        entry: AddressConsent,
        purpose: Purpose | None,
        state: ConsentState,
        contact_id: int,
        name: str,
    ) -> QWidget:
        line = QWidget()
        grid = QGridLayout(line)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(1, 1)
        icon, token, words = _face(entry.channel, purpose, state)
        grid.addWidget(IconLabel(icon, token, 16), 0, 0)
        said = DataLabel(words, color="text2" if state.state == "unasked" else "text", wrap=True)
        grid.addWidget(said, 0, 1, Qt.AlignmentFlag.AlignVCenter)
        proof = proof_words(state, contact_id, self.ctx.zone())
        if proof:
            label = DataLabel(proof, "caption", "text2", wrap=True)
            if state.event is not None and state.event.wording:
                label.setToolTip(_plain(state.event.wording))
            grid.addWidget(label, 1, 1, 1, 2)
        given = state.state != "allowed"
        text = _tr("They agreed…") if given else _tr("Stop")
        link = LinkButton(
            text, style="caption", object_name=f"{name}.{purpose or 'all'}.{state.state}"
        )
        link.setAccessibleName(
            _tr("{what}: {words}, {address}").format(
                what=text, words=words, address=entry.address[:120]
            )
        )
        link.clicked.connect(partial(self._start, entry, purpose, given=given))
        grid.addWidget(link, 0, 2)
        return line

    def _copy(self, address: str, _checked: bool = False) -> None:
        QGuiApplication.clipboard().setText(address)
        self.ctx.notify(_tr("{address} is copied.").format(address=address[:80]))

    # recording

    def _start(
        self, entry: AddressConsent, purpose: Purpose | None, _checked: bool = False, *, given: bool
    ) -> None:
        detail = self.detail
        if detail is None:
            return
        # Who wants no reminder wants no offer either, unless they say so.
        for_what = None if not given and purpose == "service" else purpose
        chosen = (entry.channel, entry.address)
        self._place_editor(chosen)
        self.editor.show()
        self.editor.start(
            detail.id,
            self._reach.addresses,
            given=given,
            chosen=chosen,
            purpose=for_what,
            today=self.ctx.today(),
            by=str(self.ctx.device.get(_RECORDED_BY, "")),
            business=self.ctx.business_name(),
        )
        self.wishToBeSeen.emit(self.editor)

    def _place_editor(self, chosen: tuple[Channel, str]) -> None:
        self._open_at = chosen
        self._rows.removeWidget(self.editor)
        self._rows.insertWidget(self._rows.indexOf(self._blocks[chosen]) + 1, self.editor)

    def _close_editor(self) -> None:
        self._open_at = None
        if self._writing():
            self.editor.hide()
            self._rows.removeWidget(self.editor)
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _keep(self, command: RecordConsent | RevokeConsent) -> None:
        self.ctx.device.set(_RECORDED_BY, command.recorded_by.strip())
        given = self.editor.is_yes()

        def kept(_: object) -> None:
            self._close_editor()
            said = (
                _tr("Permission kept") if given else _tr("Stopped. Nothing of this is sent there.")
            )
            self.ctx.notify(said, undo=True)

        self.ctx.tasks.command(self, cast("Command[object]", command), kept)

    # history

    def _on_history_clicked(self) -> None:
        self._with_history = not self._with_history
        if self._with_history:
            self._read_history()
        else:
            clear(self._past)

    def _read_history(self) -> None:
        detail = self.detail
        if detail is None:
            return

        def answer(rows: tuple[ConsentRow, ...]) -> None:
            if self._with_history and self.detail is not None and self.detail.id == detail.id:
                self._show_history(rows)

        self.ctx.tasks.read(self, lambda r: consent_history(r, detail.id), answer)

    def _show_history(self, rows: tuple[ConsentRow, ...]) -> None:
        clear(self._past)
        self._past.addWidget(hairline())
        self._past.addWidget(DataLabel(_tr("History"), weight=600))
        for event in rows:
            self._past.addWidget(self._past_line(event))

    def _past_line(self, event: ConsentRow) -> QWidget:
        line = QWidget()
        line.setObjectName(f"contacts.reach.event.{event.id}")
        column = QVBoxLayout(line)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(DataLabel(event_words(event), wrap=True))
        day = i18n.full_day(from_ms(event.at, self.ctx.zone()).date())
        by = _tr("recorded by {name}").format(name=event.recorded_by) if event.recorded_by else ""
        where = i18n.joined([day, event.address[:200], how_word(event.how), by[:120]])
        column.addWidget(DataLabel(breakable(where), "caption", "text2", wrap=True))
        if event.wording:
            quoted = _tr("“{words}”").format(words=event.wording[:600])
            column.addWidget(DataLabel(quoted, "caption", "text2", wrap=True))
        return line


def _told(entry: AddressConsent) -> list[tuple[Purpose | None, ConsentState]]:
    """A line a purpose; one for both where they are the same "no" or were never asked."""
    states = {state.state for _, state in entry.states}
    if states == {"unasked"}:
        return [(None, entry.states[0][1])]
    if states == {"refused"}:
        latest = max(
            (state for _, state in entry.states),
            key=lambda state: state.event.at if state.event else state.suppressed_at,
        )
        return [(None, latest)]
    return list(entry.states)


def _face(channel: Channel, purpose: Purpose | None, state: ConsentState) -> tuple[str, str, str]:
    if state.state == "allowed" and purpose is not None:
        return "check-circle", "ok", allowed_words(channel, purpose)
    if state.state == "refused":
        return "bell-slash", "bad", refused_words(channel, purpose)
    return "question", "text3", unasked_words(channel, purpose)


def _plain(text: str) -> str:
    """Tooltips guess HTML; what somebody wrote must not be read as such."""
    from html import escape

    return f"<span>{escape(text[:1000])}</span>"
