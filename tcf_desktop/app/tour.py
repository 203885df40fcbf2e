"""``tcf-desktop tour DIR``: a whole working day without a screen, as a test of the real thing.

A customer calls, is put on the schedule, the crew's phone reports where it was, the job is
invoiced as a PDF, and the week goes to another calendar. Every step uses the commands and the
endpoint that the window uses; at the end every page of the window is pictured, light and dark.
"""

from __future__ import annotations

import dataclasses
import os
import shutil
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from tcf_desktop.app.sample_folder import build_sample
from tcf_desktop.app.session import Answer, Session
from tcf_desktop.base.errors import AppError

if TYPE_CHECKING:
    from tcf_desktop.services.office import Office

# The day of the pictures in the README, unless another one is asked for.
PICTURE_DAY = date(2026, 7, 14)


@dataclasses.dataclass
class Tour:
    """What the steps hand on to each other, and what they tell."""

    office: Office
    out: Path
    work: Path
    facts: dict[str, object] = dataclasses.field(default_factory=dict)
    lines: list[str] = dataclasses.field(default_factory=list)
    ids: dict[str, int] = dataclasses.field(default_factory=dict)

    def tell(self, text: str, **facts: object) -> None:
        """Add a line to tour.txt and figures to the answer."""
        self.lines.append(text)
        self.facts.update(facts)


def run(session: Session, out: Path) -> Answer:
    """Do the tour and leave its files in ``out``. Raises ``tour.own_business``."""
    out = out.expanduser().absolute()
    # The pictures must not depend on a screen, nor open one.
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    with tempfile.TemporaryDirectory(prefix="tcf-tour-", ignore_cleanup_errors=True) as place:
        tour_session = _sample_session(session, Path(place))
        try:
            return _run(tour_session, out, Path(place))
        finally:
            tour_session.close()


def _sample_session(session: Session, place: Path) -> Session:
    """The session of the sample business: one of its own unless ``--demo --data`` name one."""
    options = session.options
    if options.data is not None and not options.demo:
        if not session.folder.has_business():
            raise AppError("data.no_business", folder=session.folder.path)
        raise AppError("tour.own_business")
    if options.data is None:
        options = dataclasses.replace(
            options, data=place / "business", demo=True, date=options.date or PICTURE_DAY
        )
    return Session(options, writes=True, name="tour")


def _run(session: Session, out: Path, work: Path) -> Answer:
    from tcf_desktop.app import tour_steps
    from tcf_desktop.app.tour_pictures import take_pictures

    started = time.perf_counter()
    session.claim()
    if not session.folder.has_business():
        build_sample(session.options, session.folder)
    out.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(out / "screens", ignore_errors=True)
    tour = Tour(session.office, out, work)
    try:
        for name, step in tour_steps.STEPS:
            session.progress(name)
            step(tour)
        session.progress("pictures")
        take_pictures(tour, work)
    finally:
        tour_steps.stop(tour)
    tour.tell(f"The tour took {time.perf_counter() - started:.0f} s.")
    (out / "tour.txt").write_text("\n".join(tour.lines) + "\n", "utf-8")
    return Answer({"tour": {"folder": str(out), **tour.facts}}, tour.lines)
