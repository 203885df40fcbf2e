"""What the tour pictures: every page of the registry by itself, and the states behind a click."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from tcf_desktop.app.tour_files import PREVIEW_CSV
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
            yield place.key, _go(window, _front(tour, place.key))
    for name, target in _targets(tour):
        if target.page in known:
            yield name, _go(window, target)
    if "contacts" in known:
        yield "contacts-import", lambda: _import(tour, window)
    yield "palette", lambda: _palette(window)
    yield "first-start", _first_start


def _front(tour: Tour, page: str) -> Target:
    """What a page shows in its picture: the tour's own customer, elsewhere its first sight."""
    if page == "contacts" and "contact" in tour.ids:
        return Target("contacts", "contact", tour.ids["contact"])
    return Target(page)


def _targets(tour: Tour) -> Iterator[tuple[str, Target]]:
    """Places inside a page that have an address."""
    if "contact" in tour.ids:
        yield "contact-editor", Target("contacts", "edit", tour.ids["contact"])
    if "appointment" in tour.ids:
        yield "appointment-editor", Target("schedule", "appointment", tour.ids["appointment"])
    if "invoice" in tour.ids:
        yield "invoice-editor", Target("billing", "invoice", tour.ids["invoice"])


def _go(window: MainWindow, target: Target) -> Show:
    def show() -> QWidget | None:
        window.navigate(target)
        return None

    return show


def _import(tour: Tour, window: MainWindow) -> QWidget | None:
    from tcf_desktop.views.contacts.page import ContactsPage

    window.navigate(Target("contacts", "import"))
    page = window.current_page()
    assert isinstance(page, ContactsPage)
    assert page.imports is not None
    path = tour.work / "customers-2026.csv"
    path.write_text(PREVIEW_CSV, "utf-8")
    page.imports.read_files([str(path)])
    return None


def _palette(window: MainWindow) -> QWidget | None:
    from tcf_desktop.views.command_palette import CommandPalette

    window.navigate(Target("today"))
    window.open_palette("ol")
    return window.findChild(CommandPalette)


def _first_start() -> QWidget | None:
    from tcf_desktop.views.dialogs.first_start import FirstStart

    first = FirstStart()
    first.setProperty("alone", True)
    first.show()
    return first
