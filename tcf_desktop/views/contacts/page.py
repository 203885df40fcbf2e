"""The Contacts page: list and detail beside each other, the form, the import."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from tcf_desktop.qtkit import i18n
from tcf_desktop.services.contacts import DeleteContact, Deletion
from tcf_desktop.services.queries.merged import kept_contact
from tcf_desktop.views.contacts.detail_pane import ContactDetailPane
from tcf_desktop.views.contacts.exporting import ContactExport
from tcf_desktop.views.contacts.list_commands import list_commands
from tcf_desktop.views.contacts.list_pane import ContactListPane
from tcf_desktop.views.context import NoticeAction
from tcf_desktop.views.page import HeaderButton, Page, PageCommand

if TYPE_CHECKING:
    from collections.abc import Callable

    from tcf_desktop.domain.contacts import ContactDraft
    from tcf_desktop.views.contacts.form import ContactForm
    from tcf_desktop.views.context import Target, ViewContext
    from tcf_desktop.views.imports.page import ImportPage

_LIST_WIDTH: Final = 560
_LIST_MINIMUM: Final = 400
_SIDE_MINIMUM: Final = 520


class ContactsPage(Page):
    """Addresses: ``contact`` with an id, ``new``, ``edit`` with an id, ``import``, ``export``."""

    key = "contacts"

    def __init__(self, ctx: ViewContext, parent: QWidget | None = None) -> None:
        super().__init__(ctx, parent)
        self._loaded = False
        self._folded = False  # too narrow for both: the detail is a page of its own
        self._return_to: QWidget | None = None
        self.list = ContactListPane(ctx)
        self.list.setMinimumWidth(_LIST_MINIMUM)
        self.exporting = ContactExport(ctx, self)
        self.detail = ContactDetailPane(ctx)
        self.side = QStackedWidget()
        self.side.addWidget(self.detail)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setObjectName("contacts.splitter")
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(1)
        self.splitter.addWidget(self.list)
        self.splitter.addWidget(self.side)
        self.splitter.setStretchFactor(0, 0)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setSizes([_LIST_WIDTH, 700])
        self.side.setMinimumWidth(_SIDE_MINIMUM)
        self.imports: ImportPage | None = None
        self.stack = QStackedWidget()
        self.stack.addWidget(self.splitter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.stack)
        self._connect()

    def _connect(self) -> None:
        self.ctx.theme.changed.connect(self._fold)
        self.list.table.clicked.connect(lambda *_: self._show_side(only_folded=True))
        self.list.chosen.connect(self._on_list_chosen)
        self.list.opened.connect(self._on_list_opened)
        self.list.newRequested.connect(self.new_contact)
        self.list.importRequested.connect(self.open_import)
        self.list.editRequested.connect(self.edit)
        self.list.deleteRequested.connect(self.delete)
        self.list.exportRequested.connect(self.exporting.ask_for)
        self.detail.editRequested.connect(self.edit)
        self.detail.deleteRequested.connect(lambda contact_id: self.delete([contact_id]))
        self.detail.stepRequested.connect(self.list.step)
        self.detail.goneNoticed.connect(self.list.forget_current)

    @cached_property
    def form(self) -> ContactForm:
        """The form, made when somebody writes for the first time."""
        from tcf_desktop.views.contacts.form import ContactForm

        form = ContactForm(self.ctx, self.side)
        self.side.addWidget(form)
        form.saved.connect(self._on_form_saved)
        form.left.connect(self._on_form_left)
        form.doubleChosen.connect(self._on_form_double_chosen)
        return form

    def _writing(self) -> bool:
        """Whether the form is shown; asking makes none."""
        return self.side.currentWidget() is not self.detail

    # the page

    def title(self) -> str:
        if self._importing():
            return self.tr("Import")
        return self.tr("Contacts")

    def header_actions(self) -> list[HeaderButton]:
        if self._importing():
            return []
        return [
            HeaderButton(
                self.tr("Import"),
                self.open_import,
                "download-simple",
                object_name="contacts.import",
            ),
            HeaderButton(
                self.tr("New contact"),
                self.new_contact,
                "plus",
                primary=True,
                tooltip=self.tr("New contact (Ctrl+N)"),
                object_name="contacts.new",
            ),
        ]

    def back_action(self) -> Callable[[], object] | None:
        if self._importing():
            return self.close_import
        if self._folded and not self.side.isHidden():
            return self._show_list
        return None

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        """One pane or two, by the room that the text needs."""
        scale = self.ctx.theme.text_scale
        folded = self.width() * 100 < (_LIST_MINIMUM + _SIDE_MINIMUM) * scale
        self.list.setMinimumWidth(0 if folded else _LIST_MINIMUM * scale // 100)
        self.side.setMinimumWidth(0 if folded else _SIDE_MINIMUM * scale // 100)
        if folded == self._folded:
            return
        self._folded = folded
        writing = self._writing()
        self.list.setVisible(not folded or not writing)
        self.side.setVisible(not folded or writing)
        self.headerChanged.emit()

    def _show_side(self, *, only_folded: bool = False) -> None:
        """In a narrow window the detail or the form takes the place of the list."""
        if self._folded:
            self.side.show()
            self.list.hide()
            self.headerChanged.emit()
        elif not only_folded:
            self.side.show()

    def _show_list(self) -> None:
        if self._folded:
            self.side.setCurrentWidget(self.detail)
            self.list.show()
            self.side.hide()
            self.list.table.setFocus(Qt.FocusReason.OtherFocusReason)
            self.headerChanged.emit()

    def commands(self) -> list[PageCommand]:
        return [
            PageCommand(self.tr("Edit contact"), self._edit_current, "Ctrl+E", "edit"),
            PageCommand(
                self.tr("Add location"),
                lambda: self._edit_current("location"),
                "Ctrl+L",
                words="address place",
            ),
            PageCommand(self.tr("Add note"), self._add_note, "Ctrl+T"),
            PageCommand(
                self.tr("New appointment for this contact"),
                self.detail.new_appointment,
                "Ctrl+Shift+A",
            ),
            PageCommand(
                self.tr("New invoice for this contact"), self.detail.new_invoice, "Ctrl+Shift+I"
            ),
            PageCommand(
                self.tr("New proposal for this contact"),
                self.detail.new_proposal,
                words="estimate quote offer",
            ),
            PageCommand(self.tr("Delete contact"), self._delete_selected, words="remove trash"),
            *list_commands(self.list, self.exporting),
        ]

    def shown(self) -> None:
        if not self._loaded:
            self._loaded = True
            self.list.reload()

    def to_front(self) -> None:
        self.close_import()

    def open_target(self, target: Target) -> None:
        if target.kind == "import":
            self.open_import()
            return
        self.close_import()
        if target.kind == "contact" and target.id is not None:
            asked = target.id  # one that was merged away leads to the one that stayed
            contact_id = self.ctx.tasks.read_now(lambda r: kept_contact(r, asked))
            self._set_typed_aside()
            self.side.setCurrentWidget(self.detail)
            self.list.show_contact(contact_id)
            self.detail.show_contact(contact_id)
            self._show_side()
        elif target.kind == "new":
            self.new_contact()
        elif target.kind == "edit" and target.id is not None:
            self.edit(target.id)
        elif target.kind == "export":
            self.exporting.choose(self.list.ids_shown(), self.list.selected_ids())
        elif target.kind == "filter" and target.id is not None:
            self.list.show_kept(target.id)
        elif target.kind == "search":
            self.list.search.setText(target.value)

    def focus_search(self) -> bool:
        if self._importing():
            return False
        self.list.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.list.search.selectAll()
        return True

    def new_here(self) -> bool:
        self.new_contact()
        return True

    def regions(self) -> list[QWidget]:
        if self._importing() and self.imports is not None:
            return [self.imports]
        return [self.list.search, self.list.table, self.side]

    def page_state(self) -> dict[str, Any]:
        return {"splitter": self.splitter.sizes(), **self.list.state()}

    def restore_state(self, state: dict[str, Any]) -> None:
        sizes = state.get("splitter")
        if isinstance(sizes, list) and len(sizes) == 2 and all(isinstance(n, int) for n in sizes):
            self.splitter.setSizes(sizes)
        self.list.restore(str(state.get("filter", "all")), str(state.get("sort", "name")))

    # doing

    def new_contact(self, draft: ContactDraft | None = None) -> None:
        """The empty form, or one with what is known already."""
        self.close_import()
        self._set_typed_aside()
        self._keep_focus()
        self.side.setCurrentWidget(self.form)
        self._show_side()
        self.form.start_new(draft)

    def edit(self, contact_id: int, focus: str = "") -> None:
        """The form with a stored contact."""
        self._set_typed_aside()
        self._keep_focus()
        self.side.setCurrentWidget(self.form)
        self._show_side()
        self.form.start_edit(contact_id, focus)

    def delete(self, contact_ids: list[int]) -> None:
        """Delete at once; the notice offers Undo."""
        if contact_ids:
            command = DeleteContact(tuple(contact_ids))
            self.ctx.tasks.command(self, command, self._on_deleted)

    def open_import(self) -> None:
        """The import page in place of the list."""
        if self.imports is None:
            from tcf_desktop.views.imports.page import ImportPage

            self.imports = ImportPage(self.ctx)
            self.imports.left.connect(self.close_import)
            self.imports.showRequested.connect(self._on_imports_show_requested)
            self.stack.addWidget(self.imports)
        if not self._importing():
            self.stack.setCurrentWidget(self.imports)
            self.imports.start()
            self.headerChanged.emit()

    def close_import(self) -> None:
        """Back to the list."""
        if self._importing():
            self.stack.setCurrentWidget(self.splitter)
            self.headerChanged.emit()

    # reacting

    def _importing(self) -> bool:
        return self.imports is not None and self.stack.currentWidget() is self.imports

    def _keep_focus(self) -> None:
        if not self._writing():
            self._return_to = self.window().focusWidget()

    def _edit_current(self, focus: str = "") -> None:
        if self.detail.contact_id is not None and not self._importing():
            self.edit(self.detail.contact_id, focus)

    def _add_note(self) -> None:
        if self.detail.contact_id is not None and not self._importing():
            if self._writing():
                self._on_form_left()
            self._show_side()
            self.detail.add_note()

    def _delete_selected(self) -> None:
        if not self._importing():
            self.delete(self.list.selected_ids())

    def _leave_form(self) -> None:
        self.side.setCurrentWidget(self.detail)
        where = self._return_to if self._return_to is not None else self.list.table
        if where.isVisible():
            where.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.list.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_list_chosen(self, contact_id: int) -> None:
        self.detail.show_contact(contact_id)
        # A list that has just been read chooses by itself; only who goes to it leaves the form.
        by_hand = self.list.isAncestorOf(self.window().focusWidget())
        if self._writing() and by_hand and not self.form.is_touched():
            self.side.setCurrentWidget(self.detail)

    def _on_list_opened(self, contact_id: int) -> None:
        self._set_typed_aside()
        self.detail.show_contact(contact_id)
        self.side.setCurrentWidget(self.detail)
        self._show_side()
        self.detail.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_form_saved(self, contact_id: int) -> None:
        self._leave_form()
        self.detail.show_contact(contact_id)
        self.list.show_contact(contact_id)
        self.ctx.notify(self.tr("Saved"), undo=True)

    def _set_typed_aside(self) -> None:
        # Asking for a second form must not lose what stands in the first one without a word.
        if self._writing() and self.form.is_touched():
            self._on_form_left()

    def _on_form_left(self) -> None:
        typed = self.form.draft() if self.form.is_touched() else None
        contact_id = self.form.contact_id
        self._leave_form()
        if typed is not None:

            def bring_back() -> None:
                self.side.setCurrentWidget(self.form)
                self.form.take_up(typed, contact_id)

            self.ctx.notify(
                self.tr("What you typed was not saved."),
                action=NoticeAction(self.tr("Bring it back"), bring_back),
            )

    def _on_form_double_chosen(self, contact_id: int) -> None:
        self._on_form_left()
        self.list.show_contact(contact_id)
        self.detail.show_contact(contact_id)

    def _on_deleted(self, done: Deletion) -> None:
        if len(done.names) == 1:
            text = self.tr("{name} was deleted.").format(name=done.names[0][:60])
        else:
            number = i18n.locale_of().toString(len(done.names))
            text = self.tr("{n} contacts were deleted.").format(n=number)
        if done.archived:
            text = self.tr("{what} Their invoices stay as they are.").format(what=text)
        if done.kept:
            stay = self.tr("{n} stay, with money open or visits ahead: {names}.")
            if len(done.kept) == 1:
                stay = self.tr("{names} stays, with money open or visits ahead.")
            names = ", ".join(name[:30] for name in done.kept[:2])
            names += "…" if len(done.kept) > 2 else ""
            number = i18n.locale_of().toString(len(done.kept))
            text = f"{text} {stay.format(n=number, names=names)}"
        self.ctx.notify(text, undo=True)

    def _on_imports_show_requested(self, _kind: str, ids: list[int]) -> None:
        self.close_import()
        if ids:
            self.list.show_contact(ids[0])
