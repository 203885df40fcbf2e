"""The first question of an invoice without a visit: for whom it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtWidgets import QCompleter, QVBoxLayout, QWidget

from tcf_desktop.services.queries.contacts import ContactMatch, search_contacts
from tcf_desktop.views.billing.parts import BillingScreen
from tcf_desktop.views.common import DataLabel, FormField, SearchField
from tcf_desktop.views.common.completion import give_room
from tcf_desktop.views.context import Target

if TYPE_CHECKING:
    from tcf_desktop.views.context import ViewContext

_PAUSE_MS: Final = 80


class ChooseCustomer(BillingScreen):
    """The answer goes on to a new draft of ``kind``."""

    kind = "new"

    def __init__(self, ctx: ViewContext) -> None:
        super().__init__(ctx)
        self.setObjectName("billing.choose")
        self._generation = 0
        self._matches: list[ContactMatch] = []
        self._names = QStringListModel(self)
        self.search = SearchField(self.tr("Name, address or phone"), object_name="billing.customer")
        self.search.set_delay(_PAUSE_MS)
        self.search.searchChanged.connect(self._on_search_changed)
        self.search.returnPressed.connect(self._on_search_return_pressed)
        self._completer = QCompleter(self._names, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        give_room(self._completer)
        popup = self._completer.popup()
        assert popup is not None
        popup.setAccessibleName(self.tr("Customers found"))
        self._completer.activated.connect(self._on_completer_activated)
        self.search.setCompleter(self._completer)
        field = FormField(self.tr("Customer"), self.search)
        field.setMaximumWidth(480)
        hint = DataLabel(self.hint(), "caption", "text2")
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 24)
        column.setSpacing(10)
        column.addWidget(field)
        column.addWidget(hint)
        column.addStretch(1)

    def title(self) -> str:
        return self.tr("New invoice")

    def hint(self) -> str:
        """What is good to know before."""
        return self.tr(
            "An invoice for finished visits is made under “To invoice”, with their lines."
        )

    def regions(self) -> list[QWidget]:
        return [self.search]

    def open_target(self, target: Target) -> None:
        """Ask anew."""
        self._matches = []
        self.search.clear()
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_search_changed(self, text: str) -> None:
        if text in self._names.stringList():
            return  # the completer wrote what is marked in its list; the list stays
        self._generation += 1
        generation = self._generation

        def answer(found: list[ContactMatch]) -> None:
            if generation == self._generation:
                self._show(found)

        self.ctx.tasks.read(self, lambda r: search_contacts(r, text), answer)

    def _show(self, found: list[ContactMatch]) -> None:
        self._matches = found
        self._names.setStringList([_words(match) for match in found])
        if found and self.search.hasFocus():
            self._completer.complete()

    def _on_completer_activated(self, text: str) -> None:
        for match in self._matches:
            if _words(match) == text:
                self._choose(match.id)
                return

    def _on_search_return_pressed(self) -> None:
        if len(self._matches) == 1:
            self._choose(self._matches[0].id)

    def _choose(self, contact_id: int) -> None:
        self.targeted.emit(Target("billing", self.kind, contact_id))


class ChooseForProposal(ChooseCustomer):
    """The same before a new proposal."""

    kind = "new_proposal"

    def title(self) -> str:
        return self.tr("New proposal")

    def hint(self) -> str:
        return self.tr("Somebody new is entered under Contacts first, as a prospect.")


def _words(match: ContactMatch) -> str:
    return f"{match.name} · {match.sub}" if match.sub else match.name
