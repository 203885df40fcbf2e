"""Factur-X: the XML of an electronic invoice (CII, profile EN 16931), and a PDF that carries it."""

import hashlib
import io
import logging
import re
import struct
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from tcf_desktop.domain.documents import DocType
from tcf_desktop.domain.einvoice import (
    Breakdown,
    ElectronicInvoice,
    Party,
    WrittenLine,
    breakdown,
    turned,
    written_lines,
)
from tcf_desktop.domain.money import minor_digits

_RSM = "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100"
_RAM = "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100"
_QDT = "urn:un:unece:uncefact:data:standard:QualifiedDataType:100"
_UDT = "urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100"
_SPACES = {"rsm": _RSM, "ram": _RAM, "qdt": _QDT, "udt": _UDT}
_PROFILE = "urn:cen.eu:en16931:2017"
_UNITS = {  # UN/ECE Recommendation 20
    "h": "HUR", "hr": "HUR", "hrs": "HUR", "hour": "HUR", "hours": "HUR", "std": "HUR",
    "min": "MIN", "day": "DAY", "days": "DAY", "week": "WEE", "month": "MON",
    "sq ft": "FTK", "sqft": "FTK", "ft²": "FTK", "ft": "FOT", "m": "MTR", "m²": "MTK",
    "sqm": "MTK", "m³": "MTQ", "km": "KMT", "mi": "SMI", "kg": "KGM", "lb": "LBR", "t": "TNE",
    "l": "LTR", "gal": "GLL",
}  # fmt: skip
_DATED = re.compile(rb"(<xmp:(?:Create|Modify)Date>)[^<]*")
# An invalid XML character would make the file unreadable for everybody.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def xml_of(invoice: ElectronicInvoice) -> bytes:
    """The XML; the same document gives the same bytes. Figures are written as they were stored."""
    from lxml import etree

    return _Xml(turned(invoice), etree).to_bytes()


def embed(pdf: bytes, invoice: ElectronicInvoice, *, title: str, subject: str) -> bytes:
    """The PDF as PDF/A-3 with the XML in it; the same input gives the same bytes.

    All fonts of ``pdf`` must be embedded and its colours RGB.
    """
    import facturx
    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import (
        ArrayObject,
        ByteStringObject,
        DictionaryObject,
        NameObject,
        NumberObject,
        StreamObject,
        TextStringObject,
    )

    # It writes the metadata, which hold names, into the log.
    logging.getLogger("factur-x").setLevel(logging.WARNING)
    content = xml_of(invoice)
    stream = io.BytesIO(pdf)
    about = {"author": invoice.seller.name, "title": title, "subject": subject}
    facturx.generate_from_file(
        stream,
        content,
        flavor="factur-x",
        level="en16931",
        check_xsd=True,
        check_schematron=False,
        pdf_metadata={name: _clean(value) for name, value in about.items()},
        afrelationship="alternative" if invoice.seller.country == "DE" else "data",
        xmp_compression=False,
    )
    stream.seek(0)
    writer: Any = PdfWriter(clone_from=PdfReader(stream))
    writer.pdf_header = "%PDF-1.7"
    day = date.fromisoformat(invoice.issued_on)
    stamp = TextStringObject(f"D:{day:%Y%m%d}000000+00'00'")
    root = writer.root_object
    # The library dates by the clock; a document that is made again must have the same bytes.
    for file in root["/AF"].get_object():
        file.get_object()["/EF"]["/F"].get_object()["/Params"][NameObject("/ModDate")] = stamp
    metadata = root["/Metadata"].get_object()
    moment = f"{day.isoformat()}T00:00:00+00:00".encode()
    metadata.set_data(_DATED.sub(rb"\g<1>" + moment, metadata.get_data()))
    writer.add_metadata({"/CreationDate": stamp, "/ModDate": stamp})
    writer.metadata.pop("/Keywords", None)
    profile = StreamObject()
    profile.set_data(_srgb())
    profile[NameObject("/N")] = NumberObject(3)
    intent = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/OutputIntent"),
            NameObject("/S"): NameObject("/GTS_PDFA1"),
            NameObject("/OutputConditionIdentifier"): TextStringObject("sRGB"),
            NameObject("/Info"): TextStringObject("sRGB IEC61966-2.1"),
            NameObject("/DestOutputProfile"): writer._add_object(profile),  # noqa: SLF001
        }
    )
    root[NameObject("/OutputIntents")] = ArrayObject([writer._add_object(intent)])  # noqa: SLF001
    name = ByteStringObject(hashlib.sha256(pdf + content).digest()[:16])
    writer._ID = ArrayObject([name, name])  # noqa: SLF001 - its own identifiers are random
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


