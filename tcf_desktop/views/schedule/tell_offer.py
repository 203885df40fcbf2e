"""After a change: what happened, and the offer to tell a customer who knew another time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from tcf_desktop.qtkit import i18n
from tcf_desktop.services.messages import MarkTold, TellCustomer
from tcf_desktop.services.queries import messages as queries
from tcf_desktop.services.queries.messages import Owed
from tcf_desktop.views.context import NoticeAction, Target

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader
    from tcf_desktop.views.context import ViewContext


class TellOffer(QObject):
    """Says what was done; where a customer believes in another time, one word writes to him."""

    def __init__(self, ctx: ViewContext, parent: QObject) -> None:
        super().__init__(parent)
        self.ctx = ctx

    def say(
        self,
        appointment_id: int,
        text: str,
        others: Sequence[NoticeAction] = (),
        *,
        undo: bool = True,
    ) -> None:
        """``text`` in the snackbar, with the offer when something is owed."""

        def then(owed: Owed | None) -> None:
            actions = list(others)
            said = text
            if owed is not None:
                said = f"{text} {self.tr('The customer has not been told yet.')}"
                write = partial(self.write, appointment_id, owed)
                actions.append(NoticeAction(self.tr("Write to the customer"), write))
            self.ctx.shell.notify(said, undo=undo, actions=actions)

        self.ctx.tasks.read(self, lambda r: queries.owed(r, appointment_id), then)

    def say_many(self, appointment_ids: Sequence[int], text: str) -> None:
        """The same for several visits that were changed at once."""
        ids = tuple(appointment_ids)

        def then(found: dict[int, Owed]) -> None:
            actions = []
            said = text
            if found:
                count = i18n.plural(
                    len(found),
                    self.tr("{n} customer has not been told yet."),
                    self.tr("{n} customers have not been told yet."),
                )
                said = f"{text} {count}"
                write = partial(self._write_many, found)
                actions.append(NoticeAction(self.tr("Write to them"), write))
            self.ctx.shell.notify(said, undo=True, actions=actions)

        self.ctx.tasks.read(self, lambda r: _owed_of(r, ids), then)

    def write(self, appointment_id: int, owed: Owed) -> None:
        """Prepare the message and show it, to be looked over."""
        command = TellCustomer(appointment_id, owed.occasion, owed.known_local)
        self.ctx.tasks.command(self, command, self._show)

    def mark_told(self, appointment_id: int, name: str, *, told: bool = True) -> None:
        """Note that the customer knows what is planned, or that he does not."""
        text = self.tr("{name} knows this time.") if told else self.tr("{name} has not been told.")
        self.ctx.tasks.command(
            self,
            MarkTold((appointment_id,), told),
            lambda _: self.ctx.notify(text.format(name=name), undo=True),
        )

    def _show(self, message_id: int) -> None:
        self.ctx.navigate(Target("messages", "message", message_id))

    def _write_many(self, found: dict[int, Owed]) -> None:
        ids = list(found)

        def last(_: int) -> None:
            self.ctx.navigate(Target("messages", "waiting"))

        for ident in ids:
            owed = found[ident]
            then: Callable[[int], None] = last if ident == ids[-1] else _nothing
            command = TellCustomer(ident, owed.occasion, owed.known_local)
            self.ctx.tasks.command(self, command, then)


def _owed_of(r: Reader, ids: Sequence[int]) -> dict[int, Owed]:
    found = {ident: queries.owed(r, ident) for ident in ids}
    return {ident: owed for ident, owed in found.items() if owed is not None}


def _nothing(_: int) -> None:
    """Only the last of several is shown."""
