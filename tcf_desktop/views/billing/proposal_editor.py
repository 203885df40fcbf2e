"""The full page of a proposal: a draft is edited and sent, one that was sent is answered."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.changes import ChangeSet
from tcf_desktop.domain.proposal_print import build_proposal
from tcf_desktop.itemmodels.proposal_list import state_words
from tcf_desktop.services.proposal_papers import proposal_pdf, render_proposal
from tcf_desktop.services.proposals import SaveProposalDraft
from tcf_desktop.views.billing.editor_panes import EditorPanes
from tcf_desktop.views.billing.parts import BillingScreen
from tcf_desktop.views.billing.preview import PreviewPane
from tcf_desktop.views.billing.proposal_actions import ProposalActions
from tcf_desktop.views.billing.proposal_answers import ProposalAnswers
from tcf_desktop.views.billing.proposal_card import ProposalCard
from tcf_desktop.views.billing.proposal_content import ProposalContent, read_proposal
from tcf_desktop.views.billing.proposal_form import ProposalForm
from tcf_desktop.views.common import DataLabel, PlainButton, PrimaryButton, Surface, hairline
from tcf_desktop.views.context import Target
from tcf_desktop.views.page import HeaderButton, PageCommand

if TYPE_CHECKING:
    from tcf_desktop.views.context import ViewContext

_SAVE_MS: Final = 300
_WATCHED: Final = (
    "business", "taxes", "tax_parts", "tax_codes", "tax_part_rates", "services", "locations",
    "contacts", "contact_emails", "notes", "settings", "crews", "appointments", "invoices",
)  # fmt: skip


class ProposalEditor(BillingScreen):
    """``closeRequested`` when it is done with."""

    shown = Signal(int)
    saved = Signal()

    def __init__(self, ctx: ViewContext) -> None:
        super().__init__(ctx)
        self.setObjectName("proposal.editor")
        self._content: ProposalContent | None = None
        self._proposal_id: int | None = None
        self._dirty = False
        self._saving = 0
        self._busy = False
        self.actions_ = ProposalActions(ctx, self)
        self.actions_.targeted.connect(self.targeted)
        self.actions_.busyChanged.connect(self._on_actions_busy_changed)
        self._build()
        self.answers = ProposalAnswers(ctx, self.panes)
        self.answers.targeted.connect(self.targeted)
        self._timer = QTimer(self, singleShot=True, interval=_SAVE_MS)
        self._timer.timeout.connect(self.save)
        ctx.bus.committed.connect(self._on_bus_committed)

    # building

    def _build(self) -> None:
        self.form = ProposalForm()
        self.form.edited.connect(self._on_form_edited)
        self.form.refused.connect(self._on_form_refused)
        self.card = ProposalCard()
        self.card.targeted.connect(self.targeted)
        self.card.elsewhere.connect(self.ctx.navigate)
        self.card.followUp.connect(self._on_card_follow_up)
        self.form.above.addWidget(self.card)
        self.preview = PreviewPane(self.ctx, render=render_proposal, kept=proposal_pdf)
        self.preview.printRequested.connect(self.print_out)
        self.preview.pdfRequested.connect(self.ask_for_pdf)
        self.panes = EditorPanes(self.form, self.preview)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.panes, 1)
        column.addWidget(hairline())
        column.addWidget(self._build_foot())
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self._on_main_requested)

    def _build_foot(self) -> Surface:
        self.foot = Surface("surface")
        self.foot.setMinimumHeight(60)
        self.state = DataLabel("", "body", "text2", object_name="proposal.state")
        self.second = PlainButton("", object_name="proposal.second")
        self.second.clicked.connect(self._on_second_clicked)
        self.main = PrimaryButton("", "check", object_name="proposal.main")
        self.main.clicked.connect(self._on_main_requested)
        row = QHBoxLayout(self.foot)
        row.setContentsMargins(24, 0, 24, 0)
        row.setSpacing(10)
        row.addWidget(self.state, 1)
        row.addWidget(self.second)
        row.addWidget(self.main)
        return self.foot

    # what the page asks

    @property
    def content(self) -> ProposalContent | None:
        return self._content

    def title(self) -> str:
        if self._content is None:
            return self.tr("Proposal")
        number = self._content.detail.full_number
        return self.tr("Proposal {number}").format(number=number) if number else (
            self.tr("New proposal")
        )  # fmt: skip

    def chip(self) -> tuple[str, str] | None:
        if self._content is None:
            return None
        return state_words(self._content.detail.shown_state(self.ctx.today()))

    def open_target(self, target: Target) -> None:
        if target.id is None:
            return
        self.leave()
        self.panes.ask(None)
        self._proposal_id = target.id
        self._content = None
        self._read(first=True)

    def leave(self) -> None:
        self.form.sections.commit()
        if self._dirty:
            self.save()

    def header_actions(self) -> list[HeaderButton]:
        if self._content is None:
            return []
        if self._content.is_draft:
            return [
                HeaderButton(
                    self.tr("Discard draft"), self.discard, icon="trash",
                    object_name="proposal.discard",
                )
            ]  # fmt: skip
        return [
            HeaderButton(
                self.tr("More"), lambda: None, icon="dots-three", menu=self._fill_menu,
                object_name="proposal.more",
            )
        ]  # fmt: skip

    def _fill_menu(self, menu: QMenu) -> None:
        menu.setObjectName("proposal.moreMenu")
        for command in self._offers():
            menu.addAction(command.text, command.run)

    def commands(self) -> list[PageCommand]:
        if self._content is None:
            return []
        if self._content.is_draft:
            return [PageCommand(self.tr("Discard draft"), self.discard)]
        return self._offers()

    def _offers(self) -> list[PageCommand]:
        """What can be done with a proposal that left the house."""
        assert self._content is not None
        state, ident = self._content.detail.state, self._content.detail.id
        actions = self.actions_
        found = [
            PageCommand(self.tr("Print…"), self.print_out, shortcut="Ctrl+P"),
            PageCommand(self.tr("Save as PDF…"), self.ask_for_pdf),
            PageCommand(self.tr("Duplicate"), lambda: actions.duplicate(ident)),
        ]
        if state in {"sent", "declined"}:
            revise = PageCommand(self.tr("Write a new version"), lambda: actions.revise(ident))
            found.insert(0, revise)
        if state in {"accepted", "declined"}:
            found.append(PageCommand(self.tr("Open again"), lambda: actions.reopen(ident)))
        return found

    def regions(self) -> list[QWidget]:
        return [self.form, self.preview.paper]

    def foot_height(self) -> int:
        return self.foot.height()

    def toggle_side_panel(self) -> bool:
        self.panes.toggle()
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.panes.take_width(event.size().width()):
            self.headerChanged.emit()

    # reading

    def _read(self, *, first: bool = False) -> None:
        proposal_id = self._proposal_id

        def answer(content: ProposalContent | None) -> None:
            if proposal_id == self._proposal_id:
                self._take(content, first=first)

        self.ctx.tasks.read(self, lambda r: read_proposal(r, proposal_id), answer)

    def _take(self, content: ProposalContent | None, *, first: bool) -> None:
        if content is None or content.detail.deleted_at is not None:
            self._proposal_id, self._dirty = None, False
            if not first and self.isVisible():
                self.ctx.notify(self.tr("This draft was discarded. It is in the Trash."))
            self.closeRequested.emit()
            return
        if not first and content.is_draft and (self._dirty or self._saving):
            return
        if not first and content == self._content:
            return
        same = (
            not first and content.is_draft and self._content is not None
            and self._content.is_draft and self.form.draft() == content.detail.draft
        )  # fmt: skip
        self._content = content
        if same:
            self.form.take_quietly(content)
        else:
            self.form.show_content(content, self.ctx.today())
        self.card.setVisible(not content.is_draft)
        if not content.is_draft:
            self.card.show_detail(content.detail, self.ctx.today())
        self._show_foot()
        self._show_preview(at_once=first)
        QTimer.singleShot(0, self, self.panes.make_room)
        self.headerChanged.emit()
        if first:
            if content.is_draft and not content.detail.draft.lines:
                self.form.title.setFocus(Qt.FocusReason.OtherFocusReason)
            self.shown.emit(content.detail.id)

    def _show_preview(self, *, at_once: bool = False) -> None:
        assert self._content is not None
        detail = self._content.detail
        if self._content.is_draft:
            document = build_proposal(self.form.facts(), self._content.letterhead)
            self.preview.show_document(document, at_once=at_once)
        else:
            self.preview.show_kept(detail.id, detail.state)

    def _show_foot(self) -> None:
        assert self._content is not None
        detail, mail = self._content.detail, self._content.mail
        words, main, icon, second = "", "", "check", ""
        if self._content.is_draft:
            words = self.tr("Saving…") if self._dirty else self.tr("Draft saved")
            main, icon = self.tr("Send by e-mail"), "paper-plane-tilt"
            second = self.tr("Print and mark as sent")
            if not mail:
                main, icon, second = second, "printer", self.tr("Mark as sent")
        elif detail.state == "sent":
            words = self.tr("It waits for the customer's answer.")
            main, second = self.tr("Accepted…"), self.tr("Declined…")
        elif detail.state == "accepted" and not (detail.visits or self._billed()):
            main, icon = self.tr("Make the invoice"), "invoice"
        self.state.setText(words)
        for button, text in ((self.main, main), (self.second, second)):
            button.setText(text)
            button.setVisible(bool(text))
            button.setEnabled(not self._busy)
        self.main.set_icon(icon)

    def _billed(self) -> bool:
        assert self._content is not None
        return any(
            paper.doc_type == "invoice" and paper.state not in {"void", "credited"}
            for paper in self._content.detail.papers
        )

    # writing

    def save(self, then: Callable[[], None] | None = None) -> None:
        """Store the draft now."""
        self._timer.stop()
        draft = self._content is not None and self._content.is_draft
        if self._proposal_id is None or not draft or not self._dirty:
            if then is not None:
                then()
            return
        self._dirty = False
        self._saving += 1

        def done(_result: None) -> None:
            self._saving -= 1
            if not self._saving:
                self._read()
            self.saved.emit()
            if self._content is not None:
                self._show_foot()
            if then is not None:
                then()

        def failed(error: AppError) -> None:
            self._saving -= 1
            self._dirty = error.code != "proposal.not_draft"
            self.ctx.show_error(error, self.tr("Saving the draft"))
            self._read()

        command = SaveProposalDraft(self._proposal_id, self.form.draft())
        self.ctx.tasks.command(self, command, done, failed)

    def send(self, how: str) -> None:
        """Store, give the number, and mail or print it."""
        proposal_id, content = self._proposal_id, self._content
        if proposal_id is None or content is None or not content.is_draft or self._busy:
            return
        self.form.sections.commit()
        self.save(lambda: self.actions_.send(proposal_id, how))

    def discard(self) -> None:
        """Put the draft into the trash."""
        proposal_id, self._proposal_id = self._proposal_id, None
        self._timer.stop()
        self._dirty = False
        if proposal_id is not None:
            self.actions_.discard(proposal_id, self.closeRequested.emit)

    def print_out(self) -> None:
        """Put what is stored on paper."""
        self._stored_then(self.actions_.print_out)

    def ask_for_pdf(self) -> None:
        """Ask where the PDF shall go."""
        self._stored_then(self.actions_.ask_for_pdf)

    def _stored_then(self, then: Callable[[int, str], None]) -> None:
        proposal_id, title = self._proposal_id, self.title()
        if proposal_id is not None:
            self.form.sections.commit()
            self.save(lambda: then(proposal_id, title))

    # slots

    def _on_form_edited(self) -> None:
        self._dirty = True
        self._timer.start()
        self._show_preview()
        self._show_foot()

    def _on_form_refused(self, error: AppError) -> None:
        self.ctx.notify(str(error))

    def _on_actions_busy_changed(self, busy: bool) -> None:
        self._busy = busy
        if self._content is not None:
            self._show_foot()

    def _on_card_follow_up(self, on: str) -> None:
        if self._proposal_id is not None:
            self.actions_.ask_again(self._proposal_id, on)

    def _on_main_requested(self) -> None:
        if self._content is None or not self.main.isVisible() or self._busy:
            return
        if self._content.is_draft:
            self.send("email" if self._content.mail else "print")
        elif self._content.detail.state == "sent":
            if not self.panes.is_asking():
                self.answers.accept(self._content)
        else:
            self.actions_.invoice(self._content.detail.id)

    def _on_second_clicked(self) -> None:
        if self._content is None:
            return
        if self._content.is_draft:
            self.send("print" if self._content.mail else "hand")
        else:
            self.answers.decline(self._content)

    def _on_bus_committed(self, changes: ChangeSet) -> None:
        ours = self._proposal_id is not None and self._proposal_id in changes.ids("proposals")
        if self._proposal_id is not None and (ours or changes.touches(*_WATCHED)):
            self._read()
