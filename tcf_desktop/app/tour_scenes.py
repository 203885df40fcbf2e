"""What the tour pictures: every page of the registry by itself, and the states behind a click."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib.util import find_spec
from typing import TYPE_CHECKING

from tcf_desktop.app.tour_files import PREVIEW_CSV
from tcf_desktop.views.context import Target
from tcf_desktop.views.registry import PAGES
from tcf_desktop.views.settings.catalog import SECTIONS

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from tcf_desktop.app.tour import Tour
    from tcf_desktop.views.main_window import MainWindow

Show = Callable[[], "QWidget | None"]


def scenes(tour: Tour, window: MainWindow) -> Iterator[tuple[str, Show]]:
    """(name of the picture, what brings it up) in the order of the rail; no name, no picture."""
    known = set(window.page_keys())
    for place in PAGES:
        if place.key in known:
            yield place.key, _go(window, _front(tour, place.key))
            if place.key == "schedule":
                yield "schedule-hours", _schedule_as(window, {"hidden": [3]})
                for view in ("day", "month", "list"):
                    yield f"schedule-{view}", _schedule_as(window, {"view": view})
                yield "", _schedule_as(window, {})
            for name, target in _inside(tour, place.key):
                yield name, _go(window, target)
    if "team" in known:
        yield "team-pair", lambda: _pair(tour, window)
    if "contacts" in known:
        yield "contacts-import", lambda: _import(tour, window)
    yield "palette", lambda: _palette(window)
    yield "first-start", _first_start


def _front(tour: Tour, page: str) -> Target:
    """What a page shows in its picture: the tour's own customer, elsewhere its first sight."""
    if page == "contacts":
        return Target("contacts", "contact", tour.ids["contact"])
    if page == "billing":
        return Target("billing", "invoices")
    if page == "team":
        return Target("team", "map")
    return Target(page)


def _inside(tour: Tour, page: str) -> Iterator[tuple[str, Target]]:
    """Places inside a page that have an address."""
    if page == "contacts":
        yield "contacts-editor", Target("contacts", "edit", tour.ids["contact"])
    elif page == "privacy":
        yield "privacy-person", Target("privacy", "person", tour.ids["contact"])
    elif page == "schedule":
        yield "schedule-visit", Target("schedule", "appointment", tour.ids["appointment"])
    elif page == "billing":
        yield "billing-to-invoice", Target("billing", "to_invoice")
        yield "billing-payments", Target("billing", "payments")
        who = f"customer:{tour.ids['contact']}"
        yield "payment-receive", Target("billing", "payment", value=who)
        yield "invoice-issued", Target("billing", "invoice", tour.ids["invoice"])
        yield "invoice-editor", Target("billing", "invoice", tour.ids["draft"])
    elif page == "team":
        yield "team-phones", Target("team", "phones")
    elif page == "settings":
        for spec in SECTIONS:
            if find_spec(spec.factory.partition(":")[0]) is not None:
                yield f"settings-{spec.key}", Target("settings", "section", value=spec.key)


def _schedule_as(window: MainWindow, state: dict[str, object]) -> Show:
    def show() -> QWidget | None:
        window.page("schedule").restore_state(state)
        window.navigate(Target("today"))
        window.navigate(Target("schedule"))
        return None

    return show


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


def _pair(tour: Tour, window: MainWindow) -> QWidget | None:
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QPushButton

    window.navigate(Target("team", "pair", tour.ids["worker"]))
    page = window.current_page()
    assert page is not None
    button = page.findChild(QPushButton, "team.pair.show")
    assert button is not None
    # The names of the people are on their way; the button works when they are there.
    QTimer.singleShot(200, button, button.click)
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
