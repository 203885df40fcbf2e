"""Puts the parts together: ports into the office, the office into the window.

Importing this loads neither Qt nor SQLAlchemy nor any of the heavy libraries.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tcf_desktop.app.late_phones import LatePhones
from tcf_desktop.app.late_worker import LateWorker
from tcf_desktop.base.clock import Clock, SystemClock
from tcf_desktop.base.paths import DataFolder
from tcf_desktop.ports import Ports
from tcf_desktop.services.office import NewBusiness, Office

if TYPE_CHECKING:
    from tcf_desktop.views.context import ViewContext


def plug_ports() -> Ports:
    """The real integrations; their processes start on first use."""
    return Ports(documents=LateWorker("documents"), files=LateWorker("files"))


def open_office(folder: DataFolder, clock: Clock | None = None) -> Office:
    """Open the business in a folder with everything plugged in."""
    return _with_phones(Office.open(folder, clock or SystemClock(), plug_ports()))


def create_office(folder: DataFolder, business: NewBusiness, clock: Clock | None = None) -> Office:
    """Make a business in an empty folder and open it."""
    return _with_phones(Office.create(folder, clock or SystemClock(), business, plug_ports()))


def _with_phones(office: Office) -> Office:
    # The endpoint writes through the office, so it can only be plugged in afterwards.
    office.ports.phones = LatePhones(office)
    return office


def make_view_context(office: Office, device_path: Path) -> ViewContext:
    """What pages need of an open office. Needs a QApplication; close it before the office."""
    from tcf_desktop.qtkit.changebus import ChangeBus
    from tcf_desktop.qtkit.settings_store import DeviceSettings
    from tcf_desktop.qtkit.tasks import Tasks
    from tcf_desktop.views.context import ViewContext

    bus = ChangeBus()
    bus.attach(office.runner)
    return ViewContext(
        office=office, tasks=Tasks(office), bus=bus, device=DeviceSettings(device_path)
    )
