"""The menu of how the schedule is shown: weekends, colours, zoom, the first day of the week."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from tcf_desktop.qtkit.theme import theme
from tcf_desktop.views.schedule.block_art import STATE_COLORS
from tcf_desktop.views.schedule.options import (
    BY_CREW,
    BY_STATE,
    MONDAY,
    SATURDAY,
    SUNDAY,
    SYSTEM,
    ZOOMS,
    ViewOptions,
)
from tcf_desktop.views.schedule.wording import state_words

Key = TypeVar("Key")


def _tr(text: str) -> str:
    return QCoreApplication.translate("ScheduleOptions", text)


def open_menu(
    button: QWidget, options: ViewOptions, change: Callable[[ViewOptions], None]
) -> QMenu:
    """Open it under a button; ``change`` gets the new options."""
    menu = QMenu(button)
    menu.setObjectName("schedule.options_menu")
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    weekends = menu.addAction(_tr("Weekends"))
    weekends.setCheckable(True)
    weekends.setChecked(options.weekends)
    weekends.triggered.connect(lambda on: change(replace(options, weekends=on)))
    menu.addSeparator()
    colors = [(BY_CREW, _tr("Colors by crew")), (BY_STATE, _tr("Colors by state"))]
    _choices(menu, colors, options.colors, lambda key: change(replace(options, colors=key)))
    if options.colors == BY_STATE:
        _add_legend(menu.addMenu(_tr("What the colors mean")))
    menu.addSeparator()
    menu.addAction(_tr("Larger hours\t+"), partial(_zoom, options, 1, change)).setEnabled(
        options.zoom < ZOOMS[-1]
    )
    menu.addAction(_tr("Smaller hours\t−"), partial(_zoom, options, -1, change)).setEnabled(
        options.zoom > ZOOMS[0]
    )
    menu.addAction(_tr("Usual size\t0"), partial(_zoom, options, 0, change)).setEnabled(
        options.zoom != 100
    )
    menu.addSeparator()
    days = menu.addMenu(_tr("Week begins on"))
    starts = [
        (SYSTEM, _tr("As the system does")),
        (MONDAY, _tr("Monday")),
        (SATURDAY, _tr("Saturday")),
        (SUNDAY, _tr("Sunday")),
    ]
    _choices(days, starts, options.week_start, lambda key: change(replace(options, week_start=key)))
    menu.popup(
        button.mapToGlobal(QPoint(button.width() - menu.sizeHint().width(), button.height() + 2))
    )
    return menu


def _choices(
    menu: QMenu, entries: list[tuple[Key, str]], chosen: Key, take: Callable[[Key], None]
) -> None:
    group = QActionGroup(menu)
    for key, text in entries:
        action = menu.addAction(text)
        action.setCheckable(True)
        action.setChecked(key == chosen)
        group.addAction(action)
        action.triggered.connect(lambda _on=True, picked=key: take(picked))


def _add_legend(menu: QMenu) -> None:
    """Each state with its colour."""
    from PySide6.QtGui import QIcon, QPixmap

    for state, word in state_words().items():
        swatch = QPixmap(14, 14)
        swatch.fill(theme().crew(STATE_COLORS[state]).bar)
        menu.addAction(QIcon(swatch), word)


def _zoom(options: ViewOptions, by: int, change: Callable[[ViewOptions], None]) -> None:
    change(options.zoomed(by))
