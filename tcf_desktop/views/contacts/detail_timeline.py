"""What happened with a contact, in the detail pane: one list, newest first, as long as it takes."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import (
    QCoreApplication,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QPainter, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
)

from tcf_desktop.itemmodels.contact_timeline import ENTRY, Line, TimelineModel
from tcf_desktop.qtkit import i18n
from tcf_desktop.qtkit.style import box, focus_ring
from tcf_desktop.qtkit.theme import theme
from tcf_desktop.services.queries.timeline import GROUPS, PAGE_ROWS, Timeline, timeline
from tcf_desktop.services.queries.timeline_parts import Entry
from tcf_desktop.views.common import ComboBox, DataLabel, LinkButton
from tcf_desktop.views.contacts.detail_card import DetailCard
from tcf_desktop.views.context import Target

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader
    from tcf_desktop.services.queries.contact_detail import ContactDetail
    from tcf_desktop.views.context import ViewContext

Index = QModelIndex | QPersistentModelIndex
_ICON_ROOM: Final = 28
_GAP: Final = 16


def _tr(text: str) -> str:
    return QCoreApplication.translate("ContactDetail", text)


class TimelineCard(DetailCard):
    """Everything that happened; the filter narrows it, scrolling down brings what is older."""

    tables = (
        "appointments", "invoices", "payments", "proposals", "attachments", "consent_events",
    )  # fmt: skip

    def __init__(self, ctx: ViewContext) -> None:
        super().__init__(ctx, _tr("Timeline"), object_name="contacts.timeline")
        self.filter = ComboBox(object_name="contacts.timeline.filter")
        self.filter.setAccessibleName(_tr("Show in the timeline"))
        names = (
            _tr("Visits"), _tr("Money"), _tr("Messages"), _tr("Notes"), _tr("Files"),
            _tr("Changes"),
        )  # fmt: skip
        self.filter.addItem(_tr("Everything"), "")
        for group, name in zip(GROUPS, names, strict=True):
            self.filter.addItem(name, group)
        self.header.addStretch(1)
        self.header.addWidget(self.filter)
        self.ahead = LinkButton("", object_name="contacts.timeline.ahead")
        self.ahead.clicked.connect(self._on_ahead_clicked)
        self.empty = DataLabel("", color="text2", wrap=True, object_name="contacts.timeline.empty")
        self.model = TimelineModel(ctx.currency, ctx.today)
        self.list = TimelineList(self.model)
        self.body.setSpacing(4)
        self.body.addWidget(self.ahead)
        self.body.addWidget(self.empty)
        self.body.addWidget(self.list)
        self._page = Timeline((), None)
        self._with_ahead = False
        self._generation = 0
        self._reading = False
        self.filter.currentIndexChanged.connect(lambda *_: self._read_anew(PAGE_ROWS))
        self.list.opened.connect(self._open)
        self.list.endNeared.connect(self.end_reached)
        self.list.currentMoved.connect(self._on_list_current_moved)

    @staticmethod
    def load(r: Reader, contact_id: int, now_ms: int, _today: str, /) -> Any:
        return timeline(r, contact_id, now_ms)

    def show_contact(self, detail: ContactDetail, facts: Any) -> None:
        loaded = len(self.model.entries)
        if self.filter.currentData() or self._with_ahead or loaded > PAGE_ROWS:
            self._read_anew(max(PAGE_ROWS, loaded))
        else:
            self._generation += 1  # what is still being read is older
            self._reading = False
            self._show(facts)

    def leave(self) -> None:
        self._with_ahead = False
        self.model.show_entries(())

    def end_reached(self) -> None:
        """The next page of what is older."""
        before, detail = self._page.older, self.detail
        if before is None or self._reading or detail is None:
            return

        def more(page: Timeline) -> None:
            self._page = page
            self.model.append(page.entries)
            self.list.fit()

        self._read(more, before=before)

    # reading

    def _read_anew(self, limit: int) -> None:
        if self.detail is not None:
            self._read(self._show, limit=limit)

    def _read(self, then: Any, **asked: Any) -> None:
        detail = self.detail
        assert detail is not None
        self._generation += 1
        self._reading = True
        generation, now = self._generation, self.ctx.clock.now_ms()
        asked |= {"group": self.filter.currentData(), "with_ahead": self._with_ahead}

        def answer(page: Timeline) -> None:
            if generation == self._generation:
                self._reading = False
                then(page)

        self.ctx.tasks.read(self, lambda r: timeline(r, detail.id, now, **asked), answer)

    def _show(self, page: Timeline) -> None:
        self._page = page
        self.model.show_entries(page.entries)
        self.list.fit()
        self.list.setVisible(bool(page.entries))
        narrowed = bool(self.filter.currentData())
        self.empty.setText(
            _tr("Nothing of this kind yet.")
            if narrowed
            else _tr("Nothing has happened yet. Visits, invoices and payments will stand here.")
        )
        self.empty.setVisible(not page.entries)
        visits = self.filter.currentData() in ("", "visits")
        self.ahead.setVisible(visits and page.ahead > 0)
        count = i18n.plural(page.ahead, _tr("{n} visit to come"), _tr("{n} visits to come"))
        if self._with_ahead:
            self.ahead.setText(_tr("Hide what is to come"))
        else:
            day = i18n.near_day(page.next_on, self.ctx.today())
            self.ahead.setText(_tr("{visits}, next {day}").format(visits=count, day=day))

    def _on_ahead_clicked(self) -> None:
        self._with_ahead = not self._with_ahead
        self._read_anew(PAGE_ROWS)

    def _on_list_current_moved(self, where: QRect) -> None:
        self.rowReached.emit(self.list, where)

    def _open(self, entry: Entry) -> None:
        if entry.kind == "change":
            from tcf_desktop.views.dialogs.undo_history import UndoHistory

            history = UndoHistory(self.ctx, self.window())
            history.search.setText(str(entry.params.get("name", ""))[:80])
            history.show()
            return
        if entry.opens is None:
            return
        if entry.kind in {"visit", "complaint"}:
            self.ctx.navigate(Target("schedule", "appointment", entry.opens))
        elif entry.kind == "message":
            self.ctx.navigate(Target("messages", "told" if entry.state == "sent" else "waiting"))
        elif entry.kind == "proposal":
            self.ctx.navigate(Target("billing", "proposal", entry.opens))
        elif entry.kind in {"invoice", "payment"}:
            self.ctx.navigate(Target("billing", "invoice", entry.opens))
        else:
            cards = {"note": "notes", "file": "files", "consent": "reach"}
            self.cardRequested.emit(cards[entry.kind], entry.opens)


class TimelineList(QListView):
    """As high as its rows, without a scroll bar of its own: the pane scrolls."""

    opened = Signal(object)  # Entry
    endNeared = Signal()
    currentMoved = Signal(QRect)

    def __init__(self, model: TimelineModel) -> None:
        super().__init__()
        self.setObjectName("contacts.timeline.list")
        self.setAccessibleName(_tr("Timeline"))
        self.setModel(model)
        self._model = model
        self.setItemDelegate(_TimelineDelegate(self))
        self.setUniformItemSizes(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.viewport().setAutoFillBackground(False)
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        self.setMouseTracking(True)
        self.day_room = self.amount_room = 0
        self.clicked.connect(self._open)
        theme().changed.connect(self._on_theme_changed)
        self.fit()

    def fit(self) -> None:
        """After rows came: the height, and the widths of day and amount, one for all rows."""
        entries = self._model.entries
        this_year = self._model.today()[:4]
        far = any(entry.on[:4] != this_year for entry in entries)
        self.day_room = _day_width(theme().text_scale, far=far)
        widest = max(entries, key=lambda entry: abs(entry.amount_cents), default=None)
        amount = "" if widest is None else self._model.amount(widest)
        self.amount_room = theme().metrics("body", 600).horizontalAdvance(amount) + 2
        self.setFixedHeight(theme().row_height(2) * len(entries))
        self.viewport().update()

    def _on_theme_changed(self) -> None:
        self.fit()
        self.scheduleDelayedItemsLayout()

    def keyboardSearch(self, search: str) -> None:
        """Letters are keys of the pane (J, K), not a search in the list."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._open(self.currentIndex())
        elif event.key() in (Qt.Key.Key_J, Qt.Key.Key_K):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self._model.rowCount():
            self.setCurrentIndex(self._model.index(0))

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # there is nothing to scroll in here

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if self.hasFocus() and current.isValid():
            self.currentMoved.emit(self.visualRect(current))
            if current.row() >= self._model.rowCount() - 5:
                self.endNeared.emit()

    def scrollTo(
        self,
        index: Index,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """The pane scrolls, not the list."""

    def viewportEvent(self, event: Any) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QHelpEvent.Type.ToolTip:
            index = self.indexAt(event.pos())
            if index.isValid():
                line = self._model.line(index.row())
                if self.is_elided(line):
                    QToolTip.showText(event.globalPos(), _plain(line), self)
                    return True
        return super().viewportEvent(event)

    def line(self, row: int) -> Line:
        """The words of a row."""
        return self._model.line(row)

    def text_room(self, line: Line, width: int) -> int:
        """What is left for the words of a row."""
        amount = self.amount_room + _GAP if line.amount else 0
        return width - theme().scaled(_ICON_ROOM) - self.day_room - _GAP - amount

    def is_elided(self, line: Line) -> bool:
        """Whether part of the words of a row does not fit."""
        room = self.text_room(line, self.viewport().width())
        title = theme().metrics("body", 500).horizontalAdvance(line.title)
        second = theme().metrics("caption").horizontalAdvance(line.second)
        return max(title, second) > room

    def _open(self, index: Index) -> None:
        entry = index.data(ENTRY)
        if isinstance(entry, Entry):
            self.opened.emit(entry)


class _TimelineDelegate(QStyledItemDelegate):
    def __init__(self, view: TimelineList) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, theme().row_height(2))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        colors, view, rect = theme(), self._view, QRect(option.rect)
        line = view.line(index.row())
        state = option.state
        painter.save()
        if index.row():
            painter.fillRect(rect.x(), rect.y(), rect.width(), 1, colors.color("line"))
        if state & QStyle.StateFlag.State_MouseOver:
            inner = rect.adjusted(0, 2, 0, -1)
            box(painter, inner, colors.color("hover"), None, radius=6)
        size = colors.scaled(18)
        glyph = colors.pixmap(line.icon, line.token, size, painter.device().devicePixelRatio())
        painter.drawPixmap(rect.x() + 2, rect.y() + (rect.height() - size) // 2, glyph)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        flags_ = int(flags | Qt.TextFlag.TextSingleLine)
        painter.setFont(colors.font("caption"))
        painter.setPen(colors.color("text2"))
        painter.drawText(rect.adjusted(0, 0, -2, 0), flags_, line.day)
        if line.amount:
            painter.setFont(colors.font("body", 600))
            painter.setPen(colors.color("text"))
            right = rect.adjusted(0, 0, -view.day_room - _GAP - 2, 0)
            painter.drawText(right, flags_, line.amount)
        self._words(painter, rect, line)
        if state & QStyle.StateFlag.State_HasFocus and view.hasFocus():
            focus_ring(painter, rect.adjusted(0, 2, 0, -1), radius=6)
        painter.restore()

    def _words(self, painter: QPainter, rect: QRect, line: Line) -> None:
        colors = theme()
        left = rect.x() + colors.scaled(_ICON_ROOM)
        room = self._view.text_room(line, rect.width())
        heights = colors.line_height(), colors.line_height("caption") if line.second else 0
        top = rect.y() + (rect.height() - sum(heights)) // 2
        for text, style, weight, token, down in (
            (line.title, "body", 500, "text", 0),
            (line.second, "caption", 400, "text2", heights[0]),
        ):
            metrics = colors.metrics(style, weight)
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
            painter.setFont(colors.font(style, weight))
            painter.setPen(colors.color(token))
            painter.drawText(left, top + down + metrics.ascent(), shown)


@lru_cache(maxsize=16)
def _day_width(_text_scale: int, *, far: bool) -> int:
    """The width of the widest day that can stand there, so that amounts stand in one line."""
    metrics = theme().metrics("caption")
    pattern = "MMM d, yyyy" if far else "MMM d"
    days = [i18n.day(f"2020-{month:02d}-28", pattern) for month in range(1, 13)]
    texts = [i18n.near_day("2020-01-02", "2020-01-02"), *days]
    texts.append(i18n.near_day("2020-01-01", "2020-01-02"))
    return max(metrics.horizontalAdvance(text) for text in texts)


def _plain(line: Line) -> str:
    """Tooltips guess HTML; what somebody wrote must not be read as such."""
    from html import escape

    return f"<span>{escape(line.title)}<br>{escape(line.second)}</span>"
