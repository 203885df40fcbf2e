"""What is usual for a contact goes into new documents and leaves stored ones alone."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest

from tcf_desktop.base.clock import FrozenClock
from tcf_desktop.domain.contacts import ContactDraft, Exemption, Named, Place
from tcf_desktop.domain.money import PRICE_SCALE as E4
from tcf_desktop.services.catalog import SaveService
from tcf_desktop.services.company import SaveBusiness
from tcf_desktop.services.contacts import SaveContact
from tcf_desktop.services.invoice_drafts import InvoiceLineDraft
from tcf_desktop.services.invoices import DraftInvoice, SaveInvoiceDraft
from tcf_desktop.services.measures import RemoveMeasure, SaveMeasure
from tcf_desktop.services.office import Office
from tcf_desktop.services.price_lists import RemovePriceList, SavePriceList, SetListPrice
from tcf_desktop.services.queries import catalog
from tcf_desktop.services.queries.contact_defaults import ContactDefaults, contact_defaults
from tcf_desktop.services.queries.imports import drafts_of
from tests.services.test_invoices import edited, read


@dataclass
class Chain:
    contact: int
    place: int
    windows: int
    gutters: int
    prices: int
    panes: int


@pytest.fixture
def chain(office: Office) -> Chain:
    run = office.runner.run
    panes = run(SaveMeasure(None, "Panes", "panes"))
    windows = run(SaveService(None, "Windows", 450 * E4, measure_id=panes))
    gutters = run(SaveService(None, "Gutters", 9_500 * E4))
    prices = run(SavePriceList(None, "Chain stores"))
    run(SetListPrice(prices, windows, 400 * E4))
    contact = run(
        SaveContact(
            ContactDraft(
                company="Acme",
                price_list="Chain stores",
                terms_days=45,
                places=(Place(street="1 Main", measures=(Named("Panes", "24"),)),),
            )
        )
    )
    place = office.read(lambda r: r.value("SELECT id FROM locations"))
    return Chain(contact, place, windows, gutters, prices, panes)


def test_prices_quantities_and_terms_come_from_the_contact(office: Office, chain: Chain) -> None:
    usual = office.read(lambda r: contact_defaults(r, chain.contact))
    assert usual.prices == {chain.windows: 400 * E4}
    assert usual.price_list == "Chain stores"
    assert usual.quantities_at(chain.place) == {chain.windows: 24_000}
    assert usual.quantities_at(None) == {}
    rows = {row.id: row for row in office.read(lambda r: catalog.prices(r, chain.contact))}
    assert (rows[chain.windows].offered_e4, rows[chain.windows].price_list) == (
        400 * E4,
        "Chain stores",
    )
    assert (rows[chain.gutters].offered_e4, rows[chain.gutters].price_list) == (9_500 * E4, "")
    draft = office.runner.run(DraftInvoice(chain.contact))
    assert read(office, draft).terms_days == 45


def test_nobody_has_nothing_usual_and_removed_things_count_no_more(
    office: Office, chain: Chain
) -> None:
    assert office.read(lambda r: contact_defaults(r, None)) == ContactDefaults()
    office.runner.run(RemovePriceList(chain.prices))
    office.runner.run(RemoveMeasure(chain.panes))
    assert office.read(lambda r: contact_defaults(r, chain.contact)) == ContactDefaults()


def test_a_list_goes_before_what_was_paid_last(office: Office, chain: Chain) -> None:
    row = catalog.PriceRow(1, "Windows", "", "", 400 * E4, True, 475 * E4, "Chain stores")
    assert row.offered_e4 == 400 * E4
    assert catalog.PriceRow(1, "Windows", "", "", 450 * E4, True, 475 * E4).offered_e4 == 475 * E4


def with_exemption(office: Office, contact: int, until_on: str) -> None:
    draft = office.read(lambda r: next(drafts_of(r, [contact]))).draft
    exempt = Exemption("SD-77", "SD", until_on)
    office.runner.run(SaveContact(replace(draft, exemption=exempt), contact))


def tax_of(office: Office, invoice: int) -> int | None:
    return read(office, invoice).tax_id


def test_no_tax_until_the_certificate_ends(
    office: Office, chain: Chain, clock: FrozenClock
) -> None:
    with_exemption(office, chain.contact, "2026-07-14")
    free = office.runner.run(DraftInvoice(chain.contact))
    assert tax_of(office, free) is None
    clock.advance(86_400)
    taxed = office.runner.run(DraftInvoice(chain.contact))
    assert tax_of(office, taxed) is not None
    assert tax_of(office, free) is None
    with_exemption(office, chain.contact, "")
    assert tax_of(office, office.runner.run(DraftInvoice(chain.contact))) is None
    assert tax_of(office, taxed) is not None


def test_stored_documents_keep_prices_quantities_and_tax(office: Office, chain: Chain) -> None:
    draft = office.runner.run(DraftInvoice(chain.contact))
    line = InvoiceLineDraft("Windows", "", 24_000, 400 * E4, True, chain.windows)
    office.runner.run(SaveInvoiceDraft(draft, edited(read(office, draft), lines=(line,))))
    before = read(office, draft)
    run = office.runner.run
    run(SetListPrice(chain.prices, chain.windows, 999 * E4))
    run(SaveService(chain.windows, "Windows", 888 * E4))
    with_exemption(office, chain.contact, "")
    known = office.read(lambda r: next(drafts_of(r, [chain.contact]))).draft
    place = replace(known.places[0], measures=(Named("Panes", "99"),))
    run(SaveContact(replace(known, places=(place,), terms_days=7), chain.contact))
    run(SaveBusiness((("terms_days", 3),)))
    assert read(office, draft) == before
