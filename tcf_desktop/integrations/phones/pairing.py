"""Pairing: the one-time code in the QR, and the links and settings that each app understands."""

from __future__ import annotations

import base64
import json
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, urlencode

CODE_SECONDS: Final = 600.0
WRONG_CODES: Final = 10
OWNTRACKS: Final = "owntracks"
OVERLAND: Final = "overland"


@dataclass(frozen=True, slots=True)
class Offer:
    """A phone that is being paired: what its page shows once. ``token`` is the secret itself."""

    phone_id: int
    app: str
    person: str
    business: str
    token: str
    base_url: str


class PairingDesk:
    """The open offers, in memory only. Codes live ten minutes by a clock that cannot be set back
    and work once; after ten wrong codes every offer is closed. Safe on any thread."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._offers: dict[str, tuple[float, Offer]] = {}
        self._wrong = 0
        self._lock = threading.Lock()

    def open(self, offer: Offer) -> str:
        """A new code for an offer; an older code of the same phone stops working."""
        code = secrets.token_urlsafe(9)
        with self._lock:
            self._forget(offer.phone_id)
            self._offers[code] = (self._monotonic() + CODE_SECONDS, offer)
            self._wrong = 0
        return code

    def redeem(self, code: str) -> Offer | None:
        """The offer of a code, once; None for a wrong, used or old one."""
        with self._lock:
            until, offer = self._offers.pop(code, (0.0, None))
            if offer is not None and self._monotonic() <= until:
                return offer
            self._wrong += 1
            if self._wrong >= WRONG_CODES:
                self._offers.clear()
            return None

    def close(self, phone_id: int) -> None:
        """Withdraw the offer of a phone."""
        with self._lock:
            self._forget(phone_id)

    @property
    def is_shut(self) -> bool:
        """Whether too many wrong codes were tried since the last offer."""
        return self._wrong >= WRONG_CODES

    def _forget(self, phone_id: int) -> None:
        for code in [key for key, (_, offer) in self._offers.items() if offer.phone_id == phone_id]:
            del self._offers[code]


def addresses(base_url: str, token: str) -> dict[str, str]:
    """The address of each protocol with the token in it, for apps that are set up by hand."""
    return {
        OWNTRACKS: f"{base_url}/ot/{token}",
        OVERLAND: f"{base_url}/overland/{token}",
    }


def app_link(offer: Offer) -> str:
    """The link that fills in an app's settings when it is opened on the phone."""
    if offer.app == OVERLAND:
        query = urlencode(
            {
                "url": f"{offer.base_url}/overland",
                "token": offer.token,
                "device_id": device_name(offer.person),
                "unique_id": "yes",
            },
            quote_via=quote,
        )
        return f"overland://setup?{query}"
    settings = base64.b64encode(json.dumps(owntracks_settings(offer)).encode()).decode()
    return f"owntracks:///config?inline={quote(settings, safe='')}"


def owntracks_settings(offer: Offer) -> dict[str, object]:
    """The configuration message: HTTP mode, a point each 15 seconds or 30 metres while moving."""
    name = device_name(offer.person)
    return {
        "_type": "configuration",
        "mode": 3,
        "url": f"{offer.base_url}/ot",
        "auth": True,
        "usePassword": True,
        "username": name,
        "password": offer.token,
        "deviceId": "phone",
        "tid": (name[:2] or "ph"),
        "monitoring": 1,
        "cmd": True,
        "remoteConfiguration": True,
        "extendedData": True,
        "locatorInterval": 60,
        "locatorDisplacement": 100,
        "moveModeLocatorInterval": 15,
        "ping": 15,
        # The app on iPhones leaves its moving mode by itself unless these are off.
        "adapt": 0,
        "downgrade": 0,
    }


def device_name(person: str) -> str:
    """A short plain name that every app accepts."""
    plain = "".join(char for char in person.lower() if char.isascii() and char.isalnum())
    return plain[:24] or "phone"
