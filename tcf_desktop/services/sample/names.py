"""Names of people and firms as they stand in a South Dakota telephone book."""

from __future__ import annotations

from random import Random
from typing import Final, NamedTuple


class Person(NamedTuple):
    """A customer's name; ``second`` is the partner's first name or empty."""

    first: str
    last: str
    second: str = ""


class Firm(NamedTuple):
    """A commercial customer: its name, the word for its sites and whether it pays sales tax."""

    name: str
    site_word: str
    exempt: bool = False


class _Culture(NamedTuple):
    weight: int
    first: str
    last: str


_CULTURES: Final = (
    _Culture(
        26,
        "Ellen Astrid Erik Kari Nels Ingrid Lars Greta Arne Solveig Karin Leif Marit Gunnar "
        "Britta Anders Signe Thor Linnea Kristin Paul Janet Dale Gail Bruce Joy Curt Sonja "
        "Orville Darlene",
        "Olson Johnson Larson Hansen Nelson Peterson Anderson Lund Moen Bergstrom Lindgren "
        "Haugen Ostrom Thorson Sorenson Knutson Tveit Halvorson Erickson Ness Swenson "
        "Dahlquist Rasmussen Christensen Iverson Gunderson Solberg Bakken Nygaard Viken Hegg "
        "Rustad Opdahl Aasen Ellingson Fjelstad Brekke Sandvig Tollefson Quam",
    ),
    _Culture(
        25,
        "Julia Roger Kim Doris Karl Heidi Walter Ruth Gary Lois Dennis Marlene Craig Connie "
        "Wayne Monica Stephanie Mark Sandra Kurt Angela Duane Rita Alan Brenda Neil Carol "
        "Brian Denise Marvin",
        "Hartmann Meyer Schmidt Vogel Kessler Dahl Schroeder Hoffman Becker Kramer Wagner "
        "Huber Zimmerman Schaefer Bauer Koch Richter Weber Lehmann Friesen Hofer Waldner Wipf "
        "Kleinsasser Gross Mettler Haar Ehresmann Stoltz Brandner Heinemann Kaiser Dietrich "
        "Ackerman Baumgartner Vetter Schumacher Engelmann Rau Tschetter",
    ),
    _Culture(
        20,
        "Beth Sam Pat Linda Robert Susan Jim Nancy Tom Kathy Steve Debra Mike Laura Kevin Amy "
        "Scott Megan Ryan Ashley Justin Emily Tyler Rachel Dan Michelle Jason Nicole Bill "
        "Shelly",
        "Bishop Whitaker Hollis Vance Marriott Park Reed Sullivan Murphy Carter Brooks Foster "
        "Harper Bennett Collins Perry Hayes Fisher Price Sanders Coleman Jenkins Powell Long "
        "Patterson Hughes Flynn Gallagher Donahue McCarthy Nolan Keefe Barrett Walsh Duffy "
        "Conway Tierney Abbott Stokes Whitlock",
    ),
    _Culture(
        7,
        "Peter Anna Joseph Mary Frank Agnes Stan Helen Victor Irene George Rose Ed Marie "
        "Leonard Teresa",
        "Novak Kowalski Dvorak Svoboda Kucera Cihak Hruska Sedlacek Petrik Wojcik Nowak "
        "Zalewski Janousek Kolda Vasek Bilka Marek Kostal",
    ),
    _Culture(
        7,
        "Carla Mateo Sofia Luis Maria Jorge Elena Carlos Ana Diego Rosa Miguel Lucia Pedro "
        "Gabriela Raul",
        "Reyes Ruiz Garcia Flores Martinez Hernandez Lopez Ramirez Torres Castillo Mendoza "
        "Vargas Guzman Salazar Ortega Morales Cruz Delgado",
    ),
    _Culture(
        6,
        "Winona Joseph Delia Francis Chaske Mary Darrell Lorna Vine Theresa Emmett Ramona "
        "Clayton Dawn Marlon Ardis",
        "Iron Cloud|Two Bulls|Red Bear|Standing Elk|Little Thunder|White Eagle|Bear Runner|"
        "Good Voice|Yellow Hawk|Black Elk|Eagle Staff|Tall Horse|LaPointe|Provost|Renville|"
        "Bordeaux|Archambeau|Thunder Hawk",
    ),
    _Culture(
        4,
        "Linh Minh Mai Hoa Tuan Lan Hung Thuy Bao Ngoc Duc Huong",
        "Tran Nguyen Pham Yang Le Vu Hoang Dang Bui Do Xiong Vang",
    ),
    _Culture(
        5,
        "Amina Hassan Fatuma Abdi Halima Yusuf Hodan Omar Sahra Ismail Asha Mohamed",
        "Abdullahi Farah Warsame Jama Hussein Osman Ibrahim Nur Duale Mohamud Aden Elmi",
    ),
)


