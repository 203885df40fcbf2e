"""Proposals as edited, and their figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.money import MAX_MINOR
from tcf_desktop.domain.proposals import MAX_OPTIONS
from tcf_desktop.domain.tax import (
    DEFAULT_POLICY,
    PPM,
    DocumentTerms,
    RoundingPolicy,
    TaxPart,
    Totals,
    reduction,
)
from tcf_desktop.services.invoice_drafts import InvoiceLineDraft, checked_date, totals_of


@dataclass(frozen=True, slots=True)
class ProposalLineDraft:
    """One line as edited, with the figures of an :class:`InvoiceLineDraft`.

    ``option_n`` counts the alternatives from 1; 0 belongs to each of them. An optional line counts
    only when it is chosen.
    """

    name: str
    description: str = ""
    qty_milli: int = 1000
    unit_price_e4: int = 0
    taxable: bool = True
    service_id: int | None = None
    unit: str = ""
    discount_ppm: int = 0
    discount_fixed_cents: int = 0
    tax_code_id: int | None = None
    option_n: int = 0
    is_optional: bool = False
    is_chosen: bool = False

    def counts(self, option_n: int) -> bool:
        """Whether it is part of an alternative's total."""
        return self.option_n in (0, option_n) and (self.is_chosen or not self.is_optional)

    def as_invoice_line(self) -> InvoiceLineDraft:
        """The same line on an invoice."""
        return InvoiceLineDraft(
            self.name,
            self.description,
            self.qty_milli,
            self.unit_price_e4,
            self.taxable,
            self.service_id,
            None,
            self.unit,
            self.discount_ppm,
            self.discount_fixed_cents,
            self.tax_code_id,
        )


@dataclass(frozen=True, slots=True)
class ProposalOptionDraft:
    """One alternative, such as "Good", with a word about it."""

    name: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class ProposalDraft:
    """A proposal as edited. Dates are ISO, empty for none. The discount of the whole and the
    deposit are each a share (millionths) or an amount; ``language`` empty is the customer's."""

    location_id: int | None
    title: str
    bill_to: str
    service_place: str
    valid_until_on: str
    follow_up_on: str
    tax_id: int | None
    message: str
    lines: tuple[ProposalLineDraft, ...]
    options: tuple[ProposalOptionDraft, ...] = ()
    discount_ppm: int = 0
    discount_fixed_cents: int = 0
    deposit_ppm: int = 0
    deposit_fixed_cents: int = 0
    prices_include_tax: bool = False
    tax_note: str = ""
    language: str = ""
    internal_note: str = ""

    @property
    def terms(self) -> DocumentTerms:
        """What holds for the document as a whole."""
        return DocumentTerms(self.prices_include_tax, self.discount_ppm, self.discount_fixed_cents)

    @property
    def option_numbers(self) -> tuple[int, ...]:
        """The alternatives; (0,) where there is nothing to choose between."""
        return tuple(range(1, len(self.options) + 1)) or (0,)


@dataclass(frozen=True, slots=True)
class OptionFigures:
    """The figures of one alternative with the optional lines that were chosen."""

    option_n: int
    totals: Totals
    deposit_cents: int


@dataclass(frozen=True, slots=True)
class ProposalFigures:
    """What the lines come to one by one (chosen or not), and each alternative."""

    amounts: tuple[int, ...]
    options: tuple[OptionFigures, ...]

    def of(self, option_n: int) -> OptionFigures:
        """The figures of an alternative; of the first where nothing was chosen yet."""
        return next((each for each in self.options if each.option_n == option_n), self.options[0])


def figures_of(
    draft: ProposalDraft, parts: Sequence[TaxPart], policy: RoundingPolicy = DEFAULT_POLICY
) -> ProposalFigures:
    """The figures of a proposal; errors as :func:`totals_of`, and ``proposal.bad_deposit``."""
    if not (0 <= draft.deposit_ppm <= PPM and 0 <= draft.deposit_fixed_cents <= MAX_MINOR):
        raise AppError("proposal.bad_deposit")
    lines = [line.as_invoice_line() for line in draft.lines]
    amounts = totals_of(lines, (), policy).amounts
    options = []
    for option_n in draft.option_numbers:
        counted = [line.as_invoice_line() for line in draft.lines if line.counts(option_n)]
        totals = totals_of(counted, parts, policy, draft.terms)
        deposit = reduction(
            max(totals.total_cents, 0), draft.deposit_ppm, draft.deposit_fixed_cents, policy.mode
        )
        options.append(OptionFigures(option_n, totals, deposit))
    return ProposalFigures(amounts, tuple(options))


def checked_proposal(draft: ProposalDraft) -> ProposalDraft:
    """The draft, or ``invoice.bad_date`` / ``proposal.bad_option`` for what cannot be stored."""
    for day in (draft.valid_until_on, draft.follow_up_on):
        if day:
            checked_date(day)
    most = len(draft.options)
    if most > MAX_OPTIONS or any(not 0 <= line.option_n <= most for line in draft.lines):
        raise AppError("proposal.bad_option", most=MAX_OPTIONS)
    return draft
