"""From a proposal's stored facts to the strings on its page."""

from __future__ import annotations

from dataclasses import dataclass

from tcf_desktop.domain.document_words import DocumentWords, document_words, tongue_of
from tcf_desktop.domain.invoice_print import Letterhead, contact_lines
from tcf_desktop.domain.money import format_amount, format_money, format_price, format_quantity
from tcf_desktop.domain.print_document import (
    PaperFrame,
    PrintColumn,
    PrintRow,
    PrintTotal,
    text_lines,
)
from tcf_desktop.domain.proposals import ProposalState, full_number
from tcf_desktop.domain.tax import TaxTotal, format_rate

_ENGLISH = {
    "title": "Proposal", "for": "Prepared for", "date": "Date", "until": "Valid until",
    "total": "Total", "deposit": "Deposit when you accept", "optional": "On request",
    "tick": "Please tick what you would like as well.",
    "choose": "Please choose one of these {count} alternatives.",
    "accept": "Accepted: name and signature", "day": "Date",
}  # fmt: skip
_SPANISH = {
    "title": "Presupuesto", "for": "Preparado para", "date": "Fecha", "until": "Válido hasta",
    "total": "Total", "deposit": "Anticipo al aceptar", "optional": "Opcional",
    "tick": "Marque lo que también desea.",
    "choose": "Elija una de estas {count} alternativas.",
    "accept": "Aceptado: nombre y firma", "day": "Fecha",
}  # fmt: skip
_BOX = "[   ]"


@dataclass(frozen=True, slots=True)
class ProposalLineFacts:
    """A line with its stored amount, in minor units, and what it belongs to."""

    name: str
    description: str
    qty_milli: int
    unit: str
    unit_price_e4: int
    amount_cents: int
    discount_ppm: int
    discount_cents: int
    option_n: int
    is_optional: bool
    is_chosen: bool

    def counts(self, option_n: int) -> bool:
        """Whether it is part of an alternative's total."""
        return self.option_n in (0, option_n) and (self.is_chosen or not self.is_optional)


@dataclass(frozen=True, slots=True)
class OptionFacts:
    """An alternative with its stored figures; ``option_n`` 0 where there is only one."""

    option_n: int
    name: str
    description: str
    subtotal_cents: int
    discount_cents: int
    net_cents: int
    total_cents: int
    deposit_cents: int
    taxes: tuple[TaxTotal, ...]


@dataclass(frozen=True, slots=True)
class ProposalFacts:
    """A proposal as stored: dates ISO or empty, addresses as snapshots. What became of it is not
    on its page: the page is what the customer was sent."""

    number: str
    revision: int
    state: str
    title: str
    bill_to: str
    service_place: str
    dated_on: str
    valid_until_on: str
    currency: str
    message: str
    notes: str
    tax_note: str
    prices_include_tax: bool
    discount_ppm: int
    lines: tuple[ProposalLineFacts, ...]
    options: tuple[OptionFacts, ...]
    language: str = ""


