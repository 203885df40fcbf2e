"""What is handed to a person who asks what the office knows: a page to read, tables, JSON."""

from __future__ import annotations

import csv
import html
import io
import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from tcf_desktop.domain.calendar_events import EventOut
from tcf_desktop.domain.privacy import PersonReport
from tcf_desktop.domain.spreadsheets import guarded
from tcf_desktop.integrations.files.csv_write import BOM
from tcf_desktop.integrations.files.icalendar import calendar_bytes

# Sections of the page: heading, section, columns with their headings.
_PAGE: Final[tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...]] = (
    ("Telephone numbers", "phones", (("label", "Kind"), ("number", "Number"))),
    ("E-mail addresses", "emails", (("label", "Kind"), ("address", "Address"))),
    ("Addresses", "locations", (
        ("name", "Name"), ("street", "Street"), ("street2", ""), ("city", "City"),
        ("region", "State"), ("postal_code", "Code"), ("person", "Ask for"),
        ("person_phone", "Number"), ("gate_code", "Gate code"), ("access_note", "Access"),
        ("tax", "Tax"),
    )),
    ("Measures", "measures", (
        ("place", "Address"), ("measure", "Measure"), ("value_milli", "Value"), ("unit", "Unit"),
    )),
    ("Further fields", "fields", (("field", "Field"), ("value", "Value"))),
    ("Notes", "notes", (
        ("at", "When"), ("visibility", "Who sees it"), ("text", "Note"), ("deleted_at", "Deleted"),
    )),
    ("Consent to messages", "consents", (
        ("at", "When"), ("channel", "By"), ("address", "Address"), ("purpose", "For"),
        ("given", "Agreed"), ("how", "How"), ("wording", "Words"),
        ("recorded_by", "Recorded by"),
    )),
    ("How often work is wanted", "frequencies", (
        ("title", "What"), ("place", "Address"), ("every_n", "Every"), ("unit", ""),
        ("price_cents", "Price"), ("snoozed_until_on", "Put off until"),
        ("stop_reason", "Stopped because"),
    )),
    ("Appointments", "appointments", (
        ("starts_local", "When"), ("minutes", "Minutes"), ("title", "What"), ("place", "Address"),
        ("crew", "Crew"), ("state", "State"), ("note", "Note"), ("invoice", "Invoice"),
        ("deleted_at", "Deleted"),
    )),
    ("Invoices", "invoices", (
        ("number", "Number"), ("state", "State"), ("issued_on", "Date"), ("due_on", "Due"),
        ("total_cents", "Total"), ("open_cents", "Open"), ("bill_to", "Made out to"),
    )),
    ("Payments", "payments", (
        ("paid_on", "Date"), ("method", "How"), ("reference", "Reference"),
        ("amount_cents", "Amount"),
    )),
    ("Files and photos", "files", (
        ("name", "Name"), ("caption", "Caption"), ("place", "Address"), ("added_at", "Added"),
        ("deleted_at", "Deleted"),
    )),
    ("Changes of this record", "changes", (("at", "When"), ("said", "What"))),
)  # fmt: skip
_FACTS: Final = (
    ("first_name", "First name"), ("last_name", "Last name"), ("company", "Company"),
    ("kind", "Kind"), ("segment", "Segment"), ("language", "Language"), ("tags", "Tags"),
    ("source", "Found through"), ("default_crew", "Usual crew"), ("price_list", "Price list"),
    ("terms_days", "Days to pay"), ("exempt_number", "Tax certificate"),
    ("exempt_region", "State of the certificate"), ("exempt_until_on", "Certificate until"),
    ("created_at", "Known since"), ("deleted_at", "Deleted"),
)  # fmt: skip
_WORDS: Final[Mapping[tuple[str, object], str]] = {
    ("visibility", "office"): "Office only",
    ("visibility", "crew"): "Crew sees this",
    ("visibility", "document"): "On documents",
    ("given", 1): "Yes",
    ("given", 0): "No",
    ("channel", "email"): "E-mail",
    ("channel", "text"): "Text message",
    ("purpose", "service"): "Visits and invoices",
    ("purpose", "marketing"): "Offers",
}
_MONEY: Final = frozenset({"Total", "Open", "Amount", "Price", "Minutes", "Value"})
_STYLE: Final = """
body{font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;color:#1a1e25;
background:#fff;margin:32px auto;max-width:960px;padding:0 24px}
h1{font-size:26px;line-height:1.25;margin:0 0 4px}h2{font-size:17px;margin:32px 0 8px}
p{margin:0 0 8px}.quiet{color:#454d5a}
table{border-collapse:collapse;width:100%;font-size:14px}
th,td{text-align:left;vertical-align:top;padding:6px 12px 6px 0;border-bottom:1px solid #e1e4ea;
overflow-wrap:anywhere;white-space:pre-line}
th{color:#454d5a;font-weight:600;white-space:nowrap}
td.n,th.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
dl{display:grid;grid-template-columns:max-content 1fr;gap:4px 24px;margin:0}
dt{color:#454d5a}dd{margin:0;overflow-wrap:anywhere}
@media print{body{margin:0;max-width:none;font-size:11pt}h2{break-after:avoid}
tr{break-inside:avoid}}
"""


