"""The crew's day on paper: made in the worker process, saved or opened for printing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.day_sheet_print import DaySheet, build_day_sheet
from tcf_desktop.domain.documents import print_date
from tcf_desktop.services.pdf_files import write_file
from tcf_desktop.services.queries.day_sheet import EVERYBODY, SheetFor, day_sheet_facts

if TYPE_CHECKING:
    from tcf_desktop.services.office import Office

RENDER: Final = "tcf_desktop.integrations.pdf.day_sheet:render"


@dataclass(frozen=True, slots=True)
class SheetChoice:
    """Whose day, and what stands on the paper."""

    whose: SheetFor = EVERYBODY
    prices: bool = False
    gate_codes: bool = True


ALL_CREWS: Final = SheetChoice()


def day_sheet(office: Office, on: date, choice: SheetChoice = ALL_CREWS) -> DaySheet:
    """The sheet; ``daysheet.empty`` when nobody of them has a visit that day."""
    facts = office.read(lambda r: day_sheet_facts(r, on, choice.whose))
    if not facts.crews:
        raise AppError("daysheet.empty", day=print_date(on.isoformat()))
    return build_day_sheet(facts, prices=choice.prices, gate_codes=choice.gate_codes)


def render_day_sheet(office: Office, on: date, choice: SheetChoice = ALL_CREWS) -> bytes:
    """The PDF. Blocks."""
    content: bytes = office.ports.documents.run(RENDER, day_sheet(office, on, choice))
    return content


def save_day_sheet(office: Office, on: date, path: Path, choice: SheetChoice = ALL_CREWS) -> int:
    """Write the PDF; returns how many visits stand on it. Blocks.

    The file is there complete or the old one stays: ``export.unwritable``, ``data.disk_full``.
    """
    sheet = day_sheet(office, on, choice)
    content: bytes = office.ports.documents.run(RENDER, sheet)
    write_file(path, content)
    return sum(len(crew.visits) for crew in sheet.crews)
