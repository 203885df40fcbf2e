"""What the tour pictures: every page of the registry by itself, and the states behind a click."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from tcf_desktop.views.context import Target
from tcf_desktop.views.registry import PAGES

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from tcf_desktop.app.tour import Tour
    from tcf_desktop.views.main_window import MainWindow

Show = Callable[[], "QWidget | None"]


def scenes(tour: Tour, window: MainWindow) -> Iterator[tuple[str, Show]]:
    """(name of the picture, what brings it up) in the order of the rail."""
    known = set(window.page_keys())
    for place in PAGES:
        if place.key in known:
            yield place.key, _go(window, Target(place.key))
    for name, target in _targets(tour):
        if target.page in known:
            yield name, _go(window, target)


def _targets(tour: Tour) -> Iterator[tuple[str, Target]]:
    """Places inside a page that have an address."""
    if "invoice" in tour.ids:
        yield "invoice-editor", Target("billing", "invoice", tour.ids["invoice"])


def _go(window: MainWindow, target: Target) -> Show:
    def show() -> QWidget | None:
        window.navigate(target)
        return None

    return show
