"""The crew's day on paper: made in the worker process, saved or opened for printing."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tcf_desktop.base.atomic_file import replaced_file
from tcf_desktop.base.errors import AppError
from tcf_desktop.base.external import open_path
from tcf_desktop.base.folder_guard import trouble_of
from tcf_desktop.domain.day_sheet_print import DaySheet, build_day_sheet
from tcf_desktop.domain.documents import print_date
from tcf_desktop.domain.file_names import safe_name
from tcf_desktop.services.files import opened_prefix
from tcf_desktop.services.queries.day_sheet import day_sheet_facts

if TYPE_CHECKING:
    from tcf_desktop.services.office import Office

RENDER: Final = "tcf_desktop.integrations.pdf.day_sheet:render"


def day_sheet(
    office: Office, on: date, crew_id: int | None = None, *, prices: bool = False
) -> DaySheet:
    """The sheet of one crew, or of all; ``daysheet.empty`` when nobody has a visit that day."""
    facts = office.read(lambda r: day_sheet_facts(r, on, crew_id))
    if not facts.crews:
        raise AppError("daysheet.empty", day=print_date(on.isoformat()))
    return build_day_sheet(facts, prices=prices)


def save_day_sheet(
    office: Office, on: date, path: Path, crew_id: int | None = None, *, prices: bool = False
) -> int:
    """Write the PDF; returns how many visits stand on it. Blocks.

    The file is there complete or the old one stays: ``export.unwritable``, ``data.disk_full``.
    """
    sheet = day_sheet(office, on, crew_id, prices=prices)
    content: bytes = office.ports.documents.run(RENDER, sheet)
    with replaced_file(path) as stream:
        stream.write(content)
    return sum(len(crew.visits) for crew in sheet.crews)


def open_day_sheet(
    office: Office, on: date, crew_id: int | None = None, *, prices: bool = False
) -> Path:
    """Make the PDF in a private folder and open it in the program that prints PDFs. Blocks."""
    sheet = day_sheet(office, on, crew_id, prices=prices)
    content: bytes = office.ports.documents.run(RENDER, sheet)
    who = sheet.crews[0].name if crew_id is not None else ""
    name = safe_name(" ".join(filter(None, ("Day sheet", on.isoformat(), who))), "application/pdf")
    try:
        path = Path(tempfile.mkdtemp(prefix=opened_prefix(office.folder))) / name
        path.write_bytes(content)
    except OSError as error:
        raise trouble_of(error, Path(tempfile.gettempdir())) from error
    open_path(path)
    return path
