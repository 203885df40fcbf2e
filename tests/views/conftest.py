"""Windows of one test end on the GUI thread before the next test begins."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget


@pytest.fixture(autouse=True)
def _no_key_is_held(qapp: QCoreApplication) -> None:
    """After a click of Ctrl+Enter the toolkit takes Ctrl for held, also in the next test."""
    QTest.keyRelease(QWidget(), Qt.Key.Key_Control)


@pytest.fixture(autouse=True)
def _windows_end_here(qapp: QCoreApplication) -> Iterator[None]:
    """A closed window is deleted by the event loop, which tests hardly run at their end. Left to
    the garbage collector it might be destroyed on whichever thread collects, timers and all."""
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.collect()
