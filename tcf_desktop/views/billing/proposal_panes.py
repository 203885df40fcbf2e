"""The customer's answer to a proposal: what is asked before it is accepted or declined."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from tcf_desktop.domain.proposals import days_later
from tcf_desktop.domain.tax import RoundingPolicy, TaxPart
from tcf_desktop.qtkit import i18n
from tcf_desktop.services.proposal_acceptance import AcceptProposal, ProposedVisit
from tcf_desktop.services.proposal_drafts import ProposalDraft, figures_of
from tcf_desktop.services.proposals import DeclineProposal
from tcf_desktop.views.billing.proposal_content import ProposalContent
from tcf_desktop.views.billing.side_pane import SidePane, row_of
from tcf_desktop.views.common import ComboBox, DataLabel, DateEdit, FormField, LineEdit, Switch

_LENGTHS = (30, 45, 60, 90, 120, 150, 180, 240, 300, 360, 480)


class AcceptPane(SidePane):
    """Who accepted what, when and how; the first visit; the deposit."""

    def __init__(self) -> None:
        super().__init__("proposal.accept", "", "check")
        self.do.setText(self.tr("Accept proposal"))
        self._content: ProposalContent | None = None
        self.by = LineEdit(object_name="proposal.accept.by")
        self.on = DateEdit(object_name="proposal.accept.on")
        self.how = ComboBox(object_name="proposal.accept.how")
        for key, text in (
            ("phone", self.tr("By phone")),
            ("email", self.tr("By e-mail")),
            ("paper", self.tr("On signed paper")),
            ("in_person", self.tr("In person")),
        ):
            self.how.addItem(text, key)
        self.note = LineEdit(object_name="proposal.accept.note")
        self.option = ComboBox(object_name="proposal.accept.option")
        self._option_field = FormField(self.tr("Which alternative"), self.option)
        self._extras = QWidget()
        self._extras_column = QVBoxLayout(self._extras)
        self._extras_column.setContentsMargins(0, 0, 0, 0)
        self._boxes: list[tuple[int, QCheckBox]] = []
        self.visit = Switch(self.tr("Book the first visit"), object_name="proposal.accept.visit")
        self.deposit = Switch(self.tr("Bill the deposit"), object_name="proposal.accept.deposit")
        self._deposit_row = row_of(self.deposit, self.tr("Bill the deposit now"))
        self.day = DateEdit(object_name="proposal.accept.day")
        self.time = ComboBox(object_name="proposal.accept.time")
        self.length = ComboBox(object_name="proposal.accept.length")
        self.crew = ComboBox(object_name="proposal.accept.crew")
        self.effect = DataLabel(
            "", "body", "text2", wrap=True, object_name="proposal.accept.effect"
        )
        self._lay_out()
        self.by.textChanged.connect(self._show)
        self.option.currentIndexChanged.connect(self._on_option_changed)
        for switch in (self.visit, self.deposit):
            switch.toggled.connect(self._show)
        self.day.dateChanged.connect(self._show)
        self.time.currentIndexChanged.connect(self._show)

    def _lay_out(self) -> None:
        when = QWidget()
        row = QHBoxLayout(when)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(FormField(self.tr("On"), self.on))
        row.addWidget(FormField(self.tr("How"), self.how), 1)
        self._visit_fields = QWidget()
        column = QVBoxLayout(self._visit_fields)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        for fields in (
            ((self.tr("Day"), self.day), (self.tr("Time"), self.time)),
            ((self.tr("Length"), self.length), (self.tr("Crew"), self.crew)),
        ):
            line = QHBoxLayout()
            line.setSpacing(10)
            for label, field in fields:
                line.addWidget(FormField(label, field), 1)
            column.addLayout(line)
        for minutes in range(6 * 60, 20 * 60, 15):
            local = f"{minutes // 60:02}:{minutes % 60:02}"
            self.time.addItem(i18n.clock_time(local), local)
        for widget in (
            FormField(self.tr("Accepted by"), self.by),
            when,
            FormField(self.tr("Note"), self.note),
            self._option_field,
            self._extras,
            row_of(self.visit, self.tr("Book the first visit now")),
            self._visit_fields,
            self._deposit_row,
            self.effect,
        ):
            self.body.addWidget(widget)
        self.body.addStretch(1)

    def ask(self, content: ProposalContent, today: str) -> None:
        """Begin anew for this proposal."""
        self._content = None  # nothing is told before all is filled in
        detail = content.detail
        number = detail.full_number
        self.title.setText(self.tr("Accept proposal {number}").format(number=number))
        self.by.setText(detail.draft.bill_to.split("\n")[0])
        self.on.set_iso(today)
        self.note.setText("")
        self.option.blockSignals(True)
        self.option.clear()
        for each in detail.options:
            money = i18n.money(each.total_cents, detail.currency)
            words = self.tr("{name}, {money}").format(name=each.name, money=money)
            self.option.addItem(words, each.option_n)
        self.option.blockSignals(False)
        self._option_field.setVisible(len(detail.options) > 1)
        self.day.set_iso(days_later(today, 1))
        self.time.select_data("09:00")
        self._fill_choices(content)
        self.visit.setChecked(True)
        self._content = content
        self._on_option_changed()
        self.by.setFocus(Qt.FocusReason.OtherFocusReason)
        self.by.selectAll()

    def _fill_choices(self, content: ProposalContent) -> None:
        self.length.clear()
        for minutes in _LENGTHS:
            self.length.addItem(self.tr("{n} min").format(n=minutes), minutes)
        self.length.select_data(60)
        self.crew.clear()
        self.crew.addItem(self.tr("Nobody yet"), None)
        for crew_id, name in content.crews:
            self.crew.addItem(name, crew_id)
        usual = self.crew.findData(content.defaults.crew_id)
        self.crew.setCurrentIndex(max(0, usual))

    def _on_option_changed(self) -> None:
        """Other lines can be ordered with another alternative."""
        if self._content is None:
            return
        for _at, box in self._boxes:
            self._extras_column.removeWidget(box)
            box.hide()
            box.deleteLater()
        self._boxes = []
        detail, option_n = self._content.detail, self._option_n()
        for at, line in enumerate(detail.draft.lines):
            if line.is_optional and line.option_n in (0, option_n):
                money = i18n.money(detail.amounts[at], detail.currency)
                words = self.tr("{name}, {money}").format(name=line.name, money=money)
                box = QCheckBox(words.replace("&", "&&"))
                box.setObjectName(f"proposal.accept.line.{at}")
                box.toggled.connect(self._show)
                self._extras_column.addWidget(box)
                self._boxes.append((at, box))
        self._extras.setVisible(bool(self._boxes))
        self._deposit_row.setVisible(self._deposit_cents() > 0)
        self.deposit.setChecked(self._deposit_cents() > 0)
        self._show()

    def _option_n(self) -> int:
        return int(self.option.currentData() or 0)

    def chosen(self) -> tuple[int, ...]:
        """Positions of the optional lines that are wanted."""
        return tuple(at for at, box in self._boxes if box.isChecked())

    def _deposit_cents(self) -> int:
        return self._figures()[1]

    def _figures(self) -> tuple[int, int]:
        """Total and deposit of what is chosen, by the one function."""
        assert self._content is not None
        detail, chosen = self._content.detail, self.chosen()
        draft = detail.draft
        if not chosen:
            stored = next(each for each in detail.options if each.option_n in (self._option_n(), 0))
            return stored.total_cents, stored.deposit_cents
        found = figures_of(
            _with_chosen(draft, chosen), self._parts(), RoundingPolicy.of(detail.rounding)
        ).of(self._option_n())
        return found.totals.total_cents, found.deposit_cents

    def _parts(self) -> tuple[TaxPart, ...]:
        assert self._content is not None
        tax_id = self._content.detail.draft.tax_id
        return next((tax.parts for tax in self._content.taxes if tax.id == tax_id), ())

    def _show(self) -> None:
        """Say in a sentence what will happen."""
        if self._content is None:
            return
        currency = self._content.detail.currency
        total, deposit = self._figures()
        parts = [self.tr("Accepted for {money}.").format(money=i18n.money(total, currency))]
        if self.visit.isChecked():
            parts.append(
                self.tr("A visit is booked on {day} at {time}.").format(
                    day=i18n.full_day(self.day.iso()), time=self.time.currentText()
                )
            )
        if self.deposit.isChecked() and deposit > 0:
            parts.append(
                self.tr("A deposit invoice of {money} is issued.").format(
                    money=i18n.money(deposit, currency)
                )
            )
        self._visit_fields.setVisible(self.visit.isChecked())
        self.effect.setText(" ".join(parts))
        self.set_why("" if self.by.text().strip() else self.tr("Say who accepted it."))

    def command(self) -> AcceptProposal:
        """What is to be done."""
        assert self._content is not None
        visits: tuple[ProposedVisit, ...] = ()
        if self.visit.isChecked():
            start = f"{self.day.iso()}T{self.time.currentData()}"
            visits = (
                ProposedVisit(start, int(self.length.currentData()), self.crew.currentData()),
            )
        return AcceptProposal(
            self._content.detail.id,
            self.by.text().strip(),
            self.how.currentData(),
            self.on.iso(),
            self.note.text().strip(),
            self._option_n(),
            self.chosen(),
            visits,
            self.deposit.isChecked(),
        )


class DeclinePane(SidePane):
    """Why the customer does not want it."""

    def __init__(self) -> None:
        super().__init__("proposal.decline", "", "x-circle")
        self.do.setText(self.tr("Decline"))
        self._proposal_id = 0
        self.on = DateEdit(object_name="proposal.decline.on")
        self.reason = ComboBox(object_name="proposal.decline.reason")
        self.reason.setEditable(True)
        self.body.addWidget(FormField(self.tr("Reason"), self.reason))
        self.body.addWidget(FormField(self.tr("On"), self.on))
        self.body.addStretch(1)

    def ask(self, content: ProposalContent, today: str) -> None:
        """Begin anew for this proposal."""
        self._proposal_id = content.detail.id
        number = content.detail.full_number
        self.title.setText(self.tr("Decline proposal {number}").format(number=number))
        self.reason.clear()
        for text in (
            "",
            self.tr("Too expensive"),
            self.tr("Chose somebody else"),
            self.tr("Not now"),
            self.tr("No answer"),
        ):
            self.reason.addItem(text)
        self.on.set_iso(today)
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def command(self) -> DeclineProposal:
        """What is to be done."""
        return DeclineProposal(self._proposal_id, self.reason.currentText(), self.on.iso())


def _with_chosen(draft: ProposalDraft, chosen: tuple[int, ...]) -> ProposalDraft:
    lines = tuple(replace(line, is_chosen=at in chosen) for at, line in enumerate(draft.lines))
    return replace(draft, lines=lines)
