"""What is done with messages, and the words afterwards."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from tcf_desktop.qtkit import i18n
from tcf_desktop.services import messages as commands
from tcf_desktop.views.context import Target

if TYPE_CHECKING:
    from tcf_desktop.domain.told import Occasion, Way
    from tcf_desktop.services.command import Command
    from tcf_desktop.services.queries.messages import MessageRow
    from tcf_desktop.views.context import ViewContext


class MessageActions(QObject):
    """Runs the commands and says what happened, with Undo."""

    def __init__(self, ctx: ViewContext, parent: QObject) -> None:
        super().__init__(parent)
        self.ctx = ctx

    def write(
        self,
        appointment_id: int,
        occasion: Occasion,
        was_local: str = "",
        done: Callable[[int], None] | None = None,
    ) -> None:
        """Prepare a message and show it on the page, to be looked over."""

        def then(message_id: int) -> None:
            if done is not None:
                done(message_id)
            else:
                self.ctx.navigate(Target("messages", "message", message_id))

        command = commands.TellCustomer(appointment_id, occasion, was_local)
        self.ctx.tasks.command(self, command, then)

    def save(self, row: MessageRow, way: Way, address: str, subject: str, body: str) -> None:
        """Keep what was typed, without a word."""
        command = commands.SaveMessage(row.id, way, address, subject, body)
        self.ctx.tasks.command(self, command, lambda _: None)

    def mark_told(self, ids: Sequence[int], names: Sequence[str], way: Way | None = None) -> None:
        """These customers were told what the messages say."""
        text = self._who(
            names, self.tr("{name} has been told."), self.tr("{n} customers have been told.")
        )
        self._run(commands.MarkMessagesTold(tuple(ids), way), text)

    def mark_visits_told(self, ids: Sequence[int], names: Sequence[str]) -> None:
        """These customers know the new time without a message."""
        text = self._who(
            names, self.tr("{name} has been told."), self.tr("{n} customers have been told.")
        )
        self._run(commands.MarkTold(tuple(ids)), text)

    def discard(self, ids: Sequence[int], names: Sequence[str]) -> None:
        """These messages are not wanted."""
        text = self._who(
            names,
            self.tr("The message to {name} is discarded."),
            self.tr("{n} messages discarded."),
        )
        self._run(commands.DiscardMessages(tuple(ids)), text)

    def copy(self, name: str, words: str) -> None:
        """The words to the clipboard, for the program that sends."""
        QGuiApplication.clipboard().setText(words)
        self.ctx.notify(self.tr("The words to {name} are copied.").format(name=name))

    def _who(self, names: Sequence[str], one: str, many: str) -> str:
        if len(names) == 1:
            return one.format(name=names[0])
        return many.format(n=i18n.locale_of().toString(len(names)))

    def _run(self, command: Command[Any], text: str) -> None:
        self.ctx.tasks.command(self, command, lambda _: self.ctx.notify(text, undo=True))
