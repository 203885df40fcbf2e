"""Whether the stored figures of proposals are what their lines come to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from tcf_desktop.domain.tax import (
    DocumentTerms,
    LineInput,
    RoundingPolicy,
    TaxPart,
    compute_totals,
    reduction,
)
from tcf_desktop.services.check_problem import Problem

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader

_FIGURES = "subtotal_cents, discount_cents, net_cents, tax_cents, total_cents, deposit_cents"


def proposals(r: Reader) -> Iterator[Problem]:
    """Every alternative's stored figures against the one function that computes them."""
    lines, taxes = _by_proposal(r, _LINES), _by_proposal(r, _TAXES)
    options: defaultdict[int, dict[int, tuple[Any, ...]]] = defaultdict(dict)
    for proposal_id, option_n, *figures in r.all(
        f"SELECT proposal_id, option_n, {_FIGURES} FROM proposal_options"
    ):
        options[proposal_id][option_n] = tuple(figures)
    for row in r.all(
        "SELECT id, coalesce(number, 'draft ' || id), rounding, prices_include_tax, discount_ppm,"
        f" discount_fixed_cents, deposit_ppm, deposit_fixed_cents, option_n, {_FIGURES}"
        " FROM proposals"
    ):
        proposal_id, name, chosen, own = row[0], row[1], row[8], tuple(row[9:])
        found = options[proposal_id] or {0: own}
        for option_n, stored in found.items():
            detail = _wrong(row, lines[proposal_id], taxes[proposal_id], option_n, stored)
            if detail:
                yield Problem("check.totals", f"proposal {name}", detail)
        if own != found.get(chosen, found[min(found)]):
            yield Problem("check.totals", f"proposal {name}", "not those of its alternative")


_LINES = (
    "SELECT proposal_id, option_n, is_optional, is_chosen, qty_milli, unit_price_e4, taxable,"
    " tax_code_id, discount_ppm, discount_fixed_cents, amount_cents FROM proposal_lines"
    " ORDER BY proposal_id, position"
)
_TAXES = (
    "SELECT proposal_id, option_n, name, rate_ppm, base_cents, tax_cents FROM proposal_taxes"
    " ORDER BY proposal_id, position"
)


def _by_proposal(r: Reader, sql: str) -> defaultdict[int, list[tuple[Any, ...]]]:
    found: defaultdict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for proposal_id, *row in r.all(sql):
        found[proposal_id].append(tuple(row))
    return found


def _wrong(
    proposal: Any,
    lines: list[tuple[Any, ...]],
    taxes: list[tuple[Any, ...]],
    option_n: int,
    stored: tuple[Any, ...],
) -> str:
    """Which figure of an alternative differs from the computed one, or empty."""
    policy = RoundingPolicy.of(proposal[2])
    counted = [line for line in lines if line[0] in (0, option_n) and (line[2] or not line[1])]
    own = [tax for tax in taxes if tax[0] == option_n]
    subtotal, discount, net, tax, total, deposit = stored
    if any(line[6] is not None for line in counted):
        # The rates of tax codes were kept by sum and not by line.
        sums = (sum(line[9] for line in counted), sum(each[4] for each in own), net + tax)
        if sums != (subtotal, tax, total) or subtotal - discount not in {net, total}:
            return f"stored {stored}, the parts add up to {sums}"
    else:
        totals = compute_totals(
            [LineInput(ln[3], ln[4], bool(ln[5]), None, ln[7], ln[8]) for ln in counted],
            [TaxPart(name, rate) for _option, name, rate, _base, _tax in own],
            policy,
            DocumentTerms(bool(proposal[3]), proposal[4], proposal[5]),
        )
        computed = (
            totals.subtotal_cents, totals.discount_cents, totals.net_cents, totals.tax_cents,
            totals.total_cents,
        )  # fmt: skip
        if computed != stored[:5]:
            return f"stored {stored[:5]}, computed {computed}"
    asked = reduction(max(total, 0), proposal[6], proposal[7], policy.mode)
    return "" if deposit == asked else f"deposit {deposit}, computed {asked}"
