"""Garbage is collected on the GUI thread: Qt objects must not be destroyed on another."""

from __future__ import annotations

import gc
import threading

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from tcf_desktop.app.collector import collect_when_due, set_loaded_aside

_ALLOCATED = 30_000


class _Ring:
    """Only the collector can free it; says on which thread that happened."""

    freed_on: list[int]

    def __init__(self, freed_on: list[int]) -> None:
        self.itself = self
        self.freed_on = freed_on

    def __del__(self) -> None:
        self.freed_on.append(threading.get_ident())


def test_what_a_worker_thread_leaves_is_freed_on_the_gui_thread(qtbot: QtBot) -> None:
    freed_on: list[int] = []
    kept: list[list[int]] = []

    def work() -> None:
        _Ring(freed_on)
        kept.extend([number] for number in range(_ALLOCATED))

    parent = QObject()
    set_loaded_aside(parent)
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert not freed_on
    qtbot.waitUntil(lambda: bool(freed_on), timeout=5_000)
    assert freed_on == [threading.get_ident()]
    del parent
    gc.unfreeze()


def test_nothing_is_collected_while_little_was_allocated() -> None:
    gc.collect()
    freed_on: list[int] = []
    _Ring(freed_on)
    collect_when_due()
    assert not freed_on
    gc.collect()
    assert len(freed_on) == 1
