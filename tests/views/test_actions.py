"""No key means two things, and every command can be found."""

from __future__ import annotations

from collections import Counter

from pytestqt.qtbot import QtBot

from tcf_desktop.views.actions import ACTIONS, MENUS, key_texts
from tcf_desktop.views.context import ViewContext
from tcf_desktop.views.main_window import MainWindow
from tcf_desktop.views.registry import PAGES
from tests.views.window_tools import open_window

FORBIDDEN = ("Ctrl+Alt+",)


def keys() -> list[tuple[str, str]]:
    return [(key, spec.key) for spec in ACTIONS for key in key_texts(spec)] + [
        (place.shortcut, place.key) for place in PAGES if place.shortcut
    ]


def test_no_key_is_used_twice(qapp: object) -> None:
    counted = Counter(key for key, _ in keys())
    assert {key: n for key, n in counted.items() if n > 1} == {}


def test_no_single_letters_and_no_alt_graph(qapp: object) -> None:
    for key, owner in keys():
        assert len(key) > 1, owner
        assert not key.startswith(FORBIDDEN), owner


def test_every_command_exists_in_the_window() -> None:
    menus = {key for key, _ in MENUS}
    for spec in ACTIONS:
        assert callable(getattr(MainWindow, spec.do)), spec.key
        assert spec.menu in menus, spec.key
    assert len({spec.key for spec in ACTIONS}) == len(ACTIONS)


def test_no_page_takes_a_key_of_the_window(sample_context: ViewContext, qtbot: QtBot) -> None:
    taken = dict(keys())
    window = open_window(sample_context, qtbot)
    for key in window.page_keys():
        used = [command.shortcut for command in window.page(key).commands() if command.shortcut]
        assert [shortcut for shortcut in used if shortcut in taken] == [], key
        assert len(used) == len(set(used)), key
