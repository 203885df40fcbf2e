"""The menus of an appointment: what can be done with it, and who can have it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QMenu, QWidget

from tcf_desktop.services.queries.schedule import AppointmentBlock, CrewRow, WorkerRow

Give = Callable[[int, str, tuple[str, int, str] | None], None]


def _tr(text: str) -> str:
    return QCoreApplication.translate("Schedule", text)


def new_menu(parent: QWidget, object_name: str) -> QMenu:
    """A menu that goes away when it is closed."""
    menu = QMenu(parent)
    menu.setObjectName(object_name)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return menu


def fill_give(
    menu: QMenu,
    block: AppointmentBlock,
    crews: Sequence[CrewRow],
    workers: Sequence[WorkerRow],
    give: Give,
) -> None:
    """The crews, the workers and nobody; the one who has it is marked."""
    for crew in crews:
        action = menu.addAction(
            crew.name, partial(give, block.id, block.name, ("crew", crew.id, crew.name))
        )
        action.setCheckable(True)
        action.setChecked(block.worker_id is None and crew.id == block.crew_id)
    menu.addSeparator()
    for worker in workers:
        action = menu.addAction(
            worker.name, partial(give, block.id, block.name, ("worker", worker.id, worker.name))
        )
        action.setCheckable(True)
        action.setChecked(worker.id == block.worker_id)
    menu.addSeparator()
    menu.addAction(_tr("Nobody yet"), partial(give, block.id, block.name, None))


def fill_steps(menu: QMenu, block: AppointmentBlock, run: Callable[[str], None]) -> None:
    """The first steps of a block's menu, with their keys."""
    menu.addAction(_tr("Edit…\tEnter"), partial(run, "edit"))
    if not block.invoiced:
        menu.addAction(_tr("Move to…\tR"), partial(run, "move"))
    if block.kind == "job" and block.contact_id is not None:
        menu.addAction(_tr("Invoice\tI"), partial(run, "invoice"))
    if block.state not in ("done", "cancelled", "no_show"):
        menu.addAction(_tr("Finish\tF"), partial(run, "finish"))
