"""The map of a route: the line in the crew's colour, numbered stops, the shop."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from tcf_desktop.domain.tracks import Position
from tcf_desktop.services.queries.route import RouteDay, RouteStop
from tcf_desktop.views.team.map_scene import MapScene, TrackLine, VisitMark


def route_scene(day: RouteDay, stops: Sequence[RouteStop]) -> MapScene:
    """The stops in this order; those without a position are on the list only."""
    marks = []
    way = []
    if day.base is not None:
        way.append(day.base)
    for number, stop in enumerate(stops, 1):
        if stop.spot is None:
            continue
        done = stop.state == "done"
        here = stop.state == "arrived"
        marks.append(
            VisitMark(number, *stop.spot, stop.name, day.color_index, filled=done, is_there=here)
        )
        way.append(stop.spot)
    if day.base is not None and marks:
        way.append(day.base)
    line = TrackLine(
        0,
        day.color_index,
        # Positions of one minute: a line without the dots of a silence.
        tuple(Position(fix_at=n, lat=lat, lon=lon, acc_m=None) for n, (lat, lon) in enumerate(way)),
        strong=True,
    )
    spoken = QCoreApplication.translate("Route", "Map of the route, {count} stops").format(
        count=len(marks)
    )
    tracks = (line,) if len(way) > 1 else ()
    return MapScene(tracks, tuple(marks), (), day.shop, (), spoken, tuple(way))