@dataclass(frozen=True, slots=True)
class OptionBlock:
    """One alternative on the page: heading, a word about it, its lines and sums; what may be
    ordered with it."""

    heading: str
    description: str
    rows: tuple[PrintRow, ...]
    totals: tuple[PrintTotal, ...]
    extra_title: str
    extras: tuple[PrintRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalDocument(PaperFrame):
    """What the PDF of a proposal shows."""

    columns: tuple[PrintColumn, ...]
    blocks: tuple[OptionBlock, ...]
    subject: str = ""
    introduction: str = ""
    closing: str = ""
    notes: str = ""
    notes_title: str = ""
    signatures: tuple[str, ...] = ()


def build_proposal(facts: ProposalFacts, head: Letterhead) -> ProposalDocument:
    """Word the page. Raises nothing for odd text: any string is printed literally."""
    words = document_words(facts.language)
    say = _SPANISH if tongue_of(facts.language) == "es" else _ENGLISH
    draft = facts.state == ProposalState.DRAFT
    number = "" if draft else full_number(facts.number, facts.revision)
    single = len(facts.options) == 1
    dates = (
        (say["date"], words.day(facts.dated_on) if facts.dated_on else ""),
        (say["until"], words.day(facts.valid_until_on) if facts.valid_until_on else ""),
    )
    name, quantity, each, amount = words.columns
    return ProposalDocument(
        title=say["title"],
        business_name=head.name,
        number=number,
        notice=words.draft if draft else "",
        business_lines=contact_lines(head),
        logo_png=head.logo_png,
        bill_to=text_lines(facts.bill_to),
        service_place=text_lines(facts.service_place),
        facts=tuple((label, value) for label, value in dates if value),
        due_label=say["total"] if single else "",
        due_amount=format_money(facts.options[0].total_cents, facts.currency) if single else "",
        continued=f"{say['title']} {number}".strip(),
        number_label=words.number,
        bill_to_title=say["for"],
        service_at_title=words.service_at,
        page_label=words.page,
        language=words.tag,
        look=head.look,
        columns=(
            PrintColumn(name, right=False, stretch=True),
            PrintColumn(quantity, least=48.0),
            PrintColumn(each, least=72.0),
            PrintColumn(amount, least=80.0),
        ),
        blocks=tuple(_block(facts, option, words, say) for option in facts.options),
        subject=facts.title.strip(),
        introduction="" if single else say["choose"].format(count=len(facts.options)),
        closing=facts.message.strip(),
        notes="\n".join(filter(None, (facts.tax_note.strip(), facts.notes.strip()))),
        notes_title=words.notes,
        signatures=(say["accept"], say["day"]),
    )


def _block(
    facts: ProposalFacts, option: OptionFacts, words: DocumentWords, say: dict[str, str]
) -> OptionBlock:
    own = [line for line in facts.lines if line.option_n in (0, option.option_n)]
    extras = [line for line in own if not line.counts(option.option_n)]
    return OptionBlock(
        heading=option.name,
        description=option.description.strip(),
        rows=tuple(
            _row(line, facts.currency, words) for line in own if line.counts(option.option_n)
        ),
        totals=_totals(facts, option, words, say),
        extra_title=f"{say['optional']}. {say['tick']}" if extras else "",
        extras=tuple(_row(line, facts.currency, words, _BOX) for line in extras),
    )


def _row(line: ProposalLineFacts, currency: str, words: DocumentWords, mark: str = "") -> PrintRow:
    discount = ""
    if line.discount_ppm:
        discount = f"{words.discount} {format_rate(line.discount_ppm)}"
    elif line.discount_cents:
        discount = f"{words.discount} {format_money(line.discount_cents, currency)}"
    return PrintRow(
        (
            " ".join(filter(None, (mark, line.name))),
            " ".join(filter(None, (format_quantity(line.qty_milli), line.unit.strip()))),
            format_price(line.unit_price_e4, currency),
            format_amount(line.amount_cents, currency),
        ),
        "\n".join(filter(None, (line.description, discount))),
    )


def _totals(
    facts: ProposalFacts, option: OptionFacts, words: DocumentWords, say: dict[str, str]
) -> tuple[PrintTotal, ...]:
    def money(cents: int) -> str:
        return format_money(cents, facts.currency)

    rows = [PrintTotal(words.subtotal, money(option.subtotal_cents))]
    if option.discount_cents:
        share = f" {format_rate(facts.discount_ppm)}" if facts.discount_ppm else ""
        rows.append(PrintTotal(f"{words.discount}{share}", money(-option.discount_cents)))
        if option.taxes and not facts.prices_include_tax:
            rows.append(PrintTotal(words.net, money(option.net_cents)))
    taxes = [
        PrintTotal(
            (words.tax_included if facts.prices_include_tax else words.tax).format(
                name=tax.name, rate=format_rate(tax.rate_ppm), base=money(tax.base_cents)
            ),
            money(tax.tax_cents),
        )
        for tax in option.taxes
    ]
    total = PrintTotal(words.total, money(option.total_cents), strong=True)
    rows += [total, *taxes] if facts.prices_include_tax else [*taxes, total]
    if option.deposit_cents:
        rows.append(PrintTotal(say["deposit"], money(option.deposit_cents)))
    return tuple(rows)
