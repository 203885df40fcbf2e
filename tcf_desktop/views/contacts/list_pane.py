"""The list of contacts: search as one types, filters, sorting, what is empty in words."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QItemSelectionModel, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from tcf_desktop.domain.changes import ChangeSet
from tcf_desktop.itemmodels.contact_list import NAME, ContactListModel, field_column
from tcf_desktop.qtkit import i18n
from tcf_desktop.services.queries import contacts as queries
from tcf_desktop.services.queries.contact_choices import (
    FilterChoices,
    SavedFilterRow,
    filter_choices,
    saved_filters,
)
from tcf_desktop.services.queries.contact_filter import EVERYBODY, ContactFilter, from_json
from tcf_desktop.services.queries.contact_rows import ContactRow, contact_rows
from tcf_desktop.services.queries.contact_search import NOTHING_TYPED, Search
from tcf_desktop.services.queries.contacts import ContactPage
from tcf_desktop.views.common import DataLabel, EmptyState, ListTable, Surface, hairline
from tcf_desktop.views.contacts import list_words as words
from tcf_desktop.views.contacts.list_columns import ListColumns
from tcf_desktop.views.contacts.list_selection import ListSelection
from tcf_desktop.views.contacts.list_top import ListTop

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader
    from tcf_desktop.views.context import ViewContext

_PAUSE_MS: Final = 160  # without a key for so long the whole order is read
_RELOAD_MS: Final = 60
_LIST, _EMPTY, _NO_MATCH = range(3)
_DOWN_FIRST: Final = ("owes", "last")  # the most and the latest are what one looks for
# What a filter may name lies in these; towns and tags are read again when they are asked for.
_CHOICE_TABLES: Final = ("custom_fields", "saved_filters", "crews", "price_lists")


class ContactListPane(Surface):
    """``chosen`` gives the id of the current contact, ``opened`` one that Enter was pressed on."""

    chosen = Signal(int)
    opened = Signal(int)
    newRequested = Signal()
    importRequested = Signal()
    editRequested = Signal(int)
    deleteRequested = Signal(list)
    exportRequested = Signal(list)
    loaded = Signal()  # a question was answered and is shown

    def __init__(self, ctx: ViewContext, parent: QWidget | None = None) -> None:
        super().__init__("surface", parent)
        self.ctx = ctx
        self.setObjectName("contacts.pane")
        self._generation = 0
        self._text = ""
        self._search: Search = NOTHING_TYPED
        self._filter = EVERYBODY
        self._sort = "name"
        self._total = 0
        self._exact = True
        self.choices = FilterChoices()
        self._choices_read = False
        self._wanted: int | None = None
        self._current: int | None = None
        self._current_row = 0
        self.model = ContactListModel(self._fetch, ctx.currency, ctx.today)
        self._build()
        self._all_timer = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._all_timer.timeout.connect(self._on_all_timer_timeout)
        self._reload_timer = QTimer(self, singleShot=True, interval=_RELOAD_MS)
        self._reload_timer.timeout.connect(self.reload)
        ctx.bus.committed.connect(self._on_bus_committed)

    # building

    def _build(self) -> None:
        self.top = ListTop()
        self.search, self.chips = self.top.search, self.top.chips
        self.search.searchChanged.connect(self._on_search_changed)
        self.search.leaveRequested.connect(self._on_search_left)
        self.search.returnPressed.connect(self._on_search_return_pressed)
        self.top.filterChanged.connect(self.show_filter)
        self.top.filtersRequested.connect(self.open_filters)
        self._build_table()
        self.selection = ListSelection(self)
        self.count = DataLabel("", "caption", "text2", object_name="contacts.count")
        self.order = DataLabel("", "caption", "text2", align="right")
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 8, 16, 8)
        foot.addWidget(self.count, 1)
        foot.addWidget(self.order)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.top)
        column.addLayout(self._stack, 1)
        column.addWidget(hairline())
        column.addLayout(foot)

    def _build_table(self) -> None:
        self.table = ListTable(object_name="contacts.table")
        self.table.setModel(self.model)
        self.table.setAccessibleName(self.tr("Contacts"))
        header = self.table.horizontalHeader()
        header.setSortIndicatorShown(True)
        header.setSortIndicator(NAME, Qt.SortOrder.AscendingOrder)
        header.sectionClicked.connect(self._on_header_section_clicked)
        self.columns = ListColumns(self.ctx, self.table, self.model)
        self.columns.changed.connect(self._on_columns_changed)
        self.table.selectionModel().currentRowChanged.connect(self._on_table_current_row_changed)
        self.table.selectionModel().selectionChanged.connect(self._show_foot)
        self.table.activatedRow.connect(self._on_table_activated_row)
        self._delete_key = QShortcut(QKeySequence(QKeySequence.StandardKey.Delete), self.table)
        self._delete_key.setContext(Qt.ShortcutContext.WidgetShortcut)
        self._delete_key.activated.connect(self._on_delete_key_activated)
        self._empty = EmptyState(
            "users",
            self.tr("Your customers live here. Import a list, or add the next caller."),
            button=(self.tr("Import…"), self.importRequested.emit),
            link=(self.tr("New contact"), self.newRequested.emit),
            object_name="contacts.empty",
        )
        self._no_match = EmptyState(
            "magnifying-glass",
            "",
            link=(self.tr("Show all contacts"), self._show_all),
            object_name="contacts.nothing",
        )
        self._stack = QStackedLayout()
        for widget in (self.table, self._empty, self._no_match):
            self._stack.addWidget(widget)

    # asking

    def reload(self) -> None:
        """Read the list again as it is filtered and sorted."""
        self._ask(again=True)
        self._count()
        if not self._choices_read:
            self.read_choices()

    def _count(self) -> None:
        today = self.ctx.today()
        self.ctx.tasks.read(self, lambda r: queries.contact_counts(r, today), self.top.show_counts)

    def read_choices(self) -> None:
        """What can be filtered by, and the own fields that can be columns."""
        self._choices_read = True
        self.ctx.tasks.read(self, filter_choices, self._on_choices)

    def show_filter(self, shown: ContactFilter) -> None:
        """Narrow the list to a filter."""
        self._filter = shown
        self._show_filter()
        self._ask()

    def show_contact(self, contact_id: int) -> None:
        """Select a contact, also one that the present filter hides."""
        self._wanted = contact_id
        if self._text or self._filter != EVERYBODY:
            self._show_all()
        else:
            self._take_wanted()

    def _ask(self, *, again: bool = False) -> None:
        """Put the question; an answer to an older one is dropped."""
        self._generation += 1
        generation, text, shown, sort = self._generation, self._text, self._filter, self._sort
        now, today, extras = self.ctx.clock.now_ms(), self.ctx.today(), self.columns.extras()
        self._all_timer.stop()
        if again and len(self.model.ids) > queries.FIRST_SCREEN:
            self._on_all_timer_timeout()  # the order is shown already: take the new one over whole
            return

        def answer(page: ContactPage) -> None:
            if generation == self._generation:
                self._on_page(page, again=again)

        self.ctx.tasks.read(
            self,
            lambda r: queries.contact_page(r, text, shown, now, today, sort=sort, extras=extras),
            answer,
        )

    def _on_page(self, page: ContactPage, *, again: bool) -> None:
        self._total, self._exact = page.total, page.exact
        self._search = page.search
        self.top.show_meant(page.search.instead)
        self._take(page.ids, page.rows, again=again)
        if not page.complete or not page.exact:
            self._all_timer.start(0 if again or not self._text else _PAUSE_MS)

    def _on_all_timer_timeout(self) -> None:
        generation = self._generation
        text, shown, sort = self._text, self._filter, self._sort
        now, today = self.ctx.clock.now_ms(), self.ctx.today()

        def answer(ids: array[int]) -> None:
            if generation == self._generation:
                self._total, self._exact = len(ids), True
                self._take(ids, None, again=True)

        self.ctx.tasks.read(
            self, lambda r: queries.contact_ids(r, text, shown, now, today, sort), answer
        )

    def _take(self, ids: array[int], rows: dict[int, ContactRow] | None, *, again: bool) -> None:
        """Show another order. One selected row is put back by its id: without a selection the
        model need not follow every index of a list of a hundred thousand."""
        chosen = self._current
        selection, bar = self.table.selectionModel(), self.table.verticalScrollBar()
        several = again and self.table.selected_count() > 1
        scrolled = bar.value() if again else 0
        blocked = selection.blockSignals(True)
        if not several:
            selection.clear()
        if not again:
            self.model.forget_rows()  # they say why they matched the text before
        self.model.set_ids(ids, rows)
        place = -1 if several else self._place(chosen)
        if place >= 0:
            flags = QItemSelectionModel.SelectionFlag
            selection.setCurrentIndex(self.model.index(place, 0), flags.ClearAndSelect | flags.Rows)
            self._current_row = place
        selection.blockSignals(blocked)
        bar.setValue(scrolled)
        self._choose_view()
        self._show_foot()
        self._take_wanted()
        self.table.viewport().update()
        self.loaded.emit()

    def _place(self, contact_id: int | None) -> int:
        if contact_id is None:
            return -1
        try:
            return self.model.ids.index(contact_id)
        except ValueError:
            return -1

    def _take_wanted(self) -> None:
        if self._wanted is None:
            if self._current is None and len(self.model.ids) and not self._text:
                self.table.select_row(0)
            return
        place = self._place(self._wanted)
        if place >= 0:
            self._wanted = None
            self.table.select_row(place)

    def _choose_view(self) -> None:
        if len(self.model.ids):
            self._stack.setCurrentIndex(_LIST)
        elif self._text:
            text = self._text if len(self._text) <= 60 else self._text[:59] + "…"
            self._no_match.text.setText(self.tr("Nothing matches “{text}”.").format(text=text))
            self._stack.setCurrentIndex(_NO_MATCH)
        elif self._filter != EVERYBODY:
            self._no_match.text.setText(words.nobody(self._filter))
            self._stack.setCurrentIndex(_NO_MATCH)
        else:
            self._stack.setCurrentIndex(_EMPTY)

    def _show_foot(self) -> None:
        parts = [i18n.plural(self._total, self.tr("{n} contact"), self.tr("{n} contacts"))]
        if not self._exact:
            parts = [self.tr("More than {n} contacts").format(n=f"{queries.COUNTED:,}")]
        selected = self.table.selected_count()
        self.top.show_selected(selected)
        if selected:
            parts.append(self.tr("{n} selected").format(n=f"{selected:,}"))
        self.count.setText(i18n.joined(parts))
        self.order.setText(words.order(self._sort, self.model.columns, self._text))

    def _fetch(self, ids: Sequence[int]) -> dict[int, ContactRow]:
        wanted = list(ids)
        now, today = self.ctx.clock.now_ms(), self.ctx.today()
        search, extras = self._search, self.columns.extras()
        return self.ctx.tasks.read_now(
            lambda r: contact_rows(r, wanted, now, today, search, extras)
        )

    # reacting

    def _on_choices(self, choices: FilterChoices) -> None:
        self.choices = choices
        fields = [field_column(field.id, field.name, field.kind) for field in choices.fields]
        if self.model.set_fields(fields):
            self.columns.dress()
        if self._sort.removeprefix("-") not in {c.sort for c in self.model.columns}:
            self._sort = "name"  # an own field that is gone
            self._ask(again=True)
        self._show_order()
        self._show_filter()

    def _on_columns_changed(self) -> None:
        self.model.invalidate()

    def _show_filter(self) -> None:
        self.top.show_filter(self._filter, self.choices)
        self.selection.show_filter(self._filter)

    def open_filters(self) -> None:
        """Open the panel of the filters, or close it."""
        self.read_choices()
        self.selection.toggle_filters()

    def _on_search_changed(self, text: str) -> None:
        if text.strip() != self._text:
            self._text = text.strip()
            self.selection.close_filters()  # the panel would hang over what is found
            self._ask()

    def _on_search_left(self) -> None:
        if len(self.model.ids):
            if self._current is None or self._place(self._current) < 0:
                self.table.select_row(0)
            self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_search_return_pressed(self) -> None:
        if len(self.model.ids):
            self.table.select_row(0)
            self.opened.emit(self.model.id_at(0))

    def _on_header_section_clicked(self, section: int) -> None:
        key = self.model.columns[section].sort
        if not key:
            self._show_order()
            return
        down = self._sort != f"-{key}" if key in _DOWN_FIRST else self._sort == key
        self._sort = f"-{key}" if down else key
        self._show_order()
        self._ask()

    def _show_order(self) -> None:
        key = self._sort.removeprefix("-")
        section = next((n for n, c in enumerate(self.model.columns) if c.sort == key), NAME)
        order = Qt.SortOrder.AscendingOrder
        if self._sort.startswith("-"):
            order = Qt.SortOrder.DescendingOrder
        self.table.horizontalHeader().setSortIndicator(section, order)

    def _on_table_current_row_changed(self) -> None:
        contact_id = self.model.id_at(self.table.currentIndex().row())
        if contact_id >= 0:
            self._current_row = self.table.currentIndex().row()
        if contact_id >= 0 and contact_id != self._current:
            self._current = contact_id
            self.chosen.emit(contact_id)

    def _on_table_activated_row(self, row: int) -> None:
        self.opened.emit(self.model.id_at(row))

    def _on_delete_key_activated(self) -> None:
        self.deleteRequested.emit(self.selected_ids())

    def _on_bus_committed(self, changes: ChangeSet) -> None:
        if changes.touches("contacts"):
            self._reload_timer.start()
        if changes.touches(*_CHOICE_TABLES):
            self.read_choices()
        if changes.touches("invoices", "appointments", "frequencies"):
            self.model.invalidate()
            self._count()
        elif changes.ids("contacts"):
            self.model.invalidate(changes.ids("contacts"))
        elif changes.touches("contacts"):
            self.model.invalidate()

    def _show_all(self) -> None:
        self._text = ""
        self.search.clear()
        self.show_filter(EVERYBODY)

    # for the page

    def selected_ids(self) -> list[int]:
        """The selected contacts in list order."""
        return [self.model.id_at(row) for row in self.table.selected_rows()]

    def step(self, by: int) -> None:
        """Go to the next or previous contact."""
        self.table.select_row(self.table.currentIndex().row() + by)

    def forget_current(self) -> None:
        """The current contact is gone: the one at its place is next."""
        ids, gone = self.model.ids, self._current
        self._current = None
        if not len(ids):
            return
        still_listed = self._place(gone) >= 0  # the list is read again in a moment
        self._wanted = ids[max(0, min(self._current_row + still_listed, len(ids) - 1))]
        if not still_listed:
            self._take_wanted()

    def state(self) -> dict[str, str]:
        """Filter and order, to be remembered."""
        return {"filter": self._filter.to_json(), "sort": self._sort}

    def restore(self, filter_key: str, sort: str) -> None:
        """Take filter and order up again."""
        self._filter = from_json(filter_key)
        self._show_filter()
        if sort.removeprefix("-") in queries.sort_keys() or sort.startswith(("field:", "-field:")):
            self._sort = sort
            self._show_order()

    def ids_shown(self) -> Callable[[Reader], array[int]]:
        """What reads the ids that fit text, filter and order, also those not read so far."""
        now, today = self.ctx.clock.now_ms(), self.ctx.today()
        asked = (self._text, self._filter, now, today, self._sort)
        return lambda r: queries.contact_ids(r, *asked)

    def show_kept(self, filter_id: int) -> None:
        """Narrow the list to a kept filter."""

        def answer(saved: tuple[SavedFilterRow, ...]) -> None:
            found = next((entry for entry in saved if entry.id == filter_id), None)
            if found is not None:
                self.search.clear()
                self.show_filter(found.shown)

        self.ctx.tasks.read(self, saved_filters, answer)
