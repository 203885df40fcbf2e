"""What a support command works with: the options, the data folder and the office in it."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from tcf_desktop.base.clock import Clock, SystemClock
from tcf_desktop.base.errors import AppError
from tcf_desktop.base.paths import DataFolder, default_data_folder, demo_data_folder

if TYPE_CHECKING:
    from tcf_desktop.app.folder_lock import FolderLock
    from tcf_desktop.services.office import Office

SIZES = ("small", "default", "large")


@dataclass(frozen=True, slots=True)
class Options:
    """The options that every command takes, before or after its name."""

    data: Path | None = None
    demo: bool = False
    size: str | None = None
    seed: int | None = None
    date: date | None = None
    json: bool = False

    def folder(self) -> DataFolder:
        """The chosen data folder; ``--demo`` alone has one of its own."""
        if self.data is not None:
            return DataFolder(self.data.expanduser().absolute())
        return demo_data_folder() if self.demo else default_data_folder()

    def clock(self) -> Clock:
        """The computer's clock, or one that runs on from 10:42 of ``--date`` where the
        sample business is."""
        if self.date is None:
            return SystemClock()
        from datetime import datetime, time
        from zoneinfo import ZoneInfo

        from tcf_desktop.base.clock import DateShiftedClock, to_ms

        return DateShiftedClock(
            to_ms(datetime.combine(self.date, time(10, 42), ZoneInfo("America/Chicago")))
        )


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command found or did: an object for programs, lines for people."""

    data: Mapping[str, object] = field(default_factory=dict)
    lines: Sequence[str] = ()
    ok: bool = True


class Session:
    """One call of the command line. Opens the office on first use and closes it at the end."""

    def __init__(self, options: Options, *, writes: bool, name: str = "command") -> None:
        self.options = options
        self.folder = options.folder()
        self.clock = options.clock()
        self.writes = writes
        self._name = name
        self._office: Office | None = None
        self._lock: FolderLock | None = None

    @property
    def office(self) -> Office:
        """The open business. Raises what :meth:`Office.open` raises."""
        if self._office is None:
            from tcf_desktop.app.bootstrap import open_office
            from tcf_desktop.models.connection import SCHEMA_VERSION, schema_version

            if schema_version(self.folder.database) < SCHEMA_VERSION:
                # Opening brings an older layout up to date, which is a write.
                self.claim()

            self._office = open_office(self.folder, self.clock)
        return self._office

    def adopt(self, office: Office) -> None:
        """Use an office that the command made itself, and close it at the end."""
        self._office = office

    def claim(self) -> None:
        """Take the data folder for a writing command; ``app.busy`` names who has it."""
        from tcf_desktop.app.folder_lock import FolderLock

        if self._lock is None:
            self._lock = FolderLock(self.folder, self._name)
            self._lock.acquire()

    def look_at_folder(self) -> None:
        """Refuse a place where no data may lie, and warn of one where it should not."""
        from tcf_desktop.base.folder_guard import refuse_network_drive, sync_service

        folder = self.folder.path
        if folder.is_file():
            raise AppError("data.not_a_folder", folder=folder)
        refuse_network_drive(folder)
        service = sync_service(folder)
        if service is not None and self.writes:
            warning = AppError("data.in_cloud_folder", folder=folder, service=service)
            print(f"tcf-desktop: {warning}", file=sys.stderr)

    def ensure_business(self) -> None:
        """Build the sample business with ``--demo``; without one refuse and create nothing."""
        self.look_at_folder()
        if not self.options.demo:
            if not self.folder.has_business():
                raise AppError("data.no_business", folder=self.folder.path)
            return
        prepare_sample(self.options, self.folder, self.claim)
        if not self.writes and self._lock is not None:
            self._lock.release()
            self._lock = None

    def announce(self, answer: Answer) -> None:
        """Print an answer now, for commands that go on running."""
        show(answer, as_json=self.options.json)

    def progress(self, text: str) -> None:
        """A word to the person waiting; silent when standard error is no terminal."""
        if sys.stderr.isatty():
            print(text, file=sys.stderr, flush=True)

    def close(self) -> None:
        """Finish the writes and let go of the folder."""
        if self._office is not None:
            self._office.close()
            self._office = None
        if self._lock is not None:
            self._lock.release()
            self._lock = None


def prepare_sample(options: Options, folder: DataFolder, claim: Callable[[], None]) -> None:
    """See to it that the sample that was asked for is there; ``claim`` takes the folder."""
    from tcf_desktop.app.sample_folder import build_sample, may_renew, must_build

    if must_build(options, folder):
        claim()
        build_sample(options, folder)
    elif may_renew(options, folder):
        try:
            claim()
        except AppError:
            # A window shows it just now; yesterday's sample will do.
            return
        build_sample(options, folder)


def show(answer: Answer, *, as_json: bool) -> None:
    """Print an answer: one JSON object on one line, or lines for people. Flushed."""
    if as_json:
        text = json.dumps(answer.data, ensure_ascii=False, default=str)
    else:
        text = "\n".join(answer.lines)
    if text:
        print(text, flush=True)
