"""A finished document handed to the program that shows and prints it, or written to a file."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from tcf_desktop.base.atomic_file import replaced_file
from tcf_desktop.base.external import open_path
from tcf_desktop.base.folder_guard import trouble_of
from tcf_desktop.domain.file_names import safe_name
from tcf_desktop.services.files import opened_prefix

if TYPE_CHECKING:
    from tcf_desktop.services.office import Office


def open_pdf(office: Office, name: str, content: bytes) -> Path:
    """Open it from a private folder, which is emptied later. Blocks."""
    try:
        folder = Path(tempfile.mkdtemp(prefix=opened_prefix(office.folder)))
        path = folder / safe_name(name, "application/pdf")
        path.write_bytes(content)
    except OSError as error:
        raise trouble_of(error, Path(tempfile.gettempdir())) from error
    open_path(path)
    return path


def write_file(path: Path, content: bytes) -> None:
    """The file is there complete or the old one stays: ``export.unwritable``, ``data.disk_full``.
    Blocks."""
    with replaced_file(path) as stream:
        stream.write(content)
