"""A second start of the same data folder raises the window of the first."""

from __future__ import annotations

import hashlib
import logging

from PySide6.QtCore import QDeadlineTimer, QObject, QThread, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from tcf_desktop.base.paths import DataFolder

log = logging.getLogger(__name__)
_RAISE = b"raise\n"


def socket_name(folder: DataFolder) -> str:
    """The name of the local socket of a data folder; the same through links to it."""
    real = str(folder.path.resolve()).casefold()
    return "tcf-desktop-" + hashlib.sha256(real.encode("utf-8", "surrogateescape")).hexdigest()[:20]


def raise_first_window(folder: DataFolder, wait_ms: int = 3000) -> bool:
    """Ask the window that holds the folder to come to the front; False when none answers."""
    socket = QLocalSocket()
    deadline = QDeadlineTimer(wait_ms)
    socket.connectToServer(socket_name(folder))
    while not socket.waitForConnected(wait_ms):
        # The first window takes the folder a moment before it listens.
        if deadline.hasExpired():
            return False
        QThread.msleep(100)
        socket.connectToServer(socket_name(folder))
    socket.write(_RAISE)
    socket.flush()
    answered = socket.waitForReadyRead(wait_ms)
    socket.disconnectFromServer()
    return answered


class WindowCall(QObject):
    """Listens for later starts. Only this user's processes can reach it."""

    raise_requested = Signal()

    def __init__(self, folder: DataFolder, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_server_new_connection)
        name = socket_name(folder)
        # The folder's lock is ours, so a socket of that name is what a crash left behind.
        QLocalServer.removeServer(name)
        if not self._server.listen(name):
            log.warning("later starts cannot raise this window: %s", self._server.errorString())

    def close(self) -> None:
        """Listen no more."""
        self._server.close()

    def _on_server_new_connection(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.readyRead.connect(self._on_socket_ready_read)
            socket.disconnected.connect(socket.deleteLater)
            if socket.bytesAvailable():
                self._answer(socket)

    def _on_socket_ready_read(self) -> None:
        socket = self.sender()
        if isinstance(socket, QLocalSocket):
            self._answer(socket)

    def _answer(self, socket: QLocalSocket) -> None:
        if bytes(socket.readAll().data()).startswith(_RAISE):
            socket.write(b"ok\n")
            socket.flush()
            self.raise_requested.emit()
