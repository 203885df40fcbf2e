"""Merging from a contact's own menu, and taking a merge back there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from tcf_desktop.services.undo import UndoEntry, Undone
from tcf_desktop.views.context import Target

if TYPE_CHECKING:
    from tcf_desktop.services.queries.contact_detail import ContactDetail
    from tcf_desktop.views.context import ViewContext


def _tr(text: str) -> str:
    return QCoreApplication.translate("ContactDetail", text)


def merge_words(_detail: ContactDetail) -> str:
    """The entry of the menu."""
    return _tr("Merge with…")


def merge(ctx: ViewContext, detail: ContactDetail, _pane: QWidget) -> None:
    """Ask for the other one and compare them."""
    ctx.navigate(Target("duplicates", "merge", detail.id))


def unmerge_words(detail: ContactDetail) -> str:
    """Only where a merge stands that can be taken back."""
    if not detail.merged:
        return ""
    return _tr("Undo the merge with {name}").format(name=detail.merged[0].other[:60])


def unmerge(ctx: ViewContext, detail: ContactDetail, pane: QWidget) -> None:
    """Give both back what was theirs."""

    def done(_undone: Undone) -> None:
        words = _tr("{name} is a contact of its own again.")
        ctx.notify(words.format(name=past.other[:60]))

    past = detail.merged[0]
    ctx.tasks.command(pane, UndoEntry(past.journal_id), done)
