"""The card of a location says when crews were seen there."""

from __future__ import annotations

from dataclasses import dataclass

from pytestqt.qtbot import QtBot

from tcf_desktop.domain.contacts import ContactDraft, Place
from tcf_desktop.services.command import Command
from tcf_desktop.services.contacts import SaveContact
from tcf_desktop.services.uow import UnitOfWork
from tcf_desktop.views.common import DataLabel
from tcf_desktop.views.contacts.page import ContactsPage
from tcf_desktop.views.context import Target, ViewContext
from tests.views.window_tools import open_window, settle


@dataclass(frozen=True, slots=True)
class Learn(Command[None]):
    """As finishing a visit leaves it."""

    contact_id: int
    visits: int

    def execute(self, uow: UnitOfWork) -> None:
        uow.driver(
            "UPDATE locations SET learned_lat = 43.5, learned_lon = -96.7, learned_visits = ?"
            " WHERE contact_id = ?",
            [(self.visits, self.contact_id)],
        )
        uow.changed("contacts", self.contact_id)


def test_a_learned_place_says_at_how_many_visits(view_context: ViewContext, qtbot: QtBot) -> None:
    run = view_context.office.runner.run
    contact = run(SaveContact(ContactDraft(company="Cabin", places=(Place(street="118 Shore"),))))
    window = open_window(view_context, qtbot, "contacts")
    window.navigate(Target("contacts", "contact", contact))
    settle(view_context, qtbot)
    page = window.current_page()
    assert isinstance(page, ContactsPage)

    def said() -> list[str]:
        labels = page.detail.cards["places"].findChildren(DataLabel)
        return [label.text() for label in labels if label.text().startswith("Seen by crews")]

    assert said() == []
    for visits, words in ((1, "1 visit"), (3, "3 visits")):
        view_context.tasks.command(page, Learn(contact, visits))
        wanted = [f"Seen by crews at this spot ({words})"]
        qtbot.waitUntil(lambda wanted=wanted: said() == wanted, timeout=5_000)  # type: ignore[misc]