def _split(text: str) -> tuple[str, ...]:
    return tuple(text.split("|") if "|" in text else text.split())


_FIRST: Final = tuple(_split(culture.first) for culture in _CULTURES)
_LAST: Final = tuple(_split(culture.last) for culture in _CULTURES)
_WEIGHTS: Final = tuple(culture.weight for culture in _CULTURES)
_KINDS: Final = tuple(range(len(_CULTURES)))

# By the order of the cultures: Spanish, Vietnamese, Somali.
_LANGUAGES: Final = {
    last: code for kind, code in ((4, "es"), (6, "vi"), (7, "so")) for last in _LAST[kind]
}

_TRADES: Final = (
    ("Dental", "office"), ("Family Dentistry", "office"), ("Law Office", "office"),
    ("Insurance", "office"), ("Bakery", "shop"), ("Chiropractic", "clinic"),
    ("Orthodontics", "clinic"), ("Veterinary Clinic", "clinic"), ("Realty", "office"),
    ("Accounting", "office"), ("Auto Body", "shop"), ("Furniture", "showroom"),
    ("Eye Care", "clinic"), ("Physical Therapy", "clinic"), ("Coffee", "cafe"),
    ("Hardware", "store"), ("Title", "office"), ("Salon & Spa", "salon"),
    ("Brewing Co.", "taproom"), ("Grill", "restaurant"), ("Jewelers", "store"),
    ("Engineering", "office"), ("Supply Co.", "warehouse"), ("Child Care", "center"),
)  # fmt: skip
_PLACES_AS_NAMES: Final = (
    "Prairie", "Dakota", "Falls Park", "Big Sioux", "Minnehaha", "Cherapa", "Sunrise",
    "Phillips Avenue", "Empire", "Great Plains", "McKennan", "Cathedral Hill", "Southgate",
    "Tuthill", "Skunk Creek", "Split Rock", "Meadowlark", "Pheasant Run", "Quartzite",
    "Plainsview", "Sherman Park", "Yankton Trail", "Beadle", "Whittier", "Old Orchard",
)  # fmt: skip
_HOUSING: Final = ("Condos", "HOA", "Townhomes", "Apartments", "Villas", "Lofts")
_CHURCHES: Final = (
    "Grace Lutheran Church", "St. Michael Parish", "First Presbyterian Church",
    "Our Savior's Lutheran Church", "Hope Reformed Church", "Zion Lutheran Church",
    "Holy Spirit Parish", "Asbury Methodist Church", "Faith Baptist Fellowship",
    "Peace Lutheran Church", "Linwood Wesleyan Church", "St. Katharine Drexel Parish",
)  # fmt: skip
_INSTITUTIONS: Final = (
    "Evangelical Lutheran Good Samaritan Society", "Minnehaha County Historical Society",
    "Children's Home of the Prairie", "Augustana Terrace Assisted Living",
    "Bethany Meadows Senior Community", "Lutheran Outreach Pantry",
    "Big Sioux Valley Community College",
)  # fmt: skip

