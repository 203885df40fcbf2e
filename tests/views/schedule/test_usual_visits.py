"""A new visit is given to the customer's crew, at the customer's prices and quantities."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from tcf_desktop.domain.contacts import ContactDraft, Named, Place
from tcf_desktop.domain.money import PRICE_SCALE as E4
from tcf_desktop.services.appointment_values import AppointmentDraft, LineDraft
from tcf_desktop.services.appointments import CreateAppointment
from tcf_desktop.services.catalog import SaveService
from tcf_desktop.services.contacts import SaveContact
from tcf_desktop.services.measures import SaveMeasure
from tcf_desktop.services.price_lists import SavePriceList, SetListPrice
from tcf_desktop.services.queries import appointment as queries
from tcf_desktop.views.context import ViewContext
from tcf_desktop.views.schedule.editor import AppointmentEditor
from tcf_desktop.views.schedule.page import SchedulePage
from tests.views.schedule.tools import settle
from tests.views.window_tools import open_window


@pytest.fixture
def page(sample_context: ViewContext, qtbot: QtBot) -> SchedulePage:
    window = open_window(sample_context, qtbot, "schedule")
    found = window.current_page()
    assert isinstance(found, SchedulePage)
    qtbot.waitUntil(lambda: found._week is not None)
    return found


@pytest.fixture
def windows(sample_context: ViewContext) -> int:
    run = sample_context.office.runner.run
    panes = run(SaveMeasure(None, "Window panes", "panes"))
    service = run(SaveService(None, "Aaa windows", 450 * E4, minutes=2, measure_id=panes))
    prices = run(SavePriceList(None, "Chains of shops"))
    run(SetListPrice(prices, service, 400 * E4))
    return int(service)


def acme(page: SchedulePage) -> int:
    crew = page.ctx.office.read(
        lambda r: r.value("SELECT name FROM crews WHERE deleted_at IS NULL ORDER BY id DESC")
    )
    places = (
        Place(name="Shop", street="1 Main", measures=(Named("Window panes", "24"),)),
        Place(name="Store", street="2 Main", measures=(Named("Window panes", "60.5"),)),
    )
    draft = ContactDraft(company="Acme", crew=crew, price_list="Chains of shops", places=places)
    return page.ctx.office.runner.run(SaveContact(draft))


def editor_of(page: SchedulePage) -> AppointmentEditor:
    assert page._editor is not None
    return page._editor


def choose(editor: AppointmentEditor, service: int) -> None:
    editor.services.add_service(next(p for p in editor.services._prices if p.id == service))


def figures(editor: AppointmentEditor) -> list[tuple[int, int]]:
    return [(line.qty_milli, line.unit_price_e4 // E4) for line in editor.draft().lines]


def test_crew_price_and_quantity_follow_customer_and_place(
    page: SchedulePage, windows: int
) -> None:
    contact = acme(page)
    page.open_new("2026-07-15T09:00", 60, None)
    editor = editor_of(page)
    choose(editor, windows)
    assert figures(editor) == [(1000, 450)]
    editor.set_contact(contact, "Acme")
    settle(page.ctx)
    crew = page.ctx.office.read(
        lambda r: r.value("SELECT default_crew_id FROM contacts WHERE id = ?", (contact,))
    )
    assert editor.draft().crew_id == crew
    assert figures(editor) == [(24_000, 400)]
    editor.place.setCurrentIndex(1)
    assert figures(editor) == [(60_500, 400)]
    assert editor.draft().minutes == 125  # 60.5 panes at 2 minutes, in steps of five


def test_what_was_typed_or_chosen_stays(page: SchedulePage, windows: int, qtbot: QtBot) -> None:
    contact = acme(page)
    crew = page.ctx.office.read(lambda r: r.value("SELECT id FROM crews ORDER BY id"))
    page.open_new("2026-07-15T09:00", 60, crew)
    editor = editor_of(page)
    choose(editor, windows)
    row = editor.services._rows[0]
    row.price.selectAll()
    qtbot.keyClicks(row.price, "3.50")
    editor.set_contact(contact, "Acme")
    settle(page.ctx)
    assert editor.draft().crew_id == crew
    assert figures(editor) == [(24_000, 350)]


def test_a_stored_visit_keeps_its_figures(page: SchedulePage, windows: int) -> None:
    contact = acme(page)
    place = page.ctx.office.read(
        lambda r: r.value("SELECT id FROM locations WHERE contact_id = ?", (contact,))
    )
    draft = AppointmentDraft(
        "2026-07-15T09:00", 60, "America/Chicago", contact_id=contact, location_id=place,
        lines=(LineDraft("Aaa windows", 123 * E4, 5_000, windows),),
    )  # fmt: skip
    ident = page.ctx.office.runner.run(CreateAppointment(draft))
    page.edit(ident)
    settle(page.ctx)
    editor = editor_of(page)
    assert figures(editor) == [(5_000, 123)]
    assert editor.draft().crew_id is None
    editor.place.setCurrentIndex(1)
    choose(editor, windows)
    assert figures(editor) == [(5_000, 123), (60_500, 400)]
    detail = page.ctx.office.read(lambda r: queries.detail(r, ident))
    assert detail is not None
    assert [line.unit_price_e4 for line in detail.lines] == [123 * E4]
