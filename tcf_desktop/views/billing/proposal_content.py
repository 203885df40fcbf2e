"""What the screen of a proposal shows, read in one go on an io thread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tcf_desktop.domain.invoice_print import Letterhead
from tcf_desktop.services.queries import catalog
from tcf_desktop.services.queries.billing_choices import (
    PlaceChoice,
    TaxChoice,
    TaxCodeChoice,
    place_choices,
    tax_choices,
    tax_code_choices,
)
from tcf_desktop.services.queries.catalog import PriceRow
from tcf_desktop.services.queries.contact_defaults import ContactDefaults, contact_defaults
from tcf_desktop.services.queries.document_notes import DocumentNotes, document_notes
from tcf_desktop.services.queries.invoice_paper import letterhead
from tcf_desktop.services.queries.proposal_detail import ProposalDetail, proposal_detail
from tcf_desktop.views.billing.content import mail_of

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader


@dataclass(frozen=True, slots=True)
class ProposalContent:
    """A proposal with everything there is to choose from. ``mail`` is the address that a mail
    would go to, empty for none; ``crews`` are ids and names."""

    detail: ProposalDetail
    places: tuple[PlaceChoice, ...]
    taxes: tuple[TaxChoice, ...]
    codes: tuple[TaxCodeChoice, ...]
    prices: tuple[PriceRow, ...]
    letterhead: Letterhead
    notes: DocumentNotes
    defaults: ContactDefaults
    mail: str
    crews: tuple[tuple[int, str], ...]

    @property
    def is_draft(self) -> bool:
        return self.detail.state == "draft"


def read_proposal(r: Reader, proposal_id: int | None) -> ProposalContent | None:
    """A proposal for its screen; None when there is none."""
    detail = None if proposal_id is None else proposal_detail(r, proposal_id)
    if detail is None:
        return None
    return ProposalContent(
        detail=detail,
        places=place_choices(r, detail.contact_id),
        taxes=tax_choices(r, detail.draft.tax_id),
        codes=tax_code_choices(r),
        prices=catalog.prices(r, detail.contact_id),
        letterhead=letterhead(r),
        notes=document_notes(r.all, detail.contact_id),
        defaults=contact_defaults(r, detail.contact_id),
        mail=mail_of(r, detail.contact_id),
        crews=tuple(
            (row[0], row[1])
            for row in r.all(
                "SELECT id, name FROM crews WHERE deleted_at IS NULL ORDER BY position, id"
            )
        ),
    )