def entries(report: PersonReport) -> dict[str, bytes]:
    """The texts of the archive by their names in it."""
    sections = report.sections
    head = {
        "name": report.name,
        "business": report.business,
        "created_utc": report.made_at,
        "app": "TCF Desktop",
        "app_version": report.app_version,
        "schema_version": report.schema_version,
        "time_zone": report.zone,
        "currency": report.currency,
    }
    return {
        "README.html": page(report).encode(),
        "person.json": _json({**head, **sections}),
        "appointments.json": _json(
            [
                {
                    **visit,
                    "lines": [
                        line
                        for line in sections["appointment_lines"]
                        if line["appointment_id"] == visit["id"]
                    ],
                }
                for visit in sections["appointments"]
            ]
        ),
        "invoices.json": _json(
            [
                {
                    **invoice,
                    "lines": _of_invoice(sections["invoice_lines"], invoice),
                    "taxes": _of_invoice(sections["invoice_taxes"], invoice),
                }
                for invoice in sections["invoices"]
            ]
        ),
        "invoices.csv": _csv(
            sections["invoices"],
            ("number", "state", "issued_on", "due_on", "bill_to", "po", "subtotal_cents",
             "tax_cents", "total_cents", "paid_cents", "open_cents", "currency"),
        ),
        "payments.csv": _csv(
            sections["payments"], ("paid_on", "method", "reference", "amount_cents")
        ),
        "notes.json": _json(sections["notes"]),
        "consents.json": _json(sections["consents"]),
        "timeline.json": _json(timeline(sections)),
    }  # fmt: skip


def calendar(events: Sequence[EventOut], name: str, zone: str, stamped_at: int) -> bytes:
    """The appointments as a calendar."""
    return calendar_bytes(events, name=name, zone=zone, stamped_at=stamped_at)


def timeline(sections: Mapping[str, list[dict[str, Any]]]) -> list[dict[str, Any]]:
    """Everything with a date in one list, newest first."""
    rows = [
        *({"on": each["starts_local"], "what": "appointment", "id": each["id"],
           "title": each["title"], "state": each["state"]} for each in sections["appointments"]),
        *({"on": each["issued_on"] or "", "what": "invoice", "id": each["id"],
           "number": each["number"], "total": each["total_cents"]}
          for each in sections["invoices"]),
        *({"on": each["paid_on"], "what": "payment", "id": each["id"],
           "amount": each["amount_cents"]} for each in sections["payments"]),
        *({"on": each["at"], "what": "note", "id": each["id"], "text": each["text"]}
          for each in sections["notes"]),
        *({"on": each["at"], "what": "consent", "id": each["id"], "given": bool(each["given"]),
           "purpose": each["purpose"]} for each in sections["consents"]),
        *({"on": each["added_at"], "what": "file", "id": each["id"], "name": each["name"]}
          for each in sections["files"]),
        *({"on": each["at"], "what": "change", "id": each["id"], "said": _said(each)}
          for each in sections["changes"]),
    ]  # fmt: skip
    return sorted(rows, key=lambda row: str(row["on"]), reverse=True)


