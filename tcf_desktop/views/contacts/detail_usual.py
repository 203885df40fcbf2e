"""What a contact wants regularly: the promised interval beside the real one, and the next step."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QCoreApplication, QPoint, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from tcf_desktop.itemmodels.due_list import rhythm_line, state_of, work_of
from tcf_desktop.qtkit import i18n
from tcf_desktop.services.queries.appointment import price_list
from tcf_desktop.services.queries.due import DueRow, contact_frequencies
from tcf_desktop.views.common import Chip, DataLabel, IconButton, LinkButton, hairline
from tcf_desktop.views.contacts.detail_card import DetailCard, clear
from tcf_desktop.views.context import NoticeAction, Target
from tcf_desktop.views.due.actions import DueActions, book_target

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader
    from tcf_desktop.services.frequencies import FrequencyDraft
    from tcf_desktop.services.queries.contact_detail import ContactDetail
    from tcf_desktop.views.contacts.detail_usual_editor import FrequencyEditor, TypedFrequency
    from tcf_desktop.views.context import ViewContext


def _tr(text: str) -> str:
    return QCoreApplication.translate("ContactDetail", text)


class UsualWorkCard(DetailCard):
    """One line for each frequency, and the editor above them."""

    tables: ClassVar[tuple[str, ...]] = ("frequencies", "appointments", "services")

    def __init__(self, ctx: ViewContext) -> None:
        super().__init__(ctx, _tr("Usual work"), object_name="contacts.usual")
        self.header.addStretch(1)
        link = LinkButton(
            _tr("Ask regularly"),
            tooltip=_tr("Say how often this customer wants something"),
            object_name="contacts.usual.add",
        )
        link.clicked.connect(lambda *_: self.open_editor(None))
        self.header.addWidget(link)
        self.actions_ = DueActions(ctx, self)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(8)
        self.body.addLayout(self._rows)
        self.body.addStretch(1)
        self._services: tuple[Any, ...] = ()
        self._waiting: TypedFrequency | None = None  # brought back; its contact is on its way

    @cached_property
    def editor(self) -> FrequencyEditor:
        """Made when something is written for the first time."""
        from tcf_desktop.views.contacts.detail_usual_editor import FrequencyEditor

        editor = FrequencyEditor(self.ctx)
        editor.hide()
        editor.keepRequested.connect(self._keep)
        editor.left.connect(self._set_aside)
        self.body.insertWidget(self.body.indexOf(self._rows), editor)
        return editor

    @staticmethod
    def load(r: Reader, contact_id: int, _now_ms: int, today: str, /) -> Any:
        return contact_frequencies(r, contact_id, today), price_list(r)

    def show_contact(self, detail: ContactDetail, facts: Any) -> None:
        rows, self._services = facts
        clear(self._rows)
        for number, row in enumerate(rows):
            if number:
                self._rows.addWidget(hairline())
            line = UsualLine(row, self.ctx.currency())
            line.bookRequested.connect(partial(self.ctx.navigate, book_target(row)))
            line.menuRequested.connect(partial(self._open_menu, row))
            self._rows.addWidget(line)
        if not rows:
            text = _tr("Nothing is asked regularly. A reminder to call puts nothing on the "
                       "schedule.")  # fmt: skip
            self._rows.addWidget(DataLabel(text, color="text2", wrap=True))
        waiting, self._waiting = self._waiting, None
        if waiting is not None and waiting.contact_id == detail.id:
            self._bring_back(waiting)

    def leave(self) -> None:
        self._set_aside()

    # writing

    def open_editor(self, row: DueRow | None) -> None:
        """For a new frequency, or to change one."""
        detail = self.detail
        if detail is not None:
            self.editor.show()
            self.editor.start(detail.id, row, self._services, detail.draft.places)
            self.wishToBeSeen.emit(self.editor)

    def _set_aside(self) -> None:
        if "editor" not in self.__dict__ or self.editor.isHidden():
            return
        typed = self.editor.typed() if self.editor.is_touched() else None
        self.editor.hide()
        if typed is not None:
            self.ctx.notify(
                _tr("What you typed was not kept."),
                action=NoticeAction(_tr("Bring it back"), partial(self._bring_back, typed)),
            )

    def _bring_back(self, typed: TypedFrequency) -> None:
        if self.detail is not None and self.detail.id == typed.contact_id:
            self.open_editor(typed.row)
            self.editor.take_up(typed)
        else:
            self._waiting = typed
            self.ctx.navigate(Target("contacts", "contact", typed.contact_id))

    def _keep(self, frequency_id: int | None, draft: FrequencyDraft) -> None:
        from tcf_desktop.services.frequencies import SaveFrequency

        def kept(_: int) -> None:
            self.editor.hide()
            self.ctx.notify(_tr("Kept under usual work"), undo=True)
            self.setFocus(Qt.FocusReason.OtherFocusReason)

        self.ctx.tasks.command(self, SaveFrequency(frequency_id, draft), kept)

    def _delete(self, row: DueRow) -> None:
        from tcf_desktop.services.frequencies import DeleteFrequency

        text = _tr("{what} is not asked regularly any more.").format(what=work_of(row)[:60])
        self.ctx.tasks.command(
            self, DeleteFrequency(row.id), lambda _: self.ctx.notify(text, undo=True)
        )

    # the menu of a line

    def _open_menu(self, row: DueRow, where: QPoint) -> None:
        menu = QMenu(self)
        menu.setObjectName("contacts.usual.menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(_tr("Change…"), partial(self.open_editor, row))
        if row.stopped:
            menu.addAction(_tr("Ask again"), partial(self.actions_.resume, [row]))
        else:
            if row.snoozed_until_on:
                menu.addAction(_tr("Ask again now"), partial(self.actions_.snooze, [row], ""))
            self.actions_.fill_snooze(menu.addMenu(_tr("Snooze")), [row])
            self.actions_.fill_reasons(
                menu.addMenu(_tr("Not interested")), partial(self.actions_.stop, [row])
            )
        menu.addSeparator()
        menu.addAction(_tr("Delete"), partial(self._delete, row))
        menu.popup(where)


class UsualLine(QWidget):
    """The work, the place, how often it was promised and how often it was, the agreed price, when
    it is due."""

    bookRequested = Signal()
    menuRequested = Signal(QPoint)

    def __init__(self, row: DueRow, currency: str) -> None:
        super().__init__()
        self.row = row
        self._currency = currency
        name = f"contacts.usual.{row.id}"
        self.setObjectName(name)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(DataLabel(i18n.joined([work_of(row), row.place]), "body", weight=500))
        words.addWidget(DataLabel(self._second(), "caption", "text2"))
        book = IconButton(
            "calendar-plus",
            _tr("Book {what}").format(what=work_of(row)[:60]),
            object_name=f"{name}.book",
        )
        book.clicked.connect(lambda *_: self.bookRequested.emit())
        book.setVisible(not row.stopped and not row.booked_on)
        self.more = IconButton(
            "dots-three",
            _tr("More for {what}").format(what=work_of(row)[:60]),
            object_name=f"{name}.more",
            framed=False,
        )
        self.more.clicked.connect(lambda *_: self._ask_menu(self.more.rect().bottomLeft()))
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addLayout(words, 1)
        line.addWidget(Chip(*self._chip()))
        line.addWidget(book)
        line.addWidget(self.more)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(
            lambda where: self.menuRequested.emit(self.mapToGlobal(where))
        )

    def _second(self) -> str:
        next_due = _tr("due {day}").format(day=i18n.full_day(self.row.due_on))
        if self.row.stopped:
            next_due = self.row.stop_reason
        cents = self.row.price_cents
        price = "" if cents is None else i18n.money(cents, self._currency)
        return i18n.joined([rhythm_line(self.row), price, next_due])

    def _chip(self) -> tuple[str, str]:
        if self.row.booked_on and not self.row.stopped:
            return _tr("Booked {day}").format(day=i18n.day(self.row.booked_on)), "ok"
        return state_of(self.row)

    def _ask_menu(self, below: QPoint) -> None:
        self.menuRequested.emit(self.more.mapToGlobal(below))
