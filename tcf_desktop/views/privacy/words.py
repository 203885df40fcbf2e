"""Counts and reasons of an erasure, in the user's language."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from tcf_desktop.domain.privacy import Counted, ErasePlan
from tcf_desktop.qtkit import i18n


def _tr(text: str) -> str:
    return QCoreApplication.translate("Privacy", text)


def counted(each: Counted) -> str:
    """What is counted, without the number: "notes"."""
    one, several = {
        "phones": (_tr("phone number"), _tr("phone numbers")),
        "emails": (_tr("e-mail address"), _tr("e-mail addresses")),
        "locations": (_tr("address"), _tr("addresses")),
        "notes": (_tr("note"), _tr("notes")),
        "files": (_tr("file or photo"), _tr("files and photos")),
        "fields": (_tr("value in your own fields"), _tr("values in your own fields")),
        "consents": (_tr("consent entry"), _tr("consent entries")),
        "frequencies": (_tr("frequency"), _tr("frequencies")),
        "changes": (_tr("entry of the change history"), _tr("entries of the change history")),
        "drafts": (_tr("invoice draft"), _tr("invoice drafts")),
        "visits": (_tr("visit without an invoice"), _tr("visits without an invoice")),
        "series": (_tr("repeating visit"), _tr("repeating visits")),
        "messages": (_tr("message"), _tr("messages")),
        "complaints": (_tr("complaint"), _tr("complaints")),
        "treatments": (_tr("treatment record"), _tr("treatment records")),
        "proposals": (_tr("proposal"), _tr("proposals")),
        "plans": (_tr("repeating invoice"), _tr("repeating invoices")),
        "visit_texts": (
            _tr("title, note and place of an invoiced visit"),
            _tr("titles, notes and places of invoiced visits"),
        ),
        "old_invoices": (
            _tr("name and address on an older invoice"),
            _tr("names and addresses on older invoices"),
        ),
        "undo": (_tr("entry of the undo history"), _tr("entries of the undo history")),
        "copies": (
            _tr("copy of the data from before an upgrade"),
            _tr("copies of the data from before an upgrade"),
        ),
        "invoices": (_tr("issued invoice"), _tr("issued invoices")),
        "payments": (_tr("payment"), _tr("payments")),
        "bare_visits": (_tr("time of an invoiced visit"), _tr("times of invoiced visits")),
        "opt_outs": (_tr("“no” to messages"), _tr("“no” to messages")),
    }[each.key]
    return one if each.count == 1 else several


def reason(each: Counted, plan: ErasePlan) -> str:
    """Why it stays, as a sentence or two."""
    if each.key == "treatments":
        return _tr("Offices have to keep what was put on a lawn. It carries no name.")
    if each.key == "bare_visits":
        return _tr("Invoices refer to them. They carry no name, place or note.")
    if each.key == "opt_outs":
        return _tr("Kept as a salted hash, so that a later import cannot write to the address.")
    if not plan.kept_until_on:
        return _tr("Number, dates, amounts and tax stay for the books, without a name.")
    return _tr(
        "Tax law asks to keep them for {years} years. The name on them is removed on {day}."
    ).format(years=plan.retention_years, day=i18n.full_day(plan.kept_until_on))
