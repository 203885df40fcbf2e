"""The Messages page: what waits to be told, who has not been told yet, and what was told."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final, cast

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QMenu,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from tcf_desktop.domain.changes import ChangeSet
from tcf_desktop.itemmodels.message_list import MessageListModel, UntoldListModel
from tcf_desktop.qtkit import i18n
from tcf_desktop.qtkit.theme import theme
from tcf_desktop.services.queries import messages as queries
from tcf_desktop.services.queries.messages import MessageCounts, MessageRow, Tab, UntoldRow
from tcf_desktop.views.common import EmptyState, FilterChip, IconButton, Surface, hairline
from tcf_desktop.views.common.flow import FlowRow
from tcf_desktop.views.context import Target
from tcf_desktop.views.messages.actions import MessageActions
from tcf_desktop.views.messages.pane import WIDTH, MessagePane
from tcf_desktop.views.messages.table import MessageTable
from tcf_desktop.views.page import Page, PageCommand

if TYPE_CHECKING:
    from tcf_desktop.domain.told import Occasion
    from tcf_desktop.models.connection import Reader
    from tcf_desktop.views.context import ViewContext

TABS: Final[tuple[Tab, ...]] = ("waiting", "untold", "told")
TABLES: Final = ("messages", "appointments", "contacts")
_FIRST, _RELOAD_MS = 60, 60  # rows of the first screen; patience after a change
_WIDE: Final = 900
Found = tuple["array[int]", Mapping[int, Any]]


class MessagesPage(Page):
    """Addresses: one of ``TABS`` as kind; ("message", id) for one that waits."""

    key = "messages"

    def __init__(self, ctx: ViewContext, parent: QWidget | None = None) -> None:
        super().__init__(ctx, parent)
        self._tab: Tab = "waiting"
        self._generation = 0
        self._stale = True
        self._aside = False  # the pane in place of the list, in a narrow window
        self._wanted: int | None = None
        self._counts = MessageCounts(0, 0)
        self.actions_ = MessageActions(ctx, self)
        self.messages = MessageListModel(self._fetch_messages, ctx.zone)
        self.untold = UntoldListModel(self._fetch_untold)
        self._build()
        self._timer = QTimer(self, singleShot=True, interval=_RELOAD_MS)
        self._timer.timeout.connect(self.reload)
        ctx.bus.committed.connect(self._on_bus_committed)

    def _build(self) -> None:
        words = {
            "waiting": self.tr("Waiting to be told"),
            "untold": self.tr("No message yet"),
            "told": self.tr("Told"),
        }
        group = QButtonGroup(self)
        chips = FlowRow()
        self.chips: dict[str, FilterChip] = {}
        for key, text in words.items():
            chip = FilterChip(text, object_name=f"messages.tab.{key}")
            chip.setChecked(key == self._tab)
            group.addButton(chip)
            chips.add(chip)
            self.chips[key] = chip
        self.chips["untold"].setToolTip(
            self.tr("The visit was changed after its customer was told the time")
        )
        group.buttonClicked.connect(self._on_group_button_clicked)
        self.tables = {
            "messages": self._table(self.messages, self.tr("Messages"), "messages.table"),
            "untold": self._table(self.untold, self.tr("Not told yet"), "messages.untold"),
        }
        schedule = (self.tr("Open the schedule"), partial(self.ctx.navigate, Target("schedule")))
        self.empty = EmptyState(
            "chat-circle-text", "", button=schedule, primary=False, object_name="messages.empty"
        )
        self._stack = QStackedLayout()
        for widget in (*self.tables.values(), self.empty):
            self._stack.addWidget(widget)
        self.back = IconButton(
            "arrow-left", self.tr("Back to the list"), object_name="messages.back"
        )
        self.back.clicked.connect(self._close_aside)
        self.pane = MessagePane(self.ctx)
        self.pane.commandRequested.connect(self.run_command)
        self.pane.edited.connect(self.actions_.save)
        self.list = Surface("surface")
        column = QVBoxLayout(self.list)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        tools = QHBoxLayout()
        tools.setContentsMargins(24, 12, 24, 10)
        tools.addWidget(chips)
        column.addLayout(tools)
        column.addWidget(hairline())
        column.addLayout(self._stack, 1)
        self.side = Surface("surface")
        right = QVBoxLayout(self.side)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        self._back_row = QWidget()
        row = QHBoxLayout(self._back_row)
        row.setContentsMargins(16, 10, 16, 0)
        row.addWidget(self.back)
        row.addStretch(1)
        right.addWidget(self._back_row)
        right.addWidget(self.pane, 1)
        self._line = hairline(vertical=True)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.list, 1)
        outer.addWidget(self._line)
        outer.addWidget(self.side)
        self._fold()

    def _table(self, model: Any, name: str, object_name: str) -> MessageTable:
        table = MessageTable(model, name, object_name)
        table.activatedRow.connect(lambda _row: self._on_activated())
        table.currentChosen.connect(self._on_chosen)
        table.customContextMenuRequested.connect(self._on_menu_requested)
        for key, command in (
            (Qt.Key.Key_T, "told"), (Qt.Key.Key_P, "told_phone"), (Qt.Key.Key_C, "copy"),
            (Qt.Key.Key_W, "write"), (Qt.Key.Key_E, "edit"), (Qt.Key.Key_Delete, "discard"),
        ):  # fmt: skip
            table.on_key(key, partial(self.run_command, command))
        return table

    # what the window asks

    def title(self) -> str:
        return self.tr("Messages")

    def subtitle(self) -> str:
        count = self._counts.waiting
        if not count:
            return ""
        return i18n.plural(
            count, self.tr("{n} customer is to be told"), self.tr("{n} customers are to be told")
        )

    def commands(self) -> list[PageCommand]:
        return [
            PageCommand(self.tr("Mark the chosen messages as told"),
                        lambda: self.run_command("told"), words="sent done",
                        object_name="messages.cmd.told"),
            PageCommand(self.tr("Copy the words of the message"), lambda: self.run_command("copy")),
            PageCommand(self.tr("Change the words of the message"),
                        lambda: self.run_command("edit"), "Ctrl+E"),
            PageCommand(self.tr("Discard the chosen messages"),
                        lambda: self.run_command("discard"), words="delete cancel"),
        ]  # fmt: skip

    def regions(self) -> list[QWidget]:
        home = self.home()
        return [home, self.pane.body] if self.side.isVisible() else [home]

    def home(self) -> QWidget:
        if self._narrow() and self._aside:
            return self.back
        return self.table if self.has_rows() else self.chips[self._tab]

    def step_tab(self, by: int) -> bool:
        self.show_tab(TABS[(TABS.index(self._tab) + by) % len(TABS)])
        return True

    def shown(self) -> None:
        if self._stale:
            self.reload()

    def to_front(self) -> None:
        self._close_aside()

    def open_target(self, target: Target) -> None:
        if target.kind in TABS:
            self.show_tab(target.kind)
        elif target.kind == "message" and target.id is not None:
            self._wanted, self._aside = target.id, True
            self.show_tab("waiting")

    def page_state(self) -> dict[str, Any]:
        return {"tab": self._tab}

    def restore_state(self, state: dict[str, Any]) -> None:
        if state.get("tab") in TABS:
            self.show_tab(state["tab"])

    # the content

    @property
    def table(self) -> MessageTable:
        """The list that is shown."""
        return self.tables["untold" if self._tab == "untold" else "messages"]

    @property
    def model(self) -> MessageListModel | UntoldListModel:
        """What the shown list holds."""
        return self.untold if self._tab == "untold" else self.messages

    def has_rows(self) -> bool:
        """Whether there is a list."""
        return self.model.rowCount() > 0

    def show_tab(self, tab: Tab) -> None:
        """Show one list."""
        self.pane.keep()
        self._tab = tab
        self.chips[tab].setChecked(True)
        self.reload()

    def reload(self) -> None:
        """Read list and numbers again."""
        self._stale = False
        self._generation += 1
        number, tab, now = self._generation, self._tab, self.ctx.clock.now_ms()

        def answer(found: Found) -> None:
            if number == self._generation:
                self._take(*found)

        self.ctx.tasks.read(self, lambda r: _read(r, tab, now), answer)
        self.ctx.tasks.read(self, lambda r: queries.message_counts(r, now), self._take_counts)

    def _take(self, ids: array[int], rows: Mapping[int, Any]) -> None:
        table, model = self.table, self.model
        had_focus = table.hasFocus()
        place = table.currentIndex().row()
        model.invalidate()
        model.set_ids(ids, rows)
        if self._wanted is not None and model.place_of(self._wanted) >= 0:
            table.select_row(model.place_of(self._wanted))
            self._wanted = None
        if len(ids) and not table.selected_rows():
            table.select_row(min(max(0, place), len(ids) - 1))
        self._stack.setCurrentWidget(table if len(ids) else self.empty)
        if not len(ids):
            self.empty.text.setText(self._nothing())
            self._aside = False
        if had_focus:
            self.home().setFocus()
        self._on_chosen()
        self.setProperty("loaded", True)

    def _take_counts(self, counts: MessageCounts) -> None:
        self._counts = counts
        self.chips["waiting"].set_count(counts.waiting)
        self.chips["untold"].set_count(counts.untold)
        self.headerChanged.emit()

    def _nothing(self) -> str:
        return {
            "waiting": self.tr(
                "Nobody is to be told anything. When you move a visit whose customer knows the"
                " time, the program offers to write."
            ),
            "untold": self.tr("Every customer knows the time that is planned."),
            "told": self.tr("Nobody was told anything yet."),
        }[self._tab]

    def chosen(self) -> list[MessageRow | UntoldRow]:
        """What is selected, in the order of the list."""
        rows = [self.model.row_at(place) for place in self.table.selected_rows()]
        return [row for row in rows if row is not None]

    # doing

    def run_command(self, command: str) -> None:
        """A step by its word, for what is chosen."""
        rows = self.chosen()
        if not rows:
            return
        first = rows[0]
        if command == "contact":
            self.ctx.navigate(Target("contacts", "contact", first.contact_id))
        elif command == "visit":
            self._open_visit(first)
        elif isinstance(first, UntoldRow):
            self._run_untold(command, cast("list[UntoldRow]", rows))
        else:
            self._run_message(command, cast("list[MessageRow]", rows))

    def _run_message(self, command: str, rows: list[MessageRow]) -> None:
        waiting = [row for row in rows if row.state == "waiting"]
        ids, names = [row.id for row in waiting], [row.name for row in waiting]
        if command == "copy":
            self.actions_.copy(rows[0].name, self.pane.body.text())
        elif command == "edit":
            self._turn(aside=True)
            self.pane.edit()
        elif not waiting:
            return
        elif command in ("told", "told_phone"):
            self.actions_.mark_told(ids, names, "phone" if command == "told_phone" else None)
        elif command == "discard":
            self.actions_.discard(ids, names)
        elif command == "write" and waiting[0].appointment_id is not None:
            self._write(waiting[0].appointment_id, waiting[0])

    def _write(self, appointment_id: int, row: MessageRow) -> None:
        off = row.appointment_state in ("cancelled", "no_show")
        occasion = "cancelled" if off else row.occasion
        if occasion == "cancelled" and not off:
            occasion = "moved"
        self.actions_.write(appointment_id, cast("Occasion", occasion), done=lambda _: None)

    def _run_untold(self, command: str, rows: list[UntoldRow]) -> None:
        if command in ("told", "told_phone"):
            self.actions_.mark_visits_told([row.id for row in rows], [row.name for row in rows])
        elif command == "write":
            for row in rows[1:]:
                self.actions_.write(row.id, cast("Occasion", row.occasion), done=lambda _: None)
            self.actions_.write(rows[0].id, cast("Occasion", rows[0].occasion))

    def _open_visit(self, row: MessageRow | UntoldRow) -> None:
        ident = row.id if isinstance(row, UntoldRow) else row.appointment_id
        if ident and row.starts_local:
            self.ctx.navigate(Target("schedule", "appointment", ident))

    def _fetch_messages(self, ids: Sequence[int]) -> dict[int, MessageRow]:
        wanted = list(ids)
        return self.ctx.tasks.read_now(lambda r: queries.message_rows(r, wanted))

    def _fetch_untold(self, ids: Sequence[int]) -> dict[int, UntoldRow]:
        wanted = list(ids)
        return self.ctx.tasks.read_now(lambda r: queries.untold_rows(r, wanted))

    # slots

    def _on_activated(self) -> None:
        if self._narrow():
            self._turn(aside=True)
        else:
            self.run_command("visit")

    def _on_chosen(self) -> None:
        self.pane.keep()
        rows = self.chosen()
        self.pane.show_row(rows[0] if rows else None)
        self._fold()

    def _on_group_button_clicked(self) -> None:
        self.show_tab(cast("Tab", next(k for k, chip in self.chips.items() if chip.isChecked())))

    def _on_menu_requested(self, where: QPoint) -> None:
        if not self.chosen():
            return
        menu = QMenu(self)
        menu.setObjectName("messages.menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for text, command in self._menu_entries():
            menu.addAction(text, partial(self.run_command, command))
        menu.popup(self.table.viewport().mapToGlobal(where))

    def _menu_entries(self) -> list[tuple[str, str]]:
        entries = []
        if self._tab == "untold":
            entries = [
                (self.tr("Write a message\tW"), "write"),
                (self.tr("Has been told\tT"), "told"),
            ]
        elif self._tab == "waiting":
            entries = [
                (self.tr("Has been told\tT"), "told"),
                (self.tr("Told by phone\tP"), "told_phone"),
                (self.tr("Copy the words\tC"), "copy"),
                (self.tr("Discard\tDel"), "discard"),
            ]
        return [*entries, (self.tr("Show visit"), "visit"), (self.tr("Show customer"), "contact")]

    def _on_bus_committed(self, changes: ChangeSet) -> None:
        if changes.touches(*TABLES):
            self._stale = True
            if self.isVisible():
                self._timer.start()

    # room

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def _narrow(self) -> bool:
        return self.width() < _WIDE * theme().text_scale // 100

    def _close_aside(self) -> None:
        self._turn(aside=False)
        self.home().setFocus()

    def _turn(self, *, aside: bool) -> None:
        self._aside = aside
        self._fold()

    def _fold(self) -> None:
        """In a narrow window list and message take turns."""
        narrow, any_row = self._narrow(), self.has_rows()
        aside = narrow and self._aside and any_row
        self.side.setVisible(any_row and (aside or not narrow))
        self.list.setVisible(not aside)
        self._line.setVisible(any_row and not narrow)
        self._back_row.setVisible(narrow)
        if narrow:
            self.side.setMinimumWidth(0)
            self.side.setMaximumWidth(16_777_215)
        else:
            self.side.setFixedWidth(WIDTH * theme().text_scale // 100)


def _read(r: Reader, tab: Tab, now_ms: int) -> Found:
    ids = queries.message_ids(r, tab, now_ms)
    if tab == "untold":
        return ids, queries.untold_rows(r, ids[:_FIRST])
    return ids, queries.message_rows(r, ids[:_FIRST])
