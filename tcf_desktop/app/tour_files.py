"""The files that the tour brings along: what a phone, Google and a GPS logger would hand over."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime

VCARDS = """\
BEGIN:VCARD
VERSION:3.0
UID:tour-1
N:Whitfield;Nora;;;
FN:Nora Whitfield
TEL;TYPE=CELL:507-555-0171
EMAIL;TYPE=HOME:nora.whitfield@mail.example
ADR;TYPE=HOME:;;2216 S Summit Ave;Sioux Falls;SD;57105;USA
END:VCARD
BEGIN:VCARD
VERSION:4.0
UID:tour-2
N:Lindqvist;Åsa;;;
FN:Åsa Lindqvist
ORG:Prairie Dental Group
TEL;VALUE=uri;TYPE=work:tel:+1-507-555-0172
EMAIL:office@prairie-dental.example
ADR;TYPE=work:;;4101 W 57th St;Sioux Falls;SD;57106;USA
END:VCARD
BEGIN:VCARD
VERSION:2.1
N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Mu=C3=B1oz;Elena
FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Elena Mu=C3=B1oz
TEL;HOME:507 555 0173
END:VCARD
BEGIN:VCARD
VERSION:3.0
FN:
END:VCARD
"""

GOOGLE_CSV = """\
First Name,Middle Name,Last Name,Organization Name,E-mail 1 - Label,E-mail 1 - Value,\
Phone 1 - Label,Phone 1 - Value,Address 1 - Label,Address 1 - Street,Address 1 - City,\
Address 1 - Region,Address 1 - Postal Code,Address 1 - Country,Labels
Grace,,Abernathy,,Home,grace.abernathy@mail.example,Mobile,507-555-0174,Home,812 E 18th St,\
Sioux Falls,SD,57105,US,* myContacts
Theo,,Brandvold,Brandvold Orchards,Work,theo@brandvold.example,Work,507-555-0175,Work,\
47112 271st St,Tea,SD,57064,US,* myContacts
Nora,,Whitfield,,Home,nora.whitfield@mail.example,Mobile,507-555-0171,,,,,,,* myContacts
"""

# For the picture of the preview: new ones, one that is there, one in doubt, one that is empty.
PREVIEW_CSV = """\
Name,Company,Phone,E-mail,Street,City,State,ZIP
Hannah Becker,,507-555-0181,hannah.becker@mail.example,1203 S Center Ave,Sioux Falls,SD,57105
,Harbor Lights Living,507-555-0182,desk@harbor.example,3401 W 49th,Sioux Falls,SD,57106
Margaret Olson,,507-555-0176,margaret.olson@mail.example,1905 S Phillips Ave,Sioux Falls,SD,57105
Kirsten Dahl,,507-555-0176,kirsten@dahl.example,618 N Duluth Ave,Sioux Falls,SD,57104
Owen Tschetter,,507-555-0183,,,Brandon,SD,57005
,,,,,,,
Priya Raman,Raman Family Dental,507-555-0184,hello@raman.example,5120 S Cliff,Sioux Falls,SD,57108
"""

# A drive through Sioux Falls: (minutes after the start, latitude, longitude).
DRIVE: tuple[tuple[int, float, float], ...] = (
    (0, 43.5473, -96.7426),
    (3, 43.5473, -96.7331),
    (6, 43.5445, -96.7312),
    (9, 43.5391, -96.7312),
    (12, 43.5353, -96.7311),
    (15, 43.5310, -96.7303),
    (18, 43.5268, -96.7300),
    (21, 43.5231, -96.7299),
    (24, 43.5231, -96.7299),
    (27, 43.5231, -96.7300),
)


def owntracks(at_s: int, lat: float, lon: float) -> bytes:
    """One message of OwnTracks in HTTP mode."""
    message = {
        "_type": "location", "tid": "so", "t": "t", "tst": at_s, "lat": lat, "lon": lon,
        "acc": 8, "alt": 447, "vel": 38, "batt": 82, "conn": "m",
    }  # fmt: skip
    return json.dumps(message).encode()


def overland(points: Sequence[tuple[int, float, float]]) -> bytes:
    """One batch of Overland, GeoJSON with ISO times. ``points``: (UTC seconds, lat, lon)."""
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [lon, lat]},
            "properties": {
                "timestamp": _iso(at_s), "horizontal_accuracy": 10, "speed": 9, "altitude": 447,
                "battery_level": 0.81, "battery_state": "unplugged", "motion": ["driving"],
                "wifi": "", "device_id": "sam",
            },
        }
        for at_s, lat, lon in points
    ]  # fmt: skip
    return json.dumps({"locations": features}).encode()


def gpx(points: Sequence[tuple[int, float, float]]) -> str:
    """A GPX 1.1 track. ``points``: (UTC seconds, latitude, longitude)."""
    lines = "\n".join(
        f'   <trkpt lat="{lat:.6f}" lon="{lon:.6f}"><time>{_iso(at_s)}</time></trkpt>'
        for at_s, lat, lon in points
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<gpx version="1.1" creator="Logger" xmlns="http://www.topografix.com/GPX/1/1">\n'
        f" <trk><name>Sam Ortiz</name>\n  <trkseg>\n{lines}\n  </trkseg></trk>\n</gpx>\n"
    )


def _iso(at_s: int) -> str:
    return datetime.fromtimestamp(at_s, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
