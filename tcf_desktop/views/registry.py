"""The pages: one line each; a page's module is imported at its first visit."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from tcf_desktop.views.context import ViewContext
    from tcf_desktop.views.page import Page


@dataclass(frozen=True, slots=True)
class Place:
    """A page of the rail: ``factory`` is "module:Class" and takes the view context.

    One with ``under`` stands in the Go menu and the palette, not in the rail, where the place that
    it names is marked meanwhile. It has no shortcut of its own.
    """

    key: str
    title: str
    icon: str
    factory: str
    shortcut: str
    foot: bool = False
    words: str = ""
    under: str = ""

    def make(self, ctx: ViewContext) -> Page:
        """Import the page's module and make the page."""
        module, _, name = self.factory.partition(":")
        return cast("Page", getattr(import_module(module), name)(ctx))


_V = "tcf_desktop.views"
PAGES: tuple[Place, ...] = (
    Place(
        "today",
        str(QT_TRANSLATE_NOOP("Rail", "Today")),
        "sun-horizon",
        f"{_V}.today.page:TodayPage",
        "Ctrl+1",
        words="start home dashboard",
    ),
    Place(
        "contacts",
        str(QT_TRANSLATE_NOOP("Rail", "Contacts")),
        "users",
        f"{_V}.contacts.page:ContactsPage",
        "Ctrl+2",
        words="customers clients prospects",
    ),
    Place(
        "due",
        str(QT_TRANSLATE_NOOP("Rail", "Due again")),
        "calendar-check",
        f"{_V}.due.page:DuePage",
        "",
        words="frequency recall reminders call quiet customers snooze",
        under="contacts",
    ),
    Place(
        "duplicates",
        str(QT_TRANSLATE_NOOP("Rail", "Duplicates")),
        "copy",
        f"{_V}.duplicates.page:DuplicatesPage",
        "",
        words="find doubles merge same twice clean up",
        under="contacts",
    ),
    Place(
        "trash",
        str(QT_TRANSLATE_NOOP("Rail", "Trash")),
        "trash",
        f"{_V}.trash.page:TrashPage",
        "",
        words="deleted restore bring back undelete bin",
        under="contacts",
    ),
    Place(
        "privacy",
        str(QT_TRANSLATE_NOOP("Rail", "Privacy")),
        "lock-key",
        f"{_V}.privacy.page:PrivacyPage",
        "",
        words="export erase one person data request forget gdpr ccpa certificate",
        under="contacts",
    ),
    Place(
        "schedule",
        str(QT_TRANSLATE_NOOP("Rail", "Schedule")),
        "calendar-blank",
        f"{_V}.schedule.page:SchedulePage",
        "Ctrl+3",
        words="calendar week appointments visits",
    ),
    Place(
        "rain_day",
        str(QT_TRANSLATE_NOOP("Rail", "Rain day…")),
        "calendar-x",
        f"{_V}.schedule.rain_day_page:RainDayPage",
        "",
        words="weather storm snow move all visits of a day bad",
        under="schedule",
    ),
    Place(
        "route",
        str(QT_TRANSLATE_NOOP("Rail", "Route of the day…")),
        "map-trifold",
        f"{_V}.schedule.route_page:RoutePage",
        "",
        words="shortest order drive distance map way stops",
        under="schedule",
    ),
    Place(
        "billing",
        str(QT_TRANSLATE_NOOP("Rail", "Billing")),
        "receipt",
        f"{_V}.billing.page:BillingPage",
        "Ctrl+4",
        words="invoices bills payments",
    ),
    Place(
        "team",
        str(QT_TRANSLATE_NOOP("Rail", "Team")),
        "map-pin",
        f"{_V}.team.page:TeamPage",
        "Ctrl+5",
        words="crews map phones clock timesheet",
    ),
    Place(
        "messages",
        str(QT_TRANSLATE_NOOP("Rail", "Messages")),
        "chat-circle-text",
        f"{_V}.messages.page:MessagesPage",
        "Ctrl+6",
        words="outbox tell customers write text e-mail moved",
    ),
    Place(
        "settings",
        str(QT_TRANSLATE_NOOP("Rail", "Settings")),
        "gear-six",
        f"{_V}.settings.page:SettingsPage",
        "Ctrl+,",
        foot=True,
        words="options preferences business taxes",
    ),
)


def place(key: str) -> Place:
    """The place of a key; KeyError when there is none."""
    for candidate in PAGES:
        if candidate.key == key:
            return candidate
    raise KeyError(key)
