"""The window: rail, header, pages, notices. Pages are made at their first visit and kept."""

from __future__ import annotations

import logging
import sys
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, QCoreApplication, QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.changes import ChangeSet
from tcf_desktop.qtkit import i18n, style
from tcf_desktop.views.common.snackbar import SnackAction, Snackbar
from tcf_desktop.views.context import NoticeAction, Target, ViewContext
from tcf_desktop.views.header import Header
from tcf_desktop.views.page import Page, PageHeader
from tcf_desktop.views.problem_bar import ProblemBar
from tcf_desktop.views.rail import Rail
from tcf_desktop.views.registry import PAGES, Place
from tcf_desktop.views.window_commands import WindowCommands, focus_pane, said

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader
    from tcf_desktop.views.menus import Menus

log = logging.getLogger(__name__)
MINIMUM = QSize(960, 620)
COMPACT_BELOW = 1100
HISTORY = 50
_ONCE = frozenset({("schedule", "new"), ("schedule", "again"), ("schedule", "export")})


class MainWindow(WindowCommands, QMainWindow):
    """Implements :class:`tcf_desktop.views.context.Shell`."""

    closed = Signal()

    def __init__(self, ctx: ViewContext) -> None:
        super().__init__()
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        self._app = app
        self._painted = False
        self._dressed = False
        self._first: Target | None = None
        self.ctx = ctx
        ctx.shell = self
        self.setObjectName("window")
        self.setMinimumSize(MINIMUM)
        ctx.theme.set_text_scale(int(ctx.device.get("appearance/text_scale", 100)))
        ctx.theme.set_mode(str(ctx.device.get("appearance/mode", "follow")))
        self._places = [(place, _title(place)) for place in PAGES]
        self._pages: dict[str, Page] = {}
        self._current = ""
        self._back: list[Target] = []
        self._forward: list[Target] = []
        self._here = Target("")
        self._closing = False
        self._rail_pinned: bool | None = ctx.device.get("window/rail_compact")
        self.rail = Rail(self._places, ctx.status)
        self.header = Header()
        self.problem = ProblemBar()
        self.stack = QStackedWidget()
        self.body = QWidget()
        self._lay_out()
        self.snackbar = Snackbar(self.body, self._foot_height)
        self.rail.chosen.connect(self.go_to)
        self.rail.statusChosen.connect(self._on_rail_status_chosen)
        self.header.searchRequested.connect(self.open_palette)
        ctx.bus.committed.connect(self._on_bus_committed)
        app.installEventFilter(self)
        self._alt_alone = False
        self._show_business_name()
        self._restore_geometry()

    @cached_property
    def menus(self) -> Menus:
        """The menu bar with every command; it comes with the first page, after the frame."""
        from tcf_desktop.views.menus import Menus

        made = Menus(self, self._places)
        self.menuBar().setVisible(sys.platform == "darwin")
        made.menus["edit"].aboutToShow.connect(self._on_edit_menu_about_to_show)
        return made

    # the shell that pages see

    def navigate(self, target: Target) -> None:
        """Go to an address and remember where we were.

        Before the window is painted for the first time the page waits: the frame comes first.
        """
        if not self._painted and not self._pages:
            self._first = target
            self.rail.set_current(target.page)
            title = next((name for place, name in self._places if place.key == target.page), "")
            self.header.show_header(PageHeader(title))
            return
        if self._here.page and target != self._here:
            self._back = [*self._back[-HISTORY:], self._here]
            self._forward.clear()
        self._open(target)

    def notify(self, text: str, *, undo: bool = False, actions: list[NoticeAction] = []) -> None:  # noqa: B006
        """Say what was done; ``undo`` offers to take it back."""
        shown = [SnackAction(action.text, action.run) for action in actions]
        if undo:
            shown.append(SnackAction(self.tr("Undo"), self.undo, "Ctrl+Z"))
        self.snackbar.show_text(text, shown)

    def show_error(self, error: AppError, context: str = "") -> None:
        """Say what could not be done."""
        self.problem.show_error(error, context)

    # pages

    def go_to(self, key: str) -> None:
        """Show a place as it was left."""
        self.navigate(Target(key))

    def page_keys(self) -> list[str]:
        """The places of the rail, in order."""
        return [place.key for place, _ in self._places]

    def current_page(self) -> Page | None:
        """The page that is shown."""
        self._open_first()
        return self._pages.get(self._current)

    def page(self, key: str) -> Page:
        """The page of a key, made when needed."""
        self._dress()
        found = self._pages.get(key)
        if found is None:
            place = next(place for place, _ in self._places if place.key == key)
            found = place.make(self.ctx)
            found.headerChanged.connect(self._on_page_header_changed)
            self._pages[key] = found
            self.stack.addWidget(found)
            state = self.ctx.device.get(f"page/{key}")
            if isinstance(state, dict):
                found.restore_state(state)
        return found

    def rebuild_pages(self) -> None:
        """Make all pages anew (after another language or zone)."""
        self._save_pages()
        for key, page in list(self._pages.items()):
            self.menus.forget_page(key)
            self.stack.removeWidget(page)
            page.deleteLater()
        self._pages.clear()
        self._current = ""
        self._open(self._here)

    def _open(self, target: Target) -> None:
        if all(place.key != target.page for place, _ in self._places):
            log.warning("there is no page %s", target.page)
            return
        page = self.page(target.page)
        # Going back to the schedule does not begin the booking again that was begun there.
        self._here = Target(target.page) if (target.page, target.kind) in _ONCE else target
        moved = target.page != self._current
        if moved:
            self._leave()
            self._current = target.page
            self.stack.setCurrentWidget(page)
            self.rail.set_current(target.page)
            self.menus.show_page(page)
            self.ctx.device.set("window/page", target.page)
        page.shown()
        if target.kind:
            page.open_target(target)
        elif not moved:
            page.to_front()
        if moved and not page.isAncestorOf(self.focusWidget()):
            focus_pane(page.home(), Qt.FocusReason.OtherFocusReason)
        self._show_header()

    def _leave(self) -> None:
        page = self.current_page()
        if page is not None:
            self.ctx.device.set(f"page/{page.key}", page.page_state())

    def _show_header(self) -> None:
        page = self.current_page()
        if page is None:
            return
        # What the page shows now may have a foot of its own; it is laid out a turn later.
        QTimer.singleShot(0, self.snackbar, self.snackbar.place_again)
        header = page.header()
        pressed = self.header.isAncestorOf(self.focusWidget())
        self.header.show_header(header)
        if pressed and not self.header.isAncestorOf(self.focusWidget()):
            # The button that was pressed is gone; the rail beside it must not inherit the focus.
            focus_pane(page.home(), Qt.FocusReason.OtherFocusReason)
        business = self.ctx.business_name()
        self.setWindowTitle(f"{header.title} – {business}" if business else header.title)

    # reacting

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self, self._open_first)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold_rail()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep everything: with writes on their way say "Saving…" and close when they are done."""
        self._save_pages()
        self.ctx.device.set("window/geometry", _text(self.saveGeometry()))
        self.ctx.device.sync()
        if self.ctx.tasks.running and not self._closing:
            event.ignore()
            self._closing = True
            self.body.setEnabled(False)
            self.snackbar.show_text(self.tr("Saving…"))
            self.ctx.tasks.busy_changed.connect(self._on_tasks_busy_changed)
            self.startTimer(15_000)
            return
        event.accept()
        self.closed.emit()

    def timerEvent(self, event: QEvent) -> None:
        """The writes did not finish in time: close anyway, the office waits for its writer."""
        self.close()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Alt pressed and released alone shows or hides the menu bar."""
        kind = event.type()
        pressed = kind in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride)
        if pressed and isinstance(event, QKeyEvent):
            # A key that is a shortcut comes as an override only, never as a press.
            self._alt_alone = event.key() == Qt.Key.Key_Alt
        elif kind == QEvent.Type.KeyRelease and isinstance(event, QKeyEvent):
            if self._alt_alone and event.key() == Qt.Key.Key_Alt and self.isActiveWindow():
                self._alt_alone = False
                self.toggle_menu_bar()
        elif kind == QEvent.Type.MouseButtonPress:
            self._alt_alone = False
        return super().eventFilter(watched, event)

    def _on_bus_committed(self, changes: ChangeSet) -> None:
        if changes.touches("business"):
            self.ctx.forget_business()
            self._show_business_name()
            self._show_header()
        if changes.touches("messages"):
            self._show_badges()

    def _on_edit_menu_about_to_show(self) -> None:
        """Name what Ctrl+Z would take back."""
        from tcf_desktop.services.queries.history import last_undoable

        entry = self.ctx.tasks.read_now(last_undoable)
        action = self.menus.actions["edit.undo"]
        action.setText(
            self.tr("Undo")
            if entry is None
            else self.tr("Undo {what}").format(what=said(entry.label, entry.params)[:60])
        )

    def _on_page_header_changed(self) -> None:
        if self.sender() is self.current_page():
            self._show_header()

    def _on_rail_status_chosen(self, key: str) -> None:
        line = dict(self.ctx.status.lines()).get(key)
        if line is not None and line.target is not None:
            self.navigate(line.target)

    def _on_tasks_busy_changed(self, running: int) -> None:
        if not running:
            self.close()

    # inside

    def _foot_height(self) -> int:
        page = self._pages.get(self._current)
        return 0 if page is None else page.foot_height()

    def _open_first(self) -> None:
        """The page that was asked for before there was a window to paint."""
        if self._first is not None:
            target, self._first = self._first, None
            self._open(target)
            self._show_badges()

    def _show_badges(self) -> None:
        """How many customers are to be told something, on the rail."""

        def waiting(r: Reader) -> int:
            from tcf_desktop.services.queries.messages import message_counts

            return message_counts(r, self.ctx.clock.now_ms()).waiting

        self.ctx.tasks.read(self, waiting, partial(self.rail.set_badge, "messages"))

    def _dress(self) -> None:
        """Style and words for standard controls, which the frame itself does not use."""
        if not self._dressed:
            self._dressed = True
            i18n.install(self._app)
            style.install(self._app)
            assert self.menus.actions

    def _lay_out(self) -> None:
        right = QVBoxLayout(self.body)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self.header)
        right.addWidget(self.problem)
        right.addWidget(self.stack, 1)
        central = QWidget()
        row = QHBoxLayout(central)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addWidget(self.body, 1)
        self.setCentralWidget(central)

    def _fold_rail(self) -> None:
        narrow = self.width() < COMPACT_BELOW * self.ctx.theme.text_scale / 100
        self.rail.set_compact(narrow if self._rail_pinned is None else self._rail_pinned)

    def _show_business_name(self) -> None:
        self.rail.brand.set_name(self.ctx.business_name())

    def _save_pages(self) -> None:
        for key, page in self._pages.items():
            self.ctx.device.set(f"page/{key}", page.page_state())

    def _restore_geometry(self) -> None:
        saved: Any = self.ctx.device.get("window/geometry")
        self.resize(1440, 900)
        if isinstance(saved, str):
            self.restoreGeometry(QByteArray.fromBase64(saved.encode()))
        self._fold_rail()


def _title(place: Place) -> str:
    return QCoreApplication.translate("Rail", place.title)


def _text(data: QByteArray) -> str:
    return bytes(data.toBase64().data()).decode()
