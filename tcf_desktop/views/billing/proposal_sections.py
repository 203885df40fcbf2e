"""The lines of a proposal by what they belong to: always, one alternative, or on request."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tcf_desktop.domain.tax import RoundingPolicy, TaxPart
from tcf_desktop.itemmodels.invoice_lines import InvoiceLinesModel
from tcf_desktop.itemmodels.price_list import PriceListModel
from tcf_desktop.services.invoice_drafts import InvoiceLineDraft
from tcf_desktop.services.proposal_drafts import ProposalLineDraft, ProposalOptionDraft
from tcf_desktop.views.billing.lines_table import LinesTable
from tcf_desktop.views.billing.proposal_content import ProposalContent
from tcf_desktop.views.common import DataLabel, FormField, LineEdit, LinkButton


class LinesSection(QWidget):
    """A title, or the name of an alternative to type, and its lines.

    ``option_n`` and ``optional`` are those of its lines. ``removed`` asks to take it away.
    """

    edited = Signal()
    refused = Signal(object)
    leftDown = Signal()
    removed = Signal()

    def __init__(self, prices: PriceListModel, option_n: int, *, optional: bool) -> None:
        super().__init__()
        self.option_n, self.optional = option_n, optional
        kind = "optional" if optional else "lines"
        self.key = f"{kind}.{option_n}"
        self.lines = InvoiceLinesModel()
        self.lines.edited.connect(self.edited)
        self.lines.refused.connect(self.refused)
        self.table = LinesTable(self.lines, prices)
        self.table.setObjectName(f"proposal.{self.key}")
        self.table.leftDown.connect(self.leftDown)
        self.title = DataLabel("", "body", weight=600)
        self.name = LineEdit(object_name=f"proposal.option.{option_n}.name")
        self.about = LineEdit(object_name=f"proposal.option.{option_n}.about")
        self.remove = LinkButton(
            self.tr("Remove this alternative"), object_name=f"proposal.option.{option_n}.remove"
        )
        self.name.textEdited.connect(self.edited)
        self.about.textEdited.connect(self.edited)
        self.remove.clicked.connect(self.removed)
        self._names = QWidget()
        row = QHBoxLayout(self._names)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(FormField(self.tr("Alternative {n}").format(n=option_n), self.name), 2)
        row.addWidget(FormField(self.tr("A word about it"), self.about), 5)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.title)
        column.addWidget(self._names)
        column.addWidget(self.table)
        column.addWidget(self.remove)
        named = bool(option_n) and not optional
        self._names.setVisible(named)
        self.remove.setVisible(named)
        self.title.setVisible(not named)

    def option(self) -> ProposalOptionDraft:
        """The alternative as it stands."""
        name = self.name.text().strip() or self.tr("Alternative {n}").format(n=self.option_n)
        return ProposalOptionDraft(name, self.about.text().strip())

    def drafts(self) -> list[ProposalLineDraft]:
        """Its lines as they stand."""
        return [
            ProposalLineDraft(
                line.name,
                line.description,
                line.qty_milli,
                line.unit_price_e4,
                line.taxable,
                line.service_id,
                line.unit,
                line.discount_ppm,
                line.discount_fixed_cents,
                line.tax_code_id,
                self.option_n,
                self.optional,
                False,
            )
            for line in self.lines.lines
        ]


class ProposalSections(QWidget):
    """Sections in their order: common lines, each alternative, what may be ordered with it."""

    edited = Signal()
    refused = Signal(object)
    leftDown = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.prices = PriceListModel()
        self._content: ProposalContent | None = None
        self._parts: tuple[TaxPart, ...] = ()
        self.sections: list[LinesSection] = []
        self.add_optional = LinkButton(
            self.tr("Add lines on request"), "plus", object_name="proposal.addOptional"
        )
        self.add_option = LinkButton(
            self.tr("Offer alternatives"), "plus", object_name="proposal.addOption"
        )
        self.add_optional.clicked.connect(self._on_add_optional)
        self.add_option.clicked.connect(self._on_add_option)
        links = QHBoxLayout()
        links.setSpacing(18)
        links.addWidget(self.add_option)
        links.addWidget(self.add_optional)
        links.addStretch(1)
        self._column = QVBoxLayout()
        self._column.setSpacing(14)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(8)
        outer.addLayout(self._column)
        outer.addLayout(links)

    # showing

    def fill(self, content: ProposalContent, parts: Sequence[TaxPart]) -> None:
        """Show what is stored."""
        self._content, self._parts = content, tuple(parts)
        detail = content.detail
        self.prices.set_prices(content.prices, detail.currency)
        self._clear()
        draft = detail.draft
        self._add(0, draft.lines, optional=False)
        for option_n, option in enumerate(draft.options, 1):
            section = self._add(option_n, draft.lines, optional=False)
            section.name.setText(option.name)
            section.about.setText(option.description)
        for option_n in range(len(draft.options) + 1):
            if any(line.option_n == option_n and line.is_optional for line in draft.lines):
                self._add(option_n, draft.lines, optional=True)
        self._arrange()

    def set_parts(self, parts: Sequence[TaxPart]) -> None:
        """Another tax for the same lines."""
        self._parts = tuple(parts)
        for section in self.sections:
            section.lines.set_parts(self._parts)

    def set_quantities(self, quantities: dict[int, int]) -> None:
        """Thousandths by service that the place was measured with, for lines to come."""
        for section in self.sections:
            section.lines.set_quantities(quantities)

    # what stands there

    def drafts(self) -> tuple[ProposalLineDraft, ...]:
        """All lines in their order."""
        return tuple(line for section in self.sections for line in section.drafts())

    def options(self) -> tuple[ProposalOptionDraft, ...]:
        """The alternatives in their order."""
        return tuple(section.option() for section in self._alternatives())

    def commit(self) -> None:
        """What is being typed counts."""
        for section in self.sections:
            section.table.commit()

    def first(self) -> LinesSection:
        """The lines that belong to the proposal in any case."""
        return self.sections[0]

    def _alternatives(self) -> list[LinesSection]:
        return [one for one in self.sections if one.option_n and not one.optional]

    # changing

    def _on_add_option(self) -> None:
        names = (self.tr("Good"), self.tr("Better"), self.tr("Best"))
        known = len(self._alternatives())
        wanted = 2 if not known else known + 1
        for option_n in range(known + 1, wanted + 1):
            section = self._add(option_n, (), optional=False)
            section.name.setText(names[option_n - 1] if option_n <= len(names) else "")
        self._arrange()
        self.edited.emit()
        self._alternatives()[known].table.edit_new_row()

    def _on_add_optional(self) -> None:
        section = self._add(0, (), optional=True)
        self._arrange()
        section.table.edit_new_row()

    def _remove(self, gone: LinesSection) -> None:
        """Take an alternative away; a single one is none: its lines belong to the proposal."""
        kept = [one for one in self._alternatives() if one is not gone]
        options = [one.option() for one in kept]
        lines = {id(one): one.lines.lines for one in kept}
        dropped = [one for one in self.sections if one.option_n]
        for section in dropped:
            self._drop(section)
        if len(kept) == 1:
            self.first().lines.add_lines(lines[id(kept[0])])
        else:
            for option_n, (one, option) in enumerate(zip(kept, options, strict=True), 1):
                section = self._add(option_n, (), optional=False)
                section.name.setText(option.name)
                section.about.setText(option.description)
                section.lines.add_lines(lines[id(one)])
        self._arrange()
        self.edited.emit()

    def _add(
        self, option_n: int, lines: Sequence[ProposalLineDraft], *, optional: bool
    ) -> LinesSection:
        assert self._content is not None
        detail = self._content.detail
        section = LinesSection(self.prices, option_n, optional=optional)
        section.table.codes, section.table.currency = self._content.codes, detail.currency
        own = [
            line.as_invoice_line()
            for line in lines
            if (line.option_n, line.is_optional) == (option_n, optional)
        ]
        self._show_lines(section, own)
        section.edited.connect(self.edited)
        section.refused.connect(self.refused)
        section.leftDown.connect(self.leftDown)
        section.removed.connect(lambda: self._remove(section))
        self.sections.append(section)
        return section

    def _show_lines(self, section: LinesSection, lines: Sequence[InvoiceLineDraft]) -> None:
        assert self._content is not None
        detail = self._content.detail
        section.lines.set_quantities(self._content.defaults.quantities_at(detail.draft.location_id))
        section.lines.set_content(
            lines, self._parts, detail.currency, policy=RoundingPolicy.of(detail.rounding)
        )
        section.table.show_tax(bool(self._content.taxes))

    def _arrange(self) -> None:
        """Put the sections into their order, with the titles that they need."""
        self.sections.sort(key=lambda one: (one.optional, one.option_n))
        while self._column.count():
            self._column.takeAt(0)
        for section in self.sections:
            self._column.addWidget(section)
            section.show()
        many = bool(self._alternatives())
        first = self.first()
        first.title.setText(self.tr("In each alternative") if many else "")
        first.title.setVisible(many)
        for section in self.sections:
            if section.optional:
                section.title.setText(self.tr("On request: the customer ticks what is wanted"))
        self.add_option.setText(
            self.tr("Add an alternative") if many else self.tr("Offer alternatives")
        )
        self.add_option.setVisible(len(self._alternatives()) < 5)
        self.add_optional.setVisible(not any(one.optional for one in self.sections))

    def _clear(self) -> None:
        for section in list(self.sections):
            self._drop(section)

    def _drop(self, section: LinesSection) -> None:
        self.sections.remove(section)
        self._column.removeWidget(section)
        section.hide()
        section.deleteLater()
