"""The entries of a contact's menu that lead to handing out and erasing what is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from tcf_desktop.views.context import Target

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from tcf_desktop.services.queries.contact_detail import ContactDetail
    from tcf_desktop.views.context import ViewContext


def export_words(_detail: ContactDetail) -> str:
    """The words of the entry that hands everything out."""
    return QCoreApplication.translate("ContactDetail", "Export all about this person…")


def export(ctx: ViewContext, detail: ContactDetail, _pane: QWidget) -> None:
    """Show what is known, with the export at hand."""
    ctx.navigate(Target("privacy", "person", detail.id))


def erase_words(_detail: ContactDetail) -> str:
    """The words of the entry that erases."""
    return QCoreApplication.translate("ContactDetail", "Erase this person…")


def erase(ctx: ViewContext, detail: ContactDetail, _pane: QWidget) -> None:
    """Show what erasing would take and leave."""
    ctx.navigate(Target("privacy", "erase", detail.id))
