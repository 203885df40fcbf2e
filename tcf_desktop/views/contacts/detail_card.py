"""What a block of the detail pane is, and the two columns that the blocks stand in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Final, Generic, Literal, TypeVar

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QVBoxLayout, QWidget

from tcf_desktop.qtkit.theme import theme
from tcf_desktop.views.common import Card

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader
    from tcf_desktop.services.queries.contact_detail import ContactDetail
    from tcf_desktop.views.context import ViewContext

T = TypeVar("T")
# Contact, now in UTC ms, the local date: read on an io thread, with everything else of the pane.
Load = Callable[["Reader", int, int, str], Any]
Column = Literal["left", "right", "wide"]
_TWO_COLUMNS: Final = 590  # logical pixels at normal text size; narrower panes have one


def nothing(_r: Reader, _contact_id: int, _now_ms: int, _today: str) -> None:
    """For parts that need no more than the contact itself."""


@dataclass(frozen=True, slots=True)
class CardPlace:
    """A block of the pane: its name, where it stands, its class (made once)."""

    key: str
    column: Column
    card: type[DetailCard]


@dataclass(frozen=True, slots=True)
class Fact:
    """An entry of the facts strip; ``token`` is a text colour."""

    name: str
    value: str
    token: str = "text"


@dataclass(frozen=True, slots=True)
class Part(Generic[T]):
    """Something small about the contact: a fact of the strip, a part of the sentence.

    ``words`` gets the contact and what ``load`` read.
    """

    key: str
    words: Callable[[ContactDetail, Any, ViewContext], T]
    load: Load = nothing


@dataclass(frozen=True, slots=True)
class ActionPlace:
    """An entry of the pane's "more" menu. ``words`` may be empty for "not with this contact";
    ``run`` gets the context, the contact and the pane."""

    key: str
    words: Callable[[ContactDetail], str]
    run: Callable[[ViewContext, ContactDetail, QWidget], object]


class DetailCard(Card):
    """A block of the detail pane. It is made once and shows one contact after the other.

    ``load`` runs on an io thread, in one go with the contact; ``show_contact`` gets its answer on
    the GUI thread, and only when something is different from what is shown. ``tables`` are further
    tables whose changes it shows (changes of the contact and its parts come anyway). A block with
    nothing to say hides itself. With ``framed`` False it has no face of its own.
    """

    tables: ClassVar[tuple[str, ...]] = ()
    framed: ClassVar[bool] = True

    editRequested = Signal(str)  # opens the contact's form; the field to start with
    cardRequested = Signal(str, int)  # another block of the pane, and what to point at there
    wishToBeSeen = Signal(QWidget)  # scroll to this part of the block
    rowReached = Signal(QWidget, QRect)  # scroll to a place inside of a part

    def __init__(self, ctx: ViewContext, title: str = "", object_name: str = "") -> None:
        super().__init__(title, object_name=object_name)
        self.ctx = ctx
        self._known: tuple[ContactDetail, Any, str] | None = None
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        if not self.framed:
            self.body.setContentsMargins(0, 0, 0, 0)

    @staticmethod
    def load(_r: Reader, _contact_id: int, _now_ms: int, _today: str, /) -> Any:
        """What the block needs beside the contact; never touches a widget."""
        return None

    def show_contact(self, detail: ContactDetail, facts: Any) -> None:
        """Show the contact; ``facts`` is what :meth:`load` gave."""
        raise NotImplementedError

    def leave(self) -> None:
        """Another contact comes, or none: set aside what was being typed."""

    def point_at(self, row_id: int) -> None:
        """Show one of the things in the block, with the focus on it."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def end_reached(self) -> None:
        """The pane was scrolled near its end: whoever has more to show brings it."""

    @property
    def detail(self) -> ContactDetail | None:
        """The contact that is shown."""
        return None if self._known is None else self._known[0]

    def take(self, detail: ContactDetail, facts: Any) -> None:
        """Called by the pane: show it unless it stands there already; the focus stays."""
        known = (detail, facts, self.ctx.today())
        if known == self._known:
            return
        if self._known is not None and self._known[0].id != detail.id:
            self.leave()
        self._known = known
        name = self._name_with_focus()
        self.show_contact(detail, facts)
        if name and (again := self.findChild(QWidget, name)) is not None:
            again.setFocus(Qt.FocusReason.OtherFocusReason)

    def forget(self) -> None:
        """No contact is shown."""
        if self._known is not None:
            self.leave()
        self._known = None

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.framed:
            super().paintEvent(event)

    def _name_with_focus(self) -> str:
        inside = self.findChildren(QWidget)
        return next((child.objectName() for child in inside if child.hasFocus()), "")


class CardColumns(QWidget):
    """Blocks in two columns that end at one height; in one column when there is no room."""

    def __init__(self, cards: Sequence[tuple[Column, DetailCard]]) -> None:
        super().__init__()
        self._cards = list(cards)
        self._folded: bool | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        self._columns = {"left": QVBoxLayout(), "right": QVBoxLayout()}
        for column in self._columns.values():
            column.setSpacing(12)
            row.addLayout(column, 1)
        self._row = row
        self._arrange(folded=False)
        theme().changed.connect(self._fold)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def settle(self) -> None:
        """After blocks came or went: the last of each column reaches down to the common end."""
        for name, layout in self._columns.items():
            mine = [c for side, c in self._cards if (side == name or self._folded)]
            shown = [card for card in mine if not card.isHidden()]
            for card in mine:
                layout.setStretchFactor(card, int(bool(shown) and card is shown[-1]))
        one_sided = not self._folded and any(
            all(card.isHidden() for side, card in self._cards if side == name)
            for name in self._columns
        )
        self._row.setSpacing(0 if one_sided or self._folded else 12)
        for number, name in enumerate(self._columns):
            empty = all(card.isHidden() for side, card in self._cards if side == name)
            gone = (self._folded and name == "right") or (empty and not self._folded)
            self._row.setStretch(number, 0 if gone else 1)

    def _fold(self) -> None:
        folded = self.width() * 100 < _TWO_COLUMNS * theme().text_scale
        if folded != self._folded:
            self._arrange(folded=folded)

    def _arrange(self, *, folded: bool) -> None:
        self._folded = folded
        for _, card in self._cards:
            for column in self._columns.values():
                column.removeWidget(card)
        for side, card in self._cards:
            self._columns["left" if folded else side].addWidget(card)
        self.settle()


def clear(layout: QLayout) -> None:
    """Take everything out of a layout; its widgets end with the next turn of the event loop."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            clear(inner)
            inner.deleteLater()
