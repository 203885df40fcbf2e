"""The usual checklist of a service, kept in the settings."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from tcf_desktop.domain.money import PRICE_SCALE as E4
from tcf_desktop.services.catalog import SaveService
from tcf_desktop.services.queries.checklists import service_checklists
from tcf_desktop.services.undo import UndoLast
from tcf_desktop.views.context import ViewContext
from tcf_desktop.views.settings.services import ServiceLine, ServicesSection
from tests.views.window_tools import settle


def test_leaving_the_field_keeps_the_list_and_undo_empties_it(
    view_context: ViewContext, qtbot: QtBot
) -> None:
    ctx = view_context
    ident = ctx.office.runner.run(SaveService(None, "Screens", 4_000 * E4))
    section = ServicesSection(ctx)
    qtbot.addWidget(section)
    section.show()
    section.load()
    settle(ctx, qtbot)
    row = section.row(ident)
    assert isinstance(row, ServiceLine)
    row.checklist.set_open(True)
    row.checklist.items.setPlainText("Count them\n\nHang them back")
    row.checklist.items.editingFinished.emit()
    settle(ctx, qtbot)
    kept = ctx.tasks.read_now(service_checklists)
    assert kept[ident] == ("Count them", "Hang them back")
    ctx.tasks.command(section, UndoLast())
    settle(ctx, qtbot)
    assert ident not in ctx.tasks.read_now(service_checklists)
