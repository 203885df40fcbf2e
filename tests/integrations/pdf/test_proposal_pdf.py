"""Proposals on paper, read back."""

from __future__ import annotations

from dataclasses import replace

from tcf_desktop.domain.invoice_print import Letterhead
from tcf_desktop.domain.proposal_print import (
    OptionFacts,
    ProposalFacts,
    ProposalLineFacts,
    build_proposal,
)
from tcf_desktop.domain.tax import TaxTotal
from tcf_desktop.integrations.pdf.proposal import render
from tests.integrations.pdf.pdf_text import page_texts

HEAD = Letterhead("Clearview Window", "721 W 14th St\nSioux Falls")


def row(name: str, cents: int, option_n: int = 0, *, optional: bool = False) -> ProposalLineFacts:
    return ProposalLineFacts(
        name, "", 1_000, "", cents * 10_000, cents, 0, 0, option_n, optional, False
    )


def option(option_n: int, name: str, cents: int, deposit: int = 0) -> OptionFacts:
    tax = TaxTotal("State", 42_000, cents, round(cents * 0.042))
    total = cents + tax.tax_cents
    return OptionFacts(option_n, name, "", cents, 0, cents, total, deposit, (tax,))


FACTS = ProposalFacts(
    number="P-1001", revision=1, state="sent", title="Spring windows", bill_to="Ellen Moe",
    service_place="Home", dated_on="2026-07-14", valid_until_on="2026-08-13", currency="USD",
    message="We look forward to it.", notes="", tax_note="", prices_include_tax=False,
    discount_ppm=0, lines=(row("Windows", 10_000), row("Screens", 2_500, optional=True)),
    options=(option(0, "", 10_000, 2_000),),
)  # fmt: skip


def text_of(facts: ProposalFacts) -> str:
    return "\n".join(page_texts(render(build_proposal(facts, HEAD))))


def test_a_page_says_what_is_offered_until_when_and_where_to_sign() -> None:
    text = text_of(FACTS)
    for words in (
        "Proposal", "P-1001", "Valid until", "Aug 13, 2026", "Spring windows", "Ellen Moe",
        "$104.20", "Deposit when you accept", "$20.00", "[   ] Screens", "tick",
        "name and signature", "We look forward to it.",
    ):  # fmt: skip
        assert " ".join(words.split()) in " ".join(text.split())


def test_alternatives_have_their_own_totals() -> None:
    lines = (row("Wash", 5_000), row("Outside", 1_000, 1), row("Both sides", 3_000, 2))
    options = (option(1, "Good", 6_000), option(2, "Better", 8_000))
    text = text_of(replace(FACTS, lines=lines, options=options))
    assert text.count("Wash") == 2
    for words in ("Good", "Better", "$62.52", "$83.36", "2 alternatives"):
        assert words in text


def test_the_page_is_in_the_customer_s_language_whatever_became_of_it() -> None:
    text = text_of(replace(FACTS, language="es", revision=2, state="accepted"))
    for words in ("Presupuesto", "P-1001 / 2", "Válido hasta", "firma"):
        assert words in text


def test_many_lines_break_over_pages_and_keep_their_totals() -> None:
    lines = tuple(row(f"Window {at}", 100) for at in range(120))
    content = render(build_proposal(replace(FACTS, lines=lines), HEAD))
    pages = page_texts(content)
    assert len(pages) >= 3
    assert "Window 119" in pages[-1]
    assert "$104.20" in pages[-1]
    assert render(build_proposal(replace(FACTS, lines=lines), HEAD)) == content
