"""The few pages that a phone's browser may see."""

from __future__ import annotations

from html import escape
from typing import Final

from tcf_desktop.integrations.phones.pairing import OVERLAND, Offer, addresses, app_link

PAGE_HEADERS: Final = (
    (b"content-type", b"text/html; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-content-type-options", b"nosniff"),
    (b"content-security-policy", b"default-src 'none'; style-src 'unsafe-inline'"),
)

_STYLE: Final = """
body{font:18px/1.5 system-ui,sans-serif;margin:0 auto;max-width:34em;padding:24px;color:#1a1e25;
background:#f5f6f8}h1{font-size:1.4em;margin:0 0 .4em}ol{padding-left:1.3em}li{margin:.5em 0}
a.go{display:block;text-align:center;background:#1a5fb4;color:#fff;text-decoration:none;
padding:14px;border-radius:8px;font-weight:600;margin:20px 0}
code{display:block;background:#fff;border:1px solid #e1e4ea;border-radius:6px;padding:10px;
word-break:break-all;font-size:.85em}p.small{color:#454d5a;font-size:.9em}
@media(prefers-color-scheme:dark){body{background:#16191e;color:#eceff4}
code{background:#1d2128;border-color:#2e343e}p.small{color:#bac2ce}
a.go{background:#8ab4f8;color:#0c1b33}}
"""

_STEPS: Final = {
    OVERLAND: (
        "Install <b>Overland</b> from the App Store and open it once. Leave it open.",
        "Come back here and tap the button below, then confirm.",
        "In Overland, allow the location <b>Always</b> and access to the local network.",
        "Tap <b>Send now</b>. The computer in the office says when it has your position.",
    ),
    "owntracks": (
        "Install <b>OwnTracks</b> from Google Play or F-Droid and open it once.",
        "In its Preferences, under Advanced, allow configuration by link.",
        "Come back here, tap the button below and confirm the new settings.",
        "Tap the arrow that reports your location. The computer in the office says when it has it.",
    ),
}


def pairing_page(offer: Offer) -> bytes:
    """What the phone shows after its code was read."""
    app = "Overland" if offer.app == OVERLAND else "OwnTracks"
    steps = "".join(f"<li>{step}</li>" for step in _STEPS.get(offer.app, _STEPS["owntracks"]))
    address = addresses(offer.base_url, offer.token)[
        OVERLAND if offer.app == OVERLAND else "owntracks"
    ]
    return _page(
        f"Pair with {offer.business}",
        f"<p>This sets up {app} on the phone of <b>{escape(offer.person)}</b>.</p>"
        f"<ol>{steps}</ol>"
        f'<a class="go" href="{escape(app_link(offer), quote=True)}">Set up {app}</a>'
        "<p class='small'>If the button does nothing, type this address into the app:</p>"
        f"<code>{escape(address)}</code>"
        "<p class='small'>Positions go to this office computer only, and are kept only while you "
        "are clocked in. This page works once.</p>",
    )


def code_gone_page() -> bytes:
    """For a code that was used, is too old or was never given."""
    return _page(
        "This code has ended",
        "<p>A code works once, for ten minutes. Ask the office to show a new one.</p>",
    )


def _page(title: str, body: str) -> bytes:
    return (
        "<!doctype html><html lang='en'><meta charset='utf-8'>"
        "<meta name='viewport' content='width=device-width,initial-scale=1'>"
        f"<title>{escape(title)}</title><style>{_STYLE}</style>"
        f"<body><h1>{escape(title)}</h1>{body}</body></html>"
    ).encode()
