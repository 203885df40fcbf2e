"""The fields of a merge and what moves with it, in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from tcf_desktop.domain.merging import OWN
from tcf_desktop.qtkit import i18n
from tcf_desktop.services.queries.merging import MOVES


def _tr(text: str) -> str:
    return QCoreApplication.translate("Merge", text)


def field_label(key: str) -> str:
    """What a field is called."""
    if key.startswith(OWN):
        return key.removeprefix(OWN)
    return {
        "name": _tr("Name"),
        "company": _tr("Company"),
        "segment": _tr("Type"),
        "source": _tr("Found us through"),
        "language": _tr("Language"),
        "crew": _tr("Usual crew"),
        "price_list": _tr("Price list"),
        "terms": _tr("Terms"),
        "exemption": _tr("Tax exemption"),
        "e_invoice": _tr("Electronic invoice"),
    }[key]


def field_value(key: str, value: str) -> str:
    """A side of a field as it is shown."""
    if key == "segment":
        return {"residential": _tr("Residential"), "commercial": _tr("Commercial")}[value]
    if key == "terms" and value:
        return i18n.plural(int(value), _tr("{n} day"), _tr("{n} days"))
    if key == "exemption" and value == "–":
        return _tr("Exempt, no certificate")
    return value


def kind_word(kind: str) -> str:
    """Customer or Prospect."""
    return _tr("Customer") if kind == "customer" else _tr("Prospect")


def counts_text(counts: dict[str, int]) -> str:
    """``12 visits, 4 invoices and 2 notes``; empty for nothing."""
    words = {
        "visits": (_tr("{n} visit"), _tr("{n} visits")),
        "series": (_tr("{n} repeating visit"), _tr("{n} repeating visits")),
        "messages": (_tr("{n} message"), _tr("{n} messages")),
        "complaints": (_tr("{n} complaint"), _tr("{n} complaints")),
        "invoices": (_tr("{n} invoice"), _tr("{n} invoices")),
        "payments": (_tr("{n} payment"), _tr("{n} payments")),
        "proposals": (_tr("{n} proposal"), _tr("{n} proposals")),
        "plans": (_tr("{n} repeating invoice"), _tr("{n} repeating invoices")),
        "notes": (_tr("{n} note"), _tr("{n} notes")),
        "files": (_tr("{n} file"), _tr("{n} files")),
        "frequencies": (_tr("{n} reminder to come again"), _tr("{n} reminders to come again")),
        "consents": (_tr("{n} consent"), _tr("{n} consents")),
    }
    parts = [i18n.plural(counts[what], *words[what]) for what, *_rest in MOVES if counts[what]]
    if len(parts) < 2:
        return "".join(parts)
    return _tr("{these} and {last}").format(these=", ".join(parts[:-1]), last=parts[-1])
