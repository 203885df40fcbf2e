"""One proposal in full: what was written, what each alternative comes to, what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from tcf_desktop.domain.contacts import list_name
from tcf_desktop.domain.proposal_print import OptionFacts
from tcf_desktop.domain.proposals import full_number, shown_state
from tcf_desktop.domain.tax import TaxTotal
from tcf_desktop.services.proposal_drafts import (
    ProposalDraft,
    ProposalLineDraft,
    ProposalOptionDraft,
)

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader

_COLUMNS: Final = (
    "number", "revision", "replaces_id", "state", "contact_id", "currency", "rounding",
    "customer_notes", "option_n", "subtotal_cents", "discount_cents", "net_cents", "tax_cents",
    "total_cents", "deposit_cents", "sent_on", "sent_at", "sent_how", "accepted_on", "accepted_by",
    "accepted_how", "accepted_note", "declined_on", "decline_reason", "created_at", "updated_at",
    "deleted_at",
)  # fmt: skip
_DRAFT: Final = (
    "location_id", "title", "bill_to", "service_place", "coalesce(valid_until_on, '')",
    "coalesce(follow_up_on, '')", "tax_id", "message", "discount_ppm", "discount_fixed_cents",
    "deposit_ppm", "deposit_fixed_cents", "prices_include_tax", "tax_note", "language",
    "internal_note",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ProposalVersion:
    """One revision of the same proposal."""

    id: int
    revision: int
    state: str
    sent_on: str
    total_cents: int


@dataclass(frozen=True, slots=True)
class ProposalVisit:
    """An appointment that was made of it."""

    id: int
    starts_local: str
    state: str
    invoice_id: int | None


@dataclass(frozen=True, slots=True)
class ProposalPaper:
    """A deposit or an invoice that was made of it."""

    id: int
    doc_type: str
    number: str
    state: str
    total_cents: int
    open_cents: int


@dataclass(frozen=True, slots=True)
class ProposalDetail:
    """A proposal as stored. ``draft`` is what was written, with the optional lines that were
    chosen; ``amounts`` are its lines' minor units; ``options`` the figures of each alternative."""

    id: int
    number: str | None
    revision: int
    replaces_id: int | None
    state: str
    contact_id: int
    currency: str
    rounding: str
    customer_notes: str
    option_n: int
    subtotal_cents: int
    discount_cents: int
    net_cents: int
    tax_cents: int
    total_cents: int
    deposit_cents: int
    sent_on: str | None
    sent_at: int | None
    sent_how: str
    accepted_on: str | None
    accepted_by: str
    accepted_how: str
    accepted_note: str
    declined_on: str | None
    decline_reason: str
    created_at: int
    updated_at: int
    deleted_at: int | None
    customer: str
    draft: ProposalDraft
    amounts: tuple[int, ...]
    options: tuple[OptionFacts, ...]
    versions: tuple[ProposalVersion, ...]
    visits: tuple[ProposalVisit, ...]
    papers: tuple[ProposalPaper, ...]

    @property
    def full_number(self) -> str:
        """``P-0214 / 2``; empty before the first sending."""
        return full_number(self.number, self.revision)

    def shown_state(self, today: str) -> str:
        """The state, or ``expired``."""
        return shown_state(self.state, self.draft.valid_until_on, today)


