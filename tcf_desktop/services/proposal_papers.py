"""Proposals on paper: made once when they were sent, kept, and printed again byte for byte."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.proposals import ProposalState, full_number
from tcf_desktop.services.archive import KeepDocument, keep_bytes, kept_bytes
from tcf_desktop.services.pdf_files import write_file
from tcf_desktop.services.queries.proposal_paper import proposal_document

if TYPE_CHECKING:
    from pathlib import Path

    from tcf_desktop.domain.proposal_print import ProposalDocument
    from tcf_desktop.ports import Worker
    from tcf_desktop.services.office import Office

RENDER: Final = "tcf_desktop.integrations.pdf.proposal:render"
_KEPT: Final = (
    "SELECT sha256 FROM archived_documents WHERE proposal_id = ? AND purpose = 'issued'"
    " ORDER BY id LIMIT 1"
)


def render_proposal(documents: Worker, document: ProposalDocument) -> bytes:
    """The PDF of a proposal; blocks for some milliseconds, so never on the GUI thread."""
    made: bytes = documents.run(RENDER, document)
    return made


def proposal_pdf(office: Office, proposal_id: int, today: str) -> bytes:
    """The PDF of a proposal; blocks. ``today`` (ISO) dates a draft.

    Of one that was sent the bytes that were made first, which are kept at the first call. Raises
    ``data.gone``, ``document.lost`` and what a full disk raises.
    """
    found = office.read(
        lambda r: r.one(
            "SELECT state, contact_id, number, revision FROM proposals WHERE id = ?", (proposal_id,)
        )
    )
    if found is None:
        raise AppError("data.gone")
    state, contact_id, number, revision = found
    name = full_number(number, revision)
    if state != ProposalState.DRAFT:
        kept = office.read(lambda r: r.value(_KEPT, (proposal_id,)))
        if kept is not None:
            return kept_bytes(office.folder, kept, name)
    document = office.read(lambda r: proposal_document(r, proposal_id, today))
    content = render_proposal(office.ports.documents, document)
    if state == ProposalState.DRAFT:
        return content
    sha256 = keep_bytes(office.folder, content)
    file_name = f"{name.replace(' / ', '-')}.pdf"
    office.runner.run(
        KeepDocument(
            "proposal", "issued", contact_id, file_name, sha256, len(content),
            proposal_id=proposal_id,
        )
    )  # fmt: skip
    # Another window may have been first: what was recorded counts.
    kept = office.read(lambda r: r.value(_KEPT, (proposal_id,)))
    return content if kept in (None, sha256) else kept_bytes(office.folder, kept, name)


def save_proposal_pdf(office: Office, proposal_id: int, today: str, path: Path) -> int:
    """Write the PDF of a proposal to ``path``; returns its size in bytes. Blocks.

    The file is there complete or the old one stays: ``export.unwritable``, ``data.disk_full``.
    """
    content = proposal_pdf(office, proposal_id, today)
    write_file(path, content)
    return len(content)
