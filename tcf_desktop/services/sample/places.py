"""The street grid of Sioux Falls, near enough: addresses, zip codes and ways along streets.

Section lines lie one mile apart, as surveyed. House numbers on avenues follow the numbered
streets (2416 S Prairie Ave lies by 24th Street); those on streets count from Minnesota Avenue.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from itertools import pairwise
from random import Random
from typing import Final, NamedTuple

MILE_LAT: Final = 0.014472
MILE_LON: Final = 0.019965
METRES_PER_LAT: Final = 111_194.9
METRES_PER_LON: Final = METRES_PER_LAT * math.cos(math.radians(43.53))

CENTRE_LON: Final = -96.7315  # Minnesota Avenue
_BLOCKS_PER_MILE: Final = 17  # house numbers grow by 1700 a mile east or west of it

# Numbered streets and their latitudes; what lies between is interpolated.
_STREET_LATS: Final = (
    (1, 43.5601), (6, 43.5517), (10, 43.5466), (12, 43.5445), (18, 43.5383), (26, 43.5300),
    (33, 43.5228), (41, 43.5155), (49, 43.5083), (57, 43.5010), (69, 43.4866), (85, 43.4721),
)  # fmt: skip

_WEST: Final = (
    ("Main", -96.7330), ("Duluth", -96.7345), ("Summit", -96.7359), ("Prairie", -96.7374),
    ("Euclid", -96.7389), ("Lake", -96.7403), ("Grange", -96.7425), ("Hawthorne", -96.7447),
    ("Lyndale", -96.7470), ("Menlo", -96.7492), ("Western", -96.7514), ("Glendale", -96.7537),
    ("Elmwood", -96.7562), ("Covell", -96.7588), ("Kiwanis", -96.7614), ("Holly", -96.7640),
    ("Garfield", -96.7664), ("Jefferson", -96.7690), ("Louise", -96.7714), ("Shirley", -96.7748),
    ("Carolyn", -96.7780), ("Meadow", -96.7812), ("Sertoma", -96.7914), ("Marion", -96.8014),
)  # fmt: skip
_EAST: Final = (
    ("Minnesota", CENTRE_LON), ("Dakota", -96.7296), ("Phillips", -96.7278), ("1st", -96.7262),
    ("2nd", -96.7246), ("4th", -96.7222), ("6th", -96.7198), ("Van Eps", -96.7172),
    ("Blauvelt", -96.7144), ("Cliff", -96.7116), ("Lowell", -96.7086), ("Tomar", -96.7052),
    ("Cleveland", -96.7018), ("Mable", -96.6984), ("Southeastern", -96.6917), ("Bahnson", -96.6817),
    ("Sycamore", -96.6718),
)  # fmt: skip
_MAIN_LONS: Final = (-96.7914, -96.7714, -96.7514, CENTRE_LON, -96.7116, -96.6917, -96.6718)
_MAIN_LATS: Final = (43.5601, 43.5445, 43.5300, 43.5155, 43.5010, 43.4866, 43.4721)

_TOWNS: Final = (
    ("Brandon", "57005", 43.5947, -96.5719),
    ("Harrisburg", "57032", 43.4314, -96.6970),
    ("Tea", "57064", 43.4464, -96.8358),
    ("Hartford", "57033", 43.6230, -96.9428),
    ("Crooks", "57020", 43.6647, -96.8109),
    ("Dell Rapids", "57022", 43.8261, -96.7061),
)
_TOWN_STREETS: Final = (
    "Main Ave", "Oak St", "Elm St", "Prairie St", "Park Ave", "Cedar St", "Vandemark Ave",
)  # fmt: skip


class Place(NamedTuple):
    """An address with its position; ``runs_east`` when its street runs east and west."""

    street: str
    city: str
    postal_code: str
    lat: float
    lon: float
    runs_east: bool
    in_city: bool = True


def street_lat(number: float) -> float:
    """The latitude of a numbered street; 24.16 lies between 24th and 25th."""
    index = bisect_left(_STREET_LATS, (number, 0.0))
    index = min(max(index, 1), len(_STREET_LATS) - 1)
    low, low_lat = _STREET_LATS[index - 1]
    high, high_lat = _STREET_LATS[index]
    return low_lat + (high_lat - low_lat) * (number - low) / (high - low)


def ordinal(number: int) -> str:
    """1st, 2nd, 3rd, 4th, 11th, 21st."""
    if 10 <= number % 100 <= 20:
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"


def _zip(lat: float, lon: float) -> str:
    if lat < 43.4905:
        return "57108"
    if lon < -96.7540:
        return "57106" if lat < 43.5320 else "57107"
    if lon > -96.7150:
        return "57103" if lat < 43.5440 else "57110"
    return "57105" if lat < 43.5340 else "57104"


def on_avenue(name: str, house: int) -> Place:
    """A house on a north and south avenue, numbered by the streets: (``"Prairie"``, 2416)."""
    lon = dict(_WEST + _EAST)[name]
    lat = street_lat(house / 100)
    side = 0.00012 if house % 2 else -0.00012
    return Place(
        f"{house} S {name} Ave", "Sioux Falls", _zip(lat, lon), round(lat, 6),
        round(lon + side, 6), runs_east=False,
    )  # fmt: skip


def on_street(number: int, house: int, *, east: bool) -> Place:
    """A house on a numbered street, counted from Minnesota Avenue: (41, 2200, west)."""
    away = house / 100 / _BLOCKS_PER_MILE * MILE_LON
    lon = CENTRE_LON + (away if east else -away)
    lat = street_lat(number) + (0.00009 if house % 2 else -0.00009)
    return Place(
        f"{house} {'E' if east else 'W'} {ordinal(number)} St", "Sioux Falls", _zip(lat, lon),
        round(lat, 6), round(lon, 6), runs_east=True,
    )  # fmt: skip


SHOP: Final = on_street(14, 721, east=False)
LAKE_CABIN: Final = Place(
    "118 Shore Dr", "Wall Lake", "57033", 43.5291, -96.9630, runs_east=True, in_city=False
)
HARDWARE_STORE: Final = on_street(26, 1204, east=False)


def address(rng: Random, *, shops: bool = False) -> Place:
    """An address somewhere in the city, or in a small town beside it (one of fifteen)."""
    if rng.random() < 0.066 and not shops:
        return _in_town(rng)
    if shops or rng.random() < 0.38:
        if shops:
            number = rng.choice((10, 12, 14, 26, 33, 41, 41, 49, 57, 57, 69))
        else:
            number = rng.randrange(13, 84)
        east = rng.random() < 0.45
        return on_street(number, rng.randrange(101, 4600 if east else 5400), east=east)
    name, _lon = rng.choice(_WEST if rng.random() < 0.6 else _EAST)
    return on_avenue(name, rng.randrange(1301, 7600))


def _in_town(rng: Random) -> Place:
    city, postal_code, lat, lon = rng.choice(_TOWNS)
    return Place(
        f"{rng.randrange(100, 1900)} {rng.choice(_TOWN_STREETS)}", city, postal_code,
        round(lat + rng.uniform(-0.006, 0.006), 6), round(lon + rng.uniform(-0.008, 0.008), 6),
        runs_east=rng.random() < 0.5, in_city=False,
    )  # fmt: skip


def metres_between(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Straight distance; plane geometry is within 0.1 % over a city."""
    return math.hypot((lat2 - lat1) * METRES_PER_LAT, (lon2 - lon1) * METRES_PER_LON)