def page(report: PersonReport) -> str:
    """A page that any browser shows and prints: no scripts, nothing from elsewhere."""
    name, business = html.escape(report.name), html.escape(report.business)
    person = report.sections["person"][0] if report.sections["person"] else {}
    facts = "".join(
        f"<dt>{title}</dt><dd>{html.escape(_shown(key, person[key]))}</dd>"
        for key, title in _FACTS
        if _shown(key, person.get(key))
    )
    changes = [{**each, "said": _said(each)} for each in report.sections["changes"]]
    parts = [
        _table(title, changes if section == "changes" else report.sections[section], columns)
        for title, section, columns in _PAGE
    ]
    made = report.made_at.replace("T", " ").replace("+00:00", " UTC")
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta http-equiv="Content-Security-Policy"'
        " content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<title>What {business} knows about {name}</title><style>{_STYLE}</style></head><body>"
        f"<h1>{name}</h1><p>Everything that {business} keeps about you, as of {made}.</p>"
        '<p class="quiet">The same stands in person.json for other programs. The folder '
        "“invoices” holds your invoices, “files” your files and photos; contact.vcf and "
        "appointments.ics open in an address book and a calendar; manifest.json has a check "
        f"sum of each.</p><h2>Person</h2><dl>{facts}</dl>{''.join(parts)}</body></html>\n"
    )


def _table(
    title: str, rows: Sequence[Mapping[str, Any]], columns: Sequence[tuple[str, str]]
) -> str:
    """A table of the columns in which something stands; empty when there is nothing."""
    used = [
        (key, heading) for key, heading in columns if any(_shown(key, row[key]) for row in rows)
    ]
    if not used:
        return ""
    heads = "".join(f"<th{_side(heading)}>{heading}</th>" for _key, heading in used)
    body = "".join(
        "<tr>"
        + "".join(
            f"<td{_side(heading)}>{html.escape(_shown(key, row[key]))}</td>"
            for key, heading in used
        )
        + "</tr>"
        for row in rows
    )
    return f"<h2>{title}</h2><table><tr>{heads}</tr>{body}</table>"


def _side(heading: str) -> str:
    return ' class="n"' if heading in _MONEY else ""


def _shown(key: str, value: Any) -> str:
    """A value as people read it."""
    if value is None or value == "":
        return ""
    if (key, value if isinstance(value, (str, int)) else "") in _WORDS:
        return _WORDS[key, value]
    if isinstance(value, dict):
        return f"{value['amount']} {value['currency']}"
    text = str(value)
    if key.endswith(("_at", "_local")) or key == "at":
        return text[:16].replace("T", " ")
    if key in {"state", "method", "kind", "segment", "how"}:
        return text.replace("_", " ").capitalize()
    return text


def _said(change: Mapping[str, Any]) -> str:
    """A line of the change history; one that cannot be read stands as it is stored."""
    try:
        said = str(change["label"]).format_map(json.loads(change["params"]))
    except (KeyError, ValueError, TypeError, IndexError):
        said = str(change["label"])
    said = said[:1].upper() + said[1:]
    return f"{said} (taken back)" if change["undo"] else said


def _of_invoice(
    rows: Sequence[Mapping[str, Any]], invoice: Mapping[str, Any]
) -> list[Mapping[str, Any]]:
    return [row for row in rows if row["invoice_id"] == invoice["id"]]


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=2).encode() + b"\n"


def _csv(rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> bytes:
    """A table for spreadsheets; no text in it runs as a formula."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow([name.removesuffix("_cents") for name in columns])
    for row in rows:
        writer.writerow([_cell(row[name]) for name in columns])
    return BOM + stream.getvalue().encode()


def _cell(value: Any) -> str:
    if isinstance(value, dict):
        return str(value["amount"])
    return guarded("" if value is None else str(value))