@cache
def _srgb() -> bytes:
    """An ICC profile of sRGB, made by Little CMS, with a fixed date of creation."""
    from PIL import ImageCms

    made = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    made[24:36] = struct.pack(">6H", 2000, 1, 1, 0, 0, 0)
    return bytes(made)


def _clean(text: str) -> str:
    return _CONTROL.sub("", text).strip()


class _Xml:
    """The document on its way; elements are added in the order of the schema."""

    def __init__(self, invoice: ElectronicInvoice, etree: Any) -> None:
        self.invoice, self._etree = invoice, etree
        self.groups = breakdown(invoice)
        self.bare = any(group.category == "O" for group in self.groups)

    def to_bytes(self) -> bytes:
        root = self._etree.Element(f"{{{_RSM}}}CrossIndustryInvoice", nsmap=_SPACES)
        context = self._add(root, "rsm:ExchangedDocumentContext")
        guideline = self._add(context, "ram:GuidelineSpecifiedDocumentContextParameter")
        self._add(guideline, "ram:ID", _PROFILE)
        self._document(root)
        deal = self._add(root, "rsm:SupplyChainTradeTransaction")
        for number, line in enumerate(written_lines(self.invoice), 1):
            self._line(deal, number, line)
        self._agreement(deal)
        delivery = self._add(deal, "ram:ApplicableHeaderTradeDelivery")
        # The schema wants the element and the rules refuse an empty one: done for the buyer.
        receiver = self._add(delivery, "ram:ShipToTradeParty")
        self._add(receiver, "ram:Name", _clean(self.invoice.buyer.name))
        self._settlement(deal)
        made: bytes = self._etree.tostring(
            root, xml_declaration=True, encoding="UTF-8", pretty_print=True
        )
        return made

    def _add(self, parent: Any, name: str, value: str = "", **attributes: str) -> Any:
        prefix, _, local = name.partition(":")
        found = self._etree.SubElement(parent, f"{{{_SPACES[prefix]}}}{local}", attributes)
        if value:
            found.text = value
        return found

    def _maybe(self, parent: Any, name: str, value: str) -> None:
        value = _clean(value)
        if value:
            self._add(parent, name, value)

    def _day(self, parent: Any, name: str, iso: str, kind: str = "udt") -> None:
        inside = self._add(parent, name)
        self._add(inside, f"{kind}:DateTimeString", iso.replace("-", ""), format="102")

    def _cents(self, minor: int) -> str:
        return str(Decimal(minor).scaleb(-minor_digits(self.invoice.currency)))

    def _document(self, root: Any) -> None:
        document = self._add(root, "rsm:ExchangedDocument")
        self._add(document, "ram:ID", _clean(self.invoice.number))
        self._add(document, "ram:TypeCode", self.invoice.type_code)
        self._day(document, "ram:IssueDateTime", self.invoice.issued_on)
        if _clean(self.invoice.note):
            note = self._add(document, "ram:IncludedNote")
            self._add(note, "ram:Content", _clean(self.invoice.note))

    def _line(self, deal: Any, number: int, line: WrittenLine) -> None:
        item = self._add(deal, "ram:IncludedSupplyChainTradeLineItem")
        document = self._add(item, "ram:AssociatedDocumentLineDocument")
        self._add(document, "ram:LineID", str(number))
        product = self._add(item, "ram:SpecifiedTradeProduct")
        self._maybe(product, "ram:Name", line.name)
        self._maybe(product, "ram:Description", line.description)
        unit = _UNITS.get(line.unit.strip().lower().rstrip("."), "C62")
        agreement = self._add(item, "ram:SpecifiedLineTradeAgreement")
        price = self._add(agreement, "ram:NetPriceProductTradePrice")
        each = Decimal(line.price_e4).scaleb(-4 - minor_digits(self.invoice.currency))
        self._add(price, "ram:ChargeAmount", _plain(each))
        if line.base_milli != 1000:
            self._add(price, "ram:BasisQuantity", _milli(line.base_milli), unitCode=unit)
        delivery = self._add(item, "ram:SpecifiedLineTradeDelivery")
        self._add(delivery, "ram:BilledQuantity", _milli(line.qty_milli), unitCode=unit)
        settlement = self._add(item, "ram:SpecifiedLineTradeSettlement")
        tax = self._add(settlement, "ram:ApplicableTradeTax")
        self._rate(tax, line.category, line.rate_ppm)
        if line.allowance_cents:
            self._allowance(settlement, line.allowance_cents)
        sums = self._add(settlement, "ram:SpecifiedTradeSettlementLineMonetarySummation")
        self._add(sums, "ram:LineTotalAmount", self._cents(line.net_cents))

    def _rate(self, tax: Any, category: str, rate_ppm: int) -> None:
        self._add(tax, "ram:TypeCode", "VAT")
        self._add(tax, "ram:CategoryCode", category)
        if category != "O":
            self._add(tax, "ram:RateApplicablePercent", _plain(Decimal(rate_ppm).scaleb(-4)))

    def _allowance(self, parent: Any, cents: int, group: Breakdown | None = None) -> None:
        """A discount, or where it adds to lines below zero still one, of less than nothing."""
        allowance = self._add(parent, "ram:SpecifiedTradeAllowanceCharge")
        indicator = self._add(allowance, "ram:ChargeIndicator")
        self._add(indicator, "udt:Indicator", "false")
        self._add(allowance, "ram:ActualAmount", self._cents(cents))
        self._add(allowance, "ram:ReasonCode", "95")
        self._add(allowance, "ram:Reason", "Discount")
        if group is not None:
            tax = self._add(allowance, "ram:CategoryTradeTax")
            self._rate(tax, group.category, group.rate_ppm)

    def _agreement(self, deal: Any) -> None:
        invoice = self.invoice
        agreement = self._add(deal, "ram:ApplicableHeaderTradeAgreement")
        self._maybe(agreement, "ram:BuyerReference", invoice.buyer_reference)
        seller = self._add(agreement, "ram:SellerTradeParty")
        named = not invoice.seller.vat_number or self.bare
        self._party(seller, invoice.seller, invoice.seller.tax_number if named else "")
        if not self.bare and not invoice.seller.vat_number:
            self._registration(seller, "FC", _clean(invoice.seller.tax_number))
        self._party(self._add(agreement, "ram:BuyerTradeParty"), invoice.buyer)
        if _clean(invoice.po):
            order = self._add(agreement, "ram:BuyerOrderReferencedDocument")
            self._add(order, "ram:IssuerAssignedID", _clean(invoice.po))

    def _party(self, element: Any, party: Party, identifier: str = "") -> None:
        self._maybe(element, "ram:ID", identifier)
        self._add(element, "ram:Name", _clean(party.name))
        address = self._add(element, "ram:PostalTradeAddress")
        lines = [line for part in party.lines if (line := _clean(part))]
        for name, line in zip(
            ("ram:LineOne", "ram:LineTwo", "ram:LineThree"),
            (*lines[:2], ", ".join(lines[2:])),
            strict=False,
        ):
            self._maybe(address, name, line)
        self._add(address, "ram:CountryID", party.country)
        if _clean(party.email):
            reach = self._add(element, "ram:URIUniversalCommunication")
            self._add(reach, "ram:URIID", _clean(party.email), schemeID="EM")
        if party.vat_number and not self.bare:
            self._registration(element, "VA", party.vat_number)

    def _registration(self, element: Any, scheme: str, number: str) -> None:
        registration = self._add(element, "ram:SpecifiedTaxRegistration")
        self._add(registration, "ram:ID", number, schemeID=scheme)

    def _settlement(self, deal: Any) -> None:
        invoice = self.invoice
        settlement = self._add(deal, "ram:ApplicableHeaderTradeSettlement")
        self._maybe(settlement, "ram:PaymentReference", invoice.number)
        self._add(settlement, "ram:InvoiceCurrencyCode", invoice.currency)
        if invoice.iban and invoice.kind != DocType.CREDIT_NOTE:
            means = self._add(settlement, "ram:SpecifiedTradeSettlementPaymentMeans")
            self._add(means, "ram:TypeCode", "58" if invoice.currency == "EUR" else "30")
            account = self._add(means, "ram:PayeePartyCreditorFinancialAccount")
            self._add(account, "ram:IBANID", invoice.iban)
            self._maybe(account, "ram:AccountName", invoice.holder)
        for group in self.groups:
            tax = self._add(settlement, "ram:ApplicableTradeTax")
            self._add(tax, "ram:CalculatedAmount", self._cents(group.tax_cents))
            self._add(tax, "ram:TypeCode", "VAT")
            self._maybe(tax, "ram:ExemptionReason", group.reason)
            self._add(tax, "ram:BasisAmount", self._cents(group.base_cents))
            self._add(tax, "ram:CategoryCode", group.category)
            rate = Decimal(group.rate_ppm).scaleb(-4)
            if group.category != "O":
                self._add(tax, "ram:RateApplicablePercent", _plain(rate))
        for group in self.groups:
            if group.allowance_cents:
                self._allowance(settlement, group.allowance_cents, group)
        terms = self._add(settlement, "ram:SpecifiedTradePaymentTerms")
        self._add(terms, "ram:Description", _clean(invoice.terms) or "Net")
        if invoice.due_on and invoice.kind != DocType.CREDIT_NOTE:
            self._day(terms, "ram:DueDateDateTime", invoice.due_on)
        self._sums(settlement)
        if invoice.corrects_number:
            corrected = self._add(settlement, "ram:InvoiceReferencedDocument")
            self._add(corrected, "ram:IssuerAssignedID", _clean(invoice.corrects_number))
            if invoice.corrects_on:
                self._day(corrected, "ram:FormattedIssueDateTime", invoice.corrects_on, "qdt")

    def _sums(self, settlement: Any) -> None:
        invoice = self.invoice
        sums = self._add(settlement, "ram:SpecifiedTradeSettlementHeaderMonetarySummation")
        lines = sum(group.lines_cents for group in self.groups)
        allowances = sum(group.allowance_cents for group in self.groups)
        self._add(sums, "ram:LineTotalAmount", self._cents(lines))
        if allowances:
            self._add(sums, "ram:AllowanceTotalAmount", self._cents(allowances))
        self._add(sums, "ram:TaxBasisTotalAmount", self._cents(invoice.net_cents))
        tax = self._cents(invoice.tax_cents)
        self._add(sums, "ram:TaxTotalAmount", tax, currencyID=invoice.currency)
        self._add(sums, "ram:GrandTotalAmount", self._cents(invoice.total_cents))
        if invoice.paid_cents:
            self._add(sums, "ram:TotalPrepaidAmount", self._cents(invoice.paid_cents))
        due = invoice.total_cents - invoice.paid_cents
        self._add(sums, "ram:DuePayableAmount", self._cents(due))


def _plain(value: Decimal) -> str:
    """Without an exponent and without zeros that say nothing."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _milli(value: int) -> str:
    return _plain(Decimal(value).scaleb(-3))