def way_along_streets(start: Place, end: Place) -> list[tuple[float, float]]:
    """Corners of a drive that keeps to streets: along one's own street to a main road, along it,
    and along the destination's street. (lat, lon), ends included."""
    corners = [(start.lat, start.lon)]
    if start.runs_east and end.runs_east:
        lon = _main_between(_MAIN_LONS, start.lon, end.lon)
        corners += [(start.lat, lon), (end.lat, lon)]
    elif start.runs_east:
        lon = _main_between(_MAIN_LONS, start.lon, end.lon)
        lat = _main_between(_MAIN_LATS, start.lat, end.lat)
        corners += [(start.lat, lon), (lat, lon), (lat, end.lon)]
    elif end.runs_east:
        lat = _main_between(_MAIN_LATS, start.lat, end.lat)
        lon = _main_between(_MAIN_LONS, start.lon, end.lon)
        corners += [(lat, start.lon), (lat, lon), (end.lat, lon)]
    else:
        lat = _main_between(_MAIN_LATS, start.lat, end.lat)
        corners += [(lat, start.lon), (lat, end.lon)]
    corners.append((end.lat, end.lon))
    way = [corners[0]]
    way += [corner for before, corner in pairwise(corners) if corner != before]
    return way


def way_length(way: list[tuple[float, float]]) -> float:
    """Metres along the corners."""
    return sum(metres_between(*here, *there) for here, there in pairwise(way))


def _main_between(roads: tuple[float, ...], start: float, end: float) -> float:
    middle = (start + end) / 2
    return min(roads, key=lambda road: abs(road - middle) + 2 * _outside(road, start, end))


def _outside(road: float, start: float, end: float) -> float:
    low, high = min(start, end), max(start, end)
    return max(low - road, road - high, 0.0)
