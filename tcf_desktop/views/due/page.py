"""The Due again page: lists by their state, a search, and the next step beside each row."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, cast

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QMenu, QStackedLayout, QVBoxLayout, QWidget

from tcf_desktop.domain.changes import ChangeSet
from tcf_desktop.itemmodels.due_list import DueListModel, QuietListModel
from tcf_desktop.qtkit import i18n
from tcf_desktop.services.queries import due as queries
from tcf_desktop.services.queries.due import DueCounts, DueRow, QuietRow, Tab
from tcf_desktop.views.common import (
    DataLabel,
    EmptyState,
    FilterChip,
    LinkButton,
    SearchField,
    Surface,
    hairline,
)
from tcf_desktop.views.common.flow import FlowRow
from tcf_desktop.views.context import Target
from tcf_desktop.views.due.actions import DueActions, book_target
from tcf_desktop.views.due.bar import DueBar
from tcf_desktop.views.due.table import DueTable
from tcf_desktop.views.page import Page, PageCommand

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader
    from tcf_desktop.views.context import ViewContext

FIRST_SCREEN: Final = 40
TABS: Final = ("now", "coming", "snoozed", "stopped", "quiet")
TABLES: Final = (
    "frequencies", "appointments", "appointment_lines", "contacts", "contact_phones", "locations",
    "services", "business",
)  # fmt: skip
_RELOAD_MS: Final = 80
_SEARCH_MS: Final = 60
_DUE, _QUIET, _EMPTY = range(3)
Found = tuple["array[int]", Mapping[int, Any]]


class DuePage(Page):
    """Addresses: one of ``TABS`` as kind; "next" for the rest of those who are being booked."""

    key = "due"

    def __init__(self, ctx: ViewContext, parent: QWidget | None = None) -> None:
        super().__init__(ctx, parent)
        self._tab = "now"
        self._text = ""
        self._generation = 0
        self._stale = True
        self._day = ""
        self._rest: tuple[int, ...] = ()  # those to book after the one that is being booked
        self._wanted: tuple[int, ...] = ()  # those to choose as soon as they are read
        self._counts = DueCounts(0, 0, 0, 0)
        self.actions_ = DueActions(ctx, self)
        self.due = DueListModel(self._fetch_due, ctx.currency)
        self.quiet = QuietListModel(self._fetch_quiet, ctx.currency)
        self._build()
        self._timer = QTimer(self, singleShot=True, interval=_RELOAD_MS)
        self._timer.timeout.connect(self.reload)
        ctx.bus.committed.connect(self._on_bus_committed)

    # building

    def _build(self) -> None:
        self.search = SearchField(self.tr("Customer, address or phone"), object_name="due.search")
        self.search.set_delay(_SEARCH_MS)
        self.search.setMaximumWidth(320)
        self.search.searchChanged.connect(self._on_search_changed)
        self.search.leaveRequested.connect(self._on_search_left)
        self.lead = DataLabel(
            self.tr("Due again are reminders to call. They are not promised to anybody."),
            "body", "text2", wrap=True, object_name="due.lead",
        )  # fmt: skip
        tools = QVBoxLayout()
        tools.setContentsMargins(24, 12, 24, 10)
        tools.setSpacing(10)
        tools.addWidget(self.lead)
        row = QHBoxLayout()
        row.setSpacing(14)
        row.addWidget(self.search, 2, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._build_chips(), 5)
        tools.addLayout(row)
        self.tables = {
            "due": self._table(self.due, self.tr("Due again"), "due.table"),
            "quiet": self._table(self.quiet, self.tr("Quiet customers"), "due.quiet"),
        }
        self.empty = EmptyState(
            "calendar-check", "", link=(self.tr("Show all"), self._on_empty_link),
            object_name="due.empty",
        )  # fmt: skip
        self.first = EmptyState(
            "calendar-check",
            self.tr(
                "Customers who want you back live here. Say how often on the card “Usual work” of "
                "a contact, or begin with those who used to come."
            ),
            button=(self.tr("Show quiet customers"), lambda: self.show_tab("quiet")),
            link=(self.tr("Open contacts"), lambda: self.ctx.navigate(Target("contacts"))),
            object_name="due.first",
        )
        self._stack = QStackedLayout()
        for widget in (*self.tables.values(), self.empty, self.first):
            self._stack.addWidget(widget)
        self.bar = DueBar(self.ctx, self.actions_)
        self.bar.bookRequested.connect(self.book)
        self.count = DataLabel("", "caption", "text2", object_name="due.count")
        foot = QHBoxLayout()
        foot.setContentsMargins(24, 8, 24, 8)
        foot.addWidget(self.count, 1)
        ground = Surface("surface")
        column = QVBoxLayout(ground)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(tools)
        column.addWidget(hairline())
        column.addLayout(self._stack, 1)
        column.addWidget(self.bar)
        column.addWidget(hairline())
        column.addLayout(foot)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(ground)

    def _build_chips(self) -> FlowRow:
        words = {
            "now": self.tr("Due now"),
            "coming": self.tr("Coming"),
            "snoozed": self.tr("Snoozed"),
            "stopped": self.tr("Not interested"),
            "quiet": self.tr("Quiet customers"),
        }
        group = QButtonGroup(self)
        chips = FlowRow()
        self.chips: dict[str, FilterChip] = {}
        for key, text in words.items():
            chip = FilterChip(text, object_name=f"due.tab.{key}")
            chip.setChecked(key == "now")
            group.addButton(chip)
            chips.add(chip)
            self.chips[key] = chip
        self.chips["coming"].setToolTip(self.tr("In the next 30 days"))
        self.chips["quiet"].setToolTip(self.tr("They used to come and stopped"))
        group.buttonClicked.connect(self._on_group_button_clicked)
        return chips

    def _table(self, model: Any, name: str, object_name: str) -> DueTable:
        table = DueTable(model, name, object_name)
        table.activatedRow.connect(lambda row: self._open(table, row))
        table.bookRequested.connect(lambda row: self._book_row(table, row))
        table.currentChosen.connect(self._show_bar)
        table.customContextMenuRequested.connect(self._on_menu_requested)
        table.on_key(Qt.Key.Key_B, self.book)
        table.on_key(Qt.Key.Key_Z, self.open_snooze)
        table.on_key(Qt.Key.Key_X, self.open_reasons)
        return table

    # what the window asks

    def title(self) -> str:
        return self.tr("Due again")

    def subtitle(self) -> str:
        if not self._counts.now:
            return ""
        return i18n.plural(
            self._counts.now, self.tr("{n} call to make"), self.tr("{n} calls to make")
        )

    def commands(self) -> list[PageCommand]:
        return [
            PageCommand(self.tr("Book a visit for the chosen customer"), self.book,
                        words="schedule appointment due", object_name="due.cmd.book"),
            PageCommand(self.tr("Snooze the chosen customers"), self.open_snooze, words="later"),
            PageCommand(self.tr("Not interested…"), self.open_reasons, words="stop asking"),
        ]  # fmt: skip

    def regions(self) -> list[QWidget]:
        return [self.search, self.table if self.has_rows() else self.chips[self._tab], self.bar]

    def home(self) -> QWidget:
        return self.table if self.has_rows() else self.chips[self._tab]

    def focus_search(self) -> bool:
        self.search.setFocus()
        self.search.selectAll()
        return True

    def step_tab(self, by: int) -> bool:
        self.show_tab(TABS[(TABS.index(self._tab) + by) % len(TABS)])
        return True

    def shown(self) -> None:
        if self._stale or self._day != self.ctx.today():
            self.reload()

    def open_target(self, target: Target) -> None:
        if target.kind in TABS:
            self.show_tab(target.kind)
        elif target.kind == "next":
            self._wanted = self._rest
            self.home().setFocus()
            self.reload()

    def page_state(self) -> dict[str, Any]:
        return {"tab": self._tab}

    def restore_state(self, state: dict[str, Any]) -> None:
        if state.get("tab") in TABS:
            self.show_tab(str(state["tab"]))

    # the content

    @property
    def table(self) -> DueTable:
        """The list that is shown."""
        return self.tables["quiet" if self._tab == "quiet" else "due"]

    @property
    def model(self) -> DueListModel | QuietListModel:
        """What the shown list holds."""
        return self.quiet if self._tab == "quiet" else self.due

    def has_rows(self) -> bool:
        """Whether there is a list to be in."""
        return self.model.rowCount() > 0

    def show_tab(self, key: str) -> None:
        """Show one list."""
        self._tab = key
        self.chips[key].setChecked(True)
        self.reload()

    def reload(self) -> None:
        """Read list and numbers again."""
        self._stale = False
        self._generation += 1
        number, tab, text, today = self._generation, self._tab, self._text, self.ctx.today()
        self._day = today

        def answer(found: Found) -> None:
            if number == self._generation:
                self._take(*found)

        self.ctx.tasks.read(self, lambda r: _read(r, tab, text, today), answer)
        self.ctx.tasks.read(self, lambda r: queries.due_counts(r, today), self._take_counts)
        if tab != "quiet":  # a look at everything ever done; its list brings the number itself
            self.ctx.tasks.read(
                self, lambda r: len(queries.quiet_ids(r, today)), self.chips["quiet"].set_count
            )

    def _take(self, ids: array[int], rows: Mapping[int, Any]) -> None:
        table, model = self.table, self.model
        had_focus = table.hasFocus()
        place = table.currentIndex().row()
        model.invalidate()
        model.set_ids(ids, rows)
        if self._tab == "quiet" and not self._text:
            self.chips["quiet"].set_count(len(ids))
        self._choose_wanted()
        if len(ids) and not table.selected_rows():
            table.select_row(min(max(0, place), len(ids) - 1))
        self._choose_view()
        if had_focus and len(ids):
            table.setFocus()
        self._show_bar()
        self.setProperty("loaded", True)

    def _choose_wanted(self) -> None:
        places = [self.model.place_of(row_id) for row_id in self._wanted]
        self._wanted = ()
        self.table.select_rows([place for place in places if place >= 0])

    def _take_counts(self, counts: DueCounts) -> None:
        self._counts = counts
        for key in TABS[:4]:
            self.chips[key].set_count(getattr(counts, key))
        self._choose_view()
        self.headerChanged.emit()

    def _choose_view(self) -> None:
        none_yet = not any(getattr(self._counts, key) for key in TABS[:4])
        if self.has_rows():
            self._stack.setCurrentWidget(self.table)
        elif none_yet and not self._text and self._tab != "quiet":
            self._stack.setCurrentWidget(self.first)
        else:
            self.empty.text.setText(self._nothing())
            link = self.empty.findChild(LinkButton)
            if isinstance(link, LinkButton):
                link.setText(self._way_out()[1])
            self._stack.setCurrentWidget(self.empty)

    def _nothing(self) -> str:
        if self._text:
            text = self._text if len(self._text) <= 60 else self._text[:59] + "…"
            return self.tr("Nothing matches “{text}”.").format(text=text)
        coming = i18n.plural(
            self._counts.coming,
            self.tr("{n} will be in the next 30 days"),
            self.tr("{n} will be in the next 30 days"),
        )
        return {
            "now": self.tr("Nobody is due. {coming}.").format(coming=coming),
            "coming": self.tr("Nobody becomes due in the next 30 days."),
            "snoozed": self.tr("Nobody is put off."),
            "stopped": self.tr("Nobody has said that they are not interested."),
            "quiet": self.tr("Nobody who used to come has gone quiet."),
        }[self._tab]

    def _way_out(self) -> tuple[str, str]:
        """From an empty list: (the list to go to, the words of the link)."""
        if self._text:
            return self._tab, self.tr("Show all")
        if self._tab == "now":
            return "coming", self.tr("Show who is coming")
        return "now", self.tr("Show who is due now")

    def _show_bar(self) -> None:
        total = self.model.rowCount()
        self.bar.show_rows(self._tab, self.chosen_rows())
        self.bar.setVisible(total > 0)
        parts = [i18n.plural(total, self.tr("{n} reminder"), self.tr("{n} reminders"))]
        if self._tab == "quiet":
            parts = [i18n.plural(total, self.tr("{n} customer"), self.tr("{n} customers"))]
        chosen = len(self.table.selected_rows())
        if chosen > 1:
            parts.append(self.tr("{n} selected").format(n=i18n.locale_of().toString(chosen)))
        order = self.tr("most overdue first") if self._tab == "now" else ""
        self.count.setText(i18n.joined([*parts, order]) if total else "")

    def chosen_rows(self) -> list[DueRow] | list[QuietRow]:
        """What is selected, in the order of the list."""
        rows = [self.model.row_at(place) for place in self.table.selected_rows()]
        return cast("list[DueRow] | list[QuietRow]", [row for row in rows if row is not None])

    # doing

    def book(self) -> None:
        """Book the first of the chosen rows; of several the others are chosen afterwards."""
        rows = self.chosen_rows()
        if rows:
            ids = tuple(row.id for row in rows)
            several = len(ids) > 1 or ids == self._rest
            self._rest = ids[1:]
            self.ctx.navigate(book_target(rows[0], back=several))

    def open_snooze(self) -> None:
        """The menu of days, under its button."""
        self.bar.open_snooze()

    def open_reasons(self) -> None:
        """The menu of reasons, under its button."""
        self.bar.open_reasons()

    def _open(self, table: DueTable, place: int) -> None:
        row = cast("Any", table.model()).row_at(place)
        if row is not None:
            contact_id = row.id if isinstance(row, QuietRow) else row.contact_id
            self.ctx.navigate(Target("contacts", "contact", contact_id))

    def _open_current(self) -> None:
        self._open(self.table, self.table.currentIndex().row())

    def _book_row(self, table: DueTable, place: int) -> None:
        row = cast("Any", table.model()).row_at(place)
        if row is not None:
            self.ctx.navigate(book_target(row))

    def _fetch_due(self, ids: Sequence[int]) -> dict[int, DueRow]:
        wanted, today = list(ids), self.ctx.today()
        return self.ctx.tasks.read_now(lambda r: queries.due_rows(r, wanted, today))

    def _fetch_quiet(self, ids: Sequence[int]) -> dict[int, QuietRow]:
        wanted, today = list(ids), self.ctx.today()
        return self.ctx.tasks.read_now(lambda r: queries.quiet_rows(r, wanted, today))

    # slots

    def _on_search_changed(self, text: str) -> None:
        self._text = text.strip()
        self.reload()

    def _on_search_left(self) -> None:
        if self.has_rows():
            self.table.setFocus()

    def _on_group_button_clicked(self) -> None:
        self.show_tab(next(key for key, chip in self.chips.items() if chip.isChecked()))

    def _on_menu_requested(self, where: QPoint) -> None:
        if self.chosen_rows():
            menu = QMenu(self)
            menu.setObjectName("due.menu")
            self.bar.fill_menu(menu, self._open_current)
            menu.popup(self.table.viewport().mapToGlobal(where))

    def _on_bus_committed(self, changes: ChangeSet) -> None:
        if changes.touches(*TABLES):
            self._stale = True
            if self.isVisible():
                self._timer.start()

    def _on_empty_link(self) -> None:
        tab, _ = self._way_out()
        self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(False)
        self._text = ""
        self.show_tab(tab)


def _read(r: Reader, tab: str, text: str, today: str) -> Found:
    """A list and the rows of its first screen."""
    if tab == "quiet":
        ids = queries.quiet_ids(r, today, text)
        return ids, queries.quiet_rows(r, ids[:FIRST_SCREEN], today)
    ids = queries.due_ids(r, cast("Tab", tab), today, text)
    return ids, queries.due_rows(r, ids[:FIRST_SCREEN], today)
