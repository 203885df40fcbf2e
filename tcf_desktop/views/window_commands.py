"""What the commands of the table do; mixed into the window."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QMainWindow, QWidget

from tcf_desktop.base.errors import AppError
from tcf_desktop.qtkit.messages import words_of
from tcf_desktop.views.context import Target

if TYPE_CHECKING:
    from tcf_desktop.services.undo import Undone
    from tcf_desktop.views.command_palette import CommandPalette
    from tcf_desktop.views.context import ViewContext
    from tcf_desktop.views.page import Page

TEXT_STEPS = (90, 100, 110, 125, 150, 175, 200)


class WindowCommands:
    """Expects the attributes of :class:`tcf_desktop.views.main_window.MainWindow`."""

    ctx: ViewContext
    _here: Target
    _back: list[Target]
    _forward: list[Target]
    _rail_pinned: bool | None
    _palette: CommandPalette | None = None

    if TYPE_CHECKING:
        rail: Any
        header: Any
        snackbar: Any
        menus: Any

        def current_page(self) -> Page | None: ...
        def navigate(self, target: Target) -> None: ...
        def notify(self, text: str) -> None: ...
        def show_error(self, error: AppError, context: str = "") -> None: ...
        def _open(self, target: Target) -> None: ...
        def _fold_rail(self) -> None: ...

    # making things

    def new_here(self) -> None:
        page = self.current_page()
        if page is not None and not page.new_here():
            self.new_appointment()

    def new_contact(self) -> None:
        self.navigate(Target("contacts", "new"))

    def new_appointment(self) -> None:
        self.navigate(Target("schedule", "new"))

    def new_invoice(self) -> None:
        self.navigate(Target("billing", "new"))

    def receive_payment(self) -> None:
        page = self.current_page()
        self.navigate(Target("billing", "payment") if page is None else page.payment_target())

    def import_files(self) -> None:
        self.navigate(Target("contacts", "import"))

    def export_calendar(self) -> None:
        self.navigate(Target("schedule", "export"))

    def export_contacts(self) -> None:
        self.navigate(Target("contacts", "export"))

    # undo

    def undo(self) -> None:
        from tcf_desktop.services.undo import UndoLast

        self.ctx.tasks.command(self._window(), UndoLast(), self._say_undone, self._say_no_undo)

    def redo(self) -> None:
        from tcf_desktop.services.undo import RedoLast

        self.ctx.tasks.command(self._window(), RedoLast(), self._say_redone, self._say_no_undo)

    def show_history(self) -> None:
        from tcf_desktop.views.dialogs.undo_history import UndoHistory

        UndoHistory(self.ctx, self._window()).show()

    def _say_undone(self, done: Undone) -> None:
        self.notify(_tr("Undone: {what}").format(what=said(done.label, done.params)))

    def _say_redone(self, done: Undone) -> None:
        self.notify(_tr("Done again: {what}").format(what=said(done.label, done.params)))

    def _say_no_undo(self, error: AppError) -> None:
        # An idle Ctrl+Z is no trouble; the bar for troubles stays for what needs her.
        if error.code in ("undo.nothing", "undo.nothing_to_redo"):
            self.notify(words_of(error).text())
        else:
            self.show_error(error)

    # finding

    def find_here(self) -> None:
        page = self.current_page()
        if page is None or not page.focus_search():
            self.open_palette()

    def open_palette(self, text: str = "") -> None:
        from tcf_desktop.views.command_palette import CommandPalette

        if self._palette is None:
            self._palette = CommandPalette(self.ctx, self._window())
        page = self.current_page()
        entries = self.menus.entries(page.key if page is not None else "")
        self._palette.open_with(entries, text)

    # looking

    def toggle_rail(self) -> None:
        self._rail_pinned = not self.rail.is_compact
        self.ctx.device.set("window/rail_compact", self._rail_pinned)
        self._fold_rail()

    def toggle_side_panel(self) -> None:
        page = self.current_page()
        if page is not None:
            page.toggle_side_panel()

    def toggle_menu_bar(self) -> None:
        """Alt: show the menu bar with the focus in it, or hide it."""
        bar = self._window().menuBar()
        bar.setVisible(not bar.isVisible())
        if bar.isVisible():
            bar.setFocus(Qt.FocusReason.MenuBarFocusReason)
            bar.setActiveAction(bar.actions()[0])

    def larger_text(self) -> None:
        self._step_text(1)

    def smaller_text(self) -> None:
        self._step_text(-1)

    def normal_text(self) -> None:
        self._set_text(100)

    def toggle_dark(self) -> None:
        mode = "light" if self.ctx.theme.is_dark else "dark"
        self.ctx.theme.set_mode(mode)
        self.ctx.device.set("appearance/mode", mode)

    def refresh(self) -> None:
        page = self.current_page()
        if page is not None:
            page.shown()

    # going

    def go_back(self) -> None:
        page = self.current_page()
        leave = page.back_action() if page is not None else None
        if leave is not None:
            leave()
        elif self._back:
            self._forward.append(self._here)
            self._open(self._back.pop())

    def go_forward(self) -> None:
        if self._forward:
            self._back.append(self._here)
            self._open(self._forward.pop())

    def next_tab(self) -> None:
        page = self.current_page()
        if page is not None:
            page.step_tab(1)

    def previous_tab(self) -> None:
        page = self.current_page()
        if page is not None:
            page.step_tab(-1)

    def next_pane(self) -> None:
        self._step_pane(1)

    def previous_pane(self) -> None:
        self._step_pane(-1)

    def focus_notice(self) -> None:
        self.snackbar.take_focus()

    # help

    def show_keys(self) -> None:
        from tcf_desktop.views.dialogs.keyboard_card import KeyboardCard

        KeyboardCard(self._window()).show()

    def show_about(self) -> None:
        self.navigate(Target("settings", "section", value="about"))

    # inside

    def _window(self) -> QMainWindow:
        assert isinstance(self, QMainWindow)
        return self

    def _step_text(self, by: int) -> None:
        now = self.ctx.theme.text_scale
        nearest = min(range(len(TEXT_STEPS)), key=lambda i: abs(TEXT_STEPS[i] - now))
        self._set_text(TEXT_STEPS[min(len(TEXT_STEPS) - 1, max(0, nearest + by))])

    def _set_text(self, percent: int) -> None:
        self.ctx.theme.set_text_scale(percent)
        self.ctx.device.set("appearance/text_scale", percent)
        self._fold_rail()

    def _step_pane(self, by: int) -> None:
        page = self.current_page()
        panes: list[QWidget] = [self.rail, self.header]
        if page is not None:
            panes += page.regions() or [page]
        focused = self._window().focusWidget()
        here = 0
        for index, pane in enumerate(panes):
            if pane is focused or pane.isAncestorOf(focused):
                here = index
        focus_pane(panes[(here + by) % len(panes)], Qt.FocusReason.ShortcutFocusReason)


def said(label: str, params: dict[str, Any]) -> str:
    """A journal label in the user's language with its values."""
    try:
        return QCoreApplication.translate("Journal", label).format_map(params)
    except (KeyError, IndexError, ValueError):
        return label


def focus_pane(pane: QWidget, reason: Qt.FocusReason) -> None:
    """Give the focus to a pane, or to the first thing in it that takes it."""
    focus = getattr(pane, "focus_current", None)
    if callable(focus):
        focus()
        return
    target = pane
    if pane.focusPolicy() == Qt.FocusPolicy.NoFocus:
        for child in pane.findChildren(QWidget):
            policy = child.focusPolicy()
            if policy & Qt.FocusPolicy.TabFocus and child.isVisible() and child.isEnabled():
                target = child
                break
    target.setFocus(reason)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Window", text)
