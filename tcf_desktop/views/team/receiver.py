"""The switch "Receive from phones": its state, its place in the rail's foot, the hourly purge.

One for each window, whatever page is shown; see :func:`receiver`.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QObject, QTimer, Signal

from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.changes import ChangeSet
from tcf_desktop.qtkit import i18n
from tcf_desktop.services.phones import (
    EVERY_ADDRESS,
    HTTP_PORT,
    Address,
    start_receiving,
    stop_receiving,
)
from tcf_desktop.services.queries.phones import Contact, phones_contact
from tcf_desktop.services.tracks import purge_uncovered
from tcf_desktop.views.context import Target
from tcf_desktop.views.status import StatusLine

if TYPE_CHECKING:
    from tcf_desktop.views.context import ViewContext

ON_KEY: Final = "phones/receive"
PORT_KEY: Final = "phones/port"
_HOUR_MS: Final = 3_600_000
_FIRST_PURGE_MS: Final = 20_000
_STATUS_MS: Final = 60_000


class PhoneReceiver(QObject):
    """``changed`` when the state, the address or the trouble is another one."""

    changed = Signal()

    def __init__(self, ctx: ViewContext) -> None:
        super().__init__(ctx.bus)
        self.ctx = ctx
        self.address: Address | None = None
        self.error: AppError | None = None
        self.busy = False
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(1000)
        self._settle.timeout.connect(self._read_status)
        self._minute = QTimer(self)
        self._minute.setInterval(_STATUS_MS)
        self._minute.timeout.connect(self._read_status)
        self._purge = QTimer(self)
        self._purge.setInterval(_HOUR_MS)
        self._purge.timeout.connect(self._on_purge_timeout)
        ctx.bus.committed.connect(self._on_bus_committed)

    @property
    def is_on(self) -> bool:
        """Whether phones are received now."""
        return self.address is not None

    @property
    def is_wanted(self) -> bool:
        """Whether the switch is on, also when the start met trouble."""
        return bool(self.ctx.device.get(ON_KEY, False))

    @property
    def port(self) -> int:
        """The port of this device; it must not change once phones are paired."""
        value = self.ctx.device.get(PORT_KEY, HTTP_PORT)
        return value if isinstance(value, int) and 0 <= value <= 65_535 else HTTP_PORT

    def resume(self) -> None:
        """After the window is painted: receive again if it was on, and tidy up. Once is enough."""
        if self._minute.isActive():
            return
        if self.is_wanted:
            self._start()
        QTimer.singleShot(_FIRST_PURGE_MS, self, self._on_purge_timeout)
        self._purge.start()
        self._minute.start()
        self._read_status()

    def set_on(self, on: bool) -> None:
        """Switch on or off; ``changed`` tells the outcome."""
        self.ctx.device.set(ON_KEY, on)
        if on:
            self._start()
        else:
            self._stop(None)

    def set_port(self, port: int) -> None:
        """Another port, at once when it is on."""
        self.ctx.device.set(PORT_KEY, port)
        if self.is_wanted:
            self._stop(self._start)
        else:
            self.changed.emit()

    # inside

    def _start(self) -> None:
        if self.busy or self.is_on:
            return
        self.busy, self.error = True, None
        self.changed.emit()
        work = partial(start_receiving, self.ctx.office, EVERY_ADDRESS, self.port)
        self.ctx.tasks.run(self, work, self._on_started, self._on_refused)

    def _on_started(self, address: Address) -> None:
        self.busy, self.address = False, address
        self._read_status()
        self.changed.emit()

    def _on_refused(self, error: AppError) -> None:
        self.busy, self.error = False, error
        self._read_status()
        self.changed.emit()

    def _stop(self, then: object) -> None:
        self.address, self.error = None, None
        self.busy = True
        self.changed.emit()

        def done(_: None) -> None:
            self.busy = False
            self._read_status()
            self.changed.emit()
            if callable(then):
                then()

        self.ctx.tasks.run(self, partial(stop_receiving, self.ctx.office), done)

    def _on_purge_timeout(self) -> None:
        self.ctx.tasks.run(self, partial(purge_uncovered, self.ctx.office))

    def _on_bus_committed(self, changes: ChangeSet) -> None:
        touched = changes.touches("phone_states", "phones", "shifts")
        if touched and self._minute.isActive() and not self._settle.isActive():
            self._settle.start()

    def _read_status(self) -> None:
        if self._minute.isActive():
            self.ctx.tasks.read(self, phones_contact, self._show_status)

    def _show_status(self, contact: Contact) -> None:
        target = Target("team", "phones")
        if self.error is not None:
            line = StatusLine(
                self.tr("Phones are not received"), self.tr("Look at Team, Phones"),
                "device-mobile", "warn", target,
            )  # fmt: skip
        elif not self.is_on or not contact.phones:
            self.ctx.status.set("phones", None)
            return
        else:
            title = self.tr("%n phone(s) paired", "", contact.phones)
            if contact.last_heard_at is None:
                detail = self.tr("None heard yet")
            else:
                ago = i18n.ago(contact.last_heard_at, self.ctx.clock.now_ms())
                detail = self.tr("Last heard {ago}").format(ago=ago)
            line = StatusLine(_plural(title, contact.phones), detail, "device-mobile", "ok", target)
        self.ctx.status.set("phones", line)


def receiver(ctx: ViewContext) -> PhoneReceiver:
    """The window's receiver, made at the first question."""
    found = ctx.services.get("phones.receiver")
    if found is None:
        found = ctx.services["phones.receiver"] = PhoneReceiver(ctx)
    return cast("PhoneReceiver", found)


def _plural(text: str, count: int) -> str:
    """English without a translation file still shows "(s)"."""
    return text.replace("(s)", "" if count == 1 else "s")
