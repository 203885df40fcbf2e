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
        TaxPart,
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
    from tcf_desktop.models.payment import Allocation, Payment
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
        "Business", "BusinessLogo", "HiddenRow", "Setting", "Tax", "TaxPart",
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
    "payment": ("Allocation", "Payment"),
    "team": ("Crew", "CrewMember", "DayOff", "Shift", "Worker", "WorkingHours"),
    "track": ("Phone", "PhoneState", "TrackPoint", "UnreadablePost"),
}  # fmt: skip
_MODULE_OF = {name: module for module, names in _HOMES.items() for name in names}

__all__ = [
    "Allocation",
    "Appointment",
    "AppointmentLine",
    "Attachment",
    "Base",
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
    "DistinctContacts",
    "Frequency",
    "HiddenRow",
    "ImportRun",
    "Invoice",
    "InvoiceLine",
    "InvoiceTax",
    "JournalEntry",
    "JournalRow",
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
    "TaxPart",
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
