"""The menu bar, made from the table of commands and from those of the page that is shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from tcf_desktop.views.actions import ACTIONS, MENUS, key_texts
from tcf_desktop.views.page import Page, PageCommand
from tcf_desktop.views.registry import Place

_SEPARATE_BEFORE = {
    "file.import",
    "file.quit",
    "edit.history",
    "edit.find",
    "view.larger",
    "view.dark",
    "go.next_tab",
    "go.notice",
    "help.about",
}


@dataclass(frozen=True, slots=True)
class CommandEntry:
    """A command as the palette lists it."""

    text: str
    keys: str
    words: str
    run: Callable[[], object]


class Menus:
    """Owns the window's actions. They work also while the menu bar is hidden."""

    def __init__(self, window: QMainWindow, places: list[tuple[Place, str]]) -> None:
        self._window = window
        self.menus: dict[str, QMenu] = {}
        self.actions: dict[str, QAction] = {}
        self._entries: list[CommandEntry] = []
        self._page_actions: dict[str, list[tuple[QAction, PageCommand]]] = {}
        bar = window.menuBar()
        for key, title in MENUS:
            menu = QMenu(_tr(title), window)
            menu.setObjectName(f"menu.{key}")
            bar.addMenu(menu)
            self.menus[key] = menu
        self._add_places(places)
        self._add_actions()

    def entries(self, page: str) -> list[CommandEntry]:
        """What the palette offers while ``page`` is shown: the page's own commands first."""
        own = [
            CommandEntry(
                command.text, _keys_shown([command.shortcut]), command.words, action.trigger
            )
            for action, command in self._page_actions.get(page, [])
            if action.isEnabled()
        ]
        return own + self._entries

    def show_page(self, page: Page) -> None:
        """Put the page's commands into the menus and take those of the others out."""
        for key, made in self._page_actions.items():
            for action, _ in made:
                action.setVisible(key == page.key)
                action.setEnabled(key == page.key)
        if page.key in self._page_actions:
            return
        made = []
        for command in page.commands():
            action = QAction(command.text, self._window)
            action.setObjectName(command.object_name or f"action.{page.key}.{len(made)}")
            if command.shortcut:
                action.setShortcut(QKeySequence(command.shortcut))
            action.triggered.connect(lambda *_, run=command.run: run())
            self._window.addAction(action)
            self.menus[command.menu].addAction(action)
            made.append((action, command))
        self._page_actions[page.key] = made

    def forget_page(self, key: str) -> None:
        """Take a page's commands out for good; the page is about to be made anew."""
        for action, _ in self._page_actions.pop(key, []):
            self._window.removeAction(action)
            action.deleteLater()

    def _add_places(self, places: list[tuple[Place, str]]) -> None:
        for place, title in places:
            action = QAction(title, self._window)
            action.setObjectName(f"action.go.{place.key}")
            action.setShortcut(QKeySequence(place.shortcut))
            action.triggered.connect(lambda *_, key=place.key: self._call("go_to", key))
            if place.key == "settings":
                action.setMenuRole(QAction.MenuRole.PreferencesRole)
            self._window.addAction(action)
            self.menus["go"].addAction(action)
            self.actions[f"go.{place.key}"] = action
        self.menus["go"].addSeparator()

    def _add_actions(self) -> None:
        for spec in ACTIONS:
            menu = self.menus[spec.menu]
            if spec.key in _SEPARATE_BEFORE:
                menu.addSeparator()
            text = _tr(spec.text)
            action = QAction(text, self._window)
            action.setObjectName(f"action.{spec.key}")
            keys = key_texts(spec)
            action.setShortcuts([QKeySequence(key) for key in keys])
            action.triggered.connect(lambda *_, name=spec.do: self._call(name))
            if spec.key == "file.quit":
                action.setMenuRole(QAction.MenuRole.QuitRole)
            elif spec.key == "help.about":
                action.setMenuRole(QAction.MenuRole.AboutRole)
            self._window.addAction(action)
            menu.addAction(action)
            self.actions[spec.key] = action
            if spec.palette:
                self._entries.append(
                    CommandEntry(text, _keys_shown(keys[:1]), spec.words, action.trigger)
                )

    def _call(self, name: str, *arguments: object) -> None:
        getattr(self._window, name)(*arguments)


def _keys_shown(keys: list[str]) -> str:
    if not keys or not keys[0]:
        return ""
    return QKeySequence(keys[0]).toString(QKeySequence.SequenceFormat.NativeText)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Actions", text)