NOTES: Final = (
    "Prefers mornings. Call before coming.",
    "Wants the same crew as last time.",
    "Upstairs windows tilt in; the latches are stiff.",
    "Pays by check at the door.",
    "Asked for a reminder a day ahead.",
    "Storm windows come off in May and go back in October.",
    "Has a baby: no doorbell between 1 and 3.",
    "Would like a price for the gutters in the fall.",
    "Screens are numbered with a marker on the frame.",
    "Referred two neighbors last year.",
    "Sensitive to scent: use the plain detergent.",
    "Moves furniture herself before the carpet crew comes.",
)
# How to get in, and the form of the code that one needs for it.
ACCESS: Final = (
    ("Dog in the yard: ring first", "{code}"), ("Key under the blue planter", ""),
    ("Side door, the bell does not work", ""), ("Lockbox on the gas meter", "{code}"),
    ("Park in the alley, the street is for permits", ""), ("Water tap behind the garage", ""),
    ("Cat must stay inside", ""), ("Keypad at the garage", "{code}"),
    ("Leave the ladder away from the roses", ""), ("Ask at the front desk for the roof key", ""),
    ("Alarm first, then the key to the left", "{code}#"), ("Steep drive: park on the street", ""),
    ("Neighbor at the left has the key", ""),
)  # fmt: skip
SOURCES: Final = (
    "Neighbor", "Website", "Yard sign", "Church bulletin", "Home show", "Search", "Referral",
    "Mailer",
)  # fmt: skip


def person(rng: Random, couples: float = 0.24) -> Person:
    """A person or, in ``couples`` of the cases, two people of one name."""
    kind = rng.choices(_KINDS, _WEIGHTS)[0]
    first = rng.choice(_FIRST[kind])
    last = rng.choice(_LAST[kind])
    if rng.random() >= couples:
        return Person(first, last)
    second = rng.choice(_FIRST[kind])
    return Person(first, last, second if second != first else "")


def language(last_name: str) -> str:
    """The language that somebody of this name may prefer; empty for the office's own."""
    return _LANGUAGES.get(last_name, "")


def firm(rng: Random) -> Firm:
    """A shop, practice, church, housing association or institution."""
    draw = rng.random()
    if draw < 0.16:
        return Firm(f"{rng.choice(_PLACES_AS_NAMES)} {rng.choice(_HOUSING)}", "Bldg")
    if draw < 0.26:
        return Firm(rng.choice(_CHURCHES), "Hall", exempt=True)
    if draw < 0.31:
        return Firm(rng.choice(_INSTITUTIONS), "Wing", exempt=True)
    trade, word = rng.choice(_TRADES)
    if rng.random() < 0.55:
        kind = rng.choices(_KINDS, _WEIGHTS)[0]
        owner = rng.choice(_LAST[kind])
        return Firm(f"{owner} {trade}", word)
    return Firm(f"{rng.choice(_PLACES_AS_NAMES)} {trade}", word)


def way_in(rng: Random) -> tuple[str, str]:
    """How to get in, and the code; about a third of the places have such a note."""
    if rng.random() > 0.34:
        return "", ""
    note, code = rng.choice(ACCESS)
    return note, code.format(code=rng.randrange(1000, 9999))


class PhoneNumbers:
    """Numbers that nobody has: 555-01xx first, then the rest of exchange 555."""

    _AREAS: Final = (
        "605", "507", "712", "402", "701", "612", "515", "763", "952", "319", "308", "320", "651",
        "218", "641", "563", "406", "307", "303", "816",
    )  # fmt: skip

    def __init__(self, rng: Random, taken: frozenset[str]) -> None:
        """``taken`` holds the last four digits that fixed customers already have."""
        reserved = [f"{number:04d}" for number in range(100, 200)]
        rest = [f"{number:04d}" for number in range(200, 10_000)]
        rng.shuffle(reserved)
        rng.shuffle(rest)
        self._endings = [ending for ending in (*reserved, *rest) if ending not in taken]
        self._next = 0

    def take(self) -> str:
        """The next number, as "605-555-0148"."""
        area, place = divmod(self._next, len(self._endings))
        self._next += 1
        return f"{self._AREAS[area % len(self._AREAS)]}-555-{self._endings[place]}"


def digits(number: str) -> str:
    """Only the digits of a telephone number."""
    return "".join(filter(str.isdigit, number))


def email_for(name: str, serial: int = 0) -> str:
    """A mail address at example.com made from a name; ``serial`` keeps namesakes apart."""
    kept = [letter if letter.isalnum() and letter.isascii() else " " for letter in name.lower()]
    base = ".".join("".join(kept).split()[:3]) or "office"
    return f"{base}{serial or ''}@example.com"
