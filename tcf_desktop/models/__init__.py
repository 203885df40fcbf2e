"""Persistence: tables, engine, migrations. Qt's item models live in ``itemmodels``.

The table classes load on first use (``from tcf_desktop import models`` … ``models.Contact``), so
that a module which only names them does not load SQLAlchemy while the program starts.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tcf_desktop.models.appointment import Appointment, AppointmentLine
    from tcf_desktop.models.base import Base, Record
    from tcf_desktop.models.billing import (
        Allocation,
        Invoice,
        InvoiceLine,
        InvoiceTax,
        NumberSeries,
        Payment,
    )
    from tcf_desktop.models.catalog import Service
    from tcf_desktop.models.company import (
        Business,
        BusinessLogo,
        HiddenRow,
        Setting,
        Tax,
        TaxPart,
    )
    from tcf_desktop.models.contact import Contact, ContactEmail, ContactPhone, Location
    from tcf_desktop.models.journal import JournalEntry, JournalRow
    from tcf_desktop.models.team import Crew, Shift, Worker
    from tcf_desktop.models.track import Phone, PhoneState, TrackPoint, UnreadablePost

_HOMES = {
    "appointment": ("Appointment", "AppointmentLine"),
    "base": ("Base", "Record"),
    "billing": ("Allocation", "Invoice", "InvoiceLine", "InvoiceTax", "NumberSeries", "Payment"),
    "catalog": ("Service",),
    "company": ("Business", "BusinessLogo", "HiddenRow", "Setting", "Tax", "TaxPart"),
    "contact": ("Contact", "ContactEmail", "ContactPhone", "Location"),
    "journal": ("JournalEntry", "JournalRow"),
    "team": ("Crew", "Shift", "Worker"),
    "track": ("Phone", "PhoneState", "TrackPoint", "UnreadablePost"),
}
_MODULE_OF = {name: module for module, names in _HOMES.items() for name in names}

__all__ = [
    "Allocation",
    "Appointment",
    "AppointmentLine",
    "Base",
    "Business",
    "BusinessLogo",
    "Contact",
    "ContactEmail",
    "ContactPhone",
    "Crew",
    "HiddenRow",
    "Invoice",
    "InvoiceLine",
    "InvoiceTax",
    "JournalEntry",
    "JournalRow",
    "Location",
    "NumberSeries",
    "Payment",
    "Phone",
    "PhoneState",
    "Record",
    "Service",
    "Setting",
    "Shift",
    "Tax",
    "TaxPart",
    "TrackPoint",
    "UnreadablePost",
    "Worker",
]


def __getattr__(name: str) -> Any:
    module = _MODULE_OF.get(name)
    if module is None:
        raise AttributeError(name)
    value = getattr(import_module(f"tcf_desktop.models.{module}"), name)
    globals()[name] = value
    return value
