"""What the office does, as objects: one command, one unit of work, one entry in the undo list."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

if TYPE_CHECKING:
    from tcf_desktop.services.uow import UnitOfWork

R = TypeVar("R")


class Command(Generic[R]):
    """An imperative: ``SaveContact``, ``IssueInvoice``. Subclasses are frozen dataclasses.

    ``undoable`` says whether Ctrl+Z may take it back. ``journalled`` is False only for work that
    makes no entry at all (positions of phones, building the sample business). After one with
    ``empties_log`` the write-ahead log is cut off: what was deleted leaves it too; with
    ``rewrites_file`` the database is written anew before, so that no page keeps a rest. Commands
    with the same ``merge_key`` within half a minute make one entry, so that autosaving does not
    fill the undo list. Undoing one with ``by_field`` asks only whether the fields that it changed
    are still as it left them, so that a merge can be taken back after its invoices were paid.
    """

    __slots__ = ()

    undoable: ClassVar[bool] = True
    journalled: ClassVar[bool] = True
    empties_log: ClassVar[bool] = False
    rewrites_file: ClassVar[bool] = False
    by_field: ClassVar[bool] = False

    @abstractmethod
    def execute(self, uow: UnitOfWork) -> R:
        """Do it inside the open transaction; raise :class:`AppError` to refuse."""

    def merge_key(self) -> str:
        """What makes two rapid edits one; empty for none."""
        return ""
