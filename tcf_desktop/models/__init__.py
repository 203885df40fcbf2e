"""Persistence: tables, engine, migrations. Qt's item models live in ``itemmodels``.

The table classes load on first use (``from tcf_desktop import models`` … ``models.Contact``), so
that a module which only names them does not load SQLAlchemy while the program starts.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tcf_desktop.models.appointment import (
        Appointment,
        AppointmentLine,
        ChecklistItem,
        Complaint,
        Series,
        SeriesLine,
        SeriesSkip,
        Treatment,
    )
    from tcf_desktop.models.base import Base, Record
    from tcf_desktop.models.billing import Invoice, InvoiceLine, InvoiceTax, NumberSeries
    from tcf_desktop.models.catalog import ListPrice, PriceList, Service
    from tcf_desktop.models.company import (
        Business,
        BusinessLogo,
        HiddenRow,
        Setting,
        Tax,
        TaxCode,
        TaxPart,
        TaxPartRate,
    )
    from tcf_desktop.models.consent import ConsentEvent, Suppression
    from tcf_desktop.models.contact import (
        Contact,
        ContactChange,
        ContactEmail,
        ContactPhone,
        DistinctContacts,
        ImportRun,
        Location,
        SavedFilter,
        SearchWord,
    )
    from tcf_desktop.models.contact_facts import (
        CustomField,
        CustomValue,
        LocationMeasure,
        Measure,
    )
    from tcf_desktop.models.frequency import Frequency
    from tcf_desktop.models.journal import JournalEntry, JournalRow
    from tcf_desktop.models.message import Message
    from tcf_desktop.models.note import Attachment, Note
    from tcf_desktop.models.paper import ArchivedDocument, InvoiceReminder, LateFee
    from tcf_desktop.models.payment import Allocation, DepositSlip, Payment
    from tcf_desktop.models.proposal import (
        Proposal,
        ProposalLine,
        ProposalOption,
        ProposalTax,
    )
    from tcf_desktop.models.repeating import BillingPlan, BillingPlanLine, BillingRun
    from tcf_desktop.models.team import Crew, CrewMember, DayOff, Shift, Worker, WorkingHours
    from tcf_desktop.models.track import Phone, PhoneState, TrackPoint, UnreadablePost

_HOMES = {
    "appointment": (
        "Appointment", "AppointmentLine", "ChecklistItem", "Complaint", "Series", "SeriesLine",
        "SeriesSkip", "Treatment",
    ),
    "base": ("Base", "Record"),
    "billing": ("Invoice", "InvoiceLine", "InvoiceTax", "NumberSeries"),
    "catalog": ("ListPrice", "PriceList", "Service"),
    "company": (
        "Business", "BusinessLogo", "HiddenRow", "Setting", "Tax", "TaxCode", "TaxPart",
        "TaxPartRate",
    ),
    "consent": ("ConsentEvent", "Suppression"),
    "contact": (
        "Contact", "ContactChange", "ContactEmail", "ContactPhone", "DistinctContacts", "ImportRun",
        "Location", "SavedFilter", "SearchWord",
    ),
    "contact_facts": ("CustomField", "CustomValue", "LocationMeasure", "Measure"),
    "frequency": ("Frequency",),
    "journal": ("JournalEntry", "JournalRow"),
    "message": ("Message",),
    "note": ("Attachment", "Note"),
    "paper": ("ArchivedDocument", "InvoiceReminder", "LateFee"),
    "payment": ("Allocation", "DepositSlip", "Payment"),
    "proposal": ("Proposal", "ProposalLine", "ProposalOption", "ProposalTax"),
    "repeating": ("BillingPlan", "BillingPlanLine", "BillingRun"),
    "team": ("Crew", "CrewMember", "DayOff", "Shift", "Worker", "WorkingHours"),
    "track": ("Phone", "PhoneState", "TrackPoint", "UnreadablePost"),
}  # fmt: skip
_MODULE_OF = {name: module for module, names in _HOMES.items() for name in names}

__all__ = [
    "Allocation",
    "Appointment",
    "AppointmentLine",
    "ArchivedDocument",
    "Attachment",
    "Base",
    "BillingPlan",
    "BillingPlanLine",
    "BillingRun",
    "Business",
    "BusinessLogo",
    "ChecklistItem",
    "Complaint",
    "ConsentEvent",
    "Contact",
    "ContactChange",
    "ContactEmail",
    "ContactPhone",
    "Crew",
    "CrewMember",
    "CustomField",
    "CustomValue",
    "DayOff",
    "DepositSlip",
    "DistinctContacts",
    "Frequency",
    "HiddenRow",
    "ImportRun",
    "Invoice",
    "InvoiceLine",
    "InvoiceReminder",
    "InvoiceTax",
    "JournalEntry",
    "JournalRow",
    "LateFee",
    "ListPrice",
    "Location",
    "LocationMeasure",
    "Measure",
    "Message",
    "Note",
    "NumberSeries",
    "Payment",
    "Phone",
    "PhoneState",
    "PriceList",
    "Proposal",
    "ProposalLine",
    "ProposalOption",
    "ProposalTax",
    "Record",
    "SavedFilter",
    "SearchWord",
    "Series",
    "SeriesLine",
    "SeriesSkip",
    "Service",
    "Setting",
    "Shift",
    "Suppression",
    "Tax",
    "TaxCode",
    "TaxPart",
    "TaxPartRate",
    "TrackPoint",
    "Treatment",
    "UnreadablePost",
    "Worker",
    "WorkingHours",
]


def __getattr__(name: str) -> Any:
    module = _MODULE_OF.get(name)
    if module is None:
        raise AttributeError(name)
    value = getattr(import_module(f"tcf_desktop.models.{module}"), name)
    globals()[name] = value
    return value
