"""A new line takes the customer's price and the place's quantity; an ended exemption is said."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tcf_desktop.domain.contacts import ContactDraft, Exemption, Named, Place
from tcf_desktop.domain.money import PRICE_SCALE as E4
from tcf_desktop.itemmodels.price_list import PRICE_ROLE
from tcf_desktop.services.catalog import SaveService
from tcf_desktop.services.contacts import SaveContact
from tcf_desktop.services.invoices import DraftInvoice
from tcf_desktop.services.measures import SaveMeasure
from tcf_desktop.services.price_lists import SavePriceList, SetListPrice
from tcf_desktop.services.queries.catalog import PriceRow
from tcf_desktop.services.queries.imports import drafts_of
from tcf_desktop.views.billing.form import InvoiceForm
from tcf_desktop.views.billing.page import BillingPage
from tcf_desktop.views.context import Target, ViewContext
from tests.views.window_tools import open_window, settle

DRAFT = ContactDraft(
    company="Acme",
    price_list="Chain stores",
    exemption=Exemption("77", "SD", "2026-07-01"),
    places=(
        Place(name="Shop", street="1 Main", measures=(Named("Panes", "24"),)),
        Place(name="Store", street="2 Main", measures=(Named("Panes", "60"),)),
    ),
)


@pytest.fixture
def form(view_context: ViewContext, qtbot: QtBot) -> InvoiceForm:
    run = view_context.office.runner.run
    panes = run(SaveMeasure(None, "Panes", "panes"))
    windows = run(SaveService(None, "Windows", 450 * E4, measure_id=panes))
    prices = run(SavePriceList(None, "Chain stores"))
    run(SetListPrice(prices, windows, 400 * E4))
    contact = run(SaveContact(DRAFT))
    window = open_window(view_context, qtbot, "billing")
    invoice = run(DraftInvoice(contact))
    window.navigate(Target("billing", "invoice", invoice))
    settle(view_context, qtbot)
    page = window.current_page()
    assert isinstance(page, BillingPage)
    return page.editor.form


def windows_of(form: InvoiceForm) -> PriceRow:
    found = form.prices.index(0).data(PRICE_ROLE)
    assert isinstance(found, PriceRow)
    return found


def test_a_line_takes_the_price_of_the_list_and_the_measure_of_the_place(
    form: InvoiceForm,
) -> None:
    assert "4.00 in “Chain stores”" in form.prices.index(0).data(Qt.ItemDataRole.DisplayRole)
    form.lines.set_service(0, windows_of(form))
    form.place.setCurrentIndex(1)
    form.lines.set_service(1, windows_of(form))
    lines = form.lines.lines
    assert [(line.qty_milli, line.unit_price_e4) for line in lines] == [
        (24_000, 400 * E4),
        (60_000, 400 * E4),
    ]


def test_an_ended_exemption_is_said_and_tax_is_charged(form: InvoiceForm, qtbot: QtBot) -> None:
    assert form.tax.currentData() is not None
    assert "ended on Jul 1, 2026" in form.exemption.label.text()
    assert "tax is charged" in form.exemption.label.text()
    form.tax.setCurrentIndex(0)
    assert "still charges none" in form.exemption.label.text()
    qtbot.mouseClick(form.exemption.button, Qt.MouseButton.LeftButton)
    assert form.tax.currentData() is not None


def test_a_valid_exemption_is_said_and_the_place_charges_no_tax(
    form: InvoiceForm, view_context: ViewContext, qtbot: QtBot
) -> None:
    office = view_context.office
    contact = office.read(lambda r: r.value("SELECT id FROM contacts"))
    tax = office.read(lambda r: r.value("SELECT id FROM taxes"))
    known = office.read(lambda r: next(drafts_of(r, [contact]))).draft
    places = tuple(replace(place, tax_id=tax) for place in known.places)
    exempt = replace(known, exemption=Exemption("77", "SD", "2027-07-01"), places=places)
    office.runner.run(SaveContact(exempt, contact))
    qtbot.waitUntil(lambda: "charges tax all the same" in form.exemption.label.text())
    qtbot.mouseClick(form.exemption.button, Qt.MouseButton.LeftButton)
    assert form.tax.currentData() is None
    assert "certificate SD 77" in form.exemption.label.text()
    form.place.setCurrentIndex(1)
    assert form.tax.currentData() is None
