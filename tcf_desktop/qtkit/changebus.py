"""Carries the writer's notices to the GUI thread."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal

from tcf_desktop.domain.changes import ChangeSet
from tcf_desktop.services.runner import CommandRunner


class ChangeBus(QObject):
    """Emits ``committed`` on the GUI thread after each commit."""

    committed = Signal(object)  # ChangeSet
    _arrived = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner: CommandRunner | None = None
        self._arrived.connect(self._on_arrived, Qt.ConnectionType.QueuedConnection)

    def attach(self, runner: CommandRunner) -> None:
        """Listen to a writer."""
        self._runner = runner
        runner.on_commit(self._on_commit)

    def detach(self) -> None:
        """Listen no more; call before this object dies."""
        if self._runner is not None:
            self._runner.remove_listener(self._on_commit)
            self._runner = None

    def _on_commit(self, changes: ChangeSet) -> None:
        self._arrived.emit(changes)

    def _on_arrived(self, changes: ChangeSet) -> None:
        self.committed.emit(changes)
