"""The customers whom one meets on the screens: their places, habits and this week's visits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from tcf_desktop.services.sample import places
from tcf_desktop.services.sample.catalog import CARPET, LAWN, WINDOWS
from tcf_desktop.services.sample.places import Place, on_avenue, on_street

Item = tuple[str, float] | tuple[str, float, int]  # service, quantity, agreed price in cents


@dataclass(frozen=True, slots=True)
class Habit:
    """Work done again and again: trade, days between, items, minutes, index of the place."""

    trade: str
    interval_days: int
    items: tuple[Item, ...]
    minutes: int
    spot: int = 0
    title: str = ""
    pause_days: int = 0


@dataclass(frozen=True, slots=True)
class Member:
    """A fixed contact. ``phone`` are the last four digits after 605-555."""

    first: str
    last: str
    company: str
    phone: str
    spots: tuple[tuple[str, Place], ...]
    habits: tuple[Habit, ...] = ()
    access: str = ""
    note: str = ""
    source: str = "Referral"
    tags: str = ""
    exempt: bool = False
    pays: str = "soon"
    kind: str = "customer"
    gate: str = ""
    deleted_days: int = 0


@dataclass(frozen=True, slots=True)
class Booking:
    """A visit of this week: who, when (minute of the day), how long, what, for which trade.

    ``mood``: empty, held, estimate.
    """

    who: str
    trade: str
    start: int
    minutes: int
    items: tuple[Item, ...]
    title: str = ""
    spot: int = 0
    arrival: tuple[int, int] | None = None
    mood: str = ""
    note: str = ""


def _home(place: Place) -> tuple[tuple[str, Place], ...]:
    return (("Home", place),)


def _site(name: str, place: Place) -> tuple[tuple[str, Place], ...]:
    return ((name, place),)


_FALLS_PARK: Final = tuple(
    (f"Bldg {number}", on_avenue("Cliff", 2600 + 40 * number)) for number in range(1, 7)
)
_GOOD_SAM: Final = tuple(
    (name, on_avenue("Kiwanis", 4800 + 36 * index))
    for index, name in enumerate(
        ("Main House", "North Wing", "South Wing", "Chapel", "Therapy Center", "Garden Court",
         "Kitchen and Dining", "Staff House")
    )
)  # fmt: skip
_MOW: Final = (("mow", 1),)

CAST: Final[dict[str, Member]] = {
    "hartmann": Member(
        "Julia", "Hartmann", "", "0172",
        (("Home", on_avenue("Prairie", 2416)), ("Lake cabin", places.LAKE_CABIN)),
        (Habit(WINDOWS, 178, (("win_io", 42),), 85, pause_days=150),
         Habit(WINDOWS, 365, (("win_io", 26), ("screens", 26)), 90, spot=1, pause_days=40)),
        "Dog in the yard: ring first",
        "Use the side ladder for the stairwell pane. Screens are numbered.", "Neighbor",
        gate="4471",
    ),
    "prairie": Member(
        "", "", "Prairie Dental", "0180", _site("Clinic", on_street(26, 1815, east=True)),
        (Habit(WINDOWS, 28, (("storefront", 40),), 105, title="Storefront", pause_days=20),
         Habit(WINDOWS, 84, (("win_in", 72),), 120, title="Inside, closed", pause_days=25)),
        "Alarm first, then the key to the left", "Invoice to the office manager.", tags="Monthly",
        pays="monthly", gate="7730#",
    ),
    "olson": Member(
        "Beth", "Olson", "", "0138", _home(on_avenue("Grange", 4712)),
        (Habit(WINDOWS, 182, (("win_io", 44), ("tracks", 8.5)), 90, pause_days=120),),
        source="Website",
    ),
    "falls_park": Member(
        "", "", "Falls Park Condos", "0190", _FALLS_PARK,
        tuple(
            Habit(WINDOWS, 60, (("side", 4),), 120, spot=n, title=f"Bldg {n + 1}", pause_days=14)
            for n in (0, 1, 4, 5)
        ),
        "Roof key at the office of Bldg 1", "Tenants get a notice two days ahead.", "Home show",
        pays="monthly",
    ),
    "novak": Member(
        "Peter", "Novak", "", "0124", _home(on_avenue("Glendale", 4025)),
        (Habit(CARPET, 340, (("room", 3), ("stairs", 1)), 150, pause_days=300),),
        "Keypad at the garage", source="Mailer", gate="2285",
    ),
    "grace": Member(
        "", "", "Grace Lutheran Church", "0133",
        (("Nursery", on_street(33, 1410, east=False)), ("Hall", on_street(33, 1418, east=False))),
        (Habit(CARPET, 91, (("room", 2), ("spots", 1)), 105, title="Nursery", pause_days=80),
         Habit(CARPET, 182, (("commercial", 1300, 30),), 150, spot=1, title="Hall",
               pause_days=120)),
        "Ask at the office, Tue to Fri", "No work on Wednesday evenings.", "Church bulletin",
        exempt=True, pays="monthly",
    ),
    "tran": Member(
        "Linh", "Tran", "", "0144", _home(on_avenue("Holly", 5210)),
        (Habit(CARPET, 365, (("sofa", 1), ("rug", 2)), 120, pause_days=340),), pays="now",
    ),
    "dahl": Member(
        "Roger & Kim", "Dahl", "", "0117", _home(on_avenue("Lowell", 3307)),
        (Habit(LAWN, 7, _MOW, 55, title="Mow", pause_days=5),), pays="now",
    ),
    "meyer": Member(
        "Doris", "Meyer", "", "0121", _home(on_avenue("Tomar", 3918)),
        (Habit(LAWN, 7, _MOW, 55, title="Mow", pause_days=5),), source="Neighbor",
    ),
    "bishop": Member(
        "Sam", "Bishop", "", "0152", _home(on_avenue("Southeastern", 5620)),
        (Habit(LAWN, 7, _MOW, 50, title="Mow", pause_days=5),), "Leave the gate shut, two dogs",
    ),
    "sunrise": Member(
        "", "", "Sunrise HOA", "0185", _site("Entrance and park", on_street(57, 2210, east=True)),
        (Habit(LAWN, 14, (("edging", 8),), 90, title="Edge", pause_days=10),), pays="monthly",
    ),
    "schmidt": Member(
        "Walter", "Schmidt", "", "0127", _home(on_avenue("Blauvelt", 4404)),
        (Habit(LAWN, 10, (("mow_large", 1),), 90, title="Mow, trim", pause_days=7),), pays="now",
    ),
    "kowalski": Member("Stan", "Kowalski", "", "0141", _home(on_avenue("Menlo", 3120)),
                       (Habit(WINDOWS, 182, (("win_out", 60),), 90, pause_days=150),)),
    "marriott": Member("", "", "Marriott Convention Hotel", "0188",
                       (("Hall 1", on_street(10, 305, east=False)),
                        ("Hall 2", on_street(10, 311, east=False))),
                       (Habit(CARPET, 45, (("commercial", 1300, 40),), 180, title="Hall 1",
                              pause_days=20),), pays="monthly"),
    "sioux_steel": Member("", "", "Sioux Steel", "0192", _site("Office", on_avenue("4th", 1345)),
                          (Habit(WINDOWS, 56, (("win_out", 80), ("lobby", 1)), 120,
                                 pause_days=40),), pays="monthly"),
    "anders": Member("Joy", "Anders", "", "0129", _home(on_street(49, 1911, east=False)),
                     (Habit(WINDOWS, 182, (("win_io", 52), ("tracks", 15.5)), 150,
                            pause_days=150),)),
    "lund": Member("Erik", "Lund", "", "0135", _home(on_avenue("Bahnson", 2811)),
                   (Habit(CARPET, 365, (("room", 2), ("deodorizer", 1)), 120, pause_days=330),)),
    "reyes": Member("Carla", "Reyes", "", "0156", _home(on_avenue("Elmwood", 5512)),
                    (Habit(WINDOWS, 120, (("win_io", 50),), 150, pause_days=34),),
                    "Cat must stay inside", pays="slow"),
    "cherapa": Member("", "", "Cherapa Place", "0195", _site("Lobby", on_street(8, 405, east=True)),
                      (Habit(WINDOWS, 28, (("lobby", 4),), 120, title="Lobby glass",
                             pause_days=20),), pays="monthly"),
    "vance": Member("Tom", "Vance", "", "0158", _home(on_avenue("Jefferson", 6204)),
                    (Habit(CARPET, 365, (("whole_house", 1),), 180, pause_days=340),)),
    "moen": Member("Astrid", "Moen", "", "0119", _home(on_avenue("Lyndale", 3640)),
                   (Habit(WINDOWS, 182, (("win_io", 48), ("screens", 16)), 120,
                          pause_days=150),), "Side door, the bell does not work"),
    "dakota_title": Member("", "", "Dakota Title", "0187",
                           _site("Offices", on_street(41, 3410, east=False)),
                           (Habit(CARPET, 91, (("commercial", 1000),), 150, title="Offices",
                                  pause_days=70),), pays="monthly"),
    "yang": Member("Mai", "Yang", "", "0163", _home(on_avenue("Carolyn", 4416)),
                   (Habit(CARPET, 365, (("room", 3), ("protector", 1)), 150, pause_days=340),)),
    "kessler": Member("", "", "Kessler Law Office", "0161",
                      _site("Office", on_street(12, 510, east=False)),
                      (Habit(WINDOWS, 56, (("storefront", 40),), 110, pause_days=64),),
                      pays="slow"),
    "ostrom": Member("Ingrid", "Ostrom", "", "0149", _home(on_avenue("Mable", 4120)),
                     (Habit(WINDOWS, 182, (("win_io", 40), ("screens", 10)), 120,
                            pause_days=150),)),
    "hollis": Member("", "", "Hollis Insurance", "0105",
                     _site("Office", on_street(41, 2902, east=False)),
                     (Habit(WINDOWS, 90, (("storefront", 25),), 75, pause_days=89),)),
    "bergstrom": Member("Ellen", "Bergstrom", "", "0148", _home(on_avenue("Summit", 2205)),
                        (Habit(WINDOWS, 182, (("win_io", 42), ("screens", 14)), 110,
                               pause_days=217),)),
    "ruiz": Member("Mateo", "Ruiz", "", "0112", _home(on_avenue("Jefferson", 6108)),
                   (Habit(CARPET, 365, (("room", 3), ("spots", 2)), 130, pause_days=366),)),
    "park": Member("Susan", "Park", "", "0115", _home(on_avenue("Cleveland", 4230)),
                   (Habit(WINDOWS, 182, (("win_io", 38), ("screens", 9)), 105,
                          pause_days=184),)),
    "vogel": Member("", "", "Vogel Bakery", "0183", _site("Shop", on_street(8, 712, east=True)),
                    (Habit(WINDOWS, 30, (("storefront", 16),), 50, pause_days=24),), pays="now"),
    "good_sam": Member(
        "", "", "Evangelical Lutheran Good Samaritan Society", "0197", _GOOD_SAM,
        note="One invoice for all houses, lines by house.", exempt=True, pays="monthly",
    ),
    "lindgren": Member("Pat", "Lindgren", "", "0199", _home(on_avenue("Euclid", 3014)),
                       note="Called: wants a price for windows and gutters.", kind="prospect"),
    "whitaker": Member("Sam", "Whitaker", "", "0167", _home(on_avenue("Lake", 4125)),
                       note="Exterior windows, quarterly. Proposal sent.", kind="prospect",
                       source="Search"),
}  # fmt: skip

# Somebody who was entered twice: found by number and address.
DOUBLES: Final = (
    Member("Elizabeth", "Olson", "", "0138", _home(on_avenue("Grange", 4712)),
           note="Wrote through the website, wants windows in and out.", source="Website",
           kind="prospect"),
)  # fmt: skip
# What lies in the trash.
TRASH: Final = (
    Member("Test", "Customer", "", "0101", _home(on_avenue("Lake", 3100)), kind="prospect",
           note="To try out the form.", deleted_days=9),
    Member("Rick", "Sandvig", "", "0106", _home(on_avenue("Summit", 2318)), kind="prospect",
           note="Moved to Omaha before the estimate.", source="Yard sign", deleted_days=2),
)  # fmt: skip


def _h(hour: int, minute: int = 0) -> int:
    return hour * 60 + minute


TODAY: Final = (
    Booking("hartmann", WINDOWS, _h(8), 90, (("win_io", 42),), "42 panes"),
    Booking("prairie", WINDOWS, _h(9, 45), 105, (("storefront", 40),), "Storefront"),
    Booking("olson", WINDOWS, _h(12, 30), 90, (("win_io", 44), ("tracks", 8.5)), "In + out",
            arrival=(_h(12, 30), 60)),
    Booking("falls_park", WINDOWS, _h(14, 30), 120, (("side", 4),), "Bldg 3", spot=2),
    Booking("novak", CARPET, _h(8, 30), 150, (("room", 3), ("stairs", 1)), "3 rooms + stairs"),
    Booking("grace", CARPET, _h(11, 45), 105, (("room", 2), ("spots", 1)), "Nursery"),
    Booking("tran", CARPET, _h(14, 30), 120, (("sofa", 1), ("rug", 2)), "Sofa, 2 rugs",
            arrival=(_h(14, 30), 60)),
    Booking("dahl", LAWN, _h(8), 50, _MOW, "Mow"),
    Booking("meyer", LAWN, _h(9), 50, _MOW, "Mow"),
    Booking("bishop", LAWN, _h(10), 50, _MOW, "Mow", arrival=(_h(9, 30), 45)),
    Booking("sunrise", LAWN, _h(11, 15), 90, (("edging", 8),), "Edge"),
    Booking("schmidt", LAWN, _h(13, 30), 90, (("mow_large", 1),), "Mow, trim"),
)  # fmt: skip

# The other working days of this week, in order; today takes the place of one of them.
OTHER_DAYS: Final = (
    (
        Booking("kowalski", WINDOWS, _h(8), 90, (("win_out", 60),), "Outside"),
        Booking("sioux_steel", WINDOWS, _h(10), 120, (("win_out", 80), ("lobby", 1)), "Office"),
        Booking("anders", WINDOWS, _h(13), 150, (("win_io", 52), ("tracks", 15.5)), "In + out"),
        Booking("marriott", CARPET, _h(8, 30), 180, (("commercial", 1300, 40),), "Hall 2", spot=1),
        Booking("lund", CARPET, _h(13), 120, (("room", 2), ("deodorizer", 1)), "2 rooms"),
    ),
    (
        Booking("reyes", WINDOWS, _h(8), 150, (("win_io", 50),), "In + out", arrival=(_h(8), 60)),
        Booking("cherapa", WINDOWS, _h(11), 120, (("lobby", 4),), "Lobby glass"),
        Booking("moen", WINDOWS, _h(14), 120, (("win_io", 48), ("screens", 16)), "In + out",
                arrival=(_h(14), 60)),
        Booking("vance", CARPET, _h(9), 180, (("whole_house", 1),), "Whole house",
                arrival=(_h(9), 60)),
    ),
    (
        Booking("falls_park", WINDOWS, _h(8), 210, (("side", 4),), "Bldg 4", spot=3),
        Booking("whitaker", WINDOWS, _h(13), 90, (("win_out", 64),), "Estimate: exterior",
                mood="estimate"),
        Booking("dakota_title", CARPET, _h(8, 30), 150, (("commercial", 1000),), "Offices"),
        Booking("yang", CARPET, _h(13), 150, (("room", 3), ("protector", 1)), "3 rooms",
                arrival=(_h(13), 60)),
    ),
    (
        Booking("kessler", WINDOWS, _h(8), 120, (("storefront", 40),), "Storefront", mood="held",
                note="Held, not confirmed yet."),
        Booking("ostrom", WINDOWS, _h(10, 30), 120, (("win_io", 40), ("screens", 10)), "In + out"),
        Booking("grace", CARPET, _h(9), 150, (("commercial", 1300, 30),), "Hall", spot=1),
    ),
)  # fmt: skip
SATURDAY: Final = (Booking("prairie", WINDOWS, _h(9), 120, (("win_in", 72),), "Inside, closed"),)
