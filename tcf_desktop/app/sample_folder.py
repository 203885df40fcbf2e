"""The sample business on disk: built when it is missing, or when another one is asked for."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from tcf_desktop.base.errors import AppError
from tcf_desktop.base.paths import DataFolder

if TYPE_CHECKING:
    from tcf_desktop.app.session import Options

SAMPLE_NAME = "Clearview Window & Carpet Care"
SAMPLE_ZONE = "America/Chicago"
_NOTE = "sample.json"
_DATABASE_FILES = ("", "-wal", "-shm")


def wanted(options: Options) -> dict[str, object]:
    """What the options ask the sample to be: size, seed and its today."""
    return {
        "size": options.size or "default",
        "seed": 1 if options.seed is None else options.seed,
        "date": (options.date or datetime.now(ZoneInfo(SAMPLE_ZONE)).date()).isoformat(),
    }


def must_build(options: Options, folder: DataFolder) -> bool:
    """Whether the folder lacks the sample that was asked for.

    A folder that the user named is filled only when it is empty. The throw-away one is built anew
    when another size, seed or date is asked for.
    """
    if not folder.has_business():
        return True
    if options.data is not None:
        return False
    note = _note(folder)
    asked = {
        "size": options.size,
        "seed": options.seed,
        "date": options.date.isoformat() if options.date else None,
    }
    return any(value is not None and value != note.get(key) for key, value in asked.items())


def may_renew(options: Options, folder: DataFolder) -> bool:
    """Whether a throw-away sample shows another day than today and nobody changed anything."""
    if options.data is not None or options.date is not None or not folder.has_business():
        return False
    day = _note(folder).get("date")
    return isinstance(day, str) and day != wanted(options)["date"] and _untouched(folder)


def build_sample(
    options: Options, folder: DataFolder, progress: Callable[[str, float], None] | None = None
) -> None:
    """Build the sample in a folder whose lock the caller holds; it replaces what was there.

    It is made beside its place and moved there when it is complete.
    """
    from tcf_desktop.app.bootstrap import create_office
    from tcf_desktop.services.office import NewBusiness
    from tcf_desktop.services.sample_business import build

    unfinished = DataFolder(folder.path / "unfinished-sample")
    shutil.rmtree(unfinished.path, ignore_errors=True)
    what = wanted(options)
    business = NewBusiness(SAMPLE_NAME, zone=SAMPLE_ZONE)
    office = create_office(unfinished, business, options.clock())
    try:
        build(
            office,
            seed=int(str(what["seed"])),
            date=date.fromisoformat(str(what["date"])),
            size=str(what["size"]),
            progress=progress,
        )
    finally:
        complete = office.close(deadline_seconds=600.0)
    if not complete:
        raise AppError("app.stopped")
    shutil.rmtree(folder.files, ignore_errors=True)
    for suffix in _DATABASE_FILES:
        folder.database.with_name(folder.database.name + suffix).unlink(missing_ok=True)
    unfinished.files.replace(folder.files)
    unfinished.database.replace(folder.database)
    (folder.path / _NOTE).write_text(json.dumps(what), "utf-8")
    shutil.rmtree(unfinished.path, ignore_errors=True)


def _note(folder: DataFolder) -> dict[str, object]:
    try:
        note = json.loads((folder.path / _NOTE).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return note if isinstance(note, dict) else {}


def _untouched(folder: DataFolder) -> bool:
    from tcf_desktop.app.bootstrap import open_office

    office = open_office(folder)
    try:
        return int(office.read(lambda r: r.value("SELECT count(*) FROM journal"))) == 0
    finally:
        office.close()
