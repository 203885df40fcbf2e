"""What an undo changes, in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from tcf_desktop.qtkit import i18n
from tcf_desktop.services.queries.history import UndoPreview


def _tr(text: str) -> str:
    return QCoreApplication.translate("UndoHistory", text)


def changes_text(found: UndoPreview) -> str:
    """``Undoing it changes 1 contact, 14 appointments and 2 other records.``"""
    words = {
        "contacts": (_tr("{n} contact"), _tr("{n} contacts")),
        "contact_phones": (_tr("{n} phone number"), _tr("{n} phone numbers")),
        "contact_emails": (_tr("{n} e-mail address"), _tr("{n} e-mail addresses")),
        "locations": (_tr("{n} location"), _tr("{n} locations")),
        "notes": (_tr("{n} note"), _tr("{n} notes")),
        "attachments": (_tr("{n} file"), _tr("{n} files")),
        "frequencies": (_tr("{n} reminder"), _tr("{n} reminders")),
        "consent_events": (_tr("{n} consent"), _tr("{n} consents")),
        "appointments": (_tr("{n} appointment"), _tr("{n} appointments")),
        "invoices": (_tr("{n} invoice"), _tr("{n} invoices")),
        "payments": (_tr("{n} payment"), _tr("{n} payments")),
        "services": (_tr("{n} service"), _tr("{n} services")),
        "shifts": (_tr("{n} shift"), _tr("{n} shifts")),
    }
    parts = [
        i18n.plural(found.counts[table], *forms)
        for table, forms in words.items()
        if table in found.counts
    ]
    rest = sum(count for table, count in found.counts.items() if table not in words)
    if rest:
        parts.append(i18n.plural(rest, _tr("{n} other record"), _tr("{n} other records")))
    if not parts:
        return _tr("What it changed is not kept any more.")
    listed = parts[0]
    if len(parts) > 1:
        listed = _tr("{these} and {last}").format(these=", ".join(parts[:-1]), last=parts[-1])
    return _tr("Undoing it changes {things}.").format(things=listed)
