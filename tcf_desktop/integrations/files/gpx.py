"""GPX tracks (topografix.com/GPX/1/1). Runs in the worker process; the file may be hostile."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, Final

from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.tracks import FilePoint, ParsedTrack, not_negative, number
from tcf_desktop.integrations.files import guard

POINT_LIMIT: Final = 500_000
SIZE_LIMIT: Final = 128 * guard.MEGABYTE
_DECLARATION: Final = re.compile(r"<!(?:DOCTYPE|ENTITY)")
NO_TIME: Final = "It has no time."
NO_PLACE: Final = "Its place is not on the globe."
NOT_A_TRACK: Final = "It is a place mark, not a position of a track."


def parse(path: str, limit: int = POINT_LIMIT) -> ParsedTrack:
    """The timed positions of a GPX file; times without a zone are marked as such.

    Raises ``tracks.not_gpx`` with the reason, ``tracks.forbidden_markup`` for a document type or
    entities, ``tracks.too_many``, and what :func:`guard.read_bytes` raises.
    """
    source = guard.read_text(path, SIZE_LIMIT)
    _refuse_markup(source)
    if source.text.count("<trkpt") > limit:
        raise AppError("tracks.too_many", file=source.name, limit=f"{limit:,}")
    return _collect(source.name, _parse(source))


def _refuse_markup(source: guard.TextFile) -> None:
    from defusedxml import DefusedXmlException, ElementTree

    try:
        root = ElementTree.fromstring(source.text, forbid_dtd=True)
    except DefusedXmlException as error:
        found = _DECLARATION.search(source.text)
        line = source.text.count("\n", 0, found.start()) + 1 if found else 1
        raise AppError("tracks.forbidden_markup", file=source.name, line=line) from error
    except (ElementTree.ParseError, ValueError) as error:
        position = getattr(error, "position", None)
        where = f"line {position[0]} is not well-formed" if position else "it is not XML"
        raise AppError("tracks.not_gpx", file=source.name, reason=where) from error
    if not str(root.tag).endswith("gpx"):
        raise AppError(
            "tracks.not_gpx", file=source.name, reason="its outermost element is not gpx"
        )


def _parse(source: guard.TextFile) -> Any:
    import gpxpy
    from gpxpy.gpx import GPXException

    try:
        return gpxpy.parse(source.text)
    except (GPXException, ValueError, TypeError, AttributeError) as error:
        reason = f"a position or a height {_bad_line(source.text)} cannot be read"
        raise AppError("tracks.not_gpx", file=source.name, reason=reason) from error


def _bad_line(text: str) -> str:
    """Where the first number stands that is none; gpxpy does not say."""
    from xml.parsers import expat

    found: list[int] = []
    content: list[str] = []
    parser = expat.ParserCreate()

    def note(value: str) -> None:
        try:
            float(value)
        except ValueError:
            found.append(parser.CurrentLineNumber)

    def on_start(_name: str, attributes: dict[str, str]) -> None:
        content.clear()
        for key in attributes.keys() & {"lat", "lon"}:
            note(attributes[key])

    def on_end(name: str) -> None:
        if name == "ele":
            note("".join(content))
        content.clear()

    parser.StartElementHandler = on_start
    parser.EndElementHandler = on_end
    parser.CharacterDataHandler = content.append
    parser.Parse(text, True)
    return f"on line {found[0]}" if found else "in it"


def _collect(name: str, gpx: Any) -> ParsedTrack:
    points: list[FilePoint] = []
    left_out: list[tuple[int, str]] = []
    row = 0
    for point in _track_points(gpx):
        row += 1
        lat, lon = number(point.latitude), number(point.longitude)
        moment: datetime | None = point.time
        if moment is None:
            left_out.append((row, NO_TIME))
            continue
        if lat is None or lon is None or not (-90 <= lat <= 90 and -180 <= lon <= 180):
            left_out.append((row, NO_PLACE))
            continue
        naive = moment.tzinfo is None
        seconds = int((moment.replace(tzinfo=UTC) if naive else moment).timestamp())
        if seconds < 0:
            left_out.append((row, NO_TIME))
            continue
        points.append(
            FilePoint(
                row,
                seconds * 1000,
                lat,
                lon,
                number(point.elevation),
                not_negative(point.speed),
                naive,
            )
        )
    for _ in (*gpx.waypoints, *(place for route in gpx.routes for place in route.points)):
        row += 1
        left_out.append((row, NOT_A_TRACK))
    names = tuple(str(track.name) for track in gpx.tracks if track.name)
    return ParsedTrack(name, names, tuple(points), tuple(left_out))


def _track_points(gpx: Any) -> Iterator[Any]:
    for track in gpx.tracks:
        for segment in track.segments:
            yield from segment.points