def proposal_detail(r: Reader, proposal_id: int) -> ProposalDetail | None:
    """One proposal; None when there is none."""
    row = r.one(
        f"SELECT {', '.join(f'p.{name}' for name in _COLUMNS)}, c.first_name, c.last_name,"
        " c.company, c.display_name FROM proposals p JOIN contacts c ON c.id = p.contact_id"
        " WHERE p.id = ?",
        (proposal_id,),
    )
    if row is None:
        return None
    facts, (first, last, company, display) = row[: len(_COLUMNS)], row[len(_COLUMNS) :]
    lines = r.all(
        "SELECT name, description, qty_milli, unit_price_e4, taxable, service_id, unit,"
        " discount_ppm, discount_fixed_cents, tax_code_id, option_n, is_optional, is_chosen,"
        " amount_cents FROM proposal_lines WHERE proposal_id = ? ORDER BY position",
        (proposal_id,),
    )
    options = _options(r, proposal_id, facts)
    values: tuple[Any, ...] = (
        proposal_id,
        *facts,
        company or list_name(first or "", last or "", "") or display,
        _draft(r, proposal_id, lines, options),
        tuple(line[13] for line in lines),
        options,
        _versions(r, proposal_id, facts[0]),
        tuple(
            ProposalVisit(*each)
            for each in r.all(
                "SELECT id, starts_local, state, invoice_id FROM appointments"
                " WHERE proposal_id = ? AND deleted_at IS NULL ORDER BY starts_at, id",
                (proposal_id,),
            )
        ),
        tuple(
            ProposalPaper(*each)
            for each in r.all(
                "SELECT id, doc_type, coalesce(number, ''), state, total_cents, open_cents"
                " FROM invoices WHERE proposal_id = ? AND deleted_at IS NULL ORDER BY id",
                (proposal_id,),
            )
        ),
    )
    return ProposalDetail(*values)


def _draft(
    r: Reader, proposal_id: int, lines: list[Any], options: tuple[OptionFacts, ...]
) -> ProposalDraft:
    row = r.one(f"SELECT {', '.join(_DRAFT)} FROM proposals WHERE id = ?", (proposal_id,))
    assert row is not None
    named = (ProposalOptionDraft(each.name, each.description) for each in options if each.option_n)
    values: tuple[Any, ...] = (
        *row[:8],
        tuple(_line(line) for line in lines),
        tuple(named),
        *row[8:12],
        bool(row[12]),
        *row[13:],
    )
    return ProposalDraft(*values)


def _line(row: Any) -> ProposalLineDraft:
    values: tuple[Any, ...] = (
        *row[:4], bool(row[4]), *row[5:11], bool(row[11]), bool(row[12]),
    )  # fmt: skip
    return ProposalLineDraft(*values)


def _options(r: Reader, proposal_id: int, facts: tuple[Any, ...]) -> tuple[OptionFacts, ...]:
    taxes: dict[int, list[TaxTotal]] = {}
    for option_n, *tax in r.all(
        "SELECT option_n, name, rate_ppm, base_cents, tax_cents FROM proposal_taxes"
        " WHERE proposal_id = ? ORDER BY position",
        (proposal_id,),
    ):
        taxes.setdefault(option_n, []).append(TaxTotal(*tax))
    found = r.all(
        "SELECT option_n, name, description, subtotal_cents, discount_cents, net_cents,"
        " total_cents, deposit_cents FROM proposal_options WHERE proposal_id = ?"
        " ORDER BY option_n",
        (proposal_id,),
    )
    if not found:
        by_name = dict(zip(_COLUMNS, facts, strict=True))
        figures = (
            by_name[f"{name}_cents"] for name in ("subtotal", "discount", "net", "total", "deposit")
        )
        found = [(0, "", "", *figures)]
    return tuple(_option(row, tuple(taxes.get(row[0], ()))) for row in found)


def _option(row: Any, taxes: tuple[TaxTotal, ...]) -> OptionFacts:
    values: tuple[Any, ...] = (*row, taxes)
    return OptionFacts(*values)


def _versions(r: Reader, proposal_id: int, number: str | None) -> tuple[ProposalVersion, ...]:
    if number is None:
        return ()
    return tuple(
        ProposalVersion(*row)
        for row in r.all(
            "SELECT id, revision, state, coalesce(sent_on, ''), total_cents FROM proposals"
            " WHERE number = ? AND (deleted_at IS NULL OR id = ?) ORDER BY revision",
            (number, proposal_id),
        )
    )
