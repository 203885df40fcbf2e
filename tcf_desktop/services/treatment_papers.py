"""Treatment records on paper and as a table: for the customer, and for who inspects."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.spreadsheets import guarded
from tcf_desktop.domain.treatments import amount_text, build_record
from tcf_desktop.services.pdf_files import open_pdf, write_file
from tcf_desktop.services.queries.treatments import listed, record_facts

if TYPE_CHECKING:
    from tcf_desktop.services.office import Office

RENDER: Final = "tcf_desktop.integrations.pdf.treatment_record:render"
_BOM: Final = "\ufeff"  # spreadsheets take a file without it for a Windows code page
_EVERY: Final = 1_000_000
_COLUMNS: Final = (
    "Date", "Time", "Customer", "Place", "Product", "EPA registration number", "Amount", "Area",
    "Target", "Weather", "Temperature", "Wind", "Applicator", "Licence", "Note",
)  # fmt: skip


def render_record(office: Office, appointment_id: int) -> bytes:
    """The PDF of a visit's record; ``treatment.none`` where nothing was recorded. Blocks."""
    facts = office.read(lambda r: record_facts(r, appointment_id))
    if facts is None:
        raise AppError("treatment.none")
    content: bytes = office.ports.documents.run(RENDER, build_record(facts))
    return content


def open_record(office: Office, appointment_id: int) -> Path:
    """Open it in the program that shows and prints PDFs. Blocks."""
    return open_pdf(office, "Treatment record", render_record(office, appointment_id))


def save_record(office: Office, appointment_id: int, path: Path) -> None:
    """Write the PDF. Blocks; raises as :func:`render_record` and :func:`write_file` do."""
    write_file(path, render_record(office, appointment_id))


def export_treatments(
    office: Office, path: Path, *, text: str = "", first_on: str = "", last_on: str = ""
) -> int:
    """Write what the list shows as CSV; returns how many. No cell runs as a formula. Blocks."""
    found = office.read(
        lambda r: listed(r, text=text, first_on=first_on, last_on=last_on, limit=_EVERY)
    )
    table = io.StringIO(newline="")
    writer = csv.writer(table)
    writer.writerow(_COLUMNS)
    for each in found:
        facts = each.row.facts
        writer.writerow(
            guarded(cell)
            for cell in (
                each.on, facts.treated_local[11:16], each.customer, each.address, facts.product,
                facts.registration_number, amount_text(facts.amount_milli, facts.amount_unit),
                amount_text(facts.area_milli, facts.area_unit), facts.target, facts.weather,
                facts.temperature, facts.wind, facts.applicator, facts.licence, facts.note,
            )
        )  # fmt: skip
    write_file(path, (_BOM + table.getvalue()).encode())
    return len(found)
