"""What is done with several contacts at once: tags, price list. Each is one entry of Undo."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QStringListModel, Qt, Signal
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QMenu, QWidget

from tcf_desktop.qtkit import i18n
from tcf_desktop.services.queries.contact_choices import FilterChoices, tags_of
from tcf_desktop.views.common import (
    DataLabel,
    FilterChip,
    FormField,
    LineEdit,
    PrimaryButton,
)
from tcf_desktop.views.common.completion import give_room
from tcf_desktop.views.common.flow import FlowRow
from tcf_desktop.views.contacts.sheet import PaneSheet

if TYPE_CHECKING:
    from tcf_desktop.views.context import ViewContext


class TagSheet(PaneSheet):
    """Tags to give, and those of the selection to take away."""

    applied = Signal(tuple, tuple, tuple)  # contacts, tags to give, tags to take away

    def __init__(self, ctx: ViewContext, parent: QWidget) -> None:
        super().__init__("", parent, object_name="contacts.tags")
        self.ctx = ctx
        self._ids: tuple[int, ...] = ()
        self._known = QStringListModel(self)
        self.add = LineEdit(object_name="contacts.tags.add")
        completer = QCompleter(self._known, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        give_room(completer)
        self.add.setCompleter(completer)
        self.add.returnPressed.connect(self._on_apply_clicked)
        self.add.textChanged.connect(self._show_able)
        self.body.setSpacing(10)
        self.body.addWidget(
            FormField(
                self.tr("Add tags"), self.add, hint=self.tr("Several with commas between them.")
            )
        )
        self._take_label = DataLabel(self.tr("Take away"), "caption", "text2", weight=500)
        self._take = FlowRow()
        self._chips: list[FilterChip] = []
        self.body.addWidget(self._take_label)
        self.body.addWidget(self._take)
        self.apply = PrimaryButton(self.tr("Change tags"), object_name="contacts.tags.apply")
        self.apply.clicked.connect(self._on_apply_clicked)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.apply)
        self.body.addLayout(foot)

    def open_for(self, ids: Sequence[int], known: FilterChoices, top: int) -> None:
        """Ask for the tags of these contacts."""
        self._ids = tuple(ids)
        title = i18n.plural(
            len(self._ids), self.tr("Tags of {n} contact"), self.tr("Tags of {n} contacts")
        )
        self.title.setText(title)
        self.setAccessibleName(title)
        self._known.setStringList(list(known.tags))
        self.add.clear()
        self._show_tags(())
        self.open_at(top, self.add)
        asked = self._ids

        def answer(tags: tuple[str, ...]) -> None:
            if asked == self._ids and self.isVisible():
                self._show_tags(tags)

        self.ctx.tasks.read(self, lambda r: tags_of(r, asked), answer)

    def _show_tags(self, tags: Sequence[str]) -> None:
        flow = self._take.flow
        while (item := flow.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._chips = []
        for tag in tags:
            chip = FilterChip(tag, object_name=f"contacts.tags.take.{tag}")
            chip.clicked.connect(self._show_able)
            self._take.add(chip)
            self._chips.append(chip)
        self._take.setVisible(bool(tags))
        self._take_label.setVisible(bool(tags))
        self._take.updateGeometry()
        self._show_able()
        if self.isVisible():
            self.refit()

    def _show_able(self) -> None:
        wanted = bool(self.add.text().strip(" ,")) or any(c.isChecked() for c in self._chips)
        self.apply.setEnabled(wanted)

    def _on_apply_clicked(self) -> None:
        if not self.apply.isEnabled():
            return
        given = tuple(tag.strip() for tag in self.add.text().split(",") if tag.strip())
        taken = tuple(chip.text() for chip in self._chips if chip.isChecked())
        self.dismiss()
        self.applied.emit(self._ids, given, taken)


def fill_price_lists(
    menu: QMenu, known: FilterChoices, usual: str, give: Callable[[int | None], None]
) -> None:
    """The price lists to choose from, and last the ``usual`` prices."""
    for list_id, name in known.price_lists:
        menu.addAction(name.replace("&", "&&"), partial(give, list_id))
    if known.price_lists:
        menu.addSeparator()
    menu.addAction(usual, partial(give, None))


def below(button: QWidget) -> QPoint:
    """Where a menu of a button hangs."""
    return button.mapToGlobal(QPoint(0, button.height() + 2))
